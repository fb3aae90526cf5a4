"""Puts markup back so that whoever reads the text sees the same pieces. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alignment.markdown import spans
from alignment.markdown.masking import SENTINELS, unmask
from alignment.model import MASK_BASE, Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment.markdown import Profile
    from alignment.model import Placeholder


def legible(masked: str, placeholders: tuple[Placeholder, ...], profile: Profile) -> str:
    """A masked text with its markup; with spaces round emphasis, or round all markup, where it would not be read else.

    ``**`` between a bracket and a letter is no emphasis by the rules of Markdown, and two formulas without a space are
    read as other formulas.
    """
    wanted = [placeholders[ord(sign) - MASK_BASE].text for sign in SENTINELS.findall(masked)]
    emphasis = [n for n, one in enumerate(placeholders) if one.mark is Mark.EMPHASIS]
    tries = (masked, _spaced(masked, placeholders, emphasis), _spaced(masked, placeholders, range(len(placeholders))))
    texts = [unmask(one, placeholders) for one in tries]
    return next((text for text in texts if [one.text for _, _, one in spans(text, profile)] == wanted), texts[0])


def _spaced(masked: str, placeholders: Sequence[Placeholder], numbers: Sequence[int]) -> str:
    """With a space on the outer side of these pieces of markup."""
    for number in numbers:
        sign, one = chr(MASK_BASE + number), placeholders[number]
        if not one.closes:
            masked = re.sub(rf"(?<=\S){sign}", f" {sign}", masked)
        if not one.opens:
            masked = re.sub(rf"{sign}(?=[^\s{SENTINELS.pattern[1:-1]}.,;:!?，。；：！？、)）])", f"{sign} ", masked)
    return masked
