"""A glossary as rows of cells, however it is written: a Markdown table, lines with a separator, CSV, TSV."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sync.bitext.terminology.columns import is_header
from sync.bitext.terminology.model import Remark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Line = tuple[int, str]
"""Its number from 1, and its text."""

SILENT: Final = re.compile(r"#{1,6}(?:\s|$)|:[\w-]+:`[^`]*`\s*$|(?:[-*_]\s*){3,}$|!?\[[^\]]*\]\([^)]*\)\s*$")
"""Headings, labels, rulers, a picture or a link alone: nobody expects a term there."""
JUMPS: Final = re.compile(r"(?:\s*\[\w{1,2}\]\(#[^)]*\))+\s*$")
"""Links to the letters of the alphabet."""
RULE: Final = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
BAR: Final = re.compile(r"(?<!\\)\|")
BULLET: Final = re.compile(r"^\s*(?:[-*+]|\d{1,4}[.)])\s+")
SEPARATORS: Final = {
    "\t": "a tab",
    "，": "'，'",
    ";": "';'",
    "；": "'；'",
    "：": "'：'",
    ":": "':'",
    " = ": "'='",
    " — ": "a dash",
    " – ": "a dash",
    " - ": "a dash",
    ",": "','",
}
"""What may stand between a term and its translation; of equally frequent ones the first."""
DELIMITERS: Final = ",\t;"
SHORT: Final = 10
"""Words that one side of a line may have without being a sentence."""
SHOWN: Final = 80


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line."""

    line: int
    cells: tuple[str, ...]
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The rows of a glossary that have the same columns."""

    rows: tuple[Row, ...]
    header: tuple[str, ...] = ()
    separator: str = ""
    """Between two columns that take as many alternatives as they like; empty where the columns are clear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A whole glossary."""

    grids: tuple[Grid, ...]
    notation: str
    unread: tuple[Remark, ...]


def cut_rows(text: str) -> Cut:
    """Cut a glossary in the one notation in which most of its lines can be read."""
    lines = tuple(_lines(text))
    return _cut_delimited(lines) or _cut_tables(lines) or _cut_separated(lines)


def _lines(text: str) -> Iterator[Line]:
    """The lines that say something, comments left out."""
    quiet = _without_comments(text.removeprefix("\ufeff"))
    for number, line in enumerate(re.split(r"\r\n|\r|\n", quiet), 1):
        if line.strip() and not SILENT.match(line.strip()) and not JUMPS.match(line):
            yield number, line


def _without_comments(text: str) -> str:
    """A text with nothing but line ends in its comments. One that is never closed is none."""
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts += (text[at:start], "\n" * text.count("\n", start, end))
        at = end + len("-->")
    return "".join((*parts, text[at:]))


def remark(line: Line, reason: str) -> Remark:
    """About a line, of which only the beginning is kept."""
    text = line[1].strip()
    return Remark(line[0], text if len(text) <= SHOWN else text[: SHOWN - 1] + "…", reason)


# CSV and TSV


def _cut_delimited(lines: Sequence[Line]) -> Cut | None:
    """As CSV or TSV, if the first line names the columns."""
    for delimiter in DELIMITERS:
        header = _split([lines[0][1]], delimiter) if lines else ()
        if len(header) > 1 and is_header(header):
            rows = tuple(Row(number, _split([line], delimiter)) for number, line in lines[1:])
            good = tuple(row for row in rows if 1 < len(row.cells) <= len(header))
            numbers = {row.line for row in good}
            unread = [remark(line, f"not {len(header)} columns") for line in lines[1:] if line[0] not in numbers]
            notation = f"{'TSV' if delimiter == chr(9) else 'CSV'} with a header of {len(header)} columns"
            return Cut(grids=(Grid(rows=good, header=header),), notation=notation, unread=tuple(unread))
    return None


def _split(lines: Iterable[str], delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(cell.strip() for row in csv.reader(lines, delimiter=delimiter) for cell in row)
    except csv.Error:  # a field beyond the reader's limit
        return ()


# Tables


def _cut_tables(lines: Sequence[Line]) -> Cut | None:
    """As Markdown tables; one grid for each header."""
    grids: dict[tuple[str, ...], list[Row]] = {}
    unread: list[Remark] = []
    header: tuple[str, ...] | None = None
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else (0, "")
        if RULE.match(line[1]) and "-" in line[1]:
            continue
        if not BAR.search(line[1]):
            header = None
            unread.append(remark(line, "no row of a table"))
        elif "|" in following[1] and RULE.match(following[1]) and following[0] == line[0] + 1:
            header = _cells(line[1])
            grids.setdefault(header, [])
        else:
            grids.setdefault(header or (), []).append(Row(line[0], _cells(line[1])))
    rows = sum(len(found) for found in grids.values())
    if rows <= len(unread) or not any(grids):
        return None
    found = tuple(Grid(rows=tuple(rows), header=head) for head, rows in grids.items())
    return Cut(grids=found, notation=f"{'a table' if len(found) == 1 else 'tables'} in Markdown", unread=tuple(unread))


def _cells(line: str) -> tuple[str, ...]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return tuple(cell.replace("\\|", "|").strip() for cell in BAR.split(inner))


# Lines


def _cut_separated(lines: Sequence[Line]) -> Cut:
    """As lines of a term and its translation, with one separator nearly everywhere."""
    bare = [(number, BULLET.sub("", line, count=1).strip()) for number, line in lines]
    counts = Counter(separator for _, line in bare for separator in SEPARATORS if _is_pair(line, separator))
    if not counts:
        unread = tuple(remark(line, "no term with a translation") for line in lines)
        return Cut(grids=(), notation="no glossary", unread=unread)
    usual = max(counts, key=lambda separator: (counts[separator], -list(SEPARATORS).index(separator)))
    rows, unread_lines = [], []
    for line in bare:
        row = _row(line, usual)
        if row:
            rows.append(row)
        else:
            unread_lines.append(remark(line, f"no term and translation with {SEPARATORS[usual]} between"))
    notation = f"lines, with {SEPARATORS[usual]} between a term and its translation"
    return Cut(grids=(Grid(rows=tuple(rows), separator=usual),), notation=notation, unread=tuple(unread_lines))


def _row(line: Line, usual: str) -> Row | None:
    """A line with the usual separator; else with the one other it has, which is doubtful."""
    number, text = line
    if _is_pair(text, usual):
        return Row(number, tuple(cell.strip() for cell in text.split(usual)))
    others = [separator for separator in SEPARATORS if _is_pair(text, separator)]
    if len(others) == 1 and text.count(others[0]) == 1:
        doubt = f"read with {SEPARATORS[others[0]]}, where other lines have {SEPARATORS[usual]}"
        return Row(number, tuple(cell.strip() for cell in text.split(others[0])), doubt)
    return None


def _is_pair(line: str, separator: str) -> bool:
    """Whether a line has something short on both sides of a separator."""
    cells = [cell.strip() for cell in line.split(separator)]
    ends = (cells[0], cells[-1])
    return len(cells) > 1 and all(ends) and all(len(end.split()) <= SHORT for end in ends) and line[-1] not in ".。!?"
