"""``[words] (address)`` and ``! [words](address)``: space, or full-width brackets, where a link has none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sync.repairs.model import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.repairs.model import Place

NAME: Final = "torn-link"
TORN: Final = re.compile(r"(?P<close>[\]］])\s*(?P<open>[(（])\s*(?P<address>[^\s()（）]+)\s*(?P<end>[)）])")
BANG: Final = re.compile(r"[!！]\s*(?=[\[［][^\]\n]*[\]］]\s*[(（]\s*(?P<address>[^\s()（）]+))")


def find(place: Place) -> Iterator[Edit]:
    """Links whose address the English block has too; pictures that the English chapter shows."""
    if not place.block.is_prose:
        return
    for match in TORN.finditer(place.block.text):
        whole = f"]({match['address']})"
        if match[0] != whole and whole in place.source and not place.is_taken(match):
            yield Edit(start=match.start(), end=match.end(), text=whole, message=f"a link torn apart: {match[0]}")
    for match in BANG.finditer(place.block.text):
        shown = re.search(rf"!\[[^\]]*\]\({re.escape(match['address'])}", place.chapter)
        if match[0] != "!" and shown:
            yield Edit(start=match.start(), end=match.end(), text="!", message=f"a picture torn apart: {match[0]}[")
