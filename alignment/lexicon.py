"""Which words translate which, learned from sentence pairs, and the word alignment of one pair that follows from it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Numbers = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]

EMPTY_WORD: Final = 0.02
"""Probability that a term comes from no term of the other language."""
CANDIDATES: Final = 12
"""Terms of the other language that may explain a term: those it is most often found with."""


ITERATIONS: Final = 4
FLOOR: Final = 0.03
"""Weaker translations are noise."""
BREADTH: Final = 8
"""Translations kept of one term."""
RARE: Final = 20
"""Sentences in which a term may stand without being common, however few there are."""
COMMON: Final = 0.4
"""A term in more than this share of the sentences (an article, a particle) says nothing about any of them."""
PART: Final = 1 << 19
"""Meetings of terms that are looked at in one go: it bounds the memory."""
TINY: Final = 1e-300


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Terms of the source with their translations. See ``alignment.tokens.terms`` for what a term is."""

    translations: Mapping[str, Mapping[str, float]]
    """For each source term its translations, best first, each with a score from 0 to 1."""

    def score(self, source: str, target: str) -> float:
        """How surely one term translates the other, 0 to 1. What is the same in both is sure."""
        if source == target:
            return 1.0
        return self.translations.get(source, {}).get(target, 0.0)

    def __len__(self) -> int:
        return sum(len(found) for found in self.translations.values())


EMPTY: Final = Lexicon({})


def combine(*lexicons: Lexicon) -> Lexicon:
    """One lexicon with the best score that any of them gives."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for lexicon in lexicons:
        for source, translations in lexicon.translations.items():
            known = found[source]
            for target, score in translations.items():
                known[target] = max(score, known.get(target, 0.0))
    return Lexicon(dict(found))


def induce(pairs: Iterable[tuple[Sequence[str], Sequence[str]]]) -> Lexicon:
    """Learn a lexicon from the terms of sentence pairs.

    IBM model 1 (Brown et al. 1993) in both directions; the score is the geometric mean of both probabilities, damped
    where a pair of terms was seen only once or twice. Terms that a pair has on both sides explain one another and are
    left out, as are terms seen once, terms seen nearly everywhere, and two terms that met only once, in whose place
    the empty word of the model stands. The same pairs in the same order always give the same lexicon.
    """
    bags = [_different(set(source), set(target)) for source, target in pairs]
    sources, targets = _vocabulary(bag[0] for bag in bags), _vocabulary(bag[1] for bag in bags)
    if not (sources and targets):
        return EMPTY
    cells = _Cells([_numbers(bag[0], sources) for bag in bags], [_numbers(bag[1], targets) for bag in bags])
    scores = np.sqrt(cells.train(by_source=False) * cells.train(by_source=True)) * cells.met / (cells.met + 0.5)
    names = list(sources), list(targets)
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for number in np.flatnonzero(scores > FLOOR).tolist():
        entry = (-float(scores[number]), names[1][cells.target[number]])
        found[names[0][cells.source[number]]].append(entry)
    return Lexicon({source: {target: -score for score, target in sorted(found[source])[:BREADTH]} for source in found})


def _numbers(bag: set[str], vocabulary: Mapping[str, int]) -> list[int]:
    return sorted(vocabulary[term] for term in bag if term in vocabulary)


def _different(source: set[str], target: set[str]) -> tuple[set[str], set[str]]:
    same = source & target
    return source - same, target - same


def _vocabulary(bags: Iterable[set[str]]) -> dict[str, int]:
    """A number for each term that is neither seen once nor nearly everywhere, in alphabetical order."""
    every = list(bags)
    counts = Counter(chain.from_iterable(every))
    most = max(RARE, COMMON * len(every))
    return {term: number for number, term in enumerate(sorted(term for term, n in counts.items() if 1 < n <= most))}


class _Cells:
    """The pairs of terms that may translate one another, and where in the text each of them meets.

    ``source``, ``target``, ``met`` have one element for each cell: its two terms by number, and the sentence pairs that
    have both. A *meeting* is one such place: ``number`` is its cell, ``rows`` the occurrences of both terms.
    """

    def __init__(self, lefts: Sequence[Sequence[int]], rights: Sequence[Sequence[int]]) -> None:
        self.width = 1 + max(map(max, filter(None, rights)), default=0)
        sides = _Occurrences(lefts), _Occurrences(rights)
        counted = [_often(cells) for cells, *_ in _meetings(*sides, self.width)]
        cells = np.concatenate([found for found, _ in counted])
        self.met = np.concatenate([met for _, met in counted])
        self.source, self.target = cells // self.width, cells % self.width
        kept = self._likeliest(sides)
        cells, self.met, self.source, self.target = cells[kept], self.met[kept], self.source[kept], self.target[kept]
        self._find(cells, sides)

    def _likeliest(self, sides: tuple[_Occurrences, _Occurrences]) -> Numbers:
        """The cells that are among the most associated ones (by Dice's coefficient) of either of their terms."""
        frequencies = np.bincount(sides[0].terms), np.bincount(sides[1].terms)
        dice = self.met / (frequencies[0][self.source] + frequencies[1][self.target])
        kept = np.zeros(len(dice), dtype=bool)
        for terms in (self.source, self.target):
            order = np.lexsort((-dice, terms))
            kept[order[_ranks(terms[order]) < CANDIDATES]] = True
        return np.flatnonzero(kept)

    def _find(self, cells: Numbers, sides: tuple[_Occurrences, _Occurrences]) -> None:
        """Find the meetings of the cells that are left."""
        numbers, rows = [], ([], [])  # type: tuple[list[Numbers], tuple[list[Numbers], list[Numbers]]]
        for found, left, right in _meetings(*sides, self.width):
            places = np.searchsorted(cells, found)
            known = np.flatnonzero(cells[np.minimum(places, len(cells) - 1)] == found) if len(cells) else places[:0]
            numbers.append(places[known].astype(np.int32))
            rows[0].append(left[known])
            rows[1].append(right[known])
        self.number = np.concatenate(numbers)
        self.rows = np.concatenate(rows[0]), np.concatenate(rows[1])

    def train(self, *, by_source: bool) -> Floats:
        """Probability of each cell given its source term, or given its target term, by expectation maximization."""
        given, rows = (self.target, self.rows[0]) if by_source else (self.source, self.rows[1])
        chances, empty = np.ones(len(given)), 1.0
        for _ in range(ITERATIONS):
            parts = chances[self.number]
            scale = 1.0 / (np.bincount(rows, parts) + empty)
            counts = np.bincount(self.number, parts * scale[rows], minlength=len(given))
            totals = np.bincount(given, counts)
            chances, empty = counts / np.maximum(totals[given], TINY), EMPTY_WORD
        return chances


class _Occurrences:
    """The terms of one side of all sentence pairs, one after another."""

    def __init__(self, sentences: Sequence[Sequence[int]]) -> None:
        self.terms = np.fromiter(chain.from_iterable(sentences), dtype=np.int64)
        self.counts = np.fromiter(map(len, sentences), dtype=np.int64, count=len(sentences))
        self.starts = np.cumsum(self.counts) - self.counts
        self.sentences = np.repeat(np.arange(len(sentences)), self.counts)
        """Of each term the sentence pair it stands in."""


def _meetings(lefts: _Occurrences, rights: _Occurrences, width: int) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """Every source term of a sentence pair with every target term: the cell, and both occurrences.

    They come in parts, each with all meetings of some source terms, in the order of their numbers.
    """
    order = np.argsort(lefts.terms, kind="stable").astype(np.int32)
    ends = np.flatnonzero(np.r_[lefts.terms[order][1:] != lefts.terms[order][:-1], True]) + 1
    sizes = np.cumsum(rights.counts[lefts.sentences[order]])[ends - 1] // PART
    cuts = ends[np.flatnonzero(np.r_[sizes[1:] != sizes[:-1], True])]
    for first, last in pairwise((0, *cuts.tolist())):
        occurrences = order[first:last]
        sentences = lefts.sentences[occurrences]
        each = rights.counts[sentences]
        left = np.repeat(occurrences, each)
        offsets = np.repeat(rights.starts[sentences] - (np.cumsum(each) - each), each)
        right = (np.arange(len(left)) + offsets).astype(np.int32)
        yield lefts.terms[left] * width + rights.terms[right], left, right


def _often(cells: Numbers) -> tuple[Numbers, Numbers]:
    """The cells that are there more than once, in order, and how often."""
    found, counts = np.unique(cells, return_counts=True)
    return found[counts > 1], counts[counts > 1]


def _ranks(groups: Numbers) -> Numbers:
    """The place of each element in its group, from 0, where equal groups stand together."""
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    return np.arange(len(groups)) - np.repeat(starts, np.diff(np.r_[starts, len(groups)]))
