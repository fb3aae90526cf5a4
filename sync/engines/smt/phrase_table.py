"""Phrase pairs, extracted when a sentence asks for them from the places where its words stand. Pure.

Looking phrases up in the aligned corpus itself (Callison-Burch et al. 2005; Germann 2015) needs no table: no memory for
the millions that are never asked for, and new pairs count as soon as they are aligned.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import log
from typing import TYPE_CHECKING, Final

from sync.engines.smt.corpus import END

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sync.engines.smt.corpus import Corpus

SAMPLE: Final = 150
"""Places of a phrase that are looked at, spread evenly."""
WIDTH: Final = 2
SLACK: Final = 4
"""Longest target of a phrase: ``WIDTH`` times its words and ``SLACK`` more."""
MONOTONE: Final = 0
SWAP: Final = 1
APART: Final = 2
"""How a phrase stands to the one before it in the target: right after it in the source, right before it, elsewhere."""

Target = tuple[int, ...]
"""Numbers of words; of what is carried over from offset k of the source phrase, ``-1 - k``."""


@dataclass(slots=True)
class Evidence:
    """What the corpus has of one phrase pair."""

    words: tuple[int, ...]
    """The target as the language model counts it."""
    links: tuple[tuple[int, int], ...]
    """Source and target offsets."""
    count: float = 0.0
    before: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    """How often it stood in each orientation to what is before it in the target; ``after`` likewise."""
    after: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])


@dataclass(slots=True)
class Found:
    """Everything that the corpus has of one source phrase."""

    places: int
    """How often it stands there."""
    sampled: int
    pairs: dict[Target, Evidence]
    alone: int = 0
    """Sampled places where no word of it is linked."""

    @property
    def total(self) -> float:
        return sum(evidence.count for evidence in self.pairs.values())


class PhraseTable:
    """The phrase pairs of a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.known: dict[tuple[int, ...], Found] = {}

    def spans(self, words: Sequence[int]) -> Iterator[tuple[int, int, Found]]:
        """Start, end and evidence of every part of a sentence that the corpus has."""
        suffixes = self.corpus.source_suffixes
        for start in range(len(words)):
            span = (0, len(suffixes.places))
            for depth in range(min(suffixes.depth, len(words) - start)):
                span = suffixes.narrow(span, depth, words[start + depth])
                if span[0] == span[1]:
                    break
                yield start, start + depth + 1, self._found(tuple(words[start : start + depth + 1]), span)

    def _found(self, words: tuple[int, ...], span: tuple[int, int]) -> Found:
        found = self.known.get(words)
        if found is None:
            found = self.known[words] = self._extract(len(words), span)
        return found

    def _extract(self, size: int, span: tuple[int, int]) -> Found:
        count = span[1] - span[0]
        step = max(1.0, count / SAMPLE)
        sampled = [span[0] + int(number * step) for number in range(min(count, SAMPLE))]
        found = Found(count, len(sampled), {})
        for place in self.corpus.source_suffixes.places[sampled].tolist():
            self._extract_at(place, size, found)
        return found

    def _extract_at(self, place: int, size: int, found: Found) -> None:
        first_of, last_of, source_first, source_last = self.corpus.reach
        end = place + size
        linked = [at for at in range(place, end) if last_of[at] >= 0]
        if not linked:
            found.alone += 1
            return
        low, high = min(first_of[at] for at in linked), max(last_of[at] for at in linked)
        strays = self.corpus.strays
        if high - low >= WIDTH * size + SLACK or not strays[0].isdisjoint(range(place, end)):
            return
        for at in range(low, high + 1):
            if at in strays[1] or (source_last[at] >= 0 and (source_first[at] < place or source_last[at] >= end)):
                return
        spans = list(self._extended(low, high, WIDTH * size + SLACK))
        for first, last in spans:
            self._add(place, size, first, last, 1 / len(spans), found)

    def _extended(self, low: int, high: int, most: int) -> Iterator[tuple[int, int]]:
        """The target span and all that add unlinked words around it."""
        first = low
        while first >= 0 and (first == low or self._is_free(first)):
            last = high
            while last - first < most and (last == high or self._is_free(last)):
                yield first, last
                last += 1
            first -= 1

    def _is_free(self, at: int) -> bool:
        """Whether nothing is linked to a target word, and it may go with any phrase beside it."""
        is_word = self.corpus.target_list[at] != END and at not in self.corpus.strays[1]
        return is_word and self.corpus.reach[3][at] < 0

    def _add(self, place: int, size: int, first: int, last: int, weight: float, found: Found) -> None:
        target, twins = self.corpus.target_list, self.corpus.twin_of
        codes = tuple(place - twins[at] - 1 if at in twins else target[at] for at in range(first, last + 1))
        evidence = found.pairs.get(codes)
        if evidence is None:
            of_target = self.corpus.links_of_target
            links = tuple((left - place, at - first) for at in range(first, last + 1) for left in of_target.get(at, ()))
            evidence = found.pairs[codes] = Evidence(tuple(target[first : last + 1]), links)
        evidence.count += weight
        evidence.before[self._before(place, place + size, first)] += weight
        evidence.after[self._after(place, place + size, last)] += weight

    def _before(self, place: int, end: int, first: int) -> int:
        """Orientation to the target word before."""
        links = self.corpus.links_of_target
        if first == 0 or self.corpus.target_list[first - 1] == END:
            return MONOTONE if place == 0 or self.corpus.source[place - 1] == END else APART
        left = links.get(first - 1, ())
        return MONOTONE if place - 1 in left else SWAP if end in left else APART

    def _after(self, place: int, end: int, last: int) -> int:
        links = self.corpus.links_of_target
        if self.corpus.target_list[last + 1] == END:
            return MONOTONE if self.corpus.source[end] == END else APART
        right = links.get(last + 1, ())
        return MONOTONE if end in right else SWAP if place - 1 in right else APART


@dataclass(frozen=True, slots=True)
class LexicalWeights:
    """``p(target word | source word)`` and the other way round, counted from the links of the corpus."""

    forward: dict[tuple[int, int], float]
    backward: dict[tuple[int, int], float]

    @staticmethod
    def of(corpus: Corpus) -> LexicalWeights:
        both: dict[tuple[int, int], int] = defaultdict(int)
        lefts: dict[int, int] = defaultdict(int)
        rights: dict[int, int] = defaultdict(int)
        for left, right in _word_pairs(corpus):
            both[left, right] += 1
            lefts[left] += 1
            rights[right] += 1
        return LexicalWeights(
            {pair: count / lefts[pair[0]] for pair, count in both.items()},
            {pair: count / rights[pair[1]] for pair, count in both.items()},
        )

    def logs(
        self, source: Sequence[int], target: Sequence[int], links: Sequence[tuple[int, int]]
    ) -> tuple[float, float]:
        """Logarithms of the lexical weights of a phrase pair, target given source first (Koehn et al. 2003)."""
        of_target: dict[int, list[float]] = defaultdict(list)
        of_source: dict[int, list[float]] = defaultdict(list)
        for i, j in links:
            pair = source[i], target[j]
            of_target[j].append(self.forward.get(pair, FLOOR))
            of_source[i].append(self.backward.get(pair, FLOOR))
        return _mean_logs(of_target, range(len(target))), _mean_logs(of_source, range(len(source)))


FLOOR: Final = 1e-4
UNLINKED: Final = 0.02
"""Lexical weight of a word that is linked to none."""


def _mean_logs(found: dict[int, list[float]], positions: range) -> float:
    return sum(log(sum(chances) / len(chances)) if (chances := found.get(at)) else log(UNLINKED) for at in positions)


def _word_pairs(corpus: Corpus) -> Iterator[tuple[int, int]]:
    """Numbers of the linked words."""
    links = corpus.links
    return zip(corpus.source[links[:, 0]].tolist(), corpus.target[links[:, 1]].tolist(), strict=True)
