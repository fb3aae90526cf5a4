"""Which chapters come first, where a budget does not reach for all of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from sync.repositories.paths import selects

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Owed(Protocol):
    """What a chapter owes to English."""

    @property
    def path(self) -> str: ...

    @property
    def behind(self) -> int:
        """English segments that changed and are not followed yet."""

    @property
    def since(self) -> str:
        """When the first of them came, an ISO date with or without a time; empty where nobody knows."""

    @property
    def characters(self) -> int:
        """How many would be sent to an engine."""


Chapter = TypeVar("Chapter", bound=Owed)

NEVER: Final = float("inf")


def ordered(chapters: Iterable[Chapter], order: Sequence[str], most_read: Sequence[str] = ()) -> tuple[Chapter, ...]:
    """Chapters in the order of their value, each once.

    Args:
        chapters: in any order; the result does not depend on it.
        order: words of ``RANKS``; each decides where those before it leave a tie, and the path where all do.
        most_read: paths, folders or globs, best first. What none of them names comes after all that one does.

    Raises:
        KeyError: ``order`` has a word that is not in ``RANKS``.
    """
    ranks = [RANKS[word] for word in order]
    return tuple(sorted(chapters, key=lambda one: ([rank(one, most_read) for rank in ranks], one.path)))


def _by_readers(chapter: Owed, most_read: Sequence[str]) -> float:
    return next((at for at, glob in enumerate(most_read) if selects((glob,), chapter.path)), len(most_read))


def _by_age(chapter: Owed, most_read: Sequence[str]) -> float:
    """Behind the longest first; then what is behind for nobody knows how long; then what is not behind."""
    if not chapter.behind:
        return NEVER
    try:
        since = datetime.fromisoformat(chapter.since)
    except ValueError:
        return _UNKNOWN
    return (since if since.tzinfo else since.replace(tzinfo=UTC)).timestamp()


def _by_cost(chapter: Owed, most_read: Sequence[str]) -> float:
    return chapter.characters


_UNKNOWN: Final = 1e18
"""Later than any date."""

RANKS: Final = {"read": _by_readers, "stale": _by_age, "cheap": _by_cost}
"""Word of ``order`` → the lower, the sooner."""
