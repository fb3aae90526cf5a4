"""``[words] (address)`` and ``! [words](address)``: space, or full-width brackets, where a link has none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignment.model import Mark
from sync.repairs.model import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.repairs.model import Place

NAME: Final = "torn-link"
TORN: Final = re.compile(r"\][ \t\u3000]*[(（](?P<address>[^\n()（）]+)[)）]")
BANG: Final = re.compile(r"[!！][ \t\u3000]*(?=\[[^\]\n]*\][ \t\u3000]*[(（][ \t\u3000]*(?P<address>[^\s()（）]+))")
SPACE: Final = re.compile(r"\s+")
ADDRESS: Final = re.compile(r"(?:https?://|\.{1,2}/)\S+")
"""What can be nothing else."""


def find(place: Place) -> Iterator[Edit]:
    """Links whose address English has oftener; pictures that English shows."""
    for match in TORN.finditer(place.block.text):
        whole = f"]({SPACE.sub('', match['address'])})"
        if match[0] != whole and _is_meant(place, match, whole) and not place.is_taken(*match.span()):
            yield from _gaining(place, Mark.LINK, match, whole, f"a link torn apart: {match[0]}")
    for match in BANG.finditer(place.block.text):
        if match[0] != "!" and _is_shown(place, match["address"]) and not place.is_taken(*match.span()):
            yield from _gaining(place, Mark.IMAGE, match, "!", f"a picture torn apart: {match[0]}[")


def _gaining(place: Place, mark: Mark, match: re.Match[str], text: str, message: str) -> Iterator[Edit]:
    """One edit, if it makes a link or a picture. A torn picture whose link is torn too becomes a link first."""
    edit = Edit(start=match.start(), end=match.end(), text=text, message=message)
    if place.gains(mark, edit) or place.gains(Mark.IMAGE, edit):
        yield edit


def _is_meant(place: Place, match: re.Match[str], whole: str) -> bool:
    """Whether English says that this is a link; where there is no English, whether it can be anything else."""
    return place.lacks(whole) and bool(place.chapter or ADDRESS.fullmatch(match["address"].strip()))


def _is_shown(place: Place, address: str) -> bool:
    """Whether the English chapter has it as a picture; where there is no English, whether it is a picture at all."""
    if not place.chapter:
        return address.lower().endswith((".svg", ".png", ".jpg", ".jpeg", ".gif"))
    return bool(re.search(rf"!\[[^\]]*\]\({re.escape(address)}[\s)]", place.chapter))
