"""Dynamic programming over two sequences: the best way through both, and the best stretch inside both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

IMPOSSIBLE: Final = -1e9
LEVEL: Final = 1e-9
"""Scores that differ by less are equal: the order in which a processor adds must decide nothing."""

Before = tuple[int, int, float] | None
"""Where a step begins on both sides, and its score; nothing where no step led."""


@dataclass(frozen=True, slots=True)
class Step:
    """Source units [a, b) against target units [c, d), one of which may be none at all."""

    a: int
    b: int
    c: int
    d: int
    score: float

    @property
    def links(self) -> bool:
        return self.a < self.b and self.c < self.d


@dataclass(frozen=True, slots=True)
class Shape:
    """Steps that link ``wide`` source units with ``high`` target units, and the score of each of them."""

    wide: int
    high: int
    scores: list[list[float]]
    """For each source unit a step may begin with, and each target unit; ``IMPOSSIBLE`` where it must not."""


def best_path(
    sources: int, targets: int, shapes: Sequence[Shape], gaps: tuple[Sequence[float], Sequence[float]]
) -> tuple[Step, ...]:
    """The monotone path of the highest score through both sequences, every unit in exactly one step.

    ``gaps`` are the (negative) scores of leaving a unit of either side alone. Of equally good paths the one with the
    earlier shape wins, and of several equal targets the first is linked.
    """
    best = [[IMPOSSIBLE] * (targets + 1) for _ in range(sources + 1)]
    before: list[list[Before]] = [[None] * (targets + 1) for _ in range(sources + 1)]
    best[0][0] = 0.0
    for b in range(sources + 1):
        for d in range(targets + 1):
            if b or d:
                best[b][d], before[b][d] = _best_step(b, d, shapes, gaps, best)
    return _traced(before, sources, targets)


def _best_step(
    b: int,
    d: int,
    shapes: Sequence[Shape],
    gaps: tuple[Sequence[float], Sequence[float]],
    best: Sequence[Sequence[float]],
) -> tuple[float, Before]:
    """The score of the best path up to source unit ``b`` and target unit ``d``, and where its last step begins."""
    highest: float = 2 * IMPOSSIBLE
    found: Before = None
    for shape in shapes:
        a, c = b - shape.wide, d - shape.high
        if a >= 0 and c >= 0:
            score = shape.scores[a][c]
            if best[a][c] + score > highest + LEVEL:
                highest, found = best[a][c] + score, (a, c, score)
    if b and best[b - 1][d] + gaps[0][b - 1] > highest + LEVEL:
        highest, found = best[b - 1][d] + gaps[0][b - 1], (b - 1, d, gaps[0][b - 1])
    if d and best[b][d - 1] + gaps[1][d - 1] > highest - LEVEL:
        highest, found = best[b][d - 1] + gaps[1][d - 1], (b, d - 1, gaps[1][d - 1])
    return highest, found


def _traced(before: Sequence[Sequence[Before]], b: int, d: int) -> tuple[Step, ...]:
    path = []
    while (step := before[b][d]) is not None:
        a, c, score = step
        path.append(Step(a, b, c, d, score))
        b, d = a, c
    return tuple(reversed(path))


def best_stretch(gains: Sequence[Sequence[float]], gap: float) -> tuple[Step, ...]:
    """The one-to-one links of the best-scoring stretch of both sequences (Smith and Waterman 1981), if any gains.

    ``gains`` has the score of linking each source unit (a row) with each target unit.
    """
    sources, targets = len(gains), len(gains[0]) if gains else 0
    scores = [[0.0] * (targets + 1) for _ in range(sources + 1)]
    before: list[list[Before]] = [[None] * (targets + 1) for _ in range(sources + 1)]
    best, end = 0.0, (0, 0)
    for b in range(1, sources + 1):
        for d in range(1, targets + 1):
            linked = gains[b - 1][d - 1]
            options = (
                (scores[b - 1][d - 1] + linked, (b - 1, d - 1, linked)),
                (scores[b - 1][d] + gap, (b - 1, d, gap)),
                (scores[b][d - 1] + gap, (b, d - 1, gap)),
            )
            score, step = max(options, key=lambda option: option[0])
            if score > 0:
                scores[b][d], before[b][d] = score, step
            if score > best:
                best, end = score, (b, d)
    return tuple(step for step in _traced(before, *end) if step.links)


def longest_rise(pairs: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The longest subsequence that rises on both sides, of pairs that rise on the first."""
    length, before = [1] * len(pairs), [-1] * len(pairs)
    for later in range(len(pairs)):
        for earlier in range(later):
            if pairs[earlier][1] < pairs[later][1] and length[earlier] >= length[later]:
                length[later], before[later] = length[earlier] + 1, earlier
    at = max(range(len(pairs)), key=lambda index: length[index], default=-1)
    found = []
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return tuple(reversed(found))
