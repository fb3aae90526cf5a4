"""A heading that swallowed the paragraph below it, because the blank line between them was lost."""

from __future__ import annotations

import re
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
BEGINS: Final = re.compile(r"(?<=\w)(?P<space>[ \t]+)(?=[*+-][ \t]|[^\W\d_])")


def find(place: Place) -> Iterator[Edit]:
    """Where a capital letter begins a sentence at just one place at which the title may end, it ends there.

    Scripts without capitals, and titles in which several words have them, leave it in doubt: people have to look.
    """
    block = place.block
    title = place.title
    if block.kind is not Kind.HEADING or not title:
        return
    usual = len(title) * place.locale.text.ratio
    if len(block.content) <= ENOUGH * usual + ALLOWANCE:
        return
    ends = list(_ends(block.content, title, usual))
    if len(ends) == 1:
        lead = len(block.lead)
        message = f"a heading swallowed what follows {block.content[: ends[0].start()]!r}"
        yield Edit(start=lead + ends[0].start(), end=lead + ends[0].end(), text="\n\n", message=message)


def _ends(content: str, title: str, usual: float) -> Iterator[re.Match[str]]:
    """The places at which the title may end."""
    least, most = len(title) if content.startswith(f"{title} ") else LIKELY[0] * usual, LIKELY[1] * usual
    for match in BEGINS.finditer(content):
        following = content[match.end()]
        if least <= match.start() <= most and (following.isupper() or not following.isalpha()):
            yield match
