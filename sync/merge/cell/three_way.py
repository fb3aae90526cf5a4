"""What three versions of a sequence have in common: alignment of two by likeness, and the regions of three."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

X = TypeVar("X", bound="Hashable")

LIMIT: Final = 160_000
"""Pairs of elements that are compared one by one; longer sequences are first cut at what is unique in both."""


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of three sequences. A stable one holds a single element that all three have."""

    old: range
    new: range
    target: range
    stable: bool


def align(a: Sequence[X], b: Sequence[X], score: Callable[[X, X], float]) -> dict[int, int]:
    """The crossing-free pairs of elements with the highest total score. A pair that scores 0 is never made."""
    start = _common(a, b)
    end = _common(a[start:][::-1], b[start:][::-1])
    pairs = {i: i for i in range(start)}
    pairs |= {len(a) - k: len(b) - k for k in range(end, 0, -1)}
    left, right = a[start : len(a) - end], b[start : len(b) - end]
    pairs |= {start + i: start + j for i, j in _align_middle(left, right, score).items()}
    return dict(sorted(pairs.items()))


def _common(a: Sequence[X], b: Sequence[X]) -> int:
    """How many elements two sequences begin with alike."""
    count = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            break
        count += 1
    return count


def _align_middle(a: Sequence[X], b: Sequence[X], score: Callable[[X, X], float]) -> dict[int, int]:
    if len(a) * len(b) <= LIMIT:
        return _best_pairs(a, b, score)
    anchors = _unique_pairs(a, b)
    if not anchors:
        return {}
    pairs = dict(anchors)
    bounds = [(-1, -1), *anchors, (len(a), len(b))]
    for (i, j), (next_i, next_j) in pairwise(bounds):
        inner = align(a[i + 1 : next_i], b[j + 1 : next_j], score)
        pairs |= {i + 1 + left: j + 1 + right for left, right in inner.items()}
    return pairs


def _best_pairs(a: Sequence[X], b: Sequence[X], score: Callable[[X, X], float]) -> dict[int, int]:
    """Dynamic programming over all pairs (Needleman and Wunsch, with free gaps)."""
    below = [0.0] * (len(b) + 1)
    moves: list[bytearray] = []
    for one in reversed(a):
        row, move = [0.0] * (len(b) + 1), bytearray(len(b) + 1)
        for j in range(len(b) - 1, -1, -1):
            row[j], move[j] = (below[j], 0) if below[j] >= row[j + 1] else (row[j + 1], 1)
            gain = score(one, b[j])
            if gain > 0 and below[j + 1] + gain >= row[j]:
                row[j], move[j] = below[j + 1] + gain, 2
        below = row
        moves.append(move)
    return _walk(moves[::-1], len(b))


def _walk(moves: Sequence[bytearray], width: int) -> dict[int, int]:
    pairs: dict[int, int] = {}
    i = j = 0
    while i < len(moves) and j < width:
        move = moves[i][j]
        if move == 2:
            pairs[i] = j
        i += move != 1
        j += move != 0
    return pairs


def _unique_pairs(a: Sequence[X], b: Sequence[X]) -> list[tuple[int, int]]:
    """The longest crossing-free run of elements that stand once in each sequence (as in patience diff)."""
    once_a, once_b = Counter(a), Counter(b)
    where = {item: j for j, item in enumerate(b) if once_b[item] == 1}
    pairs = [(i, where[item]) for i, item in enumerate(a) if once_a[item] == 1 and item in where]
    ends: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        place = bisect_left(ends, j)
        before.append(tops[place - 1] if place else -1)
        ends[place : place + 1] = [j]
        tops[place : place + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = tops[-1] if tops else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def regions(on: Mapping[int, int], ot: Mapping[int, int], sizes: tuple[int, int, int]) -> Iterator[Region]:
    """Cut three sequences at the elements of the old one that both others have.

    ``on`` and ``ot`` map old indices to new and target ones; ``sizes`` are the lengths of old, new and target.
    """
    o = n = t = 0
    for i in sorted(on.keys() & ot.keys()):
        if (i, on[i], ot[i]) != (o, n, t):
            yield Region(range(o, i), range(n, on[i]), range(t, ot[i]), stable=False)
        yield Region(range(i, i + 1), range(on[i], on[i] + 1), range(ot[i], ot[i] + 1), stable=True)
        o, n, t = i + 1, on[i] + 1, ot[i] + 1
    if (o, n, t) != sizes:
        yield Region(range(o, sizes[0]), range(n, sizes[1]), range(t, sizes[2]), stable=False)
