"""Where a language puts spaces, and capitals at the beginning, learned from its own sentences. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sync.engines.smt.words import CJK, JOINED, OPEN, SHUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sync.engines.smt.words import Word

UNSPACED: Final = re.compile(f"[{CJK}]")
EDGE: Final = ""
"""The kind of what is anything."""


@dataclass(frozen=True)
class Spacing:
    """How often a space stands between two kinds of words."""

    counts: dict[tuple[str, str], tuple[int, int]]
    """Without and with a space, by the kinds on both sides; ``EDGE`` stands for any."""

    @staticmethod
    def of(sentences: Iterable[Sequence[Word]]) -> Spacing:
        """Learn from sentences as they stand."""
        found: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
        for words in sentences:
            kinds = [kind(word.key, word.sort) for word in words]
            for number in range(1, len(words)):
                left, right, spaced = kinds[number - 1], kinds[number], words[number].spaced
                for pair in ((left, right), (left, EDGE), (EDGE, right)):
                    found[pair][spaced] += 1
        return Spacing({pair: (count[False], count[True]) for pair, count in found.items()})

    def between(self, left: str, right: str) -> bool:
        """Whether a space stands between two kinds of words."""
        votes = self.counts.get((left, right), (0, 0))
        if sum(votes) >= SURE:
            return votes[1] > votes[0]
        default = _default(left, right)
        guess = [self._tendency(left, EDGE, default=default), self._tendency(EDGE, right, default=default)]
        strict = min(guess) if min(guess) < 1 - max(guess) else max(guess)
        return votes[1] + 2 * strict > votes[0] + 2 * (1 - strict)

    def _tendency(self, left: str, right: str, *, default: bool) -> float:
        without, with_space = self.counts.get((left, right), (0, 0))
        return (with_space + 2 * default) / (without + with_space + 2)

    def to_json(self) -> list[Any]:
        return [[*pair, *count] for pair, count in sorted(self.counts.items())]

    @staticmethod
    def from_json(rows: Iterable[Any]) -> Spacing:
        return Spacing({(left, right): (without, with_space) for left, right, without, with_space in rows})


SURE: Final = 3
"""How often two kinds must have met before nothing else counts."""


def kind(key: str, sort: str = "") -> str:
    """What words have in common that stand to their neighbours alike."""
    if sort:
        return f"<{sort}>"
    if UNSPACED.match(key):
        return "unspaced"
    if key[0] == "'" and len(key) > 1 and key[1].isalpha():
        return "suffix"
    if key[0].isdigit():
        return "<number>"
    return "letters" if key[0].isalpha() else key


def _default(left: str, right: str) -> bool:
    """What is usual where nothing is known."""
    if JOINED in left + right or left.endswith(OPEN) or right.endswith(SHUT) or right == "suffix":
        return False
    if left == "unspaced" or right == "unspaced":
        return False
    before, after = unicodedata.category(left[-1]), unicodedata.category(right[0])
    is_wide = any(unicodedata.east_asian_width(sign) in "WF" for sign in (left[-1], right[0]))
    return not (is_wide or before in ("Ps", "Pi") or after in ("Pe", "Pf") or right in ".,;:!?%")
