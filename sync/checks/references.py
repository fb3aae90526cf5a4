"""Each reference to a section, figure or equation is there as often as in the English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sync.checks.anchors import Anchor
from sync.checks.counts import find_mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.reading import Reading
    from sync.checks.subject import Finding

NAME: Final = "references"


def find(reading: Reading) -> Iterator[Finding]:
    """References that are gone, rarer or more frequent."""
    return find_mentions(reading, Anchor.REFERENCE)
