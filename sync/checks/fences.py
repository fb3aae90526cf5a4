"""Every code cell that is opened is closed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignment.model import Kind
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.reading import Reading, Side

NAME: Final = "fences"
OPENING: Final = re.compile(r"[ \t>]*(?P<fence>`{3,}|~{3,}|:{3,})")


def find(reading: Reading) -> Iterator[Finding]:
    """Fences without an end: what follows them is all code."""
    tolerated = len(_unclosed(reading.source))
    for line in _unclosed(reading.target)[tolerated:]:
        message = "the code cell that begins here has no end: all that follows it is code"
        yield Finding(line=line, severity=Severity.ERROR, message=message, key="unclosed")


def _unclosed(side: Side) -> list[int]:
    return [part.line for part in side.parts if part.block.kind is Kind.CODE and not _is_closed(part.block.text)]


def _is_closed(text: str) -> bool:
    """Whether a cell ends with its fence and holds no line that begins another cell; indented code needs no fence."""
    opening = OPENING.match(text)
    if opening is None:
        return True
    fence = opening["fence"]
    lines = [line.strip(" \t>") for line in text.splitlines()[1:]]
    ends = bool(lines) and lines[-1].startswith(fence) and not lines[-1].strip(fence[0])
    return ends and not any(line.startswith(fence) for line in lines[:-1])
