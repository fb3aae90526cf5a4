"""Where the terms of a base stand in an English sentence: the longest wins, whatever its number or spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from alignment.tokens import TokenKind, tokenize
from sync.bitext.terminology.wordings import is_acronym

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alignment.markdown import Profile
    from sync.bitext.terminology.model import Term

PIECE: Final = re.compile(r"[^\W_]+")
SIGNS: Final = frozenset("*_[]")
"""Signs of emphasis and slides, which may stand inside of a term."""
SIBILANT: Final = ("ss", "x", "ch", "sh", "z")
VERB: Final = ("ate", "ize", "ise", "ify")
"""Endings of verbs; other words are taken for nouns, whose ``-ing`` and ``-ed`` are other words."""
IDIOMS: Final = (
    "for example",
    "for instance",
    "in general",
    "in terms of",
    "by means of",
    "by no means",
    "by all means",
    "in this sense",
    "in the sense",
    "on average",
    "at the same time",
    "in case of",
    "as a function of",
    "take a look",
    "in shape",
    "in context",
    "at the cost of",
    "at scale",
    "in return",
    "on the other hand",
    "by default",
    "out of the box",
    "that means",
    "this means",
    "it means",
    "which means",
    "means that",
    "in effect",
    "in error",
    "prior to",
    "in the long run",
    "a number of",
    "a large number of",
    "in order",
)
"""Phrases in which no word is a term."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A piece of a word of a text: what hyphens part counts as several."""

    text: str
    """As it stands."""
    start: int
    end: int
    part: bool
    """Whether it continues the piece before after a hyphen."""
    joined: bool
    """Whether nothing but space, hyphens and emphasis is between it and the piece before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Terms at one place of a text: all senses of one wording."""

    terms: tuple[Term, ...]
    start: int
    end: int
    acronym: bool
    """Whether it is an acronym that stands there."""


def words_of(text: str, profile: Profile) -> tuple[Word, ...]:
    """The words a reader reads: none of code, formulas, roles and addresses."""
    found: list[Word] = []
    joined = False
    for token in tokenize(text, profile):
        if token.kind in (TokenKind.WORD, TokenKind.NUMBER):
            for number, piece in enumerate(PIECE.finditer(text, token.start, token.end)):
                part = number > 0 and text[piece.start() - 1] == "-"
                found.append(Word(text=piece[0], start=piece.start(), end=piece.end(), part=part, joined=joined))
                joined = True
        elif token.kind is not TokenKind.PUNCTUATION or not set(token.text) <= SIGNS | {"-", "–"}:
            joined = False
    return tuple(found)


class EnglishTerms:
    """Finds the terms of a base in English texts."""

    def __init__(self, terms: Iterable[Term], profile: Profile) -> None:
        self.profile = profile
        self.by_key: dict[str, list[Term]] = {}
        self.exact: dict[str, list[Term]] = {}
        self.longest = 1
        for term in terms:
            for wording in term.wordings:
                self._add(term, wording)
        self.idioms = {_key([piece.lower() for piece in PIECE.findall(one)]) for one in IDIOMS} - set(self.by_key)
        self.longest = max(self.longest, max(len(PIECE.findall(one)) for one in IDIOMS))

    def _add(self, term: Term, wording: str) -> None:
        pieces = PIECE.findall(wording)
        if not pieces:
            return
        self.longest = max(self.longest, 2 * len(pieces))  # a text may part what the base writes as one
        place = self.exact if is_acronym(wording) else self.by_key
        key = "".join(pieces) if is_acronym(wording) else _key([piece.casefold() for piece in pieces])
        known = place.setdefault(key, [])
        if term not in known:
            known.append(term)

    def find(self, text: str) -> tuple[Found, ...]:
        """The terms of a text in their order; none overlap."""
        return tuple(self._find(words_of(text, self.profile)))

    def _find(self, words: Sequence[Word]) -> Iterator[Found]:
        at = 0
        while at < len(words):
            count, terms, acronym = self._longest(words, at)
            if terms:
                yield Found(terms=tuple(terms), start=words[at].start, end=words[at + count - 1].end, acronym=acronym)
            at += count

    def _longest(self, words: Sequence[Word], at: int) -> tuple[int, Sequence[Term], bool]:
        """How many words the longest term or idiom from here on has, at least one, and its terms."""
        for count in _counts(words, at, self.longest):
            pieces = [word.text for word in words[at : at + count]]
            joined = "".join(pieces)
            if terms := self.exact.get(joined) or self.exact.get(joined.removesuffix("s")):
                return count, terms, True
            key = _key([piece.casefold() for piece in pieces])
            if (terms := self.by_key.get(key)) or key in self.idioms:
                return count, terms or (), False
        return 1, (), False


def _counts(words: Sequence[Word], at: int, most: int) -> Iterator[int]:
    """How many words from here on may be a term, the most first: only whole words, hyphens and all."""
    for count in range(min(most, _run(words, at)), 0, -1):
        after = words[at + count] if at + count < len(words) else None
        if not words[at].part and not (after and after.part):
            yield count


def _run(words: Sequence[Word], at: int) -> int:
    """How many words stand together from here on."""
    end = at + 1
    while end < len(words) and words[end].joined:
        end += 1
    return end - at


def _key(pieces: Sequence[str]) -> str:
    """What all spellings of a wording have in common: no spaces, no hyphens, the last word in its basic form."""
    return "".join(pieces[:-1]) + basic_form(pieces[-1])


@lru_cache(maxsize=50_000)
def basic_form(word: str) -> str:
    """An English word in small letters without the ending of its plural, or of its verb: the same for all its forms."""
    for ending in VERB:
        stem = ending[:-1]
        if re.search(rf"\w\w{stem}(?:e|es|ed|ing|y|ies|ied)$", word):
            return re.sub(rf"{stem}(?:e|es|ed|ing|y|ies|ied)$", ending, word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("es") and word[:-2].endswith(SIBILANT):
        return word[:-2]
    if re.search(r"(?:tr|d|rt)ices$", word):
        return word[:-4] + ("ix" if word.endswith("trices") else "ex")
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def plural_of(wording: str) -> str:
    """An English noun in its plural."""
    if wording.endswith(SIBILANT):
        return wording + "es"
    if re.search(r"[^aeiou]y$", wording):
        return wording[:-1] + "ies"
    return wording + "s"
