"""``* word *``: emphasis with space inside its marks shows the marks."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from alignment.markdown import spans
from alignment.model import Mark
from sync.repairs.model import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sync.repairs.model import Place

NAME: Final = "torn-emphasis"
STARS: Final = re.compile(r"(?<!\\)\*+")

Run = tuple[int, int]
"""Start and end of some stars in a row."""


def find(place: Place) -> Iterator[Edit]:
    """Pairs with a space inside, in a block that has just the stars of its English.

    Then they are pairs one after another, whatever became of the spaces; with one star more or less nobody knows
    which were meant to go together.
    """
    text = place.block.text
    english = [pair for block in place.english for pair in _pairs(_runs(block.text, place, len(block.lead)))]
    runs = _runs(text, place, len(place.block.lead))
    pairs = _pairs(runs)
    if not _is_plain(place) or not pairs or Counter(map(_sign, pairs)) != Counter(map(_sign, english)):
        return
    edits = tuple(edit for pair in pairs if (edit := _mend(place, pair)))
    if place.gains(Mark.EMPHASIS, *edits):
        yield from edits


def _runs(text: str, place: Place, start: int) -> list[Run]:
    """The stars that are no part of another markup."""
    other = [(begin, end) for begin, end, one in spans(text, place.profile) if one.mark is not Mark.EMPHASIS]
    found = [match.span() for match in STARS.finditer(text, start)]
    return [run for run in found if not any(begin < run[1] and run[0] < end for begin, end in other)]


def _pairs(runs: Sequence[Run]) -> list[tuple[Run, Run]]:
    """Stars two by two; nothing where one has no partner like it."""
    pairs = list(zip(runs[::2], runs[1::2], strict=False))
    lengths = {(end - start, stop - begin) for (start, end), (begin, stop) in pairs}
    return pairs if len(runs) % 2 == 0 and lengths <= {(1, 1), (2, 2)} else []


def _sign(pair: tuple[Run, Run]) -> int:
    return pair[0][1] - pair[0][0]


def _is_plain(place: Place) -> bool:
    """Whether all stars of the English are emphasis, and one after another: no product, nothing within another."""
    for block in place.english:
        opens = [one.opens for _, _, one in spans(block.text, place.profile) if one.mark is Mark.EMPHASIS]
        nested = any(one is two for one, two in pairwise(opens))
        if nested or len(opens) != len(_runs(block.text, place, len(block.lead))):
            return False
    return True


def _mend(place: Place, pair: tuple[Run, Run]) -> Edit | None:
    """The pair without spaces inside; they go outside where a word would otherwise touch it."""
    (start, inner), (outer, end) = pair
    text = place.block.text
    words = text[inner:outer]
    bare = words.strip(" \t\u3000")
    if not bare.strip() or bare == words:
        return None
    before, after = place.locale.text.around(Mark.LINK)  # emphasised words stand in a sentence as linked ones do
    left = before if words[0] != bare[0] and text[start - 1 : start].isalnum() else ""
    right = after if words[-1] != bare[-1] and text[end : end + 1].isalnum() else ""
    sign = text[start:inner]
    message = f"emphasis torn apart: {text[start:end]}"
    return Edit(start=start, end=end, text=f"{left}{sign}{bare}{sign}{right}", message=message)
