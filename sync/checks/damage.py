"""Traces that earlier machine translation is known to leave in books: a table of what to look for.

To add one: a row here. What the English has as well is not reported.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignment.model import Kind
from sync.checks.strays import find_strays
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.reading import Reading

NAME: Final = "machine-damage"

IN_PROSE: Final = (
    (re.compile(r"[:：]\s*(?:numref|eqref|ref|label|eqlabel|cite[tp]?|width)\s*[:：]"), "a role torn apart"),
    (re.compile(r"[\]］]\s+\((?=[^)\s]*[./#])[^)\s]*\)|[\]］]（[^）\s]*[./#][^）\s]*）"), "a link torn apart"),
    (re.compile(r"[!！]\s+\[(?=[^\]]*\]\()|！\["), "an image torn apart"),
    (re.compile(r"（(?:\*\*|~~)|(?:\*\*|~~)）|【(?:\*\*|~~)|(?:\*\*|~~)】"), "a slide mark in full width"),
    (re.compile(r"&(?:quot|amp|lt|gt|#\d+|nbsp);"), "an HTML entity"),
)
SENTINEL: Final = re.compile(r"(?<!\d)\d{9,}(?!\d)")
TORN_TAG: Final = re.compile(r"(?m)^\s*#\s*@\s*(?:tab|save)\b")
WHOLE_TAG: Final = re.compile(r"#@(?:tab|save)\b")


def find(reading: Reading) -> Iterator[Finding]:
    """Every trace in the table, leaked placeholders, and torn ``#@tab``."""
    for pattern, message in IN_PROSE:
        yield from find_strays(reading, pattern, message)
    yield from _leaks(reading)
    yield from _torn_tags(reading)


def _leaks(reading: Reading) -> Iterator[Finding]:
    """Long numbers that stand where a formula or a role should: the English has no such number anywhere."""
    english = "".join(part.block.text for part in reading.source.parts)
    for part in reading.target.prose:
        for match in SENTINEL.finditer(part.block.text):
            if match[0] not in english:
                yield Finding(
                    line=part.line + part.block.text.count("\n", 0, match.start()),
                    severity=Severity.WARNING,
                    message=f"{match[0]} is no number of the English: a leaked placeholder",
                    key=match[0],
                )


def _torn_tags(reading: Reading) -> Iterator[Finding]:
    tolerated = sum(_torn(part.block.text) for part in reading.source.parts if part.block.kind is Kind.CODE)
    cells = [part for part in reading.target.parts if part.block.kind is Kind.CODE and _torn(part.block.text)]
    for part in cells[tolerated:]:
        message = "`#@tab` or `#@save` with spaces in it is an ordinary comment"
        yield Finding(line=part.line, severity=Severity.ERROR, message=message, key="tag")


def _torn(code: str) -> bool:
    return any(not WHOLE_TAG.match(match[0].lstrip()) for match in TORN_TAG.finditer(code))
