"""``* word *``: emphasis with space inside its marks shows the marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignment.model import Mark
from sync.repairs.model import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.repairs.model import Place

NAME: Final = "torn-emphasis"
TORN: Final = re.compile(
    r"(?<![\w*\\(\[~])(?P<sign>\*\*|\*)(?![*\s]*$)(?P<before>[ \t]*)"
    r"(?P<words>[^*\n`$]+?)(?P<after>[ \t]*)(?P=sign)(?![*\])])"
)


def find(place: Place) -> Iterator[Edit]:
    """All of a block, if English has just as many pairs more; else it is not known which are meant."""
    if not place.block.is_prose or not place.english:
        return
    text, lead = place.block.text, len(place.block.lead)
    torn = [
        match
        for match in TORN.finditer(text, lead)
        if (match["before"] or match["after"]) and not place.is_taken(match)
    ]
    if not torn or len(torn) != place.opened(Mark.EMPHASIS):
        return
    for match in torn:
        sign = match["sign"]
        spaced = sign + match["words"] + sign
        left = " " if match["before"] and not text[: match.start()].endswith((" ", "\n", "")) else ""
        yield Edit(
            start=match.start(),
            end=match.end(),
            text=left + spaced,
            message=f"emphasis torn apart: {match[0]}",
        )
