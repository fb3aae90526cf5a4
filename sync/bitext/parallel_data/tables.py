"""Parallel data as text: CSV, TSV or TMX, with a column for each language. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sync.bitext.parallel_data.limits import amazon_codes
from sync.bitext.tmx import CHAPTER, Unit, render_tmx
from sync.model import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.bitext.parallel_data.model import ParallelData


class Form(StrEnum):
    CSV = "csv"
    TSV = "tsv"
    TMX = "tmx"


SEPARATORS: Final = {Form.CSV: ",", Form.TSV: "\t"}


@dataclass(frozen=True, slots=True)
class _Row:
    source: str
    chapter: str
    place: tuple[bool, str, int, int, int]
    """What comes from no chapter comes last."""
    targets: dict[str, str] = field(default_factory=dict)
    """By Amazon's code."""


def render(books: Sequence[ParallelData], form: Form, *, version: str = "0", source: str = SOURCE_LANGUAGE) -> str:
    """A whole file for one language or several; where a source has no translation in one, its field is blank.

    The same data are always the same bytes. Rows are sorted by path of the chapter and place in it.

    Raises:
        UsageError: Amazon does not have a language, or two languages are one for it.
    """
    codes = amazon_codes([book.lang for book in books])
    rows = _rows(books, codes)
    if form is not Form.TMX:
        lines = [
            [source, *codes],
            *([row.source, *(row.targets.get(code, "") for code in codes)] for row in rows),
        ]
        return "".join(_line(fields, SEPARATORS[form]) for fields in lines)
    units = (
        Unit(
            ((source, row.source), *((code, row.targets[code]) for code in codes if code in row.targets)),
            ((CHAPTER, row.chapter),) if row.chapter else (),
        )
        for row in rows
    )
    return render_tmx(units, source=source, segtype=str(books[0].granularity), version=version)


def _rows(books: Sequence[ParallelData], codes: Sequence[str]) -> list[_Row]:
    rows: dict[str, _Row] = {}
    for number, (book, code) in enumerate(zip(books, codes, strict=True)):
        for entry in book.entries:
            place = (not entry.chapter, entry.chapter, *entry.place, number)
            row = rows.setdefault(entry.source, _Row(entry.source, entry.chapter, place))
            row.targets[code] = entry.target
    return sorted(rows.values(), key=lambda row: row.place)


def _line(fields: Sequence[str], separator: str) -> str:
    return separator.join(_quoted(text, separator) for text in fields) + "\n"


def _quoted(text: str, separator: str) -> str:
    if separator not in text and '"' not in text:
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
