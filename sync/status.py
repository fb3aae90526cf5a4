"""How a fork stands beside its English: per chapter what is current, behind, missing or gone, and since when. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from alignment.diff import diff, diff_sentences
from alignment.locales import load
from alignment.markdown import D2L, parse
from alignment.model import Change, Document, Op
from alignment.segmentation import segments
from sync.model import SOURCE_LANGUAGE
from sync.provenance import Provenance, letters
from sync.report import Lack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment.markdown import Profile
    from alignment.model import Block
    from sync.baselines.baseline import Baseline
    from sync.report import Book, Chapter
    from sync.state import ChapterState


class Stand(StrEnum):
    """How a chapter stands beside its English."""

    CURRENT = "current"
    BEHIND = "behind"
    """English has changed since the translation was made."""
    MISSING = "missing"
    """English has it, the fork does not."""
    GONE = "gone"
    """The fork has it, English does not any more."""
    KEPT = "kept"
    """The fork wants it to stay as it is."""
    UNKNOWN = "unknown"
    """It is not known which English it was made from, or it cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterStatus:
    """One chapter beside its English."""

    path: str
    stand: Stand
    behind: int = 0
    """English segments that changed since: sentences of prose, and whole cells, formulas and directives."""
    characters: int = 0
    """Of the new English in these."""
    since: str = ""
    """When English first changed after the baseline, ISO 8601."""
    pending: int = 0
    """Segments that were offered and wait for a translation."""
    machine: int = 0
    """Segments that stand as an engine wrote them."""
    edited: int = 0
    """Segments that an engine wrote and people changed."""
    baseline: Baseline | None = None
    reason: str = ""

    @property
    def needs_work(self) -> bool:
        return self.stand not in {Stand.CURRENT, Stand.KEPT} or self.pending > 0


def status_of(book: Book, profile: Profile = D2L) -> tuple[ChapterStatus, ...]:
    """The status of every chapter, in the order of the book."""
    return tuple(_status(chapter, profile) for chapter in book.chapters)


def count_stands(statuses: Iterable[ChapterStatus]) -> Counter[Stand]:
    return Counter(one.stand for one in statuses)


STANDS = {Lack.TRANSLATION: Stand.MISSING, Lack.ENGLISH: Stand.GONE, Lack.NOTHING: Stand.KEPT}


def _status(chapter: Chapter, profile: Profile) -> ChapterStatus:
    if chapter.baseline is None or chapter.lack:
        stand = STANDS.get(chapter.lack, Stand.UNKNOWN) if chapter.lack else Stand.CURRENT
        return ChapterStatus(path=chapter.path, stand=stand, baseline=chapter.baseline, reason=chapter.refusal)
    behind, characters = (
        measure_changes(chapter.baseline.text, chapter.english, profile) if chapter.is_behind else (0, 0)
    )
    written = _written(chapter.state, chapter.pair.tgt_old if chapter.pair else "")
    return ChapterStatus(
        path=chapter.path,
        stand=Stand.BEHIND if behind else Stand.CURRENT,
        behind=behind,
        since=chapter.since if behind else "",
        characters=characters,
        pending=len(chapter.state.pending),
        machine=written[Provenance.MACHINE],
        edited=written[Provenance.EDITED],
        baseline=chapter.baseline,
    )


def _written(state: ChapterState, translation: str) -> Counter[Provenance]:
    """How many recorded segments stand as an engine wrote them, and how many people changed."""
    if not state.machine:
        return Counter()
    all_letters = letters(translation)
    found = (letters(entry.target) in all_letters for entry in state.machine)
    return Counter(Provenance.MACHINE if stands else Provenance.EDITED for stands in found)


def measure_changes(old: str, new: str, profile: Profile = D2L) -> tuple[int, int]:
    """English segments that are not the same in two revisions, and the characters of the new ones.

    Lines wrapped anew are no change.
    """
    before, after = parse(old, profile), parse(new, profile)
    sizes = [_size(change, before, after, profile) for change in diff(before, after).changes]
    return sum(count for count, _ in sizes), sum(characters for _, characters in sizes)


def _size(change: Change, old: Document, new: Document, profile: Profile) -> tuple[int, int]:
    if change.op is Op.KEPT:
        return int(change.moved), 0
    olds, news = (
        [part for index in indices for part in _segments(document.blocks[index], profile)]
        for indices, document in ((change.old, old), (change.new, new))
    )
    changed = [one for one in diff_sentences(olds, news).changes if one.op is not Op.KEPT or one.moved]
    return max(1, len(changed)), sum(len(news[index]) for one in changed for index in one.new)


def _segments(block: Block, profile: Profile) -> list[str]:
    return [segment.text for segment in segments(block, load(SOURCE_LANGUAGE), profile)] or [block.text]
