"""How the chapters of a fork stand, counted: what is translated, which English it was made from, how we know. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sync.baselines.baseline import How
from sync.report import Lack
from sync.repositories.paths import origin_path

if TYPE_CHECKING:
    from sync.report import Book, Chapter


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Numbers of chapters."""

    english: int
    """That English has."""
    translated: int
    """That the fork has, and English has or had."""
    gone: int
    """Of these, those that English has no more."""
    recorded: int
    """Of the translated ones that English has: those whose English is recorded by an update or by a person."""
    beside: int
    """Whose English stands beside them."""
    fitted: int
    """Whose English was found by comparing."""
    unsure: int
    """Of the found ones, those that people should look at first."""
    unknown: int
    """Of which nothing is known."""
    snapshots: int
    """That have an English beside them which is not the one that they were made from."""
    behind: int
    """Whose English has changed since."""

    @property
    def alive(self) -> int:
        """Translated chapters that English still has."""
        return self.translated - self.gone

    @property
    def sure(self) -> int:
        """Those of them whose English is known."""
        return self.recorded + self.beside + self.fitted - self.unsure


def standing_of(book: Book) -> Standing:
    """Counted over all chapters of a book."""
    known = [one for one in book.chapters if one.baseline and not one.lack]
    hows = [one.baseline.how for one in known if one.baseline]
    lacks = [one.lack for one in book.chapters]
    unknown, gone = lacks.count(Lack.BASELINE), lacks.count(Lack.ENGLISH)
    return Standing(
        english=len(lacks) - gone,
        translated=len(known) + unknown + gone,
        gone=gone,
        recorded=hows.count(How.STATE),
        beside=hows.count(How.ORIGIN),
        fitted=hows.count(How.FIT) + hows.count(How.GIVEN),
        unsure=sum(not one.baseline.is_enough for one in known if one.baseline),
        unknown=unknown,
        snapshots=sum(_is_snapshot(one, book) for one in known),
        behind=sum(one.is_behind for one in known),
    )


def _is_snapshot(chapter: Chapter, book: Book) -> bool:
    fitted = chapter.baseline is not None and chapter.baseline.how is How.FIT
    return fitted and origin_path(chapter.path) in book.fork
