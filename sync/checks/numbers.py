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

NUMBER: Final = re.compile(r"(?<![A-Za-z\d])\d+(?:[.,\u00a0\u202f]\d+)*(?![A-Za-z\d])")
FIGURES: Final = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")
SEPARATORS: Final = re.compile(r"[.,\u00a0\u202f]")
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
        for figures, number in sorted(_numbers(pair, reading).items()):
            if figures not in found:
                yield Finding(
                    line=pair.line,
                    severity=Severity.NOTE if number.isdigit() and int(number) <= SMALL else Severity.WARNING,
                    message=f"the number {number} of the English is not here: {shorten(pair.target[0].plain)}",
                    key=number,
                )


def _numbers(pair: Pair, reading: Reading) -> dict[str, str]:
    """The numbers in the words of the English, not those in its formulas and code: figures alone, and as written."""
    texts = (strip_markup(text, spans(text, reading.profile)) for text in pair.english)
    return {SEPARATORS.sub("", match[0]): match[0] for text in texts for match in NUMBER.finditer(text)}


def _values(pair: Pair) -> frozenset[str]:
    """Every number of the translation in figures without separators, those in formulas and code too."""
    texts = [unicodedata.normalize("NFKC", part.block.text) for part in pair.target]
    found = {value for text in texts for value in (*_figures(text), *_numerals(text))}
    # "3 million" may have become "3 000 000".
    return frozenset({*found, *(value.rstrip("0") for value in found if value.endswith("000"))})


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
