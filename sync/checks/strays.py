"""Signs left over in plain text, where they would be seen by the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sync.checks.reading import shorten
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from sync.checks.reading import Part, Reading

AROUND = 24
"""Characters quoted on either side."""


def find_strays(
    reading: Reading, pattern: re.Pattern[str], message: str, severity: Severity = Severity.WARNING
) -> Iterator[Finding]:
    """What a pattern finds in the prose of the translation, beyond what it finds in the English."""
    tolerated = sum(len(pattern.findall(part.plain)) for part in reading.source.prose)
    found = [(part, match) for part in reading.target.prose for match in pattern.finditer(part.plain)]
    if len(found) <= tolerated:
        return
    for part, match in found:
        quoted = quote(part, match)
        yield Finding(line=part.line_of(match.start()), severity=severity, message=f"{message}: {quoted}", key=match[0])


def quote(part: Part, match: re.Match[str]) -> str:
    """A match with the words around it."""
    return shorten(part.plain[max(0, match.start() - AROUND) : match.end() + AROUND], limit=200)
