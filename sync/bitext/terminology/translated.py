"""Whether a translation has a wording, in whatever form its language gives it. Nothing is known of any grammar.

Scripts without spaces, and Korean, which sets them as it likes, are searched letter by letter. Other languages are
compared word by word; a word may have other endings than in the glossary unless all words of the language are single
syllables, which have none.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from alignment.tokens import TokenKind, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignment.markdown import Profile

UNSPACED: Final = re.compile("[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3]")
"""A letter of a script that is searched without regard to spaces."""
BRACKETS: Final = re.compile(r"\s*[(（][^()（）]*[)）]\s*")
SILENT: Final = frozenset({TokenKind.MARK, TokenKind.PUNCTUATION})
PIECE: Final = re.compile(r"[^\W_]+")
TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""Marks whose place in a syllable is a matter of spelling (``hoá``, ``hóa``)."""
VOWELS: Final = re.compile(r"[aeiouyâăêôơưıäëïöü]+")
ONE_SYLLABLE: Final = 0.9
"""Share of words with one group of vowels from which a language is taken for one of single syllables."""
ENOUGH: Final = 20
"""Words from which that can be told."""
GAP: Final = 1
"""Words that may stand between two words of a term."""
ENDING: Final = 12
"""Letters that endings have at most."""
LOSSES: Final = ((2, 0), (5, 1), (8, 2))
"""Letters of a word, and how many of them an ending may take away or change."""
MOST_LOST: Final = 3


def spell(text: str) -> str:
    """A text in the one spelling in which texts are compared: small letters, composed, tones at the end of a word."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("i\u0307", "i").replace("ı", "i")
    return plain if plain.isascii() else PIECE.sub(lambda word: _tones_last(word[0]), plain)


@lru_cache(maxsize=100_000)
def _tones_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in letters if letter in TONES)
    if not tones:
        return word
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in TONES)) + tones


def is_syllabic(wordings: Iterable[str]) -> bool:
    """Whether the words of a language are single syllables, by a sample of it."""
    words = [word for wording in wordings for word in PIECE.findall(spell(wording)) if not word.isascii()]
    return len(words) >= ENOUGH and sum(len(VOWELS.findall(word)) == 1 for word in words) >= ONE_SYLLABLE * len(words)


class Translation:
    """One text of a translation, to be asked for wordings."""

    def __init__(self, text: str, profile: Profile, *, syllabic: bool = False) -> None:
        self.readings = tuple(dict.fromkeys(_words(one, profile) for one in (text, without_brackets(text))))
        """Its words, with what stands in brackets and without."""
        self.syllabic = syllabic

    def has(self, wording: str) -> bool:
        """Whether the wording stands there, in some form."""
        pieces = _pieces(spell(wording))
        if not pieces:
            return False
        if UNSPACED.search(wording):
            return any("".join(pieces) in "".join(words) for words in self.readings)
        return any(self._has(words, pieces) for words in self.readings)

    def _has(self, words: Sequence[str], pieces: Sequence[str]) -> bool:
        return any(self._stand_at(words, at, pieces) for at in range(len(words)))

    def _stand_at(self, words: Sequence[str], at: int, pieces: Sequence[str]) -> bool:
        """Whether the words of a wording stand from here on in their order, hardly anything between them."""
        for number, piece in enumerate(pieces):
            end = self._end(words, range(at, min(at + (GAP if number else 0) + 1, len(words))), piece)
            if end is None:
                return False
            at = end
        return True

    def _end(self, words: Sequence[str], places: Iterable[int], piece: str) -> int | None:
        """Behind the first place at which a word, or two that the glossary writes as one, are a form of a word."""
        spans = ((place, place + count) for place in places for count in (1, 2))
        return next((end for start, end in spans if self._is("".join(words[start:end]), piece)), None)

    def _is(self, word: str, piece: str) -> bool:
        return word == piece or (not self.syllabic and is_form(word, piece))


def without_brackets(text: str) -> str:
    """A text without what stands in round brackets: the English of a term, an abbreviation."""
    return BRACKETS.sub(" ", text)


def _words(text: str, profile: Profile) -> tuple[str, ...]:
    words = (token.text for token in tokenize(text, profile) if token.kind not in SILENT)
    return tuple(piece for word in words for piece in _pieces(spell(word)))


def _pieces(text: str) -> tuple[str, ...]:
    return tuple(re.findall("[^\\W_]+[\u0300-\u036f]*", text))


def is_form(word: str, other: str) -> bool:
    """Whether two words may differ by endings: all but the last letters of ``other`` begin the word."""
    kept = len(other) - next((lost for most, lost in LOSSES if len(other) <= most), MOST_LOST)
    return word[:kept] == other[:kept] and len(word) - len(other) <= ENDING
