"""How alike two passages of prose in two languages are, and what that is worth.

A passage is a vector of the weights of its terms. Source vectors are carried over into the target language: what is
the same in every language stays (formulas, code, references, numbers, names in Latin letters), what the lexicon knows
becomes its translations. Only terms that could be reached that way count, so a poor lexicon makes the evidence thin,
not the likeness low. Vectors of neighbours add up, which is what makes merged beads comparable with single ones.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING, Final

from alignment.lexicon import EMPTY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from alignment.lexicon import Lexicon
    from alignment.locales import Locale

Vector = dict[str, float]

WORTH: Final = 8.0
"""What a full likeness is worth."""
INDIFFERENT: Final = 0.25
"""Cosine at which two passages are neither alike nor different."""
THIN: Final = 1.0
"""Informative terms at which the evidence counts half."""
STRETCH: Final = 0.35
"""Standard deviation of the logarithm of a length ratio, of long passages."""
SHORT: Final = 8.0
"""Characters by which short passages deviate."""

_WIDE: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_NAME: Final = 3
"""Letters that a word must have to be taken for the same word in both languages."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What counts of a text: its terms and its length."""

    terms: Mapping[str, int]
    length: float
    """Characters, each wide one counted as many as it replaces."""


def passage(text: str, terms: Sequence[str], locale: Locale) -> Passage:
    """Measure a text."""
    wide = len(_WIDE.findall(text))
    weight = 1.1 / locale.text.ratio if wide else 1.0
    return Passage(Counter(terms), len(text) + wide * (weight - 1) + 1)


def is_name(term: str) -> bool:
    """Whether a term, found on both sides, is likely the same thing: a mark, a number, a word of some length."""
    return not term.isalpha() or (len(term) >= _NAME and term.isascii())


class Evidence:
    """Vectors of all passages of two texts, in one space."""

    def __init__(self, sources: Sequence[Passage], targets: Sequence[Passage], lexicon: Lexicon = EMPTY) -> None:
        source_weights, target_weights = _weights(sources), _weights(targets)
        reached = {term: _carry(term, lexicon, target_weights) for term in source_weights}
        reachable = {term for found in reached.values() for term in found}
        self.sources = [_carried(one.terms, source_weights, reached) for one in sources]
        self.targets = [
            {term: target_weights[term] * sqrt(n) for term, n in one.terms.items() if term in reachable}
            for one in targets
        ]


def _weights(passages: Sequence[Passage]) -> Vector:
    """How much each term says: the less, the more passages have it."""
    counts = Counter(term for one in passages for term in one.terms)
    return {term: log(1 + len(passages) / count) * _trust(term) for term, count in counts.items()}


def _trust(term: str) -> float:
    """A formula, code or a reference says more than a word, a single Chinese character less."""
    if term[0] in "$`:{]<":
        return 1.5
    return 0.6 if len(term) == 1 else 1.0


def _carry(term: str, lexicon: Lexicon, known: Mapping[str, float]) -> Vector:
    found = {other: score for other, score in lexicon.translations.get(term, {}).items() if other in known}
    if term in known and is_name(term):
        found[term] = 1.0
    return found


def _carried(bag: Mapping[str, int], weights: Mapping[str, float], reached: Mapping[str, Vector]) -> Vector:
    vector: Vector = {}
    for term, count in bag.items():
        weight = weights[term] * sqrt(count)
        for other, score in reached[term].items():
            vector[other] = vector.get(other, 0.0) + weight * score
    return vector


def dot(one: Vector, other: Vector) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum([weight * other[term] for term, weight in one.items() if term in other])


def total(vectors: Sequence[Vector]) -> Vector:
    """The sum of vectors."""
    found: Vector = {}
    for vector in vectors:
        for term, weight in vector.items():
            found[term] = found.get(term, 0.0) + weight
    return found


@dataclass(frozen=True, slots=True)
class Pace:
    """How long translations are, measured on this pair of texts."""

    mean: float = 0.0
    """Of the logarithm of the ratio of lengths."""
    deviation: float = STRETCH


class Comparison:
    """Passages in order on both sides. Compares any run of neighbours with any other, and remembers."""

    def __init__(
        self,
        sources: Sequence[Vector],
        targets: Sequence[Vector],
        lengths: tuple[Sequence[float], Sequence[float]],
        pace: Pace,
    ) -> None:
        self.sources, self.targets, self.lengths, self.pace = sources, targets, lengths, pace
        self._dots: dict[tuple[int, int], float] = {}
        self._inner: tuple[dict[tuple[int, int], float], dict[tuple[int, int], float]] = ({}, {})

    def worth(self, a: int, b: int, c: int, d: int) -> float:
        """What linking source passages [a, b) with target passages [c, d) is worth."""
        cosine, evidence = self.likeness(a, b, c, d)
        return WORTH * evidence * (cosine - INDIFFERENT) + self.fit(a, b, c, d)

    def likeness(self, a: int, b: int, c: int, d: int) -> tuple[float, float]:
        """Cosine, and how much evidence it stands on: both 0 to 1."""
        left, right = self._square(0, a, b), self._square(1, c, d)
        if not left or not right:
            return 0.0, 0.0
        common = sum(self._dot(i, j) for i in range(a, b) for j in range(c, d))
        informative = sqrt(min(left, right)) / 2.5
        return common / sqrt(left * right), informative / (informative + THIN)

    def fit(self, a: int, b: int, c: int, d: int) -> float:
        """What the lengths say: about 0.5 when they fit, down to -4."""
        left, right = sum(self.lengths[0][a:b]), sum(self.lengths[1][c:d])
        deviation = self.pace.deviation + SHORT / float(min(left, right))
        distance = (log(right / left) - self.pace.mean) / deviation
        return max(-4.0, 0.5 - distance * distance / 2)

    def _dot(self, i: int, j: int) -> float:
        key = (i, j)
        if key not in self._dots:
            self._dots[key] = dot(self.sources[i], self.targets[j])
        return self._dots[key]

    def _square(self, side: int, first: int, last: int) -> float:
        """Square of the length of the sum of some vectors of one side."""
        vectors, known = (self.sources, self.targets)[side], self._inner[side]
        found = 0.0
        for i in range(first, last):
            for j in range(i, last):
                if (i, j) not in known:
                    known[i, j] = dot(vectors[i], vectors[j]) * (1 if i == j else 2)
                found += known[i, j]
        return found
