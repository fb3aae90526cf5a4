"""The numbers of an English paragraph are in its translation, in figures or in the words of the language."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from alignment.markdown import spans
from sync.checks.reading import shorten, strip_markup
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.reading import Pair, Reading

NAME: Final = "numbers"

ENGLISH_SCALES: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
NUMBER: Final = re.compile(
    r"(?<![A-Za-z\d.])(?P<figures>\d+(?:[.,]\d+)*)(?![A-Za-z\d])"
    rf"(?:[\s-]+(?P<scale>{'|'.join(ENGLISH_SCALES)})s?\b)?",
    re.IGNORECASE,
)
FIGURES: Final = re.compile(r"\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.,]\d+)*")
SEPARATORS: Final = re.compile(r"[., ]")
SCALES: Final = {
    "十": 10, "百": 100, "千": 1000, "万": 10_000, "萬": 10_000, "亿": 10**8, "億": 10**8, "兆": 10**12,
    "십": 10, "백": 100, "천": 1000, "만": 10_000, "억": 10**8, "조": 10**12,
}  # fmt: skip
NUMERAL: Final = re.compile("[〇零一二两三四五六七八九十百千万萬亿億兆]+")
SCALED: Final = re.compile(rf"(?P<figures>\d+(?:,\d{{3}})*(?:\.\d+)?)\s*(?P<scale>[{''.join(SCALES)}]+)")
SMALL: Final = 12
"""Up to here many languages prefer words, which are not known here."""


def find(reading: Reading) -> Iterator[Finding]:
    """Numbers of English prose that its translation does not have in any form."""
    for pair in reading.pairs:
        found = _values(pair)
        for number, values in sorted(_numbers(pair, reading).items()):
            if values.isdisjoint(found):
                yield Finding(
                    line=pair.line,
                    severity=Severity.NOTE if number.isdigit() and int(number) <= SMALL else Severity.WARNING,
                    message=f"the number {number} of the English is not here: {shorten(pair.target[0].plain)}",
                    key=number,
                )


def _numbers(pair: Pair, reading: Reading) -> dict[str, frozenset[str]]:
    """The numbers in the words of the English, not in its formulas and code, each with what it may be elsewhere."""
    texts = (strip_markup(text, spans(text, reading.profile)) for text in pair.english)
    return {match["figures"]: frozenset(_spellings(match)) for text in texts for match in NUMBER.finditer(text)}


def _spellings(match: re.Match[str]) -> Iterator[str]:
    """Its figures; and all zeros of "110 million", which other languages count in other steps."""
    yield SEPARATORS.sub("", match["figures"])
    if match["scale"]:
        yield str(round(float(match["figures"].replace(",", "")) * ENGLISH_SCALES[match["scale"].lower()]))


def _values(pair: Pair) -> frozenset[str]:
    """Every number of the translation in figures without separators, those in formulas and code too."""
    texts = [unicodedata.normalize("NFKC", part.block.text) for part in pair.target]
    return frozenset(value for text in texts for value in (*_figures(text), *_numerals(text)))


def _figures(text: str) -> Iterator[str]:
    for match in FIGURES.finditer(text):
        yield SEPARATORS.sub("", match[0])
    for match in SCALED.finditer(text):
        number = float(match["figures"].replace(",", ""))
        yield str(round(number * _scale(match["scale"])))


def _scale(signs: str) -> int:
    scale = 1
    for sign in signs:
        scale *= SCALES[sign]
    return scale


def _numerals(text: str) -> Iterator[str]:
    """The values of Chinese numerals, as in 一万二千 and 二〇二二."""
    for match in NUMERAL.finditer(text):
        if not set(match[0]) & set(SCALES):
            yield "".join(str(round(unicodedata.numeric(sign))) for sign in match[0].replace("两", "二"))
        yield str(_value(match[0]))


def _value(numeral: str) -> int:
    """By the usual reading: a digit multiplies the scale behind it, 万 and 亿 multiply all that is before them."""
    total = group = digit = 0
    for sign in numeral:
        if sign not in SCALES:
            digit = 2 if sign == "两" else round(unicodedata.numeric(sign))
        elif SCALES[sign] < 10_000:
            group += (digit or 1) * SCALES[sign]
            digit = 0
        else:
            total = (total + group + digit or 1) * SCALES[sign]
            group = digit = 0
    return total + group + digit
