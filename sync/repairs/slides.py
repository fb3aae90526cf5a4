"""``（** … **）``: a slide mark in full width, or with a space in it, marks nothing."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from alignment.markdown import spans
from alignment.model import Mark
from sync.repairs.model import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.repairs.model import Place

NAME: Final = "torn-slide-mark"
TORN: Final = re.compile(
    r"(?P<open>[(（\[【［])[ \t]*(?P<sign>\*\*|~~)(?P<words>[^*~\n]+?)(?P=sign)[ \t]*(?P<close>[)）\]】］])"
)
NARROW: Final = str.maketrans("（）【】［］", "()[][]")


def find(place: Place) -> Iterator[Edit]:
    """As many pairs as English has more than the translation."""
    missing = _marks(place.source, place) - _marks(place.block.text, place)
    for match in TORN.finditer(place.block.text):
        begin = match["open"].translate(NARROW) + match["sign"]
        end = match["sign"] + match["close"].translate(NARROW)
        whole = begin + match["words"].strip() + end
        edit = Edit(start=match.start(), end=match.end(), text=whole, message=f"a slide mark torn apart: {match[0]}")
        if match[0] != whole and missing[begin] and missing[end] and place.gains(Mark.SLIDE, edit):
            missing.subtract((begin, end))
            yield edit


def _marks(text: str, place: Place) -> Counter[str]:
    return Counter(one.text for _, _, one in spans(text, place.profile) if one.mark is Mark.SLIDE)
