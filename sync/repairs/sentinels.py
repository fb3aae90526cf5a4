"""``https732293614``: a number that stood for markup and came back as itself."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from alignment.markdown import spans
from alignment.model import Mark
from sync.repairs.model import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.repairs.model import Place

NAME: Final = "leaked-sentinel"
LEAK: Final = re.compile(r"(?:https?)?7322936\d{2,}")
STOOD: Final = frozenset({Mark.MATH, Mark.CODE, Mark.ROLE, Mark.URL})


def find(place: Place) -> Iterator[Edit]:
    """A single leak, where a single piece of the English markup is missing."""
    leaks = [match for match in LEAK.finditer(place.block.text) if match[0] not in place.source]
    missing = _marks(place.source, place) - _marks(place.block.text, place)
    if len(leaks) == 1 and missing.total() == 1 and not place.is_taken(*leaks[0].span()):
        [text] = missing
        message = f"{leaks[0][0]} stood for {text}"
        yield Edit(start=leaks[0].start(), end=leaks[0].end(), text=text, message=message)


def _marks(text: str, place: Place) -> Counter[str]:
    return Counter(one.text for _, _, one in spans(text, place.profile) if one.mark in STOOD)
