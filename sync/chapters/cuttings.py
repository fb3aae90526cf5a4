"""A text cut into what can be known again in another file, without parsing it: cheap enough for a whole book."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, TypeAlias

from alignment.diff import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST: Final = 25
"""Characters below which a cutting says nothing of where it comes from: ends of tabs, numbers, short titles."""
BLANK: Final = re.compile(r"\n[ \t>]*\n|\n(?=[ \t]*(?:[-+*]|\d{1,9}[.)]|#{1,6})[ \t])")
"""Between paragraphs, and before items and headings."""
SENTENCE_END: Final = re.compile(r"(?<=[.!?])[*~\])\"']*\s+")


WORD: Final = re.compile(r"\w+")
RUN: Final = 5
"""Words in a row that two texts hardly have in common by chance: of two chapters of a book about 1 in 50."""
Shingle: TypeAlias = tuple[str, ...]


def cut(text: str) -> Counter[str]:
    """The sentences and cells of a text, white space folded, and how often it has each; what is short is left out."""
    return Counter(cutting for cutting in _all(text.replace("\r\n", "\n")) if len(cutting) >= SHORTEST)


def _all(text: str) -> Iterator[str]:
    for paragraph in BLANK.split(text):
        yield from (fold(sentence) for sentence in SENTENCE_END.split(paragraph))


def shingles(text: str, size: int = RUN) -> Counter[Shingle]:
    """Every run of ``size`` words of a text, and how often it has each. They survive what changes around them."""
    words = WORD.findall(text)
    return Counter(tuple(words[at : at + size]) for at in range(len(words) - size + 1))
