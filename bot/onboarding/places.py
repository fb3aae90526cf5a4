"""What repositories are called: by their address on a server, and by owner and name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.cli.settings import ADDRESS
from sync.errors import RepositoryError
from sync.repositories.repository import redact

if TYPE_CHECKING:
    from sync.repositories.repository import Repository

GITHUB: Final = "https://github.com"
_NAME: Final = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*")


def is_name(text: str) -> bool:
    """Whether it is ``owner/name``, as GitHub calls a repository."""
    return _NAME.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """Whether it says where on a server a repository is."""
    return ADDRESS.match(text) is not None


def full_address(source: str, server: str = GITHUB) -> str:
    """The address that a configuration's ``source`` means, as the action reads it; empty where it means none."""
    if is_name(source):
        return f"{server.rstrip('/')}/{source}"
    return source if is_address(source) else ""


def address_of(repository: Repository) -> str:
    """Where on a server a repository is, or where it was cloned from, without passwords; empty where nobody knows."""
    if is_address(repository.location):
        return repository.location
    try:
        origin = repository.ask("config", "--get", "remote.origin.url").strip()
    except RepositoryError:
        return ""
    return redact(origin) if is_address(origin) else ""


def web_address(address: str) -> str:
    """The same as browsers and the action take it: ``git@host:owner/name.git`` is ``https://host/owner/name``."""
    found = re.fullmatch(r"(?:ssh://)?[\w.-]+@([\w.-]+)[:/](.+)", address)
    return f"https://{found[1]}/{found[2]}".removesuffix(".git") if found else address.removesuffix(".git")


def name_of(address: str, server: str = GITHUB) -> str:
    """``owner/name`` of a repository on a server; empty for one that is elsewhere."""
    path = web_address(address).removeprefix(f"{server.rstrip('/')}/")
    return path if is_name(path) else ""
