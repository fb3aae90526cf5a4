"""A repository on a server, to which a token gives access: cloned, and pushed to in one step that loses nothing."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Final

from sync.errors import RepositoryError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sync.repositories.repository import Repository

ALONE: Final = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_LFS_SKIP_SMUDGE": "1",
    "GIT_ALLOW_PROTOCOL": "http:https",
}
"""Nothing of the machine's own configuration, helpers or filters, and no way but the web's."""
USER: Final = "x-access-token"
"""Whom a token of GitHub's speaks for when git asks for a name."""


class BranchMoved(RepositoryError):
    """Somebody else changed a branch since it was read; nothing was pushed."""


def access(token: str, server: str) -> dict[str, str]:
    """What git is told so that it may use a token at one server: by its environment, where no other program, log or
    configuration file sees it. Its settings come after the machine's own, of which it reads none."""
    secret = b64encode(f"{USER}:{token}".encode()).decode()
    settings = {
        "transfer.fsckObjects": "true",
        "credential.helper": "",
        **({f"http.{server.rstrip('/')}/.extraHeader": f"Authorization: Basic {secret}"} if token else {}),
    }
    numbered = {
        f"GIT_CONFIG_{part}_{number}": text
        for number, setting in enumerate(settings.items())
        for part, text in zip(("KEY", "VALUE"), setting, strict=True)
    }
    return {**ALONE, "GIT_CONFIG_COUNT": str(len(settings)), **numbered}


def push(repository: Repository, branch: str, commit: str, *, expected: str) -> None:
    """Let a branch of the server be ``commit``, if it still is ``expected``: nothing, where it shall be new.

    Raises:
        BranchMoved: it is something else by now.
        RepositoryError: the server refuses, or cannot be reached.
    """
    reference = f"refs/heads/{branch}"
    lease = f"--force-with-lease={reference}:{expected}"
    doing = f"Branch {branch} could not be pushed to {repository.location}"
    try:
        repository.ask("push", "--porcelain", "--quiet", lease, "--", "origin", f"{commit}:{reference}", doing=doing)
    except RepositoryError as error:
        if at_server(repository, branch) == expected:
            raise
        message = f"Branch {branch} was moved by somebody else meanwhile, so nothing was pushed. Run again."
        raise BranchMoved(message) from error


def at_server(repository: Repository, branch: str) -> str:
    """The commit that a branch of the server is at; empty where there is none."""
    listing = repository.ask("ls-remote", "--", "origin", f"refs/heads/{branch}")
    return listing.split("\t")[0].strip()


def fetch(repository: Repository, references: Iterable[str]) -> None:
    """Have what the server calls by some full names, like ``refs/pull/7/head``, under the same names."""
    wanted = [f"+{reference}:{reference}" for reference in references]
    if wanted:
        repository.ask("fetch", "--quiet", "--no-tags", "--", "origin", *wanted)
