"""``（** … **）``: a slide mark in full width, or with a space in it, marks nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignment.model import Mark
from sync.repairs.model import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.repairs.model import Place

NAME: Final = "torn-slide-mark"
TORN: Final = re.compile(
    r"(?P<open>[(（\[【［])\s*(?P<sign>\*\*|~~)(?P<words>[^*~\n]+?)(?P=sign)\s*(?P<close>[)）\]】］])"
)
NARROW: Final = str.maketrans("（）【】［］", "()[][]")


def find(place: Place) -> Iterator[Edit]:
    """As many pairs as English has more than the translation."""
    if not place.block.is_prose or not place.english:
        return
    missing = place.lacks(Mark.SLIDE)
    for match in TORN.finditer(place.block.text):
        begin = match["open"].translate(NARROW) + match["sign"]
        end = match["sign"] + match["close"].translate(NARROW)
        whole = begin + match["words"].strip() + end
        if match[0] != whole and missing[begin] and missing[end]:
            missing.subtract((begin, end))
            yield Edit(start=match.start(), end=match.end(), text=whole, message=f"a slide mark torn apart: {match[0]}")
