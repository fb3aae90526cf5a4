"""Each label of the English is there, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sync.checks.anchors import Anchor
from sync.checks.counts import find_extra, find_missing
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.reading import Reading

NAME: Final = "labels"


def find(reading: Reading) -> Iterator[Finding]:
    """Labels that are missing, stand twice, or are the translation's own."""
    for gap in find_missing(reading, Anchor.LABEL):
        message = f"label `{gap.key}` is missing: what refers to it will not be found"
        yield Finding(line=gap.line, severity=Severity.ERROR, message=message, key=f"-{gap.key}", times=gap.times)
    for surplus in find_extra(reading, Anchor.LABEL):
        key, times = f"+{surplus.key}", surplus.times
        if surplus.found > 1:
            message = f"label `{surplus.key}` stands {surplus.found} times"
            yield Finding(line=surplus.line, severity=Severity.ERROR, message=message, key=key, times=times)
        else:
            message = f"label `{surplus.key}` is not in the English"
            yield Finding(
                line=surplus.line, severity=Severity.NOTE, message=message, key=key, when_new=Severity.WARNING
            )
