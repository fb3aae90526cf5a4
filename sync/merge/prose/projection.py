"""Where in a translated sentence some neighbouring English words are: for marks that English puts around them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from alignment.tokens import TokenKind
from sync.merge.prose.spans import find_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment.tokens import Token
    from sync.merge.prose.language_pair import LanguagePair

DRIFT: Final = 1.0
"""What it costs to begin or end elsewhere in the sentence than English does, for the whole length of it."""
CLAUSE: Final = 0.25
"""What it brings to begin or end where a clause does."""
CUT: Final = 2.0
"""What it costs to begin or end inside a word."""
STOPS: Final = frozenset(',;:.!?()，；：。！？（）、“”"')


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens ``start`` to ``end`` and how sure that is, 0 to 1."""

    start: int
    end: int
    confidence: float


def project(
    start: int, end: int, source: Sequence[Token], target: Sequence[Token], pair: LanguagePair, *, loose: bool
) -> Span | None:
    """The tokens of ``target`` that translate tokens ``start`` to ``end`` of ``source``; ``None`` where none can.

    The span is the one that parts the word links best into those inside on both sides and those outside on both,
    near the place that English has, and at the edges of clauses rather than inside them. Unless it may be ``loose``, it
    has exactly the words linked to those of English.
    """
    if not target or start >= end:
        return None
    ends = _whole(start, end, source, target)
    if ends is not None:
        return Span(*ends, 1.0)
    links = pair.link(tuple(source), tuple(target))
    if not loose:
        found = find_span(start, end, links, target)
        return Span(*found) if found else None
    agreement = _agreement(start, end, links, len(target))
    edges = _edges(source, start, end)
    cuts = _cuts(target, pair)
    options = (
        (
            2 * (agreement[b] - agreement[a])
            + _prior(a, b, start, end, source, target)
            + _clauses(a, b, target, edges)
            - cuts[a]
            - cuts[b],
            -a,
            b,
        )
        for a in range(len(target))
        for b in range(a + 1, len(target) + 1)
    )
    _, negative, last = max(options)
    if negative and last == len(target) and target[-1].text in STOPS:
        last -= 1  # a mark around a part of a sentence leaves out the sign that ends the whole
    return Span(-negative, last, _confidence(start, end, -negative, last, links))


def _whole(start: int, end: int, source: Sequence[Token], target: Sequence[Token]) -> tuple[int, int] | None:
    """The whole sentence, with or without the sign it ends with."""
    if start > 0 or any(token.kind is not TokenKind.PUNCTUATION for token in source[end:]):
        return None
    if end == len(source) or target[-1].kind is not TokenKind.PUNCTUATION or target[-1].text not in STOPS:
        return 0, len(target)
    return (0, len(target) - 1) if len(target) > 1 else None


def _agreement(start: int, end: int, links: Sequence[tuple[int, int, float]], size: int) -> list[float]:
    """Running sums of what each target token speaks for being inside (positive) or outside."""
    votes = [0.0] * size
    for i, j, weight in links:
        votes[j] += weight if start <= i < end else -weight
    sums = [0.0]
    for vote in votes:
        sums.append(sums[-1] + vote)
    return sums


def _prior(a: int, b: int, start: int, end: int, source: Sequence[Token], target: Sequence[Token]) -> float:
    n, m = len(source), len(target)
    return -DRIFT * (abs(a / m - start / n) + abs(b / m - end / n))


def _cuts(target: Sequence[Token], pair: LanguagePair) -> list[float]:
    """What it costs to begin or end before each token, and at the end: to cut a word in two is dear."""
    return [0.0, *(CUT * pair.cohesion(one, other) for one, other in pairwise(target)), 0.0]


def _edges(source: Sequence[Token], start: int, end: int) -> tuple[bool, bool]:
    """Whether English begins and ends the span at the edge of a clause."""
    return start == 0 or source[start - 1].text in STOPS, end == len(source) or source[end].text in STOPS


def _clauses(a: int, b: int, target: Sequence[Token], edges: tuple[bool, bool]) -> float:
    begins = a == 0 or target[a - 1].text in STOPS
    ends = b == len(target) or target[b].text in STOPS
    worth = [CLAUSE * (2 if at_edge else 1) for at_edge in edges]
    return (worth[0] if begins else 0.0) + (worth[1] if ends else 0.0)


def _confidence(start: int, end: int, a: int, b: int, links: Sequence[tuple[int, int, float]]) -> float:
    """Share of the links that are inside on both sides or outside on both, less what few links can prove."""
    right = sum(weight for i, j, weight in links if (start <= i < end) == (a <= j < b))
    total = sum(weight for _, _, weight in links)
    return right / (total + 1.0)
