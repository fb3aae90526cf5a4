"""``1.word``: an item that lost the space behind its mark is a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignment.model import Kind
from sync.repairs.model import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.repairs.model import Place

NAME: Final = "torn-item"
TORN: Final = re.compile(r"(?P<mark>[ \t]*(?:\d{1,3}[.)]|[-+*]))(?=[^\s\d.)*+-])")
MARK: Final = re.compile(r"[ \t]*(?P<mark>\d{1,3}[.)]|[-+*])\s")


def find(place: Place) -> Iterator[Edit]:
    """A paragraph that begins with the mark of the one English item that it stands for."""
    if place.block.kind is not Kind.PARAGRAPH or [one.kind for one in place.english] != [Kind.ITEM]:
        return
    torn, mark = TORN.match(place.block.text), MARK.match(place.english[0].text)
    if torn and mark and torn["mark"].strip() == mark["mark"]:
        message = f"an item without a space: {place.block.text[:20]}"
        yield Edit(start=torn.end(), end=torn.end(), text=" ", message=message)
