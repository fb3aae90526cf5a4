"""What the build of a book hangs on, counted: labels, references, citations, code, formulas, images, headings, tabs."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from sync.measure.texts import prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.measure.events import Event

HEADING: Final = "heading"
PATTERNS: Final = {
    "label": re.compile(r":(?:eq)?label:`[^`]*`"),
    "reference": re.compile(r":(?:num|eq)ref:`[^`]*`"),
    "citation": re.compile(r":cite[tp]?:`[^`]*`"),
    # With the empty lines above it: a fence that has moved up to a paragraph is another one.
    "fence": re.compile(r"^\s*(?:```|~~~)", re.MULTILINE),
    "display math": re.compile(r"\$\$"),
    "image": re.compile(r"!\[[^\]]*\]\(([^)\s]*)"),
    HEADING: re.compile(r"^#{1,6} ", re.MULTILINE),
    "tab": re.compile(r":(?:begin|end)_tab:(?:`[^`]*`)?"),
}


def broken_anchors(event: Event, output: str) -> tuple[str, ...]:
    """The kinds of anchors of which the output of an event has one too often or too seldom.

    Right is as often as in the humans' text, as in the new English, or as in the old translation changed as English
    changed it.
    """
    return tuple(kind for kind, pattern in PATTERNS.items() if any(_wrong(kind, pattern, event, output)))


def _wrong(kind: str, pattern: re.Pattern[str], event: Event, output: str) -> Iterator[str]:
    pair = event.pair
    texts = (output, event.human, pair.en_new, pair.en_old, pair.tgt_old)
    mine, human, english, english_before, before = (_count(kind, pattern, text) for text in texts)
    for anchor in mine | human | english:
        changed = before[anchor] + english[anchor] - english_before[anchor]
        if mine[anchor] not in {human[anchor], english[anchor], changed}:
            yield anchor


def _count(kind: str, pattern: re.Pattern[str], text: str) -> Counter[str]:
    # In a code cell a line with a # is a comment.
    return Counter(pattern.findall(prose(text) if kind == HEADING else text))
