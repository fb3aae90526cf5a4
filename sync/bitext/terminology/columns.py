"""Which column of a glossary is English, and which is the translation: by the evidence of all its rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignment.locales import known, load

if TYPE_CHECKING:
    from collections.abc import Sequence

ENGLISH: Final = frozenset(
    {"en", "eng", "english", "source", "英文", "英语", "英語", "영어", "ingilizce", "i̇ngilizce", "tiếng anh"}
    | {"inglés", "ingles", "inglês", "anglais", "englisch", "inglese", "английский", "англійська", "الإنجليزية"}
)
"""What the column of the English is called, in small letters."""
LIKELY: Final = re.compile(
    r"(?:ing|tion|ness|ity|er|or|ed|ly|ize|al|ent|ance|ence|sh|ck|th|ry|cy|gy)s?\b|\b(?:of|the|and|to|by|in|out)\b"
)
"""Endings and words that English has more often than others."""
LIKELY_ADDS: Final = 0.5
MARGIN: Final = 0.1
"""By how much one column must be more English than any other, to be the English one beyond doubt."""
NEAR: Final = 0.3
"""Columns that differ by less are equally foreign; the first of them is the translation."""
ADDRESS: Final = re.compile(r"https?://|\]\(")
LETTERS: Final = re.compile(r"[^\W\d_]")


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row names columns, one of which is English; the others are languages or anything else."""
    names = [_name(cell) for cell in cells]
    return sum(_is_english(name) for name in names) == 1 and len(set(names)) == len(names)


def choose_columns(
    rows: Sequence[Sequence[str]], header: Sequence[str] = (), lang: str = ""
) -> tuple[int, int, bool] | None:
    """The columns of the English and of the translation, and whether that is beyond doubt.

    The header decides if it names them. Else English is the column with the most cells in plain Latin letters, then
    with the most English endings. ``None`` where there are no two columns of words.
    """
    width = max((len(row) for row in rows), default=0)
    cells = [[row[at] for row in rows if at < len(row) and row[at]] for at in range(width)]
    open_ones = [at for at in range(width) if not _is_addresses(cells[at])]
    if len(open_ones) < 2:
        return None
    scores = {at: _englishness(cells[at]) for at in open_ones}
    named = [at for at in open_ones if at < len(header) and _is_english(_name(header[at]))]
    english = named[0] if len(named) == 1 else max(open_ones, key=lambda at: (scores[at], -at))
    rest = [at for at in open_ones if at != english]
    sure = len(named) == 1 or scores[english] - max(scores[at] for at in rest) >= MARGIN
    return english, _target(rest, scores, header, lang), sure


def _target(rest: Sequence[int], scores: dict[int, float], header: Sequence[str], lang: str) -> int:
    own = [at for at in rest if at < len(header) and _name(header[at]) in _names(lang)] if lang else []
    if own:
        return own[0]
    least = min(scores[at] for at in rest)
    return next(at for at in rest if scores[at] - least < NEAR)


def header_languages(header: Sequence[str]) -> tuple[str, ...]:
    """The languages that a header names, by their tags."""
    tags = {name: tag for tag in known() for name in (tag.casefold(), load(tag).name.casefold())}
    return tuple(tags[_name(cell)] for cell in header if _name(cell) in tags and not _is_english(_name(cell)))


def _names(lang: str) -> frozenset[str]:
    """What a column of a language may be called."""
    locale = load(lang)
    return frozenset(name.casefold() for name in (lang, locale.tag, locale.amazon.code, locale.name) if name)


def _name(cell: str) -> str:
    return cell.strip(" \t*_`\"'").casefold()


def _is_english(name: str) -> bool:
    return name in ENGLISH or name.startswith(("en-", "en_"))


def _is_addresses(cells: Sequence[str]) -> bool:
    """Whether a column has no words but in addresses."""
    return not any(LETTERS.search(cell) for cell in cells) or all(ADDRESS.search(cell) for cell in cells)


def _englishness(cells: Sequence[str]) -> float:
    """From 0 to 1.5."""
    plain = [cell.casefold() for cell in cells if all(letter.isascii() for letter in LETTERS.findall(cell))]
    likely = sum(LIKELY_ADDS for cell in plain if LIKELY.search(cell))
    return (len(plain) + likely) / max(len(cells), 1)
