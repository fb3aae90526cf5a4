"""Every tab block has an end, and those of the English are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alignment.model import Kind
from sync.checks.anchors import Anchor
from sync.checks.counts import find_missing
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.reading import Reading, Side

NAME: Final = "tabs"


def find(reading: Reading) -> Iterator[Finding]:
    """Tab blocks without an end or a beginning, and tab blocks that were lost."""
    tolerated = len(_unpaired(reading.source))
    for line, name in _unpaired(reading.target)[tolerated:]:
        partner = "`:end_tab:`" if name == "begin_tab" else "`:begin_tab:`"
        yield Finding(line=line, severity=Severity.ERROR, message=f"`:{name}:` without its {partner}", key=name)
    for gap in find_missing(reading, Anchor.TAB):
        yield Finding(
            line=gap.line,
            severity=Severity.WARNING,
            message=f"tab block for {gap.key} is missing: {gap.found} instead of {gap.expected}",
            key=f"-{gap.key}",
            times=gap.times,
            when_new=Severity.ERROR,
        )


def _unpaired(side: Side) -> list[tuple[int, str]]:
    """Line and name of every mark whose other half is not there. Tab blocks do not hold tab blocks."""
    marks = [(part.line, part.block.name) for part in side.parts if part.block.kind is Kind.TAB]
    unpaired: list[tuple[int, str]] = []
    is_open = False
    for number, (line, name) in enumerate(marks):
        if name == "begin_tab" and is_open:
            unpaired.append(marks[number - 1])
        elif name != "begin_tab" and not is_open:
            unpaired.append((line, name))
        is_open = name == "begin_tab"
    return [*unpaired, marks[-1]] if is_open else unpaired
