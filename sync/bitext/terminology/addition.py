"""One term more in a glossary, in the notation that it has. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sync.bitext.terminology.columns import choose_columns
from sync.bitext.terminology.reading import read_terms
from sync.bitext.terminology.rows import BULLET, DELIMITERS, cut_rows
from sync.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.bitext.terminology.rows import Grid

BY_HAND = "Add it by hand."


def with_term(text: str, term: str, translation: str, lang: str) -> str:
    """The glossary with a row for a term after its last row. Every other line stays, byte for byte.

    Raises:
        UsageError: it has the term, or a row like its others would not be read as this term and this translation.
    """
    before = read_terms(text, lang)
    if any(term.casefold() in {one.casefold() for one in known.wordings} for known in before.translated):
        message = f"The glossary has {term} already. Change that row instead."
        raise UsageError(message)
    new = _added(text, term, translation, lang)
    after = read_terms(new, lang)
    found = [one for one in after.terms if one.source == term and one.targets == (translation,)]
    if len(after.terms) != len(before.terms) + 1 or len(found) != 1:
        message = f"{term} = {translation} cannot be written as a row of this glossary ({before.notation}). {BY_HAND}"
        raise UsageError(message)
    return new


def _added(text: str, term: str, translation: str, lang: str) -> str:
    grids = [grid for grid in cut_rows(text).grids if grid.rows]
    if not grids:
        message = f"The glossary has no row that another could follow. {BY_HAND}"
        raise UsageError(message)
    grid = max(grids, key=lambda grid: len(grid.rows))
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    at = grid.rows[-1].line
    last = lines[at - 1]
    bare = last.rstrip("\r\n")
    end = last[len(bare) :] or "\n"
    lines[at - 1] = bare + end
    return "".join((*lines[:at], _row(grid, bare, (term, translation), lang) + end, *lines[at:]))


def _row(grid: Grid, last: str, sides: tuple[str, str], lang: str) -> str:
    pairs = [(row.cells[0], row.cells[-1]) if grid.separator else row.cells for row in grid.rows]
    columns = choose_columns(pairs, grid.header, lang)
    if columns is None:
        message = f"It is not clear which column of the glossary is English. {BY_HAND}"
        raise UsageError(message)
    english, target, _ = columns
    if grid.separator:
        return _separated(grid.separator, last, sides if english == 0 else sides[::-1])
    cells = [""] * max(len(grid.rows[-1].cells), english + 1, target + 1)
    cells[english], cells[target] = sides
    return _of_csv(cells, last) if grid.header and "|" not in last else _of_table(cells)


def _separated(separator: str, last: str, cells: Sequence[str]) -> str:
    bullet = BULLET.match(last)
    mark = bullet[0] if bullet and not any(sign.isdecimal() for sign in bullet[0]) else ""
    space = " " if separator in ":;,," and f"{separator} " in last else ""
    return mark + f"{separator}{space}".join(cells)


def _of_table(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _of_csv(cells: list[str], last: str) -> str:
    delimiter = max(DELIMITERS, key=last.count)
    special = (delimiter, '"')
    quoted = ('"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in special) else cell for cell in cells)
    return delimiter.join(quoted)
