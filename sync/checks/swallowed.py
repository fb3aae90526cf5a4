"""A heading ends with its line. Where the blank line below it was lost, it swallows the text that follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alignment.locales import load
from alignment.model import Kind
from alignment.segmentation import split
from sync.checks.reading import ENGLISH, shorten
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sync.checks.reading import Part, Reading

NAME: Final = "swallowed-heading"
GROWTH: Final = 2.5
"""How many times longer than its English, measured in what is usual for the language, a heading may be …"""
ALLOWANCE: Final = 30
"""… and how many characters more."""
MARGIN: Final = 10
"""Characters a heading of several sentences has at least more than its English."""


def find(reading: Reading) -> Iterator[Finding]:
    """Headings far longer than their English, and headings of several sentences where the English has one."""
    english = {part.index: part for part in reading.source.parts if part.block.kind is Kind.HEADING}
    for part in reading.target.parts:
        if part.block.kind is not Kind.HEADING or part.pending:
            continue
        own = [english[index] for index in _origins(reading, part) if index in english]
        if _is_long(reading, part, own or list(english.values())) or _goes_on(reading, part, own):
            yield Finding(
                line=part.line,
                severity=Severity.ERROR,
                message=f"this heading seems to have swallowed what follows it: {shorten(part.plain)}",
                key=shorten(part.plain, 30),
            )


def _is_long(reading: Reading, part: Part, english: Sequence[Part]) -> bool:
    """Measured by its own English, or by the longest heading there is where it is not known which is its own."""
    length = max((len(one.plain) for one in english), default=0)
    return len(part.plain) > GROWTH * reading.locale.text.ratio * length + ALLOWANCE


def _goes_on(reading: Reading, part: Part, english: Sequence[Part]) -> bool:
    """Whether another sentence begins in the heading, or one ends that no heading would have."""
    if not english or len(part.plain) <= reading.locale.text.ratio * sum(len(one.plain) for one in english) + MARGIN:
        return False
    sentences = len(split(part.plain, reading.locale, reading.profile))
    allowed = max(len(split(one.plain, load(ENGLISH), reading.profile)) for one in english)
    return sentences > allowed or part.plain.rstrip().endswith("。")


def _origins(reading: Reading, part: Part) -> Iterator[int]:
    """The blocks of the English that this one translates."""
    return (index for index, partners in enumerate(reading.partners) if part.index in partners)
