"""A sentence of English before and after an edit, and its translation, as tokens: what an edit is worked out on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from alignment.tokens import TokenKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment.tokens import Token
    from sync.merge.prose.language_pair import LanguagePair

NAME: Final = re.compile(r"\w*[a-z]\w*[A-Z]\w*(?:-\w+)*|[A-Z]{2,}\w*|(?:\w+-)+[A-Z]{2,}\w*|[A-Z]\w*\d\w*")
"""Names of programs, models and data sets, which every language writes alike: an inner capital, an acronym, a digit."""
CLOSING: Final = frozenset(")]}）】」』”\"'")


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters ``start`` to ``end`` of a text become ``text``."""

    start: int
    end: int
    text: str

    def meets(self, others: Sequence[Edit]) -> bool:
        """Whether it touches the characters of another edit."""
        return any(self.start < other.end and other.start < self.end for other in others)


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """The text with edits that do not overlap."""
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence without the marks around its words, and its tokens."""

    text: str
    tokens: tuple[Token, ...]

    def raw(self, start: int, end: int) -> str:
        """The text of some neighbouring tokens as it stands."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end] if start < end else ""

    def gap(self, start: int, end: int) -> tuple[int, int]:
        """The characters between the tokens before and behind some neighbouring ones, white space included."""
        first = self.tokens[start - 1].end if start else 0
        return first, self.tokens[end].start if end < len(self.tokens) else len(self.text)

    def between(self, start: int, end: int) -> str:
        """Those characters as text."""
        first, last = self.gap(start, end)
        return self.text[first:last]

    def is_name(self, token: Token) -> bool:
        return token.kind is TokenKind.WORD and bool(NAME.fullmatch(self.text[token.start : token.end]))

    @property
    def keys(self) -> list[str]:
        """What counts as a change of each token: of words not their case, of formulas not their white space."""
        return [
            token.text if token.kind is TokenKind.WORD else re.sub(r"\s", "", self.text[token.start : token.end])
            for token in self.tokens
        ]

    @property
    def end(self) -> int:
        """Where the text ends but for the sign that ends the sentence."""
        if not self.tokens:
            return len(self.text)
        last = self.tokens[-1]
        return last.start if last.kind is TokenKind.PUNCTUATION and last.text not in CLOSING else last.end


@dataclass(frozen=True, slots=True)
class Hunk:
    """Tokens ``i`` to ``j`` of the old English became tokens ``m`` to ``n`` of the new."""

    i: int
    j: int
    m: int
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """English before and after an edit, the translation of the former, and the two languages."""

    before: Sentence
    after: Sentence
    ours: Sentence
    pair: LanguagePair

    def olds(self, hunk: Hunk) -> tuple[Token, ...]:
        """What a hunk takes away."""
        return self.before.tokens[hunk.i : hunk.j]

    def news(self, hunk: Hunk) -> tuple[Token, ...]:
        """What a hunk brings."""
        return self.after.tokens[hunk.m : hunk.n]


def match(before: Sentence, after: Sentence) -> SequenceMatcher[str]:
    """The tokens of two revisions of one sentence against each other."""
    return SequenceMatcher(None, before.keys, after.keys, autojunk=False)
