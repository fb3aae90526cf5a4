"""``: numref:`x``` and ``:numref: `x```: a role with spaces in it is plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignment.model import Mark
from sync.repairs.model import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.repairs.model import Place

NAME: Final = "torn-role"
NAMES: Final = r"numref|eqref|ref|eqlabel|label|cite[tp]?|width|bibliography"
TORN: Final = re.compile(
    rf"(?P<name>[:：][ \t]*(?:{NAMES})[ \t]*[:：])[ \t]*[`‘](?P<argument>[^`’\n]+)[`’]",
    re.IGNORECASE,
)
INSIDE: Final = re.compile(r"[:：\s]+")


def find(place: Place) -> Iterator[Edit]:
    """Roles and directives that English has oftener, argument and all."""
    for match in TORN.finditer(place.block.text):
        whole = f":{INSIDE.sub('', match['name']).lower()}:`{match['argument'].strip()}`"
        if match[0] == whole or place.is_taken(*match.span("name")) or not place.lacks(whole):
            continue
        space = " " if _is_glued(place, match) else ""
        message = f"a role torn apart: {match[0]}"
        edit = Edit(start=match.start(), end=match.end(), text=space + whole, message=message)
        if place.gains(Mark.ROLE, edit):
            yield edit


def _is_glued(place: Place, match: re.Match[str]) -> bool:
    """Whether the space that belongs before the role went behind its colon: ``see: numref:`x```."""
    before = place.block.text[match.start() - 1 : match.start()]
    return before.isalnum() and match["name"][1:2].isspace() and bool(place.locale.text.around(Mark.ROLE)[0])
