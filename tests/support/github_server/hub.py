"""All that the emulated GitHub knows, in one place: who there is, what there is, what happened."""

from __future__ import annotations

import itertools
import secrets
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from tests.support.github_server.bare import Bare
from tests.support.github_server.model import Event, Label, Repository, Token, User
from tests.support.github_server.refusals import not_found

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.support.github_server.description import Description

T = TypeVar("T")
HOUR = 3600.0
LABELS = (
    ("bug", "d73a4a", "Something isn't working"),
    ("documentation", "0075ca", "Improvements or additions to docs"),
)
"""A few of those that every new repository has."""


@dataclass(slots=True)
class Lag:
    """Lists that come behind: what is written after ``reads`` was set is left out by so many readings of it."""

    reads: int = 0
    _unseen: dict[int, int] = field(default_factory=dict)

    def write(self, thing: object) -> None:
        """Something is new."""
        if self.reads:
            self._unseen[id(thing)] = self.reads

    def seen(self, things: Iterable[T]) -> list[T]:
        """Those that a list shows by now."""
        return [thing for thing in things if not self._hidden(id(thing))]

    def _hidden(self, key: int) -> bool:
        left = self._unseen.get(key, 0)
        self._unseen[key] = left - 1
        return left > 0


@dataclass(slots=True, kw_only=True, eq=False)
class Hub:
    """The state. Everything that reads or writes it holds ``lock``."""

    description: Description
    folder: Path
    """Where the bare repositories are."""
    url: str = ""
    """Of the server, without a slash at the end: API and pages are at one address."""
    users: dict[str, User] = field(default_factory=dict)
    """By login in lower case."""
    tokens: dict[str, Token] = field(default_factory=dict)
    repositories: dict[str, Repository] = field(default_factory=dict)
    """By full name in lower case."""
    examples: dict[tuple[object, ...], dict[str, Any]] = field(default_factory=dict)
    """GitHub's examples with our addresses, as made before."""
    nodes: dict[str, Any] = field(default_factory=dict)
    """By the ids of GraphQL."""
    events: list[Event] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    """What the bot, or the emulation, got wrong."""
    lag: Lag = field(default_factory=Lag)
    later: timedelta = timedelta()
    """How far the clock was moved on."""
    lock: threading.RLock = field(default_factory=threading.RLock)
    _ids: defaultdict[str, itertools.count[int]] = field(
        default_factory=lambda: defaultdict(lambda: itertools.count(1001))
    )

    def now(self) -> datetime:
        """To the second, as GitHub says it."""
        return (datetime.now(UTC) + self.later).replace(microsecond=0)

    def id(self, kind: str) -> int:
        """A new one."""
        return next(self._ids[kind])

    def node(self, kind: str, number: int, thing: Any = None) -> str:
        """The id of GraphQL; with ``thing`` it is remembered."""
        found = f"{kind}_kwDO{number:08d}"
        if thing is not None:
            self.nodes[found] = thing
        return found

    def user(self, login: str, kind: Literal["User", "Bot", "Organization"] | None = None) -> User:
        """The one of that login, made if need be; logins with ``[bot]`` are bots."""
        found = self.users.get(login.lower())
        if found is None:
            kind = kind or ("Bot" if login.endswith("[bot]") else "User")
            found = self.users[login.lower()] = User(id=self.id("user"), login=login, type=kind)
        return found

    def by_email(self, email: str) -> User | None:
        """Whose commits carry an address."""
        return next((user for user in self.users.values() if user.email == email), None)

    def repository(self, full_name: str) -> Repository:
        """Raises the refusal of what is not there."""
        found = self.repositories.get(full_name.lower().removesuffix(".git"))
        if found is None:
            raise not_found()
        return found

    def found_repository(self, full_name: str, bare: Path | None, parent: Repository | None) -> Repository:
        """A new repository with the git of ``bare``, or of the one it is a fork of, or none."""
        login, name = full_name.split("/")
        source = parent.bare.path if parent is not None and bare is None else bare
        git = Bare.make(self.folder / login.lower() / f"{name.lower()}.git", source=source)
        made = Repository(
            id=self.id("repository"),
            owner=self.user(login),
            name=name,
            bare=git,
            created_at=self.now(),
            parent=parent,
        )
        made.settings.has_issues = parent is None
        for label, color, text in LABELS:
            made.labels[label] = Label(id=self.id("label"), name=label, color=color, description=text)
        made.refs = git.refs()
        self.repositories[full_name.lower()] = made
        return made

    def token(self, user: User, kind: Literal["app", "personal", "actions"], **more: Any) -> Token:
        """A new token, in the form of its kind."""
        start = {"app": "ghs_", "actions": "ghs_", "personal": "github_pat_"}[kind]
        limit = 1000 if kind == "actions" else 5000
        value = start + secrets.token_hex(18)
        made = self.tokens[value] = Token(value=value, user=user, kind=kind, limit=limit, **more)
        return made

    def spend(self, token: Token) -> bool:
        """Takes one call from the hour's; ``False`` if none is left."""
        now = self.now().timestamp()
        if now >= token.reset:
            token.used, token.reset = 0, now + HOUR
        if token.used >= token.limit:
            return False
        token.used += 1
        return True


def stamp(moment: datetime) -> str:
    """A time as the API writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
