"""``1.word``: an item that lost the space behind its mark is plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignment.markdown import parse, spans
from alignment.model import Kind, Mark
from sync.repairs.model import Edit, apply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment.model import Block
    from sync.repairs.model import Place

NAME: Final = "torn-item"
LINE: Final = re.compile(r"(?m)^[ \t]*(?P<mark>\d{1,3}[.)]|[-+*])(?P<space>[ \t]*)(?=[^\s\d.)*+-])")


def find(place: Place) -> Iterator[Edit]:
    """Lines of a block that begin with the marks of the English items beside it, all of them and in their order."""
    text = place.block.text
    if place.block.kind not in (Kind.PARAGRAPH, Kind.ITEM) or {one.kind for one in place.english} != {Kind.ITEM}:
        return
    lines = [match for match in LINE.finditer(text) if not _is_emphasis(place, match)]
    if [match["mark"] for match in lines] != [_mark(one) for one in place.english]:
        return
    edits = tuple(
        Edit(
            start=match.end(),
            end=match.end(),
            text=" ",
            message=f"an item without a space: {text[match.start() :][:20]}",
        )
        for match in lines
        if not match["space"]
    )
    if edits and [one.kind for one in parse(apply(text, edits), place.profile).blocks] == [Kind.ITEM] * len(lines):
        yield from edits


def _mark(item: Block) -> str:
    return item.lead.strip() if item.lead else ""


def _is_emphasis(place: Place, match: re.Match[str]) -> bool:
    """Whether the star opens words in italics."""
    found = spans(place.block.text, place.profile)
    return any(start == match.start("mark") and one.mark is Mark.EMPHASIS for start, _, one in found)
