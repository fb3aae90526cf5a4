"""Asks everybody what the checks judge: the fork, its English, GitHub, AWS. One that does not answer stops no other."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.cli.settings import book_name
from bot.onboarding.facts import Amazon, English, Facts, Forge
from bot.onboarding.fork import beside_english, look_at
from bot.onboarding.places import GITHUB, address_of, full_address, name_of
from sync.errors import AmtsError
from sync.repositories.remote import access
from sync.repositories.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from bot.onboarding.fork import Fork
    from sync.repositories.repository import Repository

API: Final = "https://api.github.com"
ENGINE: Final = "amazon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """What is to be looked at, and with what."""

    target: str
    """A repository that git can read; empty for that on GitHub."""
    repository: str
    """``owner/name`` on GitHub; empty where the target says it."""
    source: str
    """The English, where it is not as the fork says."""
    token: str = field(repr=False)


def gather(where: Where, env: Mapping[str, str], today: date) -> Facts:
    """All facts. Never raises an ``AmtsError``: what could not be asked is a fact."""
    server = env.get("GITHUB_SERVER_URL", GITHUB).rstrip("/")
    try:
        with _open(where.target or f"{server}/{where.repository}.git", where.token, server) as fork:
            return _of_fork(fork, where, env, today, server)
    except AmtsError as error:
        forge = _forge(where.repository, where.token, env, None)
        return Facts(today=today, fork_error=str(error), forge=forge)


def _of_fork(fork: Repository, where: Where, env: Mapping[str, str], today: date, server: str) -> Facts:
    repository = where.repository or name_of(address_of(fork), server)
    try:
        found = look_at(fork)
    except AmtsError as error:
        return Facts(today=today, fork_error=str(error), forge=_forge(repository, where.token, env, None))
    return Facts(
        today=today,
        fork=found,
        english=_english(fork, found, where.source or full_address(found.told_source, server), server),
        forge=_forge(repository, where.token, env, found),
        amazon=_amazon(found, repository or book_name(fork), env) if found.config.engine == ENGINE else None,
    )


@contextmanager
def _open(location: str, token: str, server: str) -> Iterator[Repository]:
    """A repository; with the token, if it is on the server that it is for."""
    env = access(token, server) if location.startswith(f"{server}/") else None
    with open_repository(location, env=env) as found:
        yield found


def _english(fork: Repository, found: Fork, address: str, server: str) -> English:
    if not address:
        return English(address="")
    try:
        with _open(address, "", server) as source:
            standing = beside_english(fork, found, source, found.told_lang or found.lang)
            return English(address=source.public_name, standing=standing)
    except AmtsError as error:
        return English(address=address, error=str(error))


def _forge(repository: str, token: str, env: Mapping[str, str], found: Fork | None) -> Forge | None:
    if not repository:
        return None
    from bot.client import Client
    from bot.onboarding.asking_github import ask_github

    client = Client(token, repository, api=env.get("GITHUB_API_URL", API), pause=0.0)
    try:
        return ask_github(client, token, found.own_workflows if found else ())
    finally:
        client.close()


def _amazon(found: Fork, book: str, env: Mapping[str, str]) -> Amazon:
    from bot.onboarding.asking_amazon import ask_amazon

    return ask_amazon(found.config.amazon, env, book, found.told_lang or found.lang)
