"""Which language a text is in, by the words that every text of that language has. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from alignment.locales import known, load

LEAST: Final = 0.08
"""Share of the words that must be common ones of the language; in prose they are a fifth to a half."""
CLEAR: Final = 1.2
"""How many times as many as of any other language."""
ENOUGH: Final = 20
"""Words below which nothing is said."""
_WHOLE = "\\u3040-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af"
_WORD: Final = re.compile(rf"[{_WHOLE}]|[^\W\d_{_WHOLE}]+")
"""A word, or a character of a script in which one is as good as a word."""


def recognise(text: str) -> str:
    """The tag of the language that a text is in; empty where that is not clear, or the language is not known.

    Of a language and its varieties it is the language, unless the text has words that only the variety has.
    """
    words = [word.casefold() for word in _WORD.findall(unicodedata.normalize("NFC", text))]
    if len(words) < ENOUGH:
        return ""
    shares = {tag: sum(word in load(tag).common for word in words) / len(words) for tag in known()}
    best = max(shares, key=lambda tag: (shares[tag], -len(tag)))
    others = [share for tag, share in shares.items() if _language(tag) != _language(best)]
    return best if shares[best] >= max(LEAST, CLEAR * max(others)) else ""


def _language(tag: str) -> str:
    return tag.partition("-")[0]
