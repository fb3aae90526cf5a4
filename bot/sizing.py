"""Makes Markdown fit into what GitHub takes, cut between rows, and says what was left out and where it is. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

LIMIT: Final = 60_000
"""Characters of a body or a comment. GitHub takes 65,536."""

_DETAILS = re.compile(r"<(/?)details\b")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows that may be cut after any of them, between what opens and what closes them."""

    opening: str
    size: int
    """How many rows there are."""
    rows: Iterable[str]
    """Written only as far as they are shown."""
    closing: str = ""


def in_bytes(text: str) -> int:
    """Its size as GitHub counts that of summaries."""
    return len(text.encode("utf-8", "replace"))


def fill(tables: Sequence[Table], room: int, *, rest: str) -> str:
    """As much of the tables as fits into ``room`` characters, each cut after a row, and how many rows are missing.

    ``rest`` ends the sentence that begins with their number: where they are. Each table may take an equal part of what
    is left, so that a long one does not hide those after it.
    """
    shown: list[str] = []
    missing, left = 0, room - len(rest) - 100
    for number, table in enumerate(tables):
        rows = _fitting(table, left // (len(tables) - number))
        missing += table.size - len(rows)
        if rows:
            shown.append("\n".join((table.opening, *rows)) + table.closing)
            left -= len(shown[-1]) + 2
    if missing:
        shown.append(_cut(missing, "row", rest))
    return "\n\n".join(shown)


def _fitting(table: Table, room: int) -> tuple[str, ...]:
    rows: list[str] = []
    left = room - len(table.opening) - len(table.closing)
    for row in table.rows if left > 0 else ():
        left -= len(row) + 1
        if left < 0:
            break
        rows.append(row)
    return tuple(rows)


def _cut(number: int, noun: str, rest: str) -> str:
    return f"*Cut here, to stay within what GitHub takes: {count(number, noun)} did not fit; {rest}.*"


def count(number: int, noun: str) -> str:
    """``1 row``, ``2,000 rows``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def shortened(text: str, room: int, *, rest: str, measure: Callable[[str], int] = len) -> str:
    """The text if it fits; or else its first lines, what they opened closed, and how many lines are missing.

    Empty where not even that sentence fits. ``rest`` as for ``fill``; ``measure`` says how large a text is.
    """
    if measure(text) <= room:
        return text
    lines = text.splitlines(keepends=True)
    left = room - measure(_cut(len(lines), "line", rest)) - _closing_at_most(text)
    kept = 0
    for line in lines:
        left -= measure(line)
        if left < 0:
            break
        kept += 1
    shown = "".join(lines[:kept]) + _closing(lines[:kept])
    short = f"{shown}\n{_cut(len(lines) - kept, 'line', rest)}\n"
    return short if measure(short) <= room else ""


def _closing_at_most(text: str) -> int:
    fence = max((len(run) for run in re.findall(r"`{3,}|~{3,}", text)), default=0)
    return fence + len("\n</details>\n") * text.count("<details") + len("\n\n\n")


def _closing(lines: Sequence[str]) -> str:
    """What ends the code block and the folded parts that are open after these lines."""
    fence, folded = "", 0
    for line in lines:
        found = _FENCE.match(line)
        if fence:
            ends = found and found[1].startswith(fence) and not found[2].strip()
            fence = "" if ends else fence
        elif found:
            fence = found[1]
        else:
            folded += sum(-1 if end else 1 for end in _DETAILS.findall(line))
    return (f"{fence}\n" if fence else "") + "\n</details>\n" * max(0, folded)
