"""Comments on a pull request of the small book, and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NoReturn

from bot.client import Client
from bot.conversation import Said, converse
from bot.events import read_event
from bot.model import Commented
from bot.upkeep.ours import Claim
from sync.errors import RepositoryError
from tests.support.action import BOT, ENGLISH, FORK, MAINTAINER, TEA_ES

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime

    from bot.upkeep.site import Site
    from tests.support.action import Book, Ran

LUNCH = """\
# Lunch

Soup is hot. It is eaten with a spoon.

Bread is soft. It was baked this morning.

Cheese is yellow. It smells of the cellar.

Apples are red. They grow in the garden.

Milk is white. It comes from the cow.

Water is clear. It comes from the well.
"""
LUNCH_ES = """\
# Almuerzo

La sopa está caliente. Se come con cuchara.

El pan está blando. Se horneó esta mañana.

El queso es amarillo. Huele a bodega.

Las manzanas son rojas. Crecen en el jardín.

La leche es blanca. Viene de la vaca.

El agua es clara. Viene del pozo.
"""
NO_CLONE = "nobody clones anything here"


def not_cloned() -> NoReturn:
    """For conversations in which nothing is to be cloned."""
    raise RepositoryError(NO_CLONE)


@dataclass
class Talk:
    """A conversation on one pull request."""

    book: Book
    number: int
    payloads: list[dict[str, Any]] = field(default_factory=list)

    def write(self, text: str, login: str = MAINTAINER) -> dict[str, Any]:
        """Somebody comments; the payload of the event."""
        self.payloads.append(self.book.github.comment(FORK, self.number, login, text))
        return self.payloads[-1]

    def ask(self, text: str, login: str = MAINTAINER, **env: str) -> Ran:
        """Somebody comments, and the action runs."""
        return self.book.run("issue_comment", self.write(text, login), **env)

    def again(self, **env: str) -> Ran:
        """The action runs once more for the last comment."""
        return self.book.run("issue_comment", self.payloads[-1], **env)

    def hear(
        self,
        payload: dict[str, Any] | None = None,
        *,
        attempt: int = 1,
        later: timedelta = timedelta(),
        open_site: Callable[[], AbstractContextManager[Site]] = not_cloned,
    ) -> Said:
        """The comment is read as a run reads it, by a clock that is ``later`` than GitHub's."""
        client = Client(self.book.token(), FORK, api=self.book.github.url, pause=0)
        event = read_event("issue_comment", payload or self.payloads[-1], {"GITHUB_REPOSITORY": FORK})
        assert isinstance(event, Commented)

        def now() -> datetime:
            return self.book.github.now() + later

        try:
            return converse(event, client, open_site, attempt=attempt, now=now)
        finally:
            client.close()

    @property
    def signs(self) -> list[str]:
        """The reactions of AMTS to the last comment."""
        comment = self.book.github.hub.repository(FORK).comments[self.payloads[-1]["comment"]["id"]]
        return [one.content for one in comment.reactions if one.user.login == BOT]

    @property
    def replies(self) -> list[str]:
        """What AMTS wrote below the pull request."""
        comments = self.book.github.comments(FORK, self.number)
        return [one.body for one in comments if one.user.login == BOT]

    @property
    def reply(self) -> str:
        """The last of them."""
        return self.replies[-1]

    def file(self, path: str) -> str:
        """A file as it is on the branch."""
        return self.book.github.text(FORK, path, self.branch)

    @property
    def branch(self) -> str:
        pull = self.book.github.issue(FORK, self.number).pull
        assert pull is not None
        return pull.head_ref

    @property
    def tip(self) -> str:
        """The commit that the branch is at."""
        return self.book.github.tip(FORK, self.branch) or ""


def at_once(book: Book) -> Talk:
    """About a pull request that is ours to look at, and that no run has made."""
    github = book.github
    github.commit(FORK, {"drinks/tea.md": TEA_ES.replace("pot = 3", "pot = 4")}, branch="amts/mechanical")
    pull = github.pull(FORK, head="amts/mechanical", login=BOT)
    pull.body = Claim(lang="es", source="4" * 40, chapters={"drinks/tea.md": "5" * 40}).to_marker()
    return Talk(book, pull.number)


def talk(book: Book, **english: str) -> Talk:
    """About the pull request that a change of English leads to."""
    book.english(**english)
    ran = book.run()
    assert ran.code == 0, ran.log
    return Talk(book, book.pulls()[0].number)


def lunch(book: Book, english: str) -> Talk:
    """About the pull request for a longer chapter, of which English is now as given."""
    path = "meals/lunch.md"
    book.github.commit(ENGLISH, {path: LUNCH})
    book.github.commit(FORK, {path: LUNCH_ES, "meals/lunch_origin.md": LUNCH})
    book.github.commit(ENGLISH, {path: english})
    ran = book.run()
    assert ran.code == 0, ran.log
    return Talk(book, book.pulls()[0].number)
