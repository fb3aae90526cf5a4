"""Tables that get or lose rows. What needs a translator waits, and with it the whole table: half a row is none."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from alignment.diff import fold
from alignment.tokens import TokenKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.merge.prose.language_pair import LanguagePair


def merge_rows(old: str, new: str, target: str, pair: LanguagePair) -> str | None:
    """``target`` with the rows that English removed and added; ``None`` where one of them has words to translate."""
    before, after, ours = (text.split("\n") for text in (old, new, target))
    if len(before) != len(ours) or before[0].count("|") != after[0].count("|"):
        return None
    rows: list[str] = []
    matcher = SequenceMatcher(None, [fold(row) for row in before], [fold(row) for row in after], autojunk=False)
    for tag, i, j, m, n in matcher.get_opcodes():
        if tag == "equal":
            rows += ours[i:j]
        elif _same(before[i:j], ours[i:j]) or _wordless(after[m:n], pair):
            rows += after[m:n]
        else:
            return None
    return "\n".join(rows)


def _same(rows: Sequence[str], others: Sequence[str]) -> bool:
    """Whether there are some rows and the translators left them in English."""
    return bool(rows) and [fold(row) for row in rows] == [fold(row) for row in others]


def _wordless(rows: Sequence[str], pair: LanguagePair) -> bool:
    """Whether rows say the same in every language: numbers, formulas, code."""
    tokens = [token for row in rows for token in pair.tokens(row)]
    return all(token.is_same_everywhere or token.kind is TokenKind.PUNCTUATION for token in tokens)
