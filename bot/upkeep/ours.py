"""Which pull requests are ours, and what they say of themselves. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bot.marker import marker, read_marker
from bot.upkeep.lanes import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.forge.pulls import Author, Pull

LABEL: Final = "amts"
PAUSED: Final = "amts:paused"
NAME: Final = "pull"
"""Of the marker in the body."""
VERSION: Final = 1
SHORT: Final = 12
"""Digits of a blob that are kept: enough to tell the versions of one chapter apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one of our pull requests says of itself."""

    lang: str
    source: str
    """The English commit that it brings."""
    chapters: Mapping[str, str]
    """Path of each chapter, and the beginning of the blob of its English."""

    def to_marker(self) -> str:
        """For the end of its body."""
        chapters = {path: blob[:SHORT] for path, blob in self.chapters.items()}
        return marker(NAME, {"v": VERSION, "lang": self.lang, "source": self.source, "chapters": chapters})


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A pull request of ours."""

    pull: Pull
    claim: Claim

    @property
    def is_paused(self) -> bool:
        return PAUSED in self.pull.labels

    def has(self, path: str, blob: str) -> bool:
        """Whether it brings this version of a chapter."""
        known = self.claim.chapters.get(path)
        return known is not None and blob.startswith(known)


def own(pulls: Iterable[Pull], repository: str, login: str, lang: str) -> tuple[Own, ...]:
    """Those of some pull requests that are ours and of one language, in their order.

    A marker alone is a claim that anybody can write; so the branch has to be one of ours in the repository itself, and
    the author ourselves.
    """
    found = (Own(pull=pull, claim=claim) for pull in pulls if (claim := read_claim(pull.body)) is not None)
    return tuple(
        one
        for one in found
        if one.claim.lang == lang
        and one.pull.repository == repository
        and one.pull.branch.startswith(PREFIX)
        and is_ours(one.pull.author, login)
    )


def is_ours(author: Author, login: str) -> bool:
    """Whether a text was written by the account that AMTS has."""
    return author.login.casefold() == login.casefold()


def read_claim(body: str) -> Claim | None:
    """What the body of a pull request claims; nothing where it claims nothing that can be read."""
    found = read_marker(body, NAME)
    if found is None or found.get("v") != VERSION:
        return None
    chapters = found.get("chapters")
    if not isinstance(chapters, dict) or not all(isinstance(text, str) for text in (*chapters, *chapters.values())):
        return None
    return Claim(lang=_text(found, "lang"), source=_text(found, "source"), chapters=chapters)


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    return value if isinstance(value, str) else ""


def declined(pulls: Iterable[Own]) -> dict[str, str]:
    """Chapters of which people did not want what was offered last, and the blob of the English that it followed.

    The newest pull request of a chapter decides: one that was closed and not merged is a no, until English changes.
    """
    latest: dict[str, tuple[bool, str]] = {}
    for one in sorted(pulls, key=lambda one: one.pull.number):
        refused = not one.pull.is_open and not one.pull.is_merged
        latest |= {path: (refused, blob) for path, blob in one.claim.chapters.items()}
    return {path: blob for path, (refused, blob) in latest.items() if refused}
