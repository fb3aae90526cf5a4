"""Holds what English changed against what an update says became of it: nothing may be swallowed, nothing told twice.

What changed is found here in a way of its own: by counting sentences, cells and lines of both revisions, and by asking
``diff`` for what only moved, split, merged or got other surroundings.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from alignment.diff import diff, fold
from alignment.locales import load
from alignment.markdown import D2L, parse
from alignment.model import Kind, Op
from alignment.segmentation import segments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alignment.model import Block, Change, Document
    from sync.model import ChapterResult, RevisionPair


def unaccounted(pair: RevisionPair, result: ChapterResult) -> list[str]:
    """A line for each English change that no outcome tells, and for each that two outcomes tell."""
    old, new = parse(pair.en_old, D2L), parse(pair.en_new, D2L)
    before, after = _units(old.blocks), _units(new.blocks)
    told_old = [fold(one.old_source) for one in result.outcomes]
    told_new = [fold(one.new_source) for one in result.outcomes]
    return [
        *_untold("new", after - before, told_new),
        *_untold("old", before - after, told_old),
        *_told_twice("new", after, told_new),
        *_untold("elsewhere", Counter(_reshaped(old, new)), told_new),
    ]


def _units(blocks: Iterable[Block]) -> Counter[str]:
    return Counter(unit for block in blocks for unit in _units_of(block))


def _units_of(block: Block) -> list[str]:
    """The sentences of a block; of what has none, the whole of it."""
    if block.kind is Kind.MATH:
        return ["".join(block.text.split())]
    found = [fold(segment.text) for segment in segments(block, load("en"), D2L)]
    return found or [fold(block.text)]


def _untold(what: str, units: Counter[str], told: Sequence[str]) -> Iterator[str]:
    every = Counter(told)
    for unit, times in units.items():
        found = every[unit] or sum(text.count(unit) or _bare(text).count(_bare(unit)) for text in told)
        if found < times:
            yield f"{what}, told {found} of {times} times: {unit[:100]}"


def _told_twice(what: str, units: Counter[str], told: Sequence[str]) -> Iterator[str]:
    for unit, times in Counter(told).items():
        if len(unit.split()) > 1 and times > units[unit] > 0:
            yield f"{what}, told {times} times instead of {units[unit]}: {unit[:100]}"


def _bare(text: str) -> str:
    return "".join(text.split())


def _reshaped(old: Document, new: Document) -> Iterator[str]:
    """What stays sentence for sentence and still changed: it moved, was split or merged, or stands in another frame."""
    for change in diff(old, new).changes:
        olds, news = [old.blocks[i] for i in change.old], [new.blocks[i] for i in change.new]
        if (change.moved and change.op is Op.KEPT) or _is_reshaped(change, olds, news):
            yield (_units_of(news[0]) or [fold(news[0].text)])[0]


def _is_reshaped(change: Change, olds: Sequence[Block], news: Sequence[Block]) -> bool:
    return bool(olds and news) and change.op is not Op.KEPT and _units(olds) == _units(news)
