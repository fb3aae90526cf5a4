"""A text cut into what can be known again in another file, without parsing it: cheap enough for a whole book."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from alignment.diff import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST: Final = 25
"""Characters below which a cutting says nothing of where it comes from: ends of tabs, numbers, short titles."""
BLANK: Final = re.compile(r"\n[ \t>]*\n|\n(?=[ \t]*(?:[-+*]|\d{1,9}[.)]|#{1,6})[ \t])")
"""Between paragraphs, and before items and headings."""
SENTENCE_END: Final = re.compile(r"(?<=[.!?])[*~\])\"']*\s+")


def cut(text: str) -> Counter[str]:
    """The sentences and cells of a text, white space folded, and how often it has each; what is short is left out."""
    return Counter(cutting for cutting in _all(text.replace("\r\n", "\n")) if len(cutting) >= SHORTEST)


def _all(text: str) -> Iterator[str]:
    for paragraph in BLANK.split(text):
        yield from (fold(sentence) for sentence in SENTENCE_END.split(paragraph))


def weight(cuttings: Counter[str]) -> int:
    """Characters of some cuttings."""
    return sum(len(cutting) * times for cutting, times in cuttings.items())
