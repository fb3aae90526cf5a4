"""Holds what English changed against what an update says became of it: nothing may be swallowed, nothing told twice.

What changed is found here in a way of its own: by counting sentences, cells and lines of both revisions, and by asking
``diff`` for what only moved, split, merged or got other surroundings.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from alignment.diff import diff, fold
from alignment.locales import load
from alignment.markdown import D2L, parse, read_pending
from alignment.model import Kind, Op
from alignment.segmentation import segments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alignment.model import Block, Change, Document
    from sync.model import ChapterResult, Outcome, RevisionPair


def unaccounted(pair: RevisionPair, result: ChapterResult) -> list[str]:
    """A line for each English change that no outcome tells, and for each that two outcomes tell."""
    old, new, target = (parse(text, D2L) for text in (pair.en_old, pair.en_new, pair.tgt_old))
    before, after = _units(old.blocks), _units(new.blocks)
    waiting = " ".join(fold(read_pending(block.text)) for block in target.blocks if block.kind is Kind.PENDING)
    told_old = [fold(one.old_source) for one in result.outcomes]
    told_new = [fold(one.new_source) for one in result.outcomes]
    return [
        *_untold("new", after - before, told_new),
        *(line for line in _untold("old", before - after, told_old) if line.split(": ", 1)[1] not in waiting),
        *_told_twice(result.outcomes, after),
        *(f"moved or reshaped, not told: {units}" for units in _reshaped(old, new) if not _tells_any(told_new, units)),
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


def _told_twice(outcomes: Sequence[Outcome], units: Counter[str]) -> Iterator[str]:
    for (_, unit), times in Counter((fold(one.old_source), fold(one.new_source)) for one in outcomes).items():
        if len(unit.split()) > 1 and times > units[unit] > 0:
            yield f"told {times} times instead of {units[unit]}: {unit[:100]}"


def _bare(text: str) -> str:
    return "".join(text.split())


def _tells_any(told: Sequence[str], units: Iterable[str]) -> bool:
    return any(_bare(unit) in _bare(text) for unit in units for text in told)


def _reshaped(old: Document, new: Document) -> Iterator[list[str]]:
    """What stays sentence for sentence and still changed: it moved, was split or merged, or stands in another frame."""
    for change in diff(old, new).changes:
        olds, news = [old.blocks[i] for i in change.old], [new.blocks[i] for i in change.new]
        if (change.moved and change.op is Op.KEPT) or _is_reshaped(change, olds, news):
            yield [unit for block in news for unit in _units_of(block)]


def _is_reshaped(change: Change, olds: Sequence[Block], news: Sequence[Block]) -> bool:
    return bool(olds and news) and change.op is not Op.KEPT and _units(olds) == _units(news)
