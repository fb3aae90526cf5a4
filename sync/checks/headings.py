"""The headings of the English are there, at their depth, and no heading has swallowed the text below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sync.checks.anchors import Anchor
from sync.checks.counts import find_extra, find_missing
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.reading import Reading

NAME: Final = "headings"


def find(reading: Reading) -> Iterator[Finding]:
    """Headings that are lost, have another depth, or are the translation's own."""
    gaps, extras = tuple(find_missing(reading, Anchor.HEADING)), tuple(find_extra(reading, Anchor.HEADING))
    lost = sum(gap.times for gap in gaps) - sum(extra.times for extra in extras)
    for gap in gaps:
        is_lost = lost > 0
        yield Finding(
            line=gap.line,
            severity=Severity.ERROR if is_lost else Severity.WARNING,
            message=f"heading of depth {gap.key} {'is missing' if is_lost else 'has another depth'}: "
            f"{gap.found} instead of {gap.expected}",
            key=f"-{gap.key}",
            times=gap.times,
            when_new=Severity.ERROR,
        )
    if lost < 0:
        for extra in extras:
            yield Finding(
                line=extra.line,
                severity=Severity.NOTE,
                message=f"heading of depth {extra.key} that the English has not: "
                f"{extra.found} instead of {extra.expected}",
                key=f"+{extra.key}",
                times=extra.times,
                when_new=Severity.WARNING,
            )
