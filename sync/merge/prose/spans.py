"""Which neighbouring words of a translated sentence translate some neighbouring words of its English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alignment.tokens import TokenKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment.tokens import Token

BRIDGE: Final = 1
"""Unlinked tokens that a span may run across, for each English word."""


def find_span(
    start: int, end: int, links: Sequence[tuple[int, int, float]], target: Sequence[Token]
) -> tuple[int, int, float] | None:
    """The target tokens that translate source tokens ``start`` to ``end``, and how sure that is.

    They must be neighbours, and none of them linked to a word outside. ``None`` where there are no such tokens.
    """
    inside = [(j, weight) for i, j, weight in links if start <= i < end]
    if not inside:
        return None
    first, last = min(j for j, _ in inside), max(j for j, _ in inside) + 1
    linked = {j for j, _ in inside}
    outside = {j for i, j, _ in links if not start <= i < end}
    gaps = [j for j in range(first, last) if j not in linked]
    if outside & set(range(first, last)) or len(gaps) > BRIDGE * (end - start):
        return None
    if any(target[j].kind is TokenKind.PUNCTUATION for j in gaps):
        return None
    return first, last, sum(weight for _, weight in inside) / len(inside)
