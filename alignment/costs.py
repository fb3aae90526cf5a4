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

import numpy as np
from numpy.typing import NDArray

from alignment.lexicon import EMPTY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from alignment.lexicon import Lexicon
    from alignment.locales import Locale

Vector = dict[str, float]
Matrix = NDArray[np.float64]

WORTH: Final = 10.0
"""What a full likeness is worth."""
INDIFFERENT: Final = 0.25
"""Cosine at which two passages are neither alike nor different."""
THIN: Final = 2.5
"""Length of a vector at which the evidence counts half."""
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
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    weight = 1.1 / locale.text.ratio if wide else 1.0
    return Passage(Counter(terms), len(text) + wide * (weight - 1) + 1)


def is_name(term: str) -> bool:
    """Whether a term, found on both sides, is likely the same thing: a mark, a number, a word of some length."""
    return not term.isalpha() or (len(term) >= _NAME and term.isascii())


class Evidence:
    """The vectors of all passages of two texts, in one space."""

    def __init__(self, sources: Sequence[Passage], targets: Sequence[Passage], lexicon: Lexicon = EMPTY) -> None:
        source_weights, target_weights = _weights(sources), _weights(targets)
        reached = {term: _carry(term, lexicon, target_weights) for term in source_weights}
        names = dict.fromkeys(term for found in reached.values() for term in found)
        columns = {term: number for number, term in enumerate(names)}
        self.sources = Vectors([_carried(one.terms, source_weights, reached) for one in sources], columns)
        self.targets = Vectors(
            [
                {term: target_weights[term] * sqrt(n) for term, n in one.terms.items() if term in columns}
                for one in targets
            ],
            columns,
        )


class Vectors:
    """Sparse vectors, of which a few are unpacked at a time."""

    def __init__(self, vectors: Sequence[Vector], columns: Mapping[str, int]) -> None:
        self.width = len(columns)
        self.starts = np.cumsum([0, *map(len, vectors)])
        self.rows = np.repeat(np.arange(len(vectors)), np.diff(self.starts))
        self.columns = np.array([columns[term] for vector in vectors for term in vector], dtype=np.int64)
        self.weights = np.array([weight for vector in vectors for weight in vector.values()], dtype=np.float64)

    def unpacked(self, passages: Sequence[int]) -> Matrix:
        """The vectors of some passages, a row each."""
        found = np.zeros((len(passages), self.width))
        for row, i in enumerate(passages):
            part = slice(self.starts[i], self.starts[i + 1])
            found[row, self.columns[part]] = self.weights[part]
        return found

    def summed(self, groups: Sequence[int]) -> Matrix:
        """The sums of neighbours, a row each: ``groups`` says how many passages go into each sum."""
        group = np.repeat(np.arange(len(groups)), groups)[self.rows]
        cells = group * self.width + self.columns
        found: Matrix = np.bincount(cells, self.weights, len(groups) * self.width).astype(np.float64)
        return found.reshape(len(groups), self.width)


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
    translations = lexicon.translations.get(term)
    found = {other: score for other, score in translations.items() if other in known} if translations else {}
    if term in known and is_name(term):
        found[term] = 1.0
    return found


def _carried(bag: Mapping[str, int], weights: Mapping[str, float], reached: Mapping[str, Vector]) -> Vector:
    vector: Vector = {}
    for term, count in bag.items():
        if found := reached[term]:
            weight = weights[term] * sqrt(count)
            for other, score in found.items():
                vector[other] = vector.get(other, 0.0) + weight * score
    return vector


@dataclass(frozen=True, slots=True)
class Pace:
    """How long translations are, measured on this pair of texts."""

    mean: float = 0.0
    """Of the logarithm of the ratio of lengths."""
    deviation: float = STRETCH


class Comparison:
    """Passages in order on both sides: any run of neighbours compared with any other."""

    def __init__(self, sources: Matrix, targets: Matrix, lengths: tuple[Sequence[float], Sequence[float]], pace: Pace):
        self.sources, self.targets, self.across = sources, targets, sources @ targets.T
        self.lengths = np.asarray(lengths[0]), np.asarray(lengths[1])
        self.pace = pace

    def worth(self, wide: int, high: int) -> Matrix:
        """What linking is worth: for each source run [i, i + wide), and each target run [j, j + high)."""
        common = _runs(_runs(self.across, wide).T, high).T
        left, right = _squares(_runs(self.sources, wide)), _squares(_runs(self.targets, high))
        return worth(common, left[:, None], right[None, :], self._lengths(wide, high), self.pace)

    def fit(self) -> Matrix:
        """What the lengths of each two say."""
        return fit(*self._lengths(1, 1), self.pace)

    def _lengths(self, wide: int, high: int) -> tuple[Matrix, Matrix]:
        return _runs(self.lengths[0], wide)[:, None], _runs(self.lengths[1], high)[None, :]


def worth(common: Matrix, left: Matrix, right: Matrix, lengths: tuple[Matrix, Matrix], pace: Pace) -> Matrix:
    """What linking is worth, from the inner product of two vectors, their own squares, and the lengths of the texts.

    The cosine of the vectors counts as much as they have to say.
    """
    informative = np.sqrt(np.minimum(left, right))
    squares = left * right
    cosine = np.divide(common, np.sqrt(squares), out=np.zeros(np.shape(common)), where=squares > 0)
    evidence = informative / (informative + THIN)
    found: Matrix = WORTH * evidence * (cosine - INDIFFERENT) + fit(*lengths, pace)
    return found


def fit(left: Matrix, right: Matrix, pace: Pace) -> Matrix:
    """What two lengths say: about 0.5 when they fit, down to -4."""
    deviation = pace.deviation + SHORT / np.minimum(left, right)
    distance = (np.log(right / left) - pace.mean) / deviation
    found: Matrix = np.maximum(-4.0, 0.5 - distance * distance / 2)
    return found


def _squares(vectors: Matrix) -> Matrix:
    found: Matrix = np.einsum("ij,ij->i", vectors, vectors)
    return found


def _runs(values: Matrix, size: int) -> Matrix:
    """The sum of each run of so many values, or rows."""
    last = max(0, len(values) - size + 1)
    found: Matrix = np.sum([values[first : first + last] for first in range(size)], axis=0)
    return found
