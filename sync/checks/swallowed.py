"""A heading ends with its line. Where the blank line below it was lost, it swallows the text that follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alignment.model import Kind
from sync.checks.reading import shorten
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.reading import Part, Reading

NAME: Final = "swallowed-heading"
GROWTH: Final = 2.5
"""How many times longer than its English, measured in what is usual for the language, a heading may be …"""
ALLOWANCE: Final = 30
"""… and how many characters more."""


def find(reading: Reading) -> Iterator[Finding]:
    """Headings far longer than their English, or than any English heading where it is not known which is theirs."""
    english = {part.index: part for part in reading.source.parts if part.block.kind is Kind.HEADING}
    longest = max((len(part.plain) for part in english.values()), default=0)
    for part in reading.target.parts:
        if part.block.kind is not Kind.HEADING or part.pending:
            continue
        lengths = (len(english[index].plain) for index in _origins(reading, part) if index in english)
        length = max(lengths, default=longest)
        if len(part.plain) > GROWTH * reading.locale.text.ratio * length + ALLOWANCE:
            yield Finding(
                line=part.line,
                severity=Severity.ERROR,
                message=f"this heading seems to have swallowed what follows it: {shorten(part.plain)}",
                key=shorten(part.plain, 30),
            )


def _origins(reading: Reading, part: Part) -> Iterator[int]:
    """The blocks of the English that this one translates."""
    return (index for index, partners in enumerate(reading.partners) if part.index in partners)
