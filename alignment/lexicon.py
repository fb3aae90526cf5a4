"""Which words translate which, learned from sentence pairs, and the word alignment of one pair that follows from it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    kept = [(_numbers(left, sources), _numbers(right, targets)) for left, right in bags]
    cells = _Cells(kept, len(targets))
    forward, backward = cells.train(by_source=False), cells.train(by_source=True)
    names = list(sources), list(targets)
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for number, (cell, met) in enumerate(cells.met.items()):
        score = sqrt(forward[number] * backward[number]) * met / (met + 0.5)
        if score > FLOOR:
            source, target = divmod(cell, len(targets))
            found[names[0][source]].append((-score, names[1][target]))
    return Lexicon({source: {target: -score for score, target in sorted(found[source])[:BREADTH]} for source in found})


def _numbers(bag: set[str], vocabulary: Mapping[str, int]) -> list[int]:
    return sorted(vocabulary[term] for term in bag if term in vocabulary)


def _different(source: set[str], target: set[str]) -> tuple[set[str], set[str]]:
    same = source & target
    return source - same, target - same


def _vocabulary(bags: Iterable[set[str]]) -> dict[str, int]:
    """A number for each term that is neither seen once nor nearly everywhere, in alphabetical order."""
    every = list(bags)
    counts = Counter(term for bag in every for term in bag)
    most = max(RARE, COMMON * len(every))
    return {term: number for number, term in enumerate(sorted(term for term, n in counts.items() if 1 < n <= most))}


class _Cells:
    """Pairs of terms that may translate one another; a cell is source number × width + target number."""

    def __init__(self, pairs: Sequence[tuple[Sequence[int], Sequence[int]]], width: int) -> None:
        self.pairs, self.width = pairs, width
        met: Counter[int] = Counter()
        for sources, targets in pairs:
            met.update([source * width + target for source in sources for target in targets])
        self.met = self._likeliest({cell: count for cell, count in met.items() if count > 1})
        self.numbers = {cell: number for number, cell in enumerate(self.met)}

    def _likeliest(self, met: Mapping[int, int]) -> dict[int, int]:
        """The cells that are among the most associated ones (by Dice's coefficient) of either of their terms."""
        lefts = Counter(source for sources, _ in self.pairs for source in sources)
        rights = Counter(target for _, targets in self.pairs for target in targets)
        best: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for cell, count in met.items():
            source, target = divmod(cell, self.width)
            entry = (-count / (lefts[source] + rights[target]), cell)
            best[source].append(entry)
            best[-1 - target].append(entry)
        kept = {cell for entries in best.values() for _, cell in sorted(entries)[:CANDIDATES]}
        return {cell: met[cell] for cell in sorted(kept)}

    def train(self, *, by_source: bool) -> list[float]:
        """Probability of each cell given its source term, or given its target term, by expectation maximization."""
        rows = list(self._rows(by_source=by_source))
        groups = [cell % self.width if by_source else cell // self.width for cell in self.met]
        chances, empty = [1.0] * len(groups), 1.0
        for _ in range(ITERATIONS):
            counts = [0.0] * len(groups)
            for row in rows:
                parts = [chances[number] for number in row]
                scale = 1.0 / (sum(parts) + empty)
                for number, part in zip(row, parts, strict=True):
                    counts[number] += part * scale
            chances, empty = _normalized(counts, groups), EMPTY_WORD
        return chances

    def _rows(self, *, by_source: bool) -> Iterator[list[int]]:
        """For each occurrence of a term to be explained, the numbers of the cells that could explain it."""
        width, numbers = self.width, self.numbers
        for sources, targets in self.pairs:
            if by_source:
                cells = ([source * width + target for target in targets] for source in sources)
            else:
                cells = ([source * width + target for source in sources] for target in targets)
            yield from filter(None, ([numbers[cell] for cell in row if cell in numbers] for row in cells))


def _normalized(counts: Sequence[float], groups: Sequence[int]) -> list[float]:
    totals: dict[int, float] = defaultdict(float)
    for group, count in zip(groups, counts, strict=True):
        totals[group] += count
    return [count / totals[group] if count else 0.0 for group, count in zip(groups, counts, strict=True)]
