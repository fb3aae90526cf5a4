"""A heading that swallowed the text below it, because the blank line between them was lost."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from alignment.model import Kind
from sync.repairs.model import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.repairs.model import Place

NAME: Final = "swallowed-heading"
ENOUGH: Final = 2.5
"""How many times longer than its title, in what is usual for the language, a heading must be …"""
ALLOWANCE: Final = 30
"""… and how many characters more, to have swallowed something."""
LIKELY: Final = (0.6, 1.6)
"""Between these shares of its usual length a title may end."""
WORD: Final = re.compile(r"(?<=\w)[ \t]+(?=[^\W\d_])")


def find(place: Place) -> Iterator[Edit]:
    """A title ends where it can end at just one place; where there are more, or none, people have to look."""
    block, usual = place.block, len(place.title) * place.locale.text.ratio
    if block.kind is not Kind.HEADING or not place.title or len(block.content) <= ENOUGH * usual + ALLOWANCE:
        return
    ends = list(_before_items(place, usual) if place.items else _before_capital(place, usual))
    if len(ends) != max(1, len(place.items)):
        return
    lead, start = len(block.lead), ends[0][0]
    items = [block.content[end:stop] + place.newline for (_, end), (stop, _) in pairwise(ends)]
    text = place.newline * 2 + "".join(items)  # of one piece: half a list is no repair
    message = f"a heading swallowed what follows {block.content[:start]!r}"
    yield Edit(start=lead + start, end=lead + ends[-1][1], text=text, message=message)


def _before_items(place: Place, usual: float) -> Iterator[tuple[int, int]]:
    """Where English goes on with a list: before the marks of its items, in any script, if just these are there."""
    marks = "|".join(re.escape(mark) for mark in dict.fromkeys(place.items))
    found = list(re.finditer(rf"(?P<space>[ \t]*)(?<![\d\\])(?P<mark>{marks})[ \t]+(?=\S)", place.block.content))
    is_list = tuple(match["mark"] for match in found) == place.items
    if is_list and 0 < found[0].start() <= LIKELY[1] * usual + ALLOWANCE:
        yield from (match.span("space") for match in found)


def _before_capital(place: Place, usual: float) -> Iterator[tuple[int, int]]:
    """Where a capital letter begins a sentence. Scripts without capitals leave it in doubt."""
    content = place.block.content
    # A title that English and translation share is not cut.
    least = len(place.title) if content.startswith(f"{place.title} ") else LIKELY[0] * usual
    for match in WORD.finditer(content):
        if least <= match.start() <= LIKELY[1] * usual and content[match.end()].isupper():
            yield match.span()
