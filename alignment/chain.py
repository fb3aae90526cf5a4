"""Dynamic programming over two sequences: the best way through both, and the best stretch inside both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Gain = Callable[[int, int, int, int], float]
    """The score of linking source units [a, b) with target units [c, d)."""

IMPOSSIBLE: Final = -1e9


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


def best_path(
    sources: int,
    targets: int,
    shapes: Sequence[tuple[int, int, float]],
    gain: Gain,
    gaps: tuple[Sequence[float], Sequence[float]],
) -> tuple[Step, ...]:
    """The monotone path of the highest score through both sequences, every unit in exactly one step.

    ``shapes`` are the numbers of units a step may link, with what each shape costs; ``gaps`` the (negative) scores of
    leaving a unit of either side alone. Of two equally good paths the one with the earlier shape wins.
    """
    scores = [[IMPOSSIBLE] * (targets + 1) for _ in range(sources + 1)]
    steps: list[list[Step | None]] = [[None] * (targets + 1) for _ in range(sources + 1)]
    scores[0][0] = 0.0
    for b in range(sources + 1):
        for d in range(targets + 1):
            for step in _into(b, d, shapes, gain, gaps):
                score = scores[step.a][step.c] + step.score
                if score > scores[b][d]:
                    scores[b][d], steps[b][d] = score, step
    return _traced(steps, sources, targets)


def _into(
    b: int, d: int, shapes: Sequence[tuple[int, int, float]], gain: Gain, gaps: tuple[Sequence[float], Sequence[float]]
) -> Iterable[Step]:
    """Every step that ends before source unit ``b`` and target unit ``d``."""
    for wide, high, cost in shapes:
        if wide <= b and high <= d:
            score = gain(b - wide, b, d - high, d)
            if score > IMPOSSIBLE:
                yield Step(b - wide, b, d - high, d, score - cost)
    if b:
        yield Step(b - 1, b, d, d, gaps[0][b - 1])
    if d:
        yield Step(b, b, d - 1, d, gaps[1][d - 1])


def _traced(steps: Sequence[Sequence[Step | None]], b: int, d: int) -> tuple[Step, ...]:
    path = []
    while (step := steps[b][d]) is not None:
        path.append(step)
        b, d = step.a, step.c
    return tuple(reversed(path))


def best_stretch(sources: int, targets: int, gain: Gain, gap: float) -> tuple[Step, ...]:
    """The one-to-one links of the best-scoring stretch of both sequences (Smith and Waterman 1981), if any gains."""
    scores = [[0.0] * (targets + 1) for _ in range(sources + 1)]
    steps: list[list[Step | None]] = [[None] * (targets + 1) for _ in range(sources + 1)]
    best, end = 0.0, (0, 0)
    for b in range(1, sources + 1):
        for d in range(1, targets + 1):
            linked = gain(b - 1, b, d - 1, d)
            options = (
                (scores[b - 1][d - 1] + linked, Step(b - 1, b, d - 1, d, linked)),
                (scores[b - 1][d] + gap, Step(b - 1, b, d, d, gap)),
                (scores[b][d - 1] + gap, Step(b, b, d - 1, d, gap)),
            )
            score, step = max(options, key=lambda option: option[0])
            if score > 0:
                scores[b][d], steps[b][d] = score, step
            if score > best:
                best, end = score, (b, d)
    return tuple(step for step in _traced(steps, *end) if step.links)


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
