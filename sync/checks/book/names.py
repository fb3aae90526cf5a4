"""Every ``d2l.NAME`` that a chapter calls is saved by some chapter, for the same framework."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sync.checks.book.passages import Sort
from sync.merge.cell.syntax import STRING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.book.passages import Passage

NAME: Final = "names"
WAITING_COUNTS: Final = False
"""Code that stands in a comment defines nothing."""
FROM_ELSEWHERE: Final = True
"""The package has names that no chapter saves, such as the aliases of ``config.ini``."""

SAVE: Final = re.compile(r"# *@save")
USED: Final = re.compile(r"\bd2l\.([A-Za-z_]\w*)")
QUOTED: Final = re.compile(rf"{STRING}|#[^\n]*")
DEFINED: Final = re.compile(
    r"(?m)^(?P<part>@d2l\.add_to_class[^\n]*\n)?(?P<branch> {4})?(?:"
    r"(?:async[ ]+)?(?:def|class)[ ]+(?P<block>\w+)"
    r"|(?P<assigned>[A-Za-z_]\w*(?:[ ]*,[ ]*[A-Za-z_]\w*)*)[ ]*(?::[^=\n]+)?=(?!=)"
    r"|(?:from[ ]+[\w.]+[ ]+)?import[ ]+(?P<imported>\([^)]*\)|(?:[^\\\n]|\\\r?\n)+))"
)
"""What a module gets a name from. What ``d2l.add_to_class`` adds is a part of a class and no name of its own."""
BRANCHES: Final = "tab.selected"
"""Code of one tab within a cell for several; d2lbook takes its indentation off."""


def show(key: str) -> str:
    return f"call `d2l.{key}`"


def define(passage: Passage) -> Iterator[tuple[str, str]]:
    """The names that the package gets from a cell, and the tabs for which it gets them."""
    if passage.sort is Sort.CODE and SAVE.search(passage.text):
        for name in names_of(saved(passage.text), branches=BRANCHES in passage.text):
            yield from ((name, tab) for tab in passage.tabs)


def use(passage: Passage) -> Iterator[tuple[str, int, str]]:
    """Names called, with their offset and the tab in which they are."""
    if passage.sort is Sort.CODE and "d2l." in passage.text:
        bare = QUOTED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), passage.text)
        for match in USED.finditer(bare):
            yield from ((match[1], match.start(), tab) for tab in passage.tabs)


def saved(cell: str) -> str:
    """What d2lbook saves of a cell: from each mark the lines that are not indented, and those below that are."""
    lines = cell.splitlines()
    kept: list[str] = []
    for number, line in enumerate(lines):
        if mark := SAVE.search(line):
            kept += [line[: mark.start()].rstrip(), *_block(lines[number + 1 :])]
    return "\n".join(kept)


def _block(lines: list[str]) -> Iterator[str]:
    body = False
    for line in lines:
        inner = not line or line.startswith(" ")
        if body and not inner:
            return
        body = inner
        yield line


def names_of(code: str, *, branches: bool = False) -> Iterator[str]:
    """The names that a module of this code has."""
    for match in DEFINED.finditer(QUOTED.sub('""', code)):
        if match["part"] or (match["branch"] and not branches):
            continue
        if match["imported"]:
            yield from _imported(match["imported"])
        else:
            yield from (name.strip() for name in (match["block"] or match["assigned"]).split(","))


def _imported(listing: str) -> Iterator[str]:
    for part in re.sub(r"[()\\\s]+", " ", listing).split(","):
        words = part.split()
        if words:
            yield words[-1] if "as" in words else words[0].split(".")[0]
