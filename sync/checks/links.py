"""Each link of the English is there. A translation may link to pages of its own instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alignment.model import Mark
from sync.checks.anchors import Anchor
from sync.checks.counts import find_missing
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.reading import Part, Reading

NAME: Final = "links"


def find(reading: Reading) -> Iterator[Finding]:
    """Addresses that are gone, but for those of lines that are nothing but a link."""
    alone = {address for part in reading.source.parts for address in _address_alone(part)}
    for gap in find_missing(reading, Anchor.LINK):
        if gap.key in alone:
            continue
        yield Finding(
            line=gap.line,
            severity=Severity.NOTE if gap.found else Severity.WARNING,
            message=f"link to {gap.key} is missing: {gap.found} instead of {gap.expected}",
            key=f"-{gap.key}",
            times=gap.times,
            when_new=Severity.WARNING,
        )


def _address_alone(part: Part) -> Iterator[str]:
    """The address of a block that is one link and nothing else: the forum of the language, its own edition."""
    if [placeholder.mark for _, _, placeholder in part.spans] != [Mark.LINK, Mark.LINK]:
        return
    (start, _, _), (_, end, closing) = part.spans
    if not (part.block.text[len(part.block.lead) : start] + part.block.text[end:]).strip():
        yield closing.text[2:].strip(") ")
