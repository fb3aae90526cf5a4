"""Words, numbers and marks of a text: the units in which two languages are compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, Final

from alignment.markdown import spans
from alignment.model import Mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.markdown import Profile
    from alignment.model import Placeholder


class TokenKind(StrEnum):
    WORD = "word"
    """Letters of a script that separates words, Hangul included; an inner hyphen or apostrophe belongs to it."""
    CJK = "cjk"
    """One character of a script that does not: a Chinese character, a kana."""
    NUMBER = "number"
    MARK = "mark"
    """A formula, code, a reference, a link's address, an image, HTML: something that is the same in every language."""
    PUNCTUATION = "punctuation"
    """One sign; also either half of emphasis, of a slide mark, and the ``[`` of a link."""


@dataclass(slots=True, unsafe_hash=True)
class Token:
    """Two tokens are equal when they say the same, wherever they stand.

    Not to be changed, but not frozen either: a book has a million, and making a frozen one takes three times as long.
    """

    text: str
    """Composed (NFC) and in small letters; of a formula without white space and words, of a number without commas."""
    kind: TokenKind
    start: int = field(compare=False)
    end: int = field(compare=False)

    @property
    def is_same_everywhere(self) -> bool:
        """Whether a translator leaves it as it is."""
        return self.kind in (TokenKind.MARK, TokenKind.NUMBER)


_CJK: Final = "\u3041-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"
_PIECES: Final = re.compile(
    rf"(?P<cjk>[{_CJK}])"
    r"|(?P<number>\d+(?:[.,]\d+)*%?)"
    rf"|(?P<word>[^\W\d_{_CJK}](?:[^\W_{_CJK}]+|[\u0300-\u036f]|['’-](?=[^\W\d_{_CJK}]))*)"
    r"|(?P<punctuation>[^\s\w]|_)"
    r"|(?P<other>\w)"
)
_KINDS: Final = {
    "cjk": TokenKind.CJK,
    "number": TokenKind.NUMBER,
    "word": TokenKind.WORD,
    "punctuation": TokenKind.PUNCTUATION,
    "other": TokenKind.WORD,
}
_SIGNS: Final = frozenset({Mark.EMPHASIS, Mark.SLIDE})
_STEM: Final = 6
"""Letters of a word that count in a comparison: a rough stem, which suits every language with endings."""


def tokenize(text: str, profile: Profile) -> tuple[Token, ...]:
    """The tokens of a text, in order. Together they cover everything but white space."""
    found: list[Token] = []
    last = 0
    for start, end, placeholder in spans(text, profile):
        if start < last:
            continue
        found += _plain(text, last, start)
        found.append(_mark(text[start:end], start, end, placeholder))
        last = end
    found += _plain(text, last, len(text))
    return tuple(found)


def _plain(text: str, start: int, end: int) -> Iterator[Token]:
    for piece in _PIECES.finditer(text, start, end):
        says, kind = _read(piece[0], piece.lastgroup)
        yield Token(says, kind, piece.start(), piece.end())


@lru_cache(maxsize=1 << 16)
def _read(text: str, group: str | None) -> tuple[str, TokenKind]:
    """What a piece of text says, and its kind. A book has few words, and each of them often."""
    kind = _KINDS[group or "other"]
    if kind is TokenKind.NUMBER:
        return unicodedata.normalize("NFKC", text).replace(",", ""), kind
    return unicodedata.normalize("NFC", text).casefold(), kind


def _mark(text: str, start: int, end: int, placeholder: Placeholder) -> Token:
    is_sign = placeholder.mark in _SIGNS or (placeholder.mark is Mark.LINK and placeholder.opens)
    kind = TokenKind.PUNCTUATION if is_sign else TokenKind.MARK
    return Token(_unify(text, placeholder.mark), kind, start, end)


def _unify(text: str, mark: Mark) -> str:
    match mark:
        case Mark.MATH:
            return "$" + formula(text.strip("$"))
        case Mark.CODE:
            return "`" + text.strip("` \n")
        case Mark.ROLE:
            return re.sub(r"\s+", "", text)
        case _:
            return text


_WORDS_IN_FORMULA = re.compile(r"\\(?:text|textrm|textbf|textit|mbox)\s*\{[^{}]*\}")
_FINAL = re.compile(r"(?:[.,;:。，；：]|\\[,;!]|\\ )+$")


def formula(text: str) -> str:
    """A formula without white space, without its ``\\text{…}`` and without the punctuation at its end."""
    bare = re.sub(r"\s+", "", _WORDS_IN_FORMULA.sub("", text))
    return _FINAL.sub("", bare)


def terms(tokens: Sequence[Token]) -> tuple[str, ...]:
    """What a lexicon knows of a text: rough stems, marks, numbers, and single and paired Chinese characters and kana.

    Punctuation is left out. One token gives one term, and two where an unspaced character is followed by another.
    Equal terms are one object: a book has a million of them.
    """
    found = []
    before = ""  # the character before, if it is an unspaced one
    for token in tokens:
        if token.kind is TokenKind.CJK:
            if before:
                found.append(intern(before + token.text))
            found.append(token.text)
            before = token.text
            continue
        before = ""
        if token.kind is not TokenKind.PUNCTUATION:
            found.append(term(token))
    return tuple(found)


def term(token: Token) -> str:
    """The term of one token: six letters of a word, two syllables of a Korean one, anything else as it is."""
    if token.kind is not TokenKind.WORD:
        return token.text
    return intern(token.text[:2] if "\uac00" <= token.text[0] <= "\ud7a3" else token.text[:_STEM])
