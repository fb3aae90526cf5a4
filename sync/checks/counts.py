"""Anchors counted on both sides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sync.checks.reading import shorten
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.anchors import Anchor
    from sync.checks.reading import Reading, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One anchor that the translation has more or less often than it should."""

    key: str
    expected: int
    found: int
    line: int
    """Of the translation: where it should stand; where it stands, if there are too many."""
    partners: tuple[int, ...] = ()
    """The blocks of the translation that should have it."""

    @property
    def times(self) -> int:
        return abs(self.expected - self.found)


def find_missing(reading: Reading, anchor: Anchor) -> Iterator[Difference]:
    """What the translation has less often than it should."""
    expected, found = reading.expect_least(anchor), reading.target.count(anchor)
    for key in expected - found:
        block = _lacking(reading, anchor, key)
        yield Difference(
            key=key,
            expected=expected[key],
            found=found[key],
            line=1 if block is None else reading.places[block],
            partners=() if block is None else reading.partners[block],
        )


def find_extra(reading: Reading, anchor: Anchor) -> Iterator[Difference]:
    """What the translation has more often than it should."""
    expected, found = reading.expect_most(anchor), reading.target.count(anchor)
    for key in found - expected:
        own = [mention for mention in reading.target.mentions if mention.anchor is anchor and mention.key == key]
        line = reading.target.parts[own[-1].part].line
        yield Difference(key=key, expected=expected[key], found=found[key], line=line)


def find_mentions(reading: Reading, anchor: Anchor) -> Iterator[Finding]:
    """What should be mentioned as often as in the English.

    Gone altogether is an error. A translator may say it once less or once more, an update may not.
    """
    for gap in find_missing(reading, anchor):
        yield Finding(
            line=gap.line,
            severity=Severity.WARNING if gap.found else Severity.ERROR,
            message=f"{anchor} `{gap.key}` is missing: {gap.found} instead of {gap.expected}",
            key=f"-{gap.key}",
            times=gap.times,
            when_new=Severity.ERROR,
        )
    for surplus in find_extra(reading, anchor):
        yield Finding(
            line=surplus.line,
            severity=Severity.NOTE,
            message=f"{anchor} `{surplus.key}` is not in the English"
            if not surplus.expected
            else f"{anchor} `{surplus.key}` stands {surplus.found} times instead of {surplus.expected}",
            key=f"+{surplus.key}",
            times=surplus.times,
            when_new=Severity.WARNING,
        )


def find_absent(reading: Reading, anchor: Anchor) -> Iterator[Finding]:
    """What translators rewrite on purpose: where the English has it and the translation nowhere, it is worth a look."""
    for gap in find_missing(reading, anchor):
        if not _stands_as_plain_text(reading, gap):
            yield Finding(
                line=gap.line,
                severity=Severity.NOTE if gap.found else Severity.WARNING,
                message=f"{anchor} `{shorten(gap.key)}` is missing: {gap.found} instead of {gap.expected}",
                key=f"-{gap.key}",
                times=gap.times,
                when_new=Severity.WARNING,
            )


def _stands_as_plain_text(reading: Reading, gap: Difference) -> bool:
    """Whether the translator wrote ``100\\%`` or ``i`` without the dollars."""
    words = re.compile(rf"(?<![A-Za-z0-9]){re.escape(gap.key.replace(chr(92), ''))}(?![A-Za-z0-9])")
    near = (part for part in reading.target.prose if not gap.partners or part.index in gap.partners)
    return any(words.search(part.plain) for part in near)


def _lacking(reading: Reading, anchor: Anchor, key: str) -> int | None:
    """The first block of the English that has the anchor while the translation of that block has not."""
    own, having = (_blocks(side, anchor, key) for side in (reading.source, reading.target))
    return next((block for block in own if not having.keys() & reading.partners[block]), next(iter(own), None))


def _blocks(side: Side, anchor: Anchor, key: str) -> dict[int, None]:
    """The indices of the blocks that have an anchor, in order."""
    found = (mention.part for mention in side.mentions if mention.anchor is anchor and mention.key == key)
    return dict.fromkeys(side.parts[part].index for part in found)
