"""``: numref:`x``` and ``:numref: `x```: a role with spaces in it is plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sync.repairs.model import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.repairs.model import Place

NAME: Final = "torn-role"
NAMES: Final = r"numref|eqref|ref|eqlabel|label|cite[tp]?|width|bibliography"
TORN: Final = re.compile(rf"[:：]\s*(?P<name>{NAMES})\s*[:：]\s*[`‘](?P<argument>[^`’\n]+)[`’]", re.IGNORECASE)


def find(place: Place) -> Iterator[Edit]:
    """Roles and directives that the English beside them has, argument and all."""
    for match in TORN.finditer(place.block.text):
        whole = f":{match['name'].lower()}:`{match['argument'].strip()}`"
        if match[0] != whole and whole in place.source and whole not in place.block.text:
            yield Edit(start=match.start(), end=match.end(), text=whole, message=f"a role torn apart: {match[0]}")
