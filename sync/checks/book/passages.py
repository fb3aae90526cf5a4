"""A chapter cut into what a book is built from: prose, code that runs, and English that waits in a comment.

Patterns and no parser: a whole book is looked at for the sake of one changed chapter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from alignment.markdown.pending import OPENING

if TYPE_CHECKING:
    from collections.abc import Iterator

CUT: Final = re.compile(
    r"(?ms)^[ \t>]*(?P<fence>`{3,}|~{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)(?:^[ \t>]*(?P=fence)[`~]*[ \t\r]*$|\Z)"
    r"|<!--(?P<comment>.*?)-->"
)
"""What is no prose. A comment that is never closed hides nothing."""
RUNS: Final = re.compile(r"\{[^}]*\.input\b|\{code-cell\}|\{[^}]*\.python\b")
"""The info string of a cell that is run and saved from, by d2lbook and by MyST."""
HOLDS_PROSE: Final = re.compile(r"[ \t]*\{[A-Za-z]")
TABS: Final = re.compile(r"(?:#[ ]*@tab|%%tab)[ ]+([\w, ]+)")
ALL: Final = "all"
"""The tab of what is there in every tab, or of which it is not known in which."""


class Sort(StrEnum):
    """What a passage is."""

    PROSE = "prose"
    CODE = "code"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Passage:
    """Some lines of a chapter of one sort."""

    sort: Sort
    text: str
    line: int
    """Of its beginning, from 1."""
    tabs: tuple[str, ...] = (ALL,)
    """Of code: the frameworks it is for."""

    def line_of(self, offset: int) -> int:
        """The line of the chapter on which an offset of the text stands."""
        return self.line + self.text.count("\n", 0, offset)


def cut(text: str, default_tab: str = "") -> Iterator[Passage]:
    """The passages of a chapter in order; comments, and code that is only shown, are left out.

    ``default_tab`` is that of cells that name none.
    """
    at, line = 0, 1
    for match in CUT.finditer(text):
        yield Passage(Sort.PROSE, text[at : match.start()], line)
        line += text.count("\n", at, match.start())
        yield from _read(match, line, default_tab)
        line += match[0].count("\n")
        at = match.end()
    yield Passage(Sort.PROSE, text[at:], line)


def _read(match: re.Match[str], line: int, default_tab: str) -> Iterator[Passage]:
    if match["fence"] is None:
        if OPENING.match(match[0]):
            yield Passage(Sort.WAITING, match["comment"], line)
    elif RUNS.search(match["info"]):
        yield Passage(Sort.CODE, match["body"], line + 1, _tabs(match["body"], default_tab))
    elif HOLDS_PROSE.match(match["info"]):
        yield Passage(Sort.PROSE, match["body"], line + 1)


def _tabs(cell: str, default_tab: str) -> tuple[str, ...]:
    found = TABS.search(cell)
    names = tuple(name.strip() for name in found[1].split(",") if name.strip()) if found else ()
    return names or (default_tab or ALL,)
