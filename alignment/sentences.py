"""Which sentences of linked blocks correspond: dynamic programming inside each link, scored for all links at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import exp
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from alignment import anchors
from alignment.chain import IMPOSSIBLE, Shape, Step, best_path
from alignment.costs import worth
from alignment.model import Bead, Kind, Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.costs import Evidence, Matrix, Pace
    from alignment.sides import Measured

Indices = NDArray[np.int64]

SHAPES: Final = ((1, 1, 0.0), (1, 2, 1.0), (2, 1, 1.0), (2, 2, 4.0), (1, 3, 2.5), (3, 1, 2.5))
"""Sentences of a bead on both sides, and what the shape costs."""
GAP: Final = -2.0
DOUBT: Final = 1.5
"""Worth below nothing at which a link of sentences is right half of the time; their blocks are linked already."""


def link_sentences(
    beads: Sequence[Bead], source: Measured, target: Measured, evidence: Evidence, pace: Pace
) -> tuple[Link, ...]:
    """The beads of blocks, with the beads of the sentences inside them."""
    inside = [(source.sentences(bead.source), target.sentences(bead.target)) for bead in beads]
    scored = iter(_scores([both for both in inside if both[0] and both[1]], source, target, evidence, pace))
    found = []
    for bead, (lefts, rights) in zip(beads, inside, strict=True):
        if not (bead.source and bead.target and (lefts or rights)):
            found.append(Link(bead))
            continue
        scores = next(scored) if lefts and rights else []
        shapes = _shapes(scores, len(lefts), len(rights))
        path = _path(shapes, len(lefts), len(rights), _waiting(bead, source, target))
        found.append(Link(bead, tuple(_bead(step, bead.confidence) for step in path)))
    return tuple(found)


def path_scores(
    inside: Sequence[tuple[Sequence[int], Sequence[int]]],
    source: Measured,
    target: Measured,
    evidence: Evidence,
    pace: Pace,
) -> list[float]:
    """What the best path through each of these runs of sentences is worth; no side may be empty."""
    found = []
    for (lefts, rights), scores in zip(inside, _scores(inside, source, target, evidence, pace), strict=True):
        shapes = _shapes(scores, len(lefts), len(rights))
        found.append(sum(step.score for step in _path(shapes, len(lefts), len(rights), frozenset())))
    return found


def _path(shapes: Sequence[Shape], sources: int, targets: int, waiting: frozenset[int]) -> tuple[Step, ...]:
    """The best path, on which sentences that wait for their translation stay alone."""
    if sources == targets == 1 and not waiting and shapes[0].scores[0][0] > 2 * GAP:
        return (Step(0, 1, 0, 1, shapes[0].scores[0][0]),)
    for shape in shapes if waiting else ():
        for i in waiting:
            for row in shape.scores[max(0, i - shape.wide + 1) : i + 1]:
                row[:] = [IMPOSSIBLE] * len(row)
    gaps = [0.0 if i in waiting else GAP for i in range(sources)], [GAP] * targets
    return best_path(sources, targets, shapes, gaps)


def _waiting(bead: Bead, source: Measured, target: Measured) -> frozenset[int]:
    """The source sentences of a bead that stand in a pending block of its target."""
    pending = {target.blocks[j].name for j in bead.target if target.blocks[j].kind is Kind.PENDING}
    if not pending:
        return frozenset()
    runs = anchors.part_digests([segment for i in bead.source for segment in source.segments[i]])
    return frozenset(i for name, run in runs.items() if name in pending for i in run)


def _bead(step: Step, ceiling: float) -> Bead:
    confidence = ceiling / (1 + exp(-step.score - DOUBT)) if step.links else ceiling
    return Bead(tuple(range(step.a, step.b)), tuple(range(step.c, step.d)), confidence)


# --- scores ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Runs:
    """Every bead that some sentences of two blocks could make: sources [a, b) with targets [c, d), shape by shape."""

    a: Indices
    b: Indices
    c: Indices
    d: Indices
    cost: Matrix


@lru_cache(maxsize=1024)
def _runs(sources: int, targets: int) -> _Runs:
    found = [
        (a, a + wide, c, c + high, cost)
        for wide, high, cost in SHAPES
        for a in range(sources - wide + 1)
        for c in range(targets - high + 1)
    ]
    a, b, c, d, cost = (np.array(column) for column in zip(*found, strict=True))
    return _Runs(a, b, c, d, cost)


def _shapes(scores: list[float], sources: int, targets: int) -> list[Shape]:
    """The scores of ``_runs``, as tables."""
    found, at = [], 0
    for wide, high, _ in SHAPES:
        rows, columns = sources - wide + 1, targets - high + 1
        if rows > 0 and columns > 0:
            table = [scores[at + row * columns : at + (row + 1) * columns] for row in range(rows)]
            found.append(Shape(wide, high, table))
            at += rows * columns
    return found


def _scores(
    inside: Sequence[tuple[Sequence[int], Sequence[int]]],
    source: Measured,
    target: Measured,
    evidence: Evidence,
    pace: Pace,
) -> Iterator[list[float]]:
    """For the sentences of each link the scores of all their runs."""
    if not inside:
        return
    runs = [_runs(len(lefts), len(rights)) for lefts, rights in inside]
    common, left, right, sizes = [], [], [], []
    for (lefts, rights), run in zip(inside, runs, strict=True):
        ours, theirs = evidence.sources.unpacked(lefts), evidence.targets.unpacked(rights)
        common.append(_rectangles(ours @ theirs.T, run.a, run.b, run.c, run.d))
        left.append(_rectangles(ours @ ours.T, run.a, run.b, run.a, run.b))
        right.append(_rectangles(theirs @ theirs.T, run.c, run.d, run.c, run.d))
        lengths = _sums([source.passages[i].length for i in lefts]), _sums([target.passages[j].length for j in rights])
        sizes.append((lengths[0][run.b] - lengths[0][run.a], lengths[1][run.d] - lengths[1][run.c]))
    squares = np.concatenate(left), np.concatenate(right)
    lengths = np.concatenate([one for one, _ in sizes]), np.concatenate([other for _, other in sizes])
    scores = worth(np.concatenate(common), *squares, lengths, pace) - np.concatenate([run.cost for run in runs])
    flat, at = scores.tolist(), 0
    for run in runs:
        yield flat[at : at + len(run.cost)]
        at += len(run.cost)


def _rectangles(table: Matrix, a: Indices, b: Indices, c: Indices, d: Indices) -> Matrix:
    """The sums of table[a:b, c:d], for each of these."""
    if table.size == 1:
        return np.full(len(a), table[0, 0])
    sums = np.zeros((table.shape[0] + 1, table.shape[1] + 1))
    sums[1:, 1:] = table.cumsum(axis=0).cumsum(axis=1)
    found: Matrix = sums[b, d] - sums[a, d] - sums[b, c] + sums[a, c]
    return found


def _sums(values: Sequence[float]) -> Matrix:
    return np.cumsum([0.0, *values])
