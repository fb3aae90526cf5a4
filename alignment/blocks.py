"""Which blocks of two documents correspond: between anchors in order, and what has moved from what is left over."""

from __future__ import annotations

from itertools import pairwise
from math import exp
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from alignment import anchors
from alignment.chain import IMPOSSIBLE, Shape, best_path, best_stretch
from alignment.costs import Comparison
from alignment.model import Bead, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from alignment.anchors import Face
    from alignment.costs import Evidence, Matrix, Pace
    from alignment.sides import Measured

T = TypeVar("T")

JOINED: Final = ((1, 2), (2, 1))
"""Blocks on both sides of a bead that has more than two."""
JOIN: Final = -1.0
"""What joining two blocks costs."""
GAP: Final = -1.0
OTHER_KIND: Final = -0.7
"""A paragraph that became a list item."""
SAME_LEVEL: Final = 2.5
"""What the same depth of two headings is worth."""
OTHER_LEVEL: Final = -1.0
"""What each step costs by which their depths differ."""
DOUBT: Final = 0.5
"""Worth below nothing at which a link is right half of the time."""
WEAK: Final = 0.95
"""Confidence below which a link gives way to a better one out of order."""
FOREIGN_TAB: Final = 3.0
"""What speaks against a block of a tab that English does not have (``paddle``)."""
OTHER_TAB: Final = 1.0
"""What speaks against blocks whose tabs have no name in common."""
MOVED: Final = 2.0
"""What moved blocks must be worth together; chance likeness is worth less."""
NO_PLACE: Final = 0.5
"""What speaks against two blocks of prose that stand in different places."""


def link_blocks(source: Measured, target: Measured, evidence: Evidence, pace: Pace) -> tuple[Bead, ...]:
    """Every block of both sides in exactly one bead, ordered by source; target-only blocks follow what they follow."""
    return _Matcher(source, target, evidence, pace).beads()


class _Matcher:
    """Two sides whose blocks are compared."""

    def __init__(self, source: Measured, target: Measured, evidence: Evidence, pace: Pace) -> None:
        self.source, self.target = source, target
        lengths = source.lengths(), target.lengths()
        self.prose = Comparison(
            evidence.sources.summed(source.counts), evidence.targets.summed(target.counts), lengths, pace
        )
        self.waiting, self.parts = _waiting(source, target)
        self.known = anchors.known(source.faces, target.faces)
        for place in self.waiting:
            self.known[place] = anchors.EQUAL
        self.more = self._more()
        self.joined = {shape: self._joined(*shape) for shape in JOINED}

    def beads(self) -> tuple[Bead, ...]:
        """The beads in order, and where something is left over, better ones in place of the weakest."""
        found = list(self._in_order())
        strong = [bead for bead in found if bead.confidence >= WEAK]
        if _left(found, len(self.source.blocks), len(self.target.blocks)) != ([], []):
            strong += self._moved(strong)
        taken = {i for bead in strong for i in bead.source}, {j for bead in strong for j in bead.target}
        rest = [bead for bead in found if taken[0].isdisjoint(bead.source) and taken[1].isdisjoint(bead.target)]
        return ordered(self._with_parts([*strong, *rest]), len(self.source.blocks), len(self.target.blocks))

    def _with_parts(self, beads: Sequence[Bead]) -> list[Bead]:
        """The beads, with each block that holds pending sentences in the bead of the block they come from."""
        linked = {j for bead in beads for j in bead.target}
        parts = {i: [j for at, j in self.parts if at == i and j not in linked] for i, _ in self.parts}
        found = []
        for bead in beads:
            more = [j for i in bead.source for j in parts.pop(i, ())]
            found.append(Bead(bead.source, tuple(sorted({*bead.target, *more})), bead.confidence) if more else bead)
        return found + [Bead((i,), tuple(more)) for i, more in parts.items() if more]

    def _in_order(self) -> Iterator[Bead]:
        """Anchors, and the best path between each two."""
        fixed = anchors.anchors(self.source.faces, self.target.faces)
        ends = [(-1, -1), *fixed, (len(self.source.blocks), len(self.target.blocks))]
        for (i, j), (later_i, later_j) in pairwise(ends):
            if i >= 0:
                yield Bead((i,), (j,), 1.0)
            yield from self._between(i + 1, later_i, j + 1, later_j)

    def _more(self) -> Matrix:
        """What speaks for each two blocks beside their faces: tabs, and of prose its words, length, kind and depth."""
        ours, theirs = self.source.faces, self.target.faces
        prose = np.array([face.is_prose for face in ours], dtype=bool)
        more = np.where(prose[:, None], self.prose.worth(1, 1) + self._form(), 0.0)
        more -= _by_value([face.tabs for face in ours], [face.tabs for face in theirs], self._foreignness)
        for place in self.waiting:
            more[place] = 0.0
        return more

    def _foreignness(self, ours: frozenset[str], theirs: frozenset[str]) -> float:
        """What speaks against two blocks because of the tabs they stand on."""
        if ours == theirs:
            return 0.0
        if theirs and not any(theirs & face.tabs for face in self.source.faces):
            return FOREIGN_TAB
        return 0.0 if ours & theirs else OTHER_TAB

    def _form(self) -> Matrix:
        """What kind and depth of two blocks of prose say."""
        ours = [(block.kind, block.level) for block in self.source.blocks]
        return _by_value(ours, [(block.kind, block.level) for block in self.target.blocks], _likeness_of_form)

    def _between(self, first: int, last: int, start: int, end: int) -> Iterator[Bead]:
        """The best path through source blocks [first, last) and target blocks [start, end)."""
        sources, targets = last - first, end - start
        if not (sources and targets):
            return
        alone = self._worth(range(first, last), range(start, end))
        shapes = [Shape(1, 1, alone.tolist())]
        for wide, high in JOINED:
            joined = self.joined[wide, high][first : last - wide + 1, start : end - high + 1]
            shapes.append(Shape(wide, high, joined.tolist()))
        for step in best_path(sources, targets, shapes, ([GAP] * sources, [GAP] * targets)):
            if step.links:
                yield Bead(
                    tuple(range(first + step.a, first + step.b)),
                    tuple(range(start + step.c, start + step.d)),
                    _confidence(step.score),
                )

    def _worth(self, lefts: Sequence[int], rights: Sequence[int]) -> Matrix:
        """What linking each two of these blocks is worth."""
        place = np.ix_(lefts, rights)
        known = self.known[place]
        for i, j in np.argwhere(np.isnan(known)).tolist():
            known[i, j] = anchors.worth(self.source.faces[lefts[i]], self.target.faces[rights[j]])
        self.known[place] = known
        return np.where(known == IMPOSSIBLE, IMPOSSIBLE, known + self.more[place])

    def _joined(self, wide: int, high: int) -> Matrix:
        """What linking neighbours is worth, all of them paragraphs or items."""
        texts = _all_texts(self.source.faces, wide)[:, None] & _all_texts(self.target.faces, high)[None, :]
        return np.where(texts, self.prose.worth(wide, high) + JOIN, IMPOSSIBLE)

    def _moved(self, beads: Sequence[Bead]) -> Iterator[Bead]:
        """Stretches of left-over blocks that correspond, the best first."""
        left, right = _left(beads, len(self.source.blocks), len(self.target.blocks))
        gains = self._likeness(left, right)
        while left and right:
            stretch = best_stretch(gains.tolist(), GAP / 2)
            if sum(step.score for step in stretch) < MOVED:
                return
            for step in stretch:
                yield Bead((left[step.a],), (right[step.c],), _confidence(step.score))
            rows = [a for a in range(len(left)) if a not in {step.a for step in stretch}]
            columns = [c for c in range(len(right)) if c not in {step.c for step in stretch}]
            left, right, gains = [left[a] for a in rows], [right[c] for c in columns], gains[np.ix_(rows, columns)]

    def _likeness(self, lefts: Sequence[int], rights: Sequence[int]) -> Matrix:
        """Worth of links without what only their place could tell: a fitting length is no evidence."""
        prose = np.array([self.source.faces[i].is_prose for i in lefts], dtype=bool)
        fit = np.maximum(0.0, self.prose.fit()[np.ix_(lefts, rights)]) + NO_PLACE
        return self._worth(lefts, rights) - np.where(prose[:, None], fit, 0.0)


def _all_texts(faces: Sequence[Face], size: int) -> NDArray[np.bool_]:
    """For each run of so many blocks, whether they are paragraphs or items."""
    texts = np.array([face.group == "text" for face in faces], dtype=bool)
    last = max(0, len(faces) - size + 1)
    found: NDArray[np.bool_] = np.all([texts[first : first + last] for first in range(size)], axis=0)
    return found


def _by_value(ours: Sequence[T], theirs: Sequence[T], compare: Callable[[T, T], float]) -> Matrix:
    """``compare`` of each two, called once for equal ones."""
    sides = [{value: number for number, value in enumerate(dict.fromkeys(values))} for values in (ours, theirs)]
    table = np.array([[compare(one, other) for other in sides[1]] for one in sides[0]]).reshape(*map(len, sides))
    return table[np.ix_([sides[0][one] for one in ours], [sides[1][other] for other in theirs])]


def _likeness_of_form(one: tuple[Kind, int], other: tuple[Kind, int]) -> float:
    if one[0] is Kind.HEADING:
        return SAME_LEVEL if one[1] == other[1] else OTHER_LEVEL * abs(one[1] - other[1])
    return 0.0 if one[0] is other[0] else OTHER_KIND


def _waiting(source: Measured, target: Measured) -> tuple[set[tuple[int, int]], list[tuple[int, int]]]:
    """Source blocks with the pending blocks of the target that hold all of them, and those that hold some sentences."""
    whole: set[tuple[int, int]] = set()
    parts: dict[int, int] = {}
    for j, pending in enumerate(target.blocks):
        if pending.kind is not Kind.PENDING:
            continue
        for i, block in enumerate(source.blocks):
            if pending.name in anchors.digests(block):
                whole.add((i, j))
            elif pending.name in anchors.part_digests(source.segments[i]):
                parts.setdefault(j, i)
    found = {j for _, j in whole}
    return whole, [(i, j) for j, i in parts.items() if j not in found]


def _confidence(score: float) -> float:
    return 1 / (1 + exp(-max(score, -30.0) - DOUBT))


def _left(beads: Iterable[Bead], sources: int, targets: int) -> tuple[list[int], list[int]]:
    """The blocks of both sides that are in no bead."""
    every = list(beads)
    lefts, rights = {i for bead in every for i in bead.source}, {j for bead in every for j in bead.target}
    return [i for i in range(sources) if i not in lefts], [j for j in range(targets) if j not in rights]


def ordered(beads: Sequence[Bead], sources: int, targets: int) -> tuple[Bead, ...]:
    """The beads in order, with one for each block that is in none."""
    alone = [Bead((i,), ()) for i in _left(beads, sources, targets)[0]]
    ordered = sorted([*beads, *alone], key=lambda bead: bead.source)
    places = {j: place for place, bead in enumerate(ordered) for j in bead.target}
    place = -1
    added: dict[int, list[Bead]] = {}
    for j in range(targets):
        if j in places:
            place = places[j]
        else:
            added.setdefault(place, []).append(Bead((), (j,)))
    found = added.get(-1, [])
    for place, bead in enumerate(ordered):
        found += (bead, *added.get(place, ()))
    return tuple(found)
