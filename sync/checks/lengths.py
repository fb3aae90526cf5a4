"""A translation is about as long as its English, in the measure of its language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alignment.markdown import spans
from alignment.model import Kind
from sync.checks.reading import shorten, strip_markup
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.reading import Pair, Reading

NAME: Final = "length"
TIMES: Final = 3.0
LEAST: Final = 60
"""English characters below which the length says nothing."""


def find(reading: Reading) -> Iterator[Finding]:
    """Blocks that are empty, or three times as long or as short as they should be."""
    for part in reading.target.parts:
        if part.block.kind is Kind.HEADING and not part.pending and not part.block.content.strip("# \t"):
            yield Finding(line=part.line, severity=Severity.WARNING, message="this heading is empty", key="heading")
    for pair in reading.pairs:
        expected = _length_of_english(pair, reading) * reading.locale.text.ratio
        length = sum(len(part.plain) for part in pair.target)
        is_table = any(part.block.kind is Kind.TABLE for part in pair.target)
        if is_table or expected < LEAST * reading.locale.text.ratio or expected / TIMES < length < expected * TIMES:
            continue
        adjective = "long" if length > expected else "short"
        yield Finding(
            line=pair.line,
            severity=Severity.WARNING,
            message=f"too {adjective} for its English: {length} characters where about {expected:.0f} are usual: "
            f"{shorten(pair.target[0].plain)}",
            key=f"{adjective} {shorten(' '.join(pair.english), 30)}",
        )


def _length_of_english(pair: Pair, reading: Reading) -> int:
    return sum(len(strip_markup(text, spans(text, reading.profile))) for text in pair.english)
