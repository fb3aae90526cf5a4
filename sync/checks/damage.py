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

    from sync.checks.reading import Part, Reading

NAME: Final = "machine-damage"

IN_PROSE: Final = (
    (re.compile(r"[:：]\s*(?:numref|eqref|ref|label|eqlabel|cite[tp]?|width)\s*[:：]"), "a role torn apart"),
    (re.compile(r"[\]］]\s+\((?=[^)\s]*[./#\ufffc])[^)\s]*\)|[\]］]（[^）\s]*[./#][^）\s]*）"), "a link torn apart"),
    (re.compile(r"[（【](\*\*|~~).*?\1[）】]|[（【](?:\*\*|~~)|(?:\*\*|~~)[）】]"), "a slide mark in full width"),
    (re.compile(r"&(?:quot|amp|lt|gt|#\d+|nbsp);"), "an HTML entity"),
)
TORN_IMAGE: Final = re.compile(r"(?:!\s+|！\s*)\[[^\]\n]*\]\s*\(")
SENTINEL: Final = re.compile(r"7322936\d{2,}")
"""The numbers that stood for markup in the book's own earlier tool, and what engines made of them."""
TORN_COMMAND: Final = re.compile(r"\\[ \t]+(?P<command>[A-Za-z]{2,})")
TORN_TAG: Final = re.compile(r"(?m)^\s*#\s*@\s*(?:tab|save)\b")
WHOLE_TAG: Final = re.compile(r"#@(?:tab|save)\b")


def find(reading: Reading) -> Iterator[Finding]:
    """Every trace in the table, leaked placeholders, and torn ``#@tab``."""
    for pattern, message in IN_PROSE:
        yield from find_strays(reading, pattern, message)
    yield from _torn_images(reading)
    yield from _leaks(reading)
    yield from _torn_commands(reading)
    yield from _torn_tags(reading)


def _torn_images(reading: Reading) -> Iterator[Finding]:
    """``! [words](path)``, which is a link behind an exclamation mark."""
    for part in reading.target.prose:
        for match in TORN_IMAGE.finditer(part.block.text):
            message = f"an image torn apart: {match[0]}"
            yield Finding(line=_line(part, match), severity=Severity.WARNING, message=message, key=match[0])


def _line(part: Part, match: re.Match[str]) -> int:
    return part.line + part.block.text.count("\n", 0, match.start())


def _leaks(reading: Reading) -> Iterator[Finding]:
    """Numbers that stand where a formula or a role should."""
    english = "".join(part.block.text for part in reading.source.parts)
    for part in reading.target.prose:
        for match in SENTINEL.finditer(part.block.text):
            if match[0] not in english:
                yield Finding(
                    line=_line(part, match),
                    severity=Severity.WARNING,
                    message=f"{match[0]} is a leaked placeholder: markup was lost here",
                    key=match[0],
                )


def _torn_commands(reading: Reading) -> Iterator[Finding]:
    r"""``\ frac``, where ``\frac`` is a command that the English uses."""
    english = "".join(part.block.text for part in reading.source.parts)
    for part in reading.target.parts:
        if part.pending or part.block.kind is Kind.CODE:
            continue
        found = [match for match in TORN_COMMAND.finditer(part.block.text) if match[0] not in english]
        torn = dict.fromkeys(match[0] for match in found if f"\\{match['command']}" in english)
        if torn:
            yield Finding(
                line=_line(part, found[0]),
                severity=Severity.WARNING,
                message=f"commands torn apart: {', '.join(torn)}",
                key="command",
                times=len(torn),
            )


def _torn_tags(reading: Reading) -> Iterator[Finding]:
    tolerated = sum(_torn(part.block.text) for part in reading.source.parts if part.block.kind is Kind.CODE)
    cells = [part for part in reading.target.parts if part.block.kind is Kind.CODE and _torn(part.block.text)]
    for part in cells[tolerated:]:
        message = "`#@tab` or `#@save` with spaces in it is an ordinary comment"
        yield Finding(line=part.line, severity=Severity.ERROR, message=message, key="tag")


def _torn(code: str) -> bool:
    return any(not WHOLE_TAG.match(match[0].lstrip()) for match in TORN_TAG.finditer(code))
