"""A term base as the custom terminology of Amazon Translate: what it takes, and nothing that it would refuse."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from alignment.locales import load
from sync.bitext.terminology.english import plural_of
from sync.bitext.tmx import Unit, render_tmx
from sync.errors import UsageError
from sync.model import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sync.bitext.terminology.model import TermBase

MOST_BYTES: Final = 200
"""Of a term, on either side."""
MOST_LANGUAGES: Final = 10
"""Target languages of one file."""
MOST_FILE_BYTES: Final = 10 * 1024 * 1024
ADVISED_AGAINST: Final = frozenset({"tr", "ko"})
"""Amazon's codes of languages for which it recommends no terminology: their words take endings, its terms do not."""
FORMATS: Final = ("csv", "tsv", "tmx")
ALL: Final = "*all*"
"""Source language of a TMX file in which every language may be one."""
UNWRITABLE: Final = re.compile("[^ -~\u0080-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Control characters, and what XML or UTF-8 cannot write."""

TWO_CAPITALS: Final = "i"
"""Letters whose capital depends on the language."""

NO_TRANSLATION: Final = "no translation"
OTHER_SENSE: Final = "another sense of a term that is there"
TOO_LONG: Final = f"longer than {MOST_BYTES} bytes"
SAME_WORDS: Final = "differs from the English only in capitals, spaces or punctuation"
LACKS_LANGUAGE: Final = "not translated into all languages of the file"
TWO_TERMS: Final = "its translation stands for another term, too"
TOO_MANY: Final = f"beyond {MOST_FILE_BYTES // 1024 // 1024} MB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminology:
    """What is to be uploaded."""

    codes: tuple[str, ...]
    """Amazon's codes of the languages, English first."""
    rows: tuple[tuple[str, ...], ...]
    """One text for each language; empty only where gaps are allowed."""
    dropped: Mapping[str, int]
    """How many terms were left out, by reason."""
    multi: bool = False
    """Whether every language may be the source."""

    @property
    def discouraged(self) -> tuple[str, ...]:
        """Codes of languages for which Amazon recommends no terminology."""
        return tuple(code for code in self.codes if code in ADVISED_AGAINST)


def build_terminology(
    bases: Sequence[tuple[str, TermBase]],
    *,
    multi: bool = False,
    capitals: bool = False,
    plurals: bool = False,
    gaps: bool = False,
) -> Terminology:
    """Build one terminology from the term bases of one or several languages.

    Of several senses or translations the first is taken; acronyms and other variants are left to the engine, since it
    would write the whole term for them. A term that is the same in both languages stays English.

    Args:
        bases: BCP-47 tag and term base of each target language.
        multi: every language may be the source, so no translation may stand for two terms.
        capitals: add each term with a capital, as it begins a sentence.
        plurals: add each term in its English plural, with the same translation.
        gaps: keep terms that are not translated into all languages; TMX has room for them, a table has not.

    Raises:
        UsageError: too many languages, one twice, or one that Amazon Translate does not know.
    """
    codes = (SOURCE_LANGUAGE, *_codes([lang for lang, _ in bases]))
    dropped: Counter[str] = Counter()
    columns = [_column(base, dropped) for _, base in bases]
    sources = dict.fromkeys(source for column in columns for source in column)
    every = [(source, *(column.get(source, "") for column in columns)) for source in sources]
    rows = [row for row in every if gaps or all(row)]
    dropped[LACKS_LANGUAGE] += len(every) - len(rows)
    rows = list(_with_more(rows, _plural)) if plurals else rows
    rows = list(_with_more(rows, _raised_row)) if capitals else rows
    rows = list(_unambiguous(rows, dropped)) if multi else rows
    return Terminology(codes=codes, rows=tuple(rows), dropped=+dropped, multi=multi)


def _codes(langs: Sequence[str]) -> list[str]:
    codes = [load(lang).amazon.code for lang in langs]
    unknown = [lang for lang, code in zip(langs, codes, strict=True) if not code or code == SOURCE_LANGUAGE]
    if unknown:
        message = f"Amazon Translate has no terminology from English into {', '.join(unknown)}. Leave it out."
        raise UsageError(message)
    if len(set(codes)) < len(codes):
        message = f"Two of {', '.join(langs)} are one language for Amazon Translate. Name each language once."
        raise UsageError(message)
    if len(codes) > MOST_LANGUAGES:
        message = f"{len(codes)} languages: one file takes {MOST_LANGUAGES}. Build several files."
        raise UsageError(message)
    return codes


def _column(base: TermBase, dropped: Counter[str]) -> dict[str, str]:
    """The preferred translation of each term."""
    found: dict[str, str] = {}
    for term in base.terms:
        source, target = clean(term.source), clean(term.targets[0]) if term.targets else ""
        reason = OTHER_SENSE if source in found else _objection(source, target)
        if reason:
            dropped[reason] += 1
        else:
            found[source] = target
    return found


def _objection(source: str, target: str) -> str:
    """Why a term cannot be used; empty if it can."""
    if not source or not target:
        return NO_TRANSLATION
    if max(len(source.encode()), len(target.encode())) > MOST_BYTES:
        return TOO_LONG
    if source != target and _letters(source) == _letters(target):
        return SAME_WORDS
    return ""


def clean(text: str) -> str:
    """A text on one line, composed, without characters that a file cannot have, and without space at its ends."""
    return " ".join(UNWRITABLE.sub(" ", unicodedata.normalize("NFC", text)).split())


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold())) or text


def _unambiguous(rows: Sequence[tuple[str, ...]], dropped: Counter[str]) -> Iterator[tuple[str, ...]]:
    """The rows of which no text stands in an earlier row of its language."""
    seen: set[tuple[int, str]] = set()
    for row in rows:
        cells = {(at, cell) for at, cell in enumerate(row) if cell}
        if cells & seen:
            dropped[TWO_TERMS] += 1
        else:
            seen |= cells
            yield row


def _with_more(
    rows: Sequence[tuple[str, ...]], change: Callable[[tuple[str, ...]], tuple[str, ...]]
) -> Iterator[tuple[str, ...]]:
    """The rows, each followed by another form of it unless that is there already or too long."""
    seen = {row[0] for row in rows}
    for row in rows:
        yield row
        other = change(row)
        if other[0] not in seen and not _objection(other[0], max(other[1:], key=lambda cell: len(cell.encode()))):
            seen.add(other[0])
            yield other


def _plural(row: tuple[str, ...]) -> tuple[str, ...]:
    return (plural_of(row[0]), *row[1:])


def _raised_row(row: tuple[str, ...]) -> tuple[str, ...]:
    """English with a capital; the translations, too, unless their first letter has more than one capital."""
    return (_raised(row[0]), *(cell if cell[:1] in TWO_CAPITALS else _raised(cell) for cell in row[1:]))


def _raised(text: str) -> str:
    first = text[:1].upper()
    return clean(first + text[1:]) if len(first) == 1 else text


def render(terminology: Terminology, form: str) -> tuple[bytes, Terminology]:
    """The file, UTF-8 without a byte order mark, and the terminology that is in it: what has room in one file."""
    count = len(terminology.rows)
    data = _render(terminology, form)
    while len(data) > MOST_FILE_BYTES:
        count = min(count - 1, count * MOST_FILE_BYTES // len(data))
        data = _render(replace(terminology, rows=terminology.rows[:count]), form)
    left = len(terminology.rows) - count
    dropped = {**terminology.dropped, TOO_MANY: left} if left else terminology.dropped
    return data, replace(terminology, rows=terminology.rows[:count], dropped=dropped)


def _render(terminology: Terminology, form: str) -> bytes:
    if form == "tmx":
        units = (Unit(_texts(terminology.codes, row)) for row in terminology.rows)
        source = ALL if terminology.multi else SOURCE_LANGUAGE
        return render_tmx(units, source=source, segtype="phrase").encode()
    lines = _Lines()
    writer = csv.writer(lines, delimiter="\t" if form == "tsv" else ",", lineterminator="\n")
    writer.writerows((terminology.codes, *terminology.rows))
    return "".join(lines).encode()


class _Lines(list[str]):
    """What ``csv`` takes for a file."""

    def write(self, line: str) -> None:
        self.append(line)


def _texts(codes: Sequence[str], row: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((code, text) for code, text in zip(codes, row, strict=True) if text)
