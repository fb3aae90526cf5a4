"""Slide marks come in pairs, do not cross, and are as many as in the English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignment.model import Mark
from sync.checks.anchors import Anchor
from sync.checks.counts import find_missing
from sync.checks.reading import shorten
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.reading import Reading, Side

NAME: Final = "slides"
CLOSES: Final = {"[**": "**]", "(**": "**)", "[~~": "~~]", "(~~": "~~)"}
CROSSED: Final = re.compile(r"\(\*\*[^*\n]+\*\*\](?!\()|\[\*\*[^*\n]+\*\*\)")


def find(reading: Reading) -> Iterator[Finding]:
    """Marks without a partner, and marks that were lost."""
    tolerated = len(_unpaired(reading.source))
    for line, mark in _unpaired(reading.target)[tolerated:]:
        message = f"slide mark `{mark}` without its partner"
        yield Finding(line=line, severity=Severity.ERROR, message=message, key=mark)
    yield from _crossed(reading)
    for gap in find_missing(reading, Anchor.SLIDE):
        yield Finding(
            line=gap.line,
            # A translation without any is one whose translators do not make slides.
            severity=Severity.WARNING if gap.found else Severity.NOTE,
            message=f"slide marks of the English are missing: {gap.found} instead of {gap.expected}",
            key="count",
            times=gap.times,
            when_new=Severity.WARNING,
        )


def _crossed(reading: Reading) -> Iterator[Finding]:
    for part in reading.target.prose:
        for match in CROSSED.finditer(part.block.text):
            line = part.line + part.block.text.count("\n", 0, match.start())
            message = f"slide mark that closes with another bracket than it opened: {shorten(match[0])}"
            yield Finding(line=line, severity=Severity.ERROR, message=message, key="crossed")


def _unpaired(side: Side) -> list[tuple[int, str]]:
    """Line and text of every mark that opens or closes nothing. A pair may begin in one block and end in another."""
    waiting: list[tuple[int, str]] = []
    unpaired: list[tuple[int, str]] = []
    for line, mark in _marks(side):
        if mark in CLOSES:
            waiting.append((line, mark))
        elif waiting and CLOSES[waiting[-1][1]] == mark:
            waiting.pop()
        else:
            unpaired.append((line, mark))
    return sorted([*unpaired, *waiting])


def _marks(side: Side) -> Iterator[tuple[int, str]]:
    for part in side.parts:
        for start, _, placeholder in part.spans:
            if placeholder.mark is Mark.SLIDE:
                yield part.line + part.block.text.count("\n", 0, start), placeholder.text
