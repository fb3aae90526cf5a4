"""Whether pieces of markup stand at the words that are theirs: a service may exchange two of one sentence. Pure.

Languages order a sentence differently, so that another order than in English is no fault in itself. But the words
beside a formula are then the translations of those beside it in English; where it was exchanged with another one, they
are those of the other.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Final

from alignment.tokens import TokenKind
from alignment.words import readings_at
from sync.checks.order import JOINED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.tokens import Token
    from sync.merge.prose.language_pair import LanguagePair

REACH: Final = 2.0
"""Words to each side of a mark that are looked at, up to the next mark."""
CHARACTER: Final = 0.5
"""What a character of an unspaced script counts for as a word."""
FADING: Final = 0.5
"""What is left of the weight of a word with each word that it is farther away."""
MOVED: Final = 0.12
"""How much better two marks whose order changed must fit as they stand than exchanged."""
KEPT: Final = -0.1
"""The same of two that kept their order, which speaks for them."""

_Link = tuple[int, int]
"""A mark of the source and the same of the translation, as numbers of tokens."""
_Near = dict[int, float]
"""Tokens beside a mark, and the weight of each."""


def is_supported(source: str, target: str, pair: LanguagePair) -> bool:
    """Whether the words of a translation bear out where its marks stand: formulas, code, references, addresses.

    Of each two, those that changed their order must fit the words beside them better than if they were exchanged, by
    the lexicon of ``pair``; those that kept it, not much worse. What a comma or an "and" joins in the source keeps its
    order in every language. Marks that look alike may stand for one another; one that only one side has is left out.
    """
    sides = _Sides(source, pair.tokens(source), pair.tokens(target), pair)
    return all(_is_right(one, other, sides) for one, other in combinations(sides.links(), 2))


def _is_right(one: _Link, other: _Link, sides: _Sides) -> bool:
    """Whether two marks, given in the order of the source, may stand where they do."""
    if sides.ours[one[0]] == sides.ours[other[0]]:
        return True
    if one[1] < other[1]:
        return sides.gain(one, other) >= KEPT
    return not sides.are_joined(one, other) and sides.gain(one, other) >= MOVED


@dataclass(frozen=True, slots=True)
class _Sides:
    """A sentence and its translation as tokens."""

    source: str
    ours: Sequence[Token]
    theirs: Sequence[Token]
    pair: LanguagePair
    fits: dict[_Link, float] = field(default_factory=dict)
    """Those that were worked out."""

    def links(self) -> list[_Link]:
        """The marks that both have, in the order of the source."""
        theirs = {name: at for at, name in _marks(self.theirs)}
        return [(at, theirs[name]) for at, name in _marks(self.ours) if name in theirs]

    def are_joined(self, one: _Link, other: _Link) -> bool:
        """Whether two marks are neighbours in both texts, with nothing but a comma or the like between them here."""
        between = self.source[self.ours[one[0]].end : self.ours[other[0]].start]
        others = any(token.kind is TokenKind.MARK for token in self.theirs[other[1] + 1 : one[1]])
        return not others and JOINED.fullmatch(between) is not None

    def gain(self, one: _Link, other: _Link) -> float:
        """How much better two marks fit as they stand than exchanged."""
        return self.fit(*one) + self.fit(*other) - self.fit(one[0], other[1]) - self.fit(other[0], one[1])

    def fit(self, i: int, j: int) -> float:
        """How well the words beside a mark and those beside a place in the translation translate one another."""
        if (i, j) not in self.fits:
            ours, theirs = _near(self.ours, i), _near(self.theirs, j)
            scores = {(at, to): ours[at] * theirs[to] * self._score(at, to) for at in ours for to in theirs}
            best = [max((scores[at, to] for to in theirs), default=0.0) for at in ours]
            best += [max((scores[at, to] for at in ours), default=0.0) for to in theirs]
            self.fits[i, j] = sum(best) / 2
        return self.fits[i, j]

    def _score(self, i: int, j: int) -> float:
        readings = readings_at(self.theirs, j)
        return max(self.pair.lexicon.score(one, other) for one in readings_at(self.ours, i) for other in readings)


def _marks(tokens: Sequence[Token]) -> Iterator[tuple[int, tuple[str, int]]]:
    """Where the marks stand, each with its text and how often that was there before."""
    seen: Counter[str] = Counter()
    for at, token in enumerate(tokens):
        if token.kind is TokenKind.MARK:
            yield at, (token.text, seen[token.text])
            seen[token.text] += 1


def _near(tokens: Sequence[Token], at: int) -> _Near:
    """The words beside a mark."""
    found: _Near = {}
    for side in (range(at - 1, -1, -1), range(at + 1, len(tokens))):
        distance = 0.0
        for number in side:
            kind = tokens[number].kind
            distance += CHARACTER if kind is TokenKind.CJK else 1.0
            if distance > REACH or kind is TokenKind.MARK:
                break
            if kind is not TokenKind.PUNCTUATION:
                found[number] = FADING**distance
    return found
