"""Three-way merge of short texts, token by token: what English changed is changed in the translation's own text.

The algorithm is diff3 (Khanna, Kunal and Pierce, 2007) without its conflict markers: a conflict is an answer, ``None``.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]")

Hunk = tuple[int, int, tuple[str, ...]]
"""Tokens ``start`` to ``end`` of the base and what stands in their place."""


def merge_words(old: str, new: str, target: str) -> str | None:
    """``target`` with the edit that leads from ``old`` to ``new``; ``None`` where both changed the same words."""
    if old == target:
        return new
    base, ours, theirs = (TOKEN.findall(text) for text in (old, target, new))
    own, edits = hunks(base, ours), hunks(base, theirs)
    if any(_meet(one, other) and one != other for one in own for other in edits):
        return None
    return "".join(_apply(base, sorted({*own, *edits})))


def merge_names(old: str, new: str, target: str) -> str:
    """The same for lists of names with commas between them: English's new list, with the translation's own names."""
    base, theirs, ours = ([name.strip() for name in text.split(",")] for text in (old, new, target))
    names = [name for name in theirs if name in ours or name not in base]
    return ", ".join((*names, *(name for name in ours if name not in base and name not in names)))


def hunks(base: Sequence[str], other: Sequence[str]) -> list[Hunk]:
    """The edits that lead from ``base`` to ``other``, in order."""
    codes = SequenceMatcher(None, base, other, autojunk=False).get_opcodes()
    return [(i, j, tuple(other[m:n])) for tag, i, j, m, n in codes if tag != "equal"]


def _meet(one: Hunk, other: Hunk) -> bool:
    """Whether two edits touch the same place: they overlap, or insert at one point."""
    return (one[0] < other[1] and other[0] < one[1]) or one[:2] == other[:2]


def _apply(base: Sequence[str], edits: Sequence[Hunk]) -> list[str]:
    result: list[str] = []
    at = 0
    for start, end, tokens in edits:
        result += (*base[at:start], *tokens)
        at = end
    return [*result, *base[at:]]
