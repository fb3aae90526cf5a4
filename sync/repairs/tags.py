"""``# @tab``: with spaces in it the mark of a tab is an ordinary comment, and the cell is in every tab."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignment.model import Kind
from sync.repairs.model import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.repairs.model import Place

NAME: Final = "torn-tag"
TORN: Final = re.compile(r"(?m)#[ \t]*@[ \t]*(?P<word>tab|save)\b(?P<rest>[^\n]*)")


def find(place: Place) -> Iterator[Edit]:
    """Tags that the English cell has in the same words."""
    if place.block.kind is not Kind.CODE:
        return
    for match in TORN.finditer(place.block.text):
        whole = f"#@{match['word']}{match['rest'].rstrip()}"
        if not match[0].startswith(f"#@{match['word']}") and whole in place.source:
            yield Edit(start=match.start(), end=match.end(), text=whole, message=f"a tag torn apart: {match[0]}")
