"""The code cells of the English are there. A translation may have more: other frameworks, other languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sync.checks.anchors import Anchor
from sync.checks.counts import find_missing
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.reading import Reading

NAME: Final = "code-cells"


def find(reading: Reading) -> Iterator[Finding]:
    """Fewer code cells than in the English."""
    for gap in find_missing(reading, Anchor.CELL):
        yield Finding(
            line=gap.line,
            severity=Severity.WARNING,
            message=f"code cells of the English are missing: {gap.found} instead of {gap.expected}",
            key="count",
            times=gap.times,
            when_new=Severity.ERROR,
        )
