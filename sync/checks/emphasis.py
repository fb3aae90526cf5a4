"""Stars make words bold or slanted: none is left over, none has a space inside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sync.checks.strays import find_strays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.reading import Reading
    from sync.checks.subject import Finding

NAME: Final = "emphasis"
STARS: Final = re.compile(r"(?<!\\)(?:(?P<stars>\*+)(?:\s+[^*\n]{1,60}?|[^*\n]{1,60}?\s+)(?P=stars)|\*+)")
"""A pair with a space inside, or any other run."""


def find(reading: Reading) -> Iterator[Finding]:
    """Stars that mark nothing: without a partner, or with a space on the inner side as in ``* word *``."""
    yield from find_strays(reading, STARS, "`*` that marks nothing")
