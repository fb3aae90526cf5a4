"""Which chapters go into which pull request, so that a volunteer can review each in one sitting. Pure.

Chapters in which no prose has to be drafted go together. The others go by folder, cut between chapters where a pull
request would grow too large. What needs each other stays together, whatever its size.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from sync.model import Fate, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sync.report import ChapterReport, SyncReport

SEGMENTS: Final = 40
"""Drafts in a pull request."""
LINES: Final = 300
"""Lines of translations that a pull request changes."""
PREFIX: Final = "amts/"
MECHANICAL: Final = "mechanical"
BOOK: Final = "book"
"""Where chapters go that are in no folder, and all of them where nothing parts them."""
REWRITTEN: Final = 0.5
"""From this share of changed English on, a chapter is no update any more, but a translation to be planned."""
UNFIT_FOR_A_BRANCH: Final = re.compile(r"[^A-Za-z0-9_-]+")


class GroupBy(StrEnum):
    """By what chapters with prose are put together."""

    FOLDER = "folder"
    CHAPTER = "chapter"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What an update of one chapter asks of a reviewer."""

    path: str
    segments: int
    """Changed segments that need words: drafted, or waiting for a translator."""
    lines: int
    """Lines of the translation that change."""
    share: float = 0.0
    """Of its English segments that changed."""
    needs: frozenset[str] = frozenset()
    """Chapters that have to be merged with it, which name it, too."""

    @property
    def is_mechanical(self) -> bool:
        return not self.segments

    @property
    def is_rewritten(self) -> bool:
        return self.share > REWRITTEN and not self.is_mechanical


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The chapters of one pull request."""

    branch: str
    paths: tuple[str, ...]
    segments: int
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What becomes of all chapters that have something to be done."""

    lanes: tuple[Lane, ...]
    """To be opened now."""
    later: tuple[Lane, ...]
    """As soon as there is room."""
    rewritten: tuple[str, ...]
    """To be told, and planned by people; with those that cannot be merged without them."""


def works(report: SyncReport) -> tuple[Work, ...]:
    """The work in a report. One of a dry run will do: there, what will be drafted is pending."""
    needs = {path: frozenset(group) - {path} for group in report.groups for path in group}
    found = report.having(Status.DELIVERED, Status.UNCHANGED)  # unchanged, it may still have English that waits
    return tuple(_work(chapter, needs.get(chapter.result.path, frozenset())) for chapter in found if chapter.files)


def _work(chapter: ChapterReport, needs: frozenset[str]) -> Work:
    result = chapter.result
    changed = len(result.outcomes)
    return Work(
        path=result.path,
        segments=result.count(Fate.DRAFTED) + result.count(Fate.PENDING),
        lines=_changed_lines(result.old_text, result.text),
        share=changed / (changed + result.kept) if result.old_text and changed else 0.0,
        needs=needs,
    )


def _changed_lines(old: str, new: str) -> int:
    matcher = SequenceMatcher(None, old.splitlines(), new.splitlines(), autojunk=False)
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal")


def arrange(
    work: Sequence[Work], *, room: int, taken: Collection[str] = (), group_by: GroupBy = GroupBy.FOLDER
) -> Arrangement:
    """Put chapters into pull requests.

    Args:
        work: the most valuable first; that is the order of what is opened.
        room: pull requests that may be opened.
        taken: branches that are in use.
    """
    every = list(_units(work))
    units = [unit for unit in every if not any(one.is_rewritten for one in unit)]
    rewritten = {one.path for unit in every if unit not in units for one in unit}
    names = _Names(taken)
    mechanical = [one for unit in units if all(one.is_mechanical for one in unit) for one in unit]
    lanes = [_lane(names.next(MECHANICAL), mechanical)] if mechanical else []
    prose = [unit for unit in units if not all(one.is_mechanical for one in unit)]
    lanes += [_lane(names.next(name), part) for name, part in _parts(prose, group_by)]
    return Arrangement(lanes=tuple(lanes[:room]), later=tuple(lanes[room:]), rewritten=tuple(sorted(rewritten)))


def _units(work: Sequence[Work]) -> Iterator[list[Work]]:
    """Chapters that are merged as a whole, or not at all, in the order of the first of each."""
    left = {one.path: one for one in work}
    for one in work:
        unit, open_ends = [], [one.path]
        while open_ends:
            found = left.pop(open_ends.pop(), None)
            if found:
                unit.append(found)
                open_ends += sorted(found.needs)
        if unit:
            yield unit


def _parts(units: Iterable[Sequence[Work]], group_by: GroupBy) -> Iterator[tuple[str, list[Work]]]:
    """Name and chapters of each pull request with prose, in the order in which the first of its chapters comes."""
    open_parts: dict[str, list[Work]] = {}
    done: list[tuple[str, list[Work]]] = []
    for unit in units:
        name = _group(unit[0].path, group_by)
        part = open_parts.get(name)
        if part is None or not _fits([*part, *unit]):
            part = open_parts[name] = []
            done.append((name, part))
        part += unit
    yield from done


def _fits(work: Iterable[Work]) -> bool:
    found = tuple(work)
    return sum(one.segments for one in found) <= SEGMENTS and sum(one.lines for one in found) <= LINES


def _group(path: str, group_by: GroupBy) -> str:
    parts = PurePosixPath(path)
    if group_by is GroupBy.CHAPTER:
        return str(parts.with_suffix("")).replace("/", "-")
    folder = parts.parts[0] if len(parts.parts) > 1 else BOOK
    return BOOK if group_by is GroupBy.ALL else folder


def _lane(branch: str, work: Iterable[Work]) -> Lane:
    found = tuple(work)
    return Lane(
        branch=branch,
        paths=tuple(sorted(one.path for one in found)),
        segments=sum(one.segments for one in found),
        lines=sum(one.lines for one in found),
    )


class _Names:
    """Names of branches, each given once."""

    def __init__(self, taken: Collection[str]) -> None:
        self._taken = set(taken)

    def next(self, name: str) -> str:
        """``amts/name``, or with the first number behind it that is free."""
        clean = PREFIX + (UNFIT_FOR_A_BRANCH.sub("-", name).strip("-") or BOOK)
        numbered = (f"{clean}-{number}" for number in range(2, len(self._taken) + 3))
        found = next(one for one in (clean, *numbered) if one not in self._taken)
        self._taken.add(found)
        return found


def smallest(lanes: Sequence[Lane]) -> Lane | None:
    """The one to begin with in a fork that has never seen one: little to review, and something to see."""
    return min(lanes, key=lambda lane: (not lane.lines, lane.segments + lane.lines, lane.branch), default=None)
