"""Each code span is there. Translators rewrite some on purpose, so this only warns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sync.checks.anchors import Anchor
from sync.checks.counts import find_absent
from sync.checks.strays import find_strays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.reading import Reading
    from sync.checks.subject import Finding

NAME: Final = "code"
BACKTICKS: Final = re.compile(r"(?<!\\)`+")


def find(reading: Reading) -> Iterator[Finding]:
    """Code spans the translation has nowhere, and backticks without a partner."""
    yield from find_absent(reading, Anchor.CODE)
    yield from find_strays(reading, BACKTICKS, "backtick without its partner")
