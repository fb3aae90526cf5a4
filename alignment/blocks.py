"""Which blocks of two documents correspond: between anchors in order, and what has moved from what is left over."""

from __future__ import annotations

from itertools import pairwise
from math import exp
from typing import TYPE_CHECKING, Final

from alignment import anchors
from alignment.chain import IMPOSSIBLE, best_path, best_stretch
from alignment.costs import Comparison, total
from alignment.model import Bead, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alignment.costs import Evidence, Pace
    from alignment.sides import Measured

SHAPES: Final = ((1, 1, 0.0), (1, 2, 1.5), (2, 1, 1.5))
GAP: Final = -1.0
OTHER_KIND: Final = -0.7
"""A paragraph that became a list item."""
LEVEL: Final = 1.0
"""What the same depth of two headings is worth; another depth costs as much for each step."""
DOUBT: Final = 0.5
"""Worth below nothing at which a link is right half of the time."""
WEAK: Final = 0.88
"""Confidence below which a link gives way to a better one out of order."""
FOREIGN_TAB: Final = 3.0
"""What speaks against a block of a tab that English does not have (``paddle``)."""
OTHER_TAB: Final = 1.0
"""What speaks against blocks whose tabs have no name in common."""
MOVED: Final = 2.0
"""What moved blocks must be worth together; chance likeness is worth less."""


def link_blocks(source: Measured, target: Measured, evidence: Evidence, pace: Pace) -> tuple[Bead, ...]:
    """Every block of both sides in exactly one bead, ordered by source; target-only blocks follow what they follow."""
    return _Matcher(source, target, evidence, pace).beads()


class _Matcher:
    """Two sides whose blocks are compared."""

    def __init__(self, source: Measured, target: Measured, evidence: Evidence, pace: Pace) -> None:
        self.source, self.target = source, target
        self.prose = Comparison(
            [total([evidence.sources[i] for i in source.sentences([block])]) for block in range(len(source.blocks))],
            [total([evidence.targets[j] for j in target.sentences([block])]) for block in range(len(target.blocks))],
            (
                [source.length(block) for block in range(len(source.blocks))],
                [target.length(block) for block in range(len(target.blocks))],
            ),
            pace,
        )
        self.tabs = frozenset(name for face in source.faces for name in face.tabs)
        self.waiting, self.parts = _waiting(source, target)

    def beads(self) -> tuple[Bead, ...]:
        """The beads in order, and where something is left over, better ones in place of the weakest."""
        found = list(self._in_order())
        strong = [bead for bead in found if bead.confidence >= WEAK]
        if _left(found, len(self.source.blocks), len(self.target.blocks)) != ([], []):
            strong += self._moved(strong)
        taken = {i for bead in strong for i in bead.source}, {j for bead in strong for j in bead.target}
        rest = [bead for bead in found if taken[0].isdisjoint(bead.source) and taken[1].isdisjoint(bead.target)]
        return _complete(self._with_parts([*strong, *rest]), len(self.source.blocks), len(self.target.blocks))

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

    def _between(self, first: int, last: int, start: int, end: int) -> Iterator[Bead]:
        def gain(a: int, b: int, c: int, d: int) -> float:
            return self.worth(first + a, first + b, start + c, start + d)

        gaps = [GAP] * (last - first), [GAP] * (end - start)
        for step in best_path(last - first, end - start, SHAPES, gain, gaps):
            if step.links:
                confidence = _confidence(step.score)
                yield Bead(
                    tuple(range(first + step.a, first + step.b)),
                    tuple(range(start + step.c, start + step.d)),
                    confidence,
                )

    def worth(self, a: int, b: int, c: int, d: int) -> float:
        """What linking source blocks [a, b) with target blocks [c, d) is worth."""
        faces = [*self.source.faces[a:b], *self.target.faces[c:d]]
        if len(faces) > 2:
            joins = all(face.group == "text" for face in faces)
            return self.prose.worth(a, b, c, d) if joins else IMPOSSIBLE
        if (a, c) in self.waiting:
            return anchors.EQUAL
        known = anchors.worth(*faces)
        if known == IMPOSSIBLE:
            return IMPOSSIBLE
        known -= self._foreignness(a, c)
        return known + self.prose.worth(a, b, c, d) + self._form(a, c) if faces[0].is_prose else known

    def _foreignness(self, i: int, j: int) -> float:
        """What speaks against two blocks because of the tabs they stand on."""
        ours, theirs = self.source.faces[i].tabs, self.target.faces[j].tabs
        if ours == theirs:
            return 0.0
        if theirs and theirs.isdisjoint(self.tabs):
            return FOREIGN_TAB
        return 0.0 if ours & theirs else OTHER_TAB

    def _form(self, i: int, j: int) -> float:
        """What kind and depth of two blocks of prose say."""
        one, other = self.source.blocks[i], self.target.blocks[j]
        if one.kind is Kind.HEADING:
            return LEVEL if one.level == other.level else -LEVEL * abs(one.level - other.level)
        return 0.0 if one.kind is other.kind else OTHER_KIND

    def _moved(self, beads: Sequence[Bead]) -> Iterator[Bead]:
        """Stretches of left-over blocks that correspond, the best first."""
        left, right = _left(beads, len(self.source.blocks), len(self.target.blocks))

        known = {(i, j): self._likeness(i, j) for i in left for j in right}

        def gain(a: int, b: int, c: int, d: int) -> float:
            return known[left[a], right[c]]

        while left and right:
            stretch = best_stretch(len(left), len(right), gain, GAP / 2)
            if sum(step.score for step in stretch) < MOVED:
                return
            for step in stretch:
                yield Bead((left[step.a],), (right[step.c],), _confidence(step.score))
            left = [i for a, i in enumerate(left) if a not in {step.a for step in stretch}]
            right = [j for c, j in enumerate(right) if c not in {step.c for step in stretch}]

    def _likeness(self, i: int, j: int) -> float:
        """Worth of a link without what only its place could tell: a fitting length is no evidence."""
        worth = self.worth(i, i + 1, j, j + 1)
        if worth == IMPOSSIBLE or not self.source.faces[i].is_prose:
            return worth
        return worth - max(0.0, self.prose.fit(i, i + 1, j, j + 1)) - 0.5


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


def _complete(beads: Sequence[Bead], sources: int, targets: int) -> tuple[Bead, ...]:
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
