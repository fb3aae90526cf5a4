"""Every tab or slide block has an end, and the tab blocks of the English are there."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from sync.checks.anchors import Anchor
from sync.checks.counts import find_missing
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.reading import Reading, Side

NAME: Final = "tabs"
MARK: Final = re.compile(r"(?:begin|end)_[a-z]+")
"""Names of lines that enclose: ``begin_tab``, ``end_slide``."""


def find(reading: Reading) -> Iterator[Finding]:
    """Blocks without an end or a beginning, and tab blocks that were lost."""
    tolerated = Counter(name for _, name in _unpaired(reading.source))
    for line, name in _unpaired(reading.target):
        if tolerated[name] > 0:
            tolerated[name] -= 1
            continue
        yield Finding(
            line=line, severity=Severity.ERROR, message=f"`:{name}:` without its `:{_partner(name)}:`", key=name
        )
    for gap in find_missing(reading, Anchor.TAB):
        yield Finding(
            line=gap.line,
            severity=Severity.WARNING,
            message=f"tab block for {gap.key} is missing: {gap.found} instead of {gap.expected}",
            key=f"-{gap.key}",
            times=gap.times,
            when_new=Severity.ERROR,
        )


def _partner(name: str) -> str:
    verb, _, what = name.partition("_")
    return f"{'end' if verb == 'begin' else 'begin'}_{what}"


def _unpaired(side: Side) -> list[tuple[int, str]]:
    """Line and name of every mark whose other half is not there. Blocks of one sort do not hold one another."""
    marks = [(part.line, part.block.name) for part in side.parts if not part.pending and MARK.match(part.block.name)]
    sorts = {name.partition("_")[2] for _, name in marks}
    return [one for what in sorted(sorts) for one in _unpaired_of([mark for mark in marks if mark[1].endswith(what)])]


def _unpaired_of(marks: list[tuple[int, str]]) -> list[tuple[int, str]]:
    unpaired: list[tuple[int, str]] = []
    is_open = False
    for number, (line, name) in enumerate(marks):
        begins = name.startswith("begin")
        if begins and is_open:
            unpaired.append(marks[number - 1])
        elif not begins and not is_open:
            unpaired.append((line, name))
        is_open = begins
    return [*unpaired, marks[-1]] if is_open else unpaired
