"""What changed between two revisions of one language: by block, and by sentence inside what changed.

Both levels use one routine. Units that say the same are matched in order (Ratcliff and Obershelp, as ``difflib`` has
it); what lies between two matches is aligned by dynamic programming on similarity, where one unit may have become two
or three; what is left over on both sides and still similar has moved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import Indel

from alignment.enclosures import change_ends
from alignment.model import Block, Change, ChangeSet, Document, Kind, Op

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIMILAR: Final = 0.45
"""Below this share of common words two units are not versions of one another."""
SIMILAR_MOVED: Final = 0.75
"""The same for units that stand elsewhere, where chance likeness is likelier."""
JOIN_GAIN: Final = 0.05
"""How much likeness a further unit must bring to be taken as a part of a split or a merger."""
CONTAINED: Final = 0.6
"""Likeness of a title to another that has all of its words and more."""
SHAPES: Final = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1))

WORD: Final = re.compile(r"\w+|[^\w\s*\[\]()~#]")
PATH: Final = re.compile(r"\]\(([^)\s]+)")
SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Unit:
    """Something to compare: two units with one key correspond, two of different groups never do."""

    key: str
    words: tuple[str, ...]
    group: str
    anchors: frozenset[str] = frozenset()
    """The label or the path that names it: what shares one is a version of the same, whatever it says."""
    joins: bool = False
    """Whether it may be split and merged. Code and formulas may not."""
    says: str = ""
    """What it says itself: two that say the same are kept."""


def fold(text: str) -> str:
    """The text with every run of white space as one space: re-wrapping is no change."""
    return SPACE.sub(" ", text).strip()


def diff(old: Document, new: Document) -> ChangeSet:
    """The blocks of two revisions of one language, each in exactly one change."""
    changes = _compare(_units(old), _units(new))
    return ChangeSet(_in_new_order(change_ends(changes, old, new)))


def diff_sentences(old: Sequence[str], new: Sequence[str]) -> ChangeSet:
    """The same for the sentences of a passage, given as texts."""
    return ChangeSet(_compare([_of_text(text) for text in old], [_of_text(text) for text in new]))


def similarity(one: str, other: str) -> float:
    """Share of words that two texts have in common, in order: 0 to 1. White space and markup of slides do not count."""
    return float(Indel.normalized_similarity(_words(one), _words(other)))


def same(one: Block, other: Block) -> bool:
    """Whether two blocks of one language differ in nothing but white space."""
    return one.kind is other.kind and _key(one) == _key(other)


def _units(document: Document) -> list[Unit]:
    following = (*document.blocks[1:], None) if document.blocks else ()
    return [_of_block(block, after) for block, after in zip(document.blocks, following, strict=True)]


def _of_block(block: Block, after: Block | None = None) -> Unit:
    group = "text" if block.kind in {Kind.PARAGRAPH, Kind.ITEM} else str(block.kind)
    if block.kind in {Kind.DIRECTIVE, Kind.TAB}:
        group += block.name
    anchors = frozenset(_anchors(block, after))
    says = f"{block.kind} {_key(block)}"
    if block.name.startswith("begin_") and after is not None:
        # What begins alike at many places is known by what it encloses.
        return Unit(f"{says} {_key(after)}", _words(f"{block.text} {after.text}"), group, says=says)
    return Unit(says, _words(block.text), group, anchors, joins=group == "text", says=says)


def _anchors(block: Block, after: Block | None) -> Iterator[str]:
    if block.kind not in {Kind.HEADING, Kind.IMAGE}:
        return
    if after is not None and after.name == "label":
        yield after.text
    yield from PATH.findall(block.text) if block.kind is Kind.IMAGE else ()


def _key(block: Block) -> str:
    if block.kind is Kind.CODE:
        return "\n".join(line.rstrip() for line in block.text.splitlines())
    return SPACE.sub("", block.text) if block.kind is Kind.MATH else fold(block.text)


def _of_text(text: str) -> Unit:
    return Unit(fold(text), _words(text), "text", joins=True, says=fold(text))


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(text))


def _compare(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[Change, ...]:
    return _in_new_order(_find_moves(list(_in_order(old, new)), old, new))


def _in_order(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[Change]:
    """Changes that keep the order of both sides."""
    matcher = SequenceMatcher(None, [unit.key for unit in old], [unit.key for unit in new], autojunk=False)
    at_old = at_new = 0
    for start_old, start_new, size in matcher.get_matching_blocks():
        yield from _between(old, new, range(at_old, start_old), range(at_new, start_new))
        for step in range(size):
            yield Change(Op.KEPT, (start_old + step,), (start_new + step,))
        at_old, at_new = start_old + size, start_new + size


def _between(old: Sequence[Unit], new: Sequence[Unit], olds: range, news: range) -> Iterator[Change]:
    """The best monotone pairing of two runs without equal units: maximises the likeness above ``SIMILAR``."""
    best: dict[tuple[int, int], float] = {}
    step: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(len(olds), -1, -1):
        for j in range(len(news), -1, -1):
            options = [(best[i + m, j + n] + gain, (m, n)) for m, n, gain in _steps(old, new, olds[i:], news[j:])]
            best[i, j], step[i, j] = max(options, default=(0.0, (0, 0)), key=lambda option: option[0])
    i = j = 0
    while (move := step[i, j]) != (0, 0):
        m, n = move
        yield _change(old, new, tuple(olds[i : i + m]), tuple(news[j : j + n]))
        i, j = i + m, j + n


def _steps(old: Sequence[Unit], new: Sequence[Unit], olds: range, news: range) -> Iterator[tuple[int, int, float]]:
    """Ways to go on: leave a unit out on either side, or pair some."""
    if olds:
        yield 1, 0, 0.0
    if news:
        yield 0, 1, 0.0
    if not olds or not news or old[olds[0]].group != new[news[0]].group:
        return
    for m, n in SHAPES:
        if m <= len(olds) and n <= len(news):
            gain = _gain(old, new, olds[:m], news[:n])
            if gain > 0:
                yield m, n, gain


def _gain(old: Sequence[Unit], new: Sequence[Unit], olds: range, news: range) -> float:
    ones, others = [old[i] for i in olds], [new[j] for j in news]
    joined = len(ones) + len(others) - 2
    if joined and not all(unit.joins and unit.group == ones[0].group for unit in (*ones, *others)):
        return 0.0
    left, right = (sum((unit.words for unit in units), ()) for units in (ones, others))
    ratio = float(Indel.normalized_similarity(left, right))
    if ones[0].anchors & others[0].anchors:
        return 1.0 - SIMILAR
    if ones[0].group == Kind.HEADING and left and right:
        # A title is often cut short or drawn out: what matters is how much of the shorter one is in the longer.
        common = (len(left) + len(right) - Indel.distance(left, right)) / 2
        ratio = max(ratio, CONTAINED * common / min(len(left), len(right)))
    return ratio - SIMILAR - JOIN_GAIN * joined


def _change(old: Sequence[Unit], new: Sequence[Unit], olds: tuple[int, ...], news: tuple[int, ...]) -> Change:
    if not olds:
        return Change(Op.ADDED, (), news)
    if not news:
        return Change(Op.REMOVED, olds, ())
    if len(olds) > 1:
        return Change(Op.MERGED, olds, news)
    if len(news) > 1:
        return Change(Op.SPLIT, olds, news)
    return Change(_op(old[olds[0]], new[news[0]]), olds, news)


def _op(one: Unit, other: Unit) -> Op:
    return Op.KEPT if one.says == other.says else Op.EDITED


def _find_moves(changes: list[Change], old: Sequence[Unit], new: Sequence[Unit]) -> list[Change]:
    """Pairs what was removed with what was added where they are alike, the likest first."""
    removed = {change.old[0]: change for change in changes if change.op is Op.REMOVED}
    added = {change.new[0]: change for change in changes if change.op is Op.ADDED}
    candidates = sorted(
        (
            (-float(Indel.normalized_similarity(old[i].words, new[j].words)), i, j)
            for i in removed
            for j in added
            if _may_have_moved(old[i], new[j])
        ),
    )
    for likeness, i, j in candidates:
        if i in removed and j in added and -likeness >= SIMILAR_MOVED:
            changes.remove(removed.pop(i))
            changes.remove(added.pop(j))
            changes.append(Change(_op(old[i], new[j]), (i,), (j,), moved=True))
    return changes


def _may_have_moved(one: Unit, other: Unit) -> bool:
    """A label or the end of a tab says too little to have moved on its own."""
    short = len(one.words) < 4 or len(other.words) < 4
    return one.group == other.group and (one.key == other.key if short else True)


def _in_new_order(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The order of the new revision; what was removed follows the nearest unit before it that still stands."""
    place = {index: change.new[0] for change in changes if change.new for index in change.old}

    def position(change: Change) -> tuple[int, int, int]:
        if change.new:
            return change.new[0], 0, 0
        before = max((index for index in place if index < change.old[0]), default=None)
        return (-1 if before is None else place[before]), 1, change.old[0]

    return tuple(sorted(changes, key=position))
