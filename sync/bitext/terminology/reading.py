"""A glossary as text → a term base."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sync.bitext.terminology.columns import choose_columns, header_languages
from sync.bitext.terminology.model import Remark, Term, TermBase
from sync.bitext.terminology.rows import cut_rows
from sync.bitext.terminology.wordings import english_wordings, translations, without_links

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.bitext.terminology.rows import Grid, Row

FOREIGN: Final = re.compile("[\u0370-\u1cff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Letters of a script that is not Latin."""
LONGEST: Final = 300
"""Characters of a cell that may be a term, or some with notes; what is longer is something else."""
UNCLEAR: Final = "which column is English is not clear; taken for it: the one with the more English words"


def read_terms(text: str, lang: str = "") -> TermBase:
    """Read a glossary in whatever notation it is written, and find out which side is English.

    Args:
        text: the file; a Markdown table, lines with one separator, CSV or TSV with a header.
        lang: BCP-47 tag of the translation, which chooses among several languages of one table.
    """
    cut = cut_rows(text)
    terms: list[Term] = []
    unread, doubts = list(cut.unread), list[Remark]()
    for grid in cut.grids:
        reader = _Reader(grid, lang)
        for row in grid.rows:
            term, remarks = reader.read(row)
            terms += term
            (doubts if term else unread).extend(remarks)
    terms.sort(key=lambda term: term.line)
    return TermBase(
        terms=tuple(terms), notation=cut.notation, unread=tuple(sorted(unread)), doubts=tuple(sorted(doubts))
    )


class _Reader:
    """Reads the rows of one grid, whose sides are known."""

    def __init__(self, grid: Grid, lang: str) -> None:
        self.separator = grid.separator
        pairs = [_ends(row.cells) if self.separator else row.cells for row in grid.rows]
        self.columns = choose_columns(pairs, grid.header, lang)

    def read(self, row: Row) -> tuple[tuple[Term, ...], tuple[Remark, ...]]:
        """The term of a row, or none; and what is to be said about it."""
        shown = " | ".join(row.cells)
        if self.columns is None:
            return (), (Remark(row.line, shown, "no two columns of words"),)
        english, target, sure = self.columns
        cells, note = self._sides(row, english, target)
        if max(map(len, cells)) > LONGEST:
            return (), (Remark(row.line, shown[:LONGEST], "too long for a term"),)
        doubts = [row.doubt] if row.doubt else []
        if FOREIGN.search(cells[0]) and cells[1] and not FOREIGN.search(cells[1]):
            cells = cells[1], cells[0]
            doubts.append("the sides are the other way round than in other lines")
        elif not sure:
            doubts.append(UNCLEAR)
        wordings, said = english_wordings(cells[0])
        if not wordings:
            return (), (Remark(row.line, shown, "no English"),)
        term = Term(
            source=wordings[0],
            variants=wordings[1:],
            targets=translations(cells[1]),
            note="; ".join(part for part in (said, note) if part),
            line=row.line,
        )
        return (term,), tuple(Remark(row.line, shown, doubt) for doubt in doubts)

    def _sides(self, row: Row, english: int, target: int) -> tuple[tuple[str, str], str]:
        """The English cell and the translated one, and what else the row has."""
        if self.separator:  # alternatives may stand between the same separators as the two sides
            first, rest = row.cells[0], self.separator.join(row.cells[1:])
            if english == 0:
                return (first, rest), ""
            return (row.cells[-1], self.separator.join(row.cells[:-1])), ""
        cells = dict(enumerate(row.cells))
        note = "; ".join(without_links(cell) for at, cell in cells.items() if at not in (english, target) and cell)
        return (cells.get(english, ""), cells.get(target, "")), note


def _ends(cells: tuple[str, ...]) -> tuple[str, str]:
    return cells[0], cells[-1]


def languages_of(text: str) -> tuple[str, ...]:
    """Tags of the languages that the header of a glossary names beside English, if it has one."""
    return tuple(dict.fromkeys(_named(text)))


def _named(text: str) -> Iterator[str]:
    for grid in cut_rows(text).grids:
        yield from header_languages(grid.header)
