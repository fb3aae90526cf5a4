"""Every citation finds its entry in a bibliography of the book."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sync.checks.anchors import ROLES, Anchor
from sync.checks.book.passages import ALL, Sort

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.book.passages import Passage

NAME: Final = "citations"
WAITING_COUNTS: Final = False
"""A comment holds no entries."""
FROM_ELSEWHERE: Final = False
"""Nothing but a bibliography has entries."""

CITING: Final = "|".join(re.escape(name) for name, anchor in ROLES.items() if anchor is Anchor.CITATION)
CITATION: Final = re.compile(rf":(?:{CITING}):`([^`]+)`|\{{(?:{CITING})\}}`([^`]+)`")
ENTRY: Final = re.compile(
    r"(?m)^[ \t]*@(?!comment|preamble|string)\w+[ \t]*[{(][ \t]*(?P<key>[^\s,{}=\"]+)", re.IGNORECASE
)


def show(key: str) -> str:
    return f"cite `{key}`"


def define(passage: Passage) -> Iterator[tuple[str, str]]:
    """Nothing: entries stand in files of their own."""
    return iter(())


def use(passage: Passage) -> Iterator[tuple[str, int, str]]:
    """Every key that is cited."""
    if passage.sort is Sort.PROSE:
        for match in CITATION.finditer(passage.text):
            keys = (match[1] or match[2]).split(",")
            yield from ((key.strip().lower(), match.start(), ALL) for key in keys if key.strip())


def entries_of(text: str) -> Iterator[str]:
    """The keys of a bibliography."""
    return (match["key"].lower() for match in ENTRY.finditer(text))
