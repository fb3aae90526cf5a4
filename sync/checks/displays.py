"""Each display formula of the English is there, and each ``$$`` has a partner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sync.checks.anchors import Anchor
from sync.checks.counts import find_extra, find_missing
from sync.checks.reading import shorten
from sync.checks.strays import find_strays
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.reading import Reading

NAME: Final = "display-math"
STRAY: Final = re.compile(r"(?<!\\)\$\$")


def find(reading: Reading) -> Iterator[Finding]:
    """Display formulas that are lost or rewritten, and ``$$`` that open or close nothing."""
    yield from _compare(reading)
    yield from find_strays(reading, STRAY, "`$$` without its partner", Severity.ERROR)


def _compare(reading: Reading) -> Iterator[Finding]:
    """Fewer formulas than in the English: some are lost. As many, but others: translators rewrite them."""
    gaps = list(find_missing(reading, Anchor.DISPLAY))
    lost = sum(gap.times for gap in gaps) - sum(surplus.times for surplus in find_extra(reading, Anchor.DISPLAY))
    formulas = {
        reading.target.parts[mention.part].index
        for mention in reading.target.mentions
        if mention.anchor is Anchor.DISPLAY
    }
    for gap in sorted(gaps, key=lambda gap: not formulas.isdisjoint(gap.partners)):
        is_lost = lost > 0
        lost -= gap.times
        yield Finding(
            line=gap.line,
            severity=Severity.ERROR if is_lost else Severity.NOTE,
            message=f"display formula {'is missing' if is_lost else 'differs'}: {shorten(gap.key)}",
            key=f"-{gap.key}",
            times=gap.times,
            when_new=Severity.ERROR if is_lost else Severity.WARNING,
        )
