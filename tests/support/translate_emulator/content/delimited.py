"""CSV and TSV as Amazon Translate reads them: a header of languages, then a record a line. Pure."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from sync.bitext.parallel_data.limits import CODES

if TYPE_CHECKING:
    from collections.abc import Iterator

Bom = Literal["refuse", "accept"]

SEPARATORS: Final = {"CSV": ",", "TSV": "\t"}
FORMS: Final = ("CSV", "TSV", "TMX")
END: Final = re.compile(r"\r\n|\r|\n|\Z")
LANGUAGES: Final = frozenset(CODES.split())
SHORTENED: Final = 80
"""Characters of a record in a message."""


class BadFile(Exception):
    """A file is refused as a whole; the text of the exception says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """A record with its fields, or with what is wrong with it."""

    number: int
    """Of its first line in the file, from 1."""
    fields: tuple[str, ...] = ()
    fault: str = ""

    @property
    def name(self) -> str:
        return f"Number {self.number} line"


def decode(data: bytes, bom: Bom) -> str:
    """The characters of a file.

    Raises:
        BadFile: it is not UTF-8, or begins with a byte order mark where that is refused.
    """
    if data.startswith(codecs.BOM_UTF8):
        if bom == "refuse":
            msg = "The file begins with a byte order mark. Save it as UTF-8 without one."
            raise BadFile(msg)
        data = data[len(codecs.BOM_UTF8) :]
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        msg = f"The file is not UTF-8 at byte {error.start}."
        raise BadFile(msg) from error


def read_lines(text: str, form: str) -> tuple[tuple[str, ...], tuple[Line, ...]]:
    """The languages of the header, and the records after it.

    Raises:
        BadFile: there is no header with two languages or more, each known and there once.
    """
    lines = _lines(text, SEPARATORS[form])
    header = next(lines, None)
    if header is None:
        msg = "The file is empty."
        raise BadFile(msg)
    languages = tuple(field.strip() for field in header.fields)
    if header.fault or len(languages) < 2:
        msg = "The first line must name the source language and at least one target language."
        raise BadFile(msg)
    check_languages(languages)
    return languages, tuple(_counted(line, len(languages)) for line in lines)


def check_languages(languages: tuple[str, ...]) -> None:
    """Complain of languages that the service does not have, or that are named twice."""
    for code in languages:
        if code not in LANGUAGES:
            msg = f"The language code '{code}' is not supported."
            raise BadFile(msg)
    if len(set(languages)) < len(languages):
        msg = "A language code is there more than once."
        raise BadFile(msg)


def _counted(line: Line, wanted: int) -> Line:
    if line.fault or len(line.fields) == wanted or not "".join(line.fields).strip():
        return line
    return Line(line.number, line.fields, f"The record has {len(line.fields)} fields where the header has {wanted}.")


def _lines(text: str, separator: str) -> Iterator[Line]:
    """The records of a file. A field that is quoted wrongly spoils the line it stands on and no other."""
    field = re.compile(rf'(?:"((?:[^"]|"")*)"|([^{separator}"\r\n]*))({separator}|\r\n|\r|\n|\Z)')
    at, number = 0, 1
    while at < len(text):
        start, fields, fault, last = at, [], "", separator
        while last == separator and not fault:
            found = field.match(text, at)
            if found is None:
                fault = (
                    "A field with a quotation mark or a separator in it must be quoted, its quotation marks doubled."
                )
                found = END.search(text, at)
            else:
                quoted = found[1]
                fields.append(found[2] if quoted is None else quoted.replace('""', '"'))
                last = found[3]
            assert found is not None
            at = found.end()
        if any("\n" in one or "\r" in one for one in fields):
            fault = fault or "A field holds a line break."
        yield Line(number, tuple(fields), fault)
        number += len(re.findall(r"\r\n|\r|\n", text[start:at]))


def shortened(text: str) -> str:
    return text if len(text) <= SHORTENED else f"{text[:SHORTENED]}…"
