"""A language model of words: n-grams with modified Kneser–Ney smoothing (Chen & Goodman 1998). Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import log
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ORDER: Final = 4
BEGIN: Final = -1
"""Stands before the first word of a sentence."""
UNKNOWN: Final = -2
"""Every word that the model has not seen."""

Gram = tuple[int, ...]


class LanguageModel:
    """An automaton: a state is the longest known end of the words so far, a step gives a logarithm and the next state.

    States are numbers, 0 is that of nothing known, ``begin`` that of a sentence's beginning.
    """

    def __init__(self, sentences: Iterable[Sequence[int]], end: int, order: int = ORDER) -> None:
        self.order = order
        self.end = end
        self.logs: dict[Gram, float] = {}
        self.backoffs: dict[Gram, float] = {}
        self.contexts: list[Gram] = [()]
        self.numbers: dict[Gram, int] = {(): 0}
        self.memo: list[dict[int, tuple[float, int]]] = [{}]
        self._train(_count(sentences, end, order))
        self.begin = self._state((BEGIN,))

    def step(self, state: int, word: int) -> tuple[float, int]:
        """Natural logarithm of the probability of a word, and the state after it."""
        found = self.memo[state].get(word)
        if found is None:
            found = self.memo[state][word] = self._look_up(self.contexts[state], word)
        return found

    def score(self, words: Iterable[int]) -> float:
        """Natural logarithm of the probability of a whole sentence."""
        state, total = self.begin, 0.0
        for word in (*words, self.end):
            gain, state = self.step(state, word)
            total += gain
        return total

    def score_inside(self, words: Iterable[int]) -> float:
        """The same of words whose neighbours are not known."""
        state, total = 0, 0.0
        for word in words:
            gain, state = self.step(state, word)
            total += gain
        return total

    def _look_up(self, context: Gram, word: int) -> tuple[float, int]:
        if (word,) not in self.logs:
            word = UNKNOWN
        penalty = 0.0
        while (*context, word) not in self.logs:
            penalty += self.backoffs.get(context, 0.0)
            context = context[1:]
        gram = (*context, word)
        return penalty + self.logs[gram], self._state(gram)

    def _state(self, gram: Gram) -> int:
        gram = gram[-(self.order - 1) :]
        while gram and gram not in self.backoffs:
            gram = gram[1:]
        if gram not in self.numbers:
            self.numbers[gram] = len(self.contexts)
            self.contexts.append(gram)
            self.memo.append({})
        return self.numbers[gram]

    def _train(self, counts: list[Counter[Gram]]) -> None:
        """``counts[n - 1]`` has the n-grams; those of lower orders count what stands before them."""
        size = len(counts[0]) + 1
        below: dict[Gram, float] = {}
        for number, grams in enumerate(counts, 1):
            discounts = _discounts(grams)
            totals: dict[Gram, int] = defaultdict(int)
            spared: dict[Gram, float] = defaultdict(float)
            for gram, count in grams.items():
                totals[gram[:-1]] += count
                spared[gram[:-1]] += discounts[min(count, 3)]
            shares = {context: spared[context] / total for context, total in totals.items()}
            self.backoffs |= {context: log(share) for context, share in shares.items() if number > 1 and share > 0}
            here = {
                gram: (count - discounts[min(count, 3)]) / totals[gram[:-1]]
                + shares[gram[:-1]] * (below[gram[1:]] if number > 1 else 1 / size)
                for gram, count in grams.items()
            }
            if number == 1:
                here[UNKNOWN,] = shares.get((), 1.0) / size
            self.logs |= {gram: log(chance) for gram, chance in here.items() if chance > 0}
            below = here


def _count(sentences: Iterable[Sequence[int]], end: int, order: int) -> list[Counter[Gram]]:
    whole: list[Counter[Gram]] = [Counter() for _ in range(order)]
    for sentence in sentences:
        words = (BEGIN, *sentence, end)
        for size in range(1, order + 1):
            whole[size - 1].update(zip(*(words[start:] for start in range(size)), strict=False))
    del whole[0][BEGIN,]
    for size in range(order - 1, 0, -1):
        kinds = Counter(gram[1:] for gram in whole[size])
        for gram in whole[size - 1]:
            if gram[0] != BEGIN:
                whole[size - 1][gram] = kinds[gram]
    return whole


def _discounts(grams: Counter[Gram]) -> tuple[float, float, float, float]:
    """What is taken from counts of 0, 1, 2, and 3 or more."""
    of = Counter(grams.values())
    n1, n2, n3, n4 = (of.get(count, 0) for count in (1, 2, 3, 4))
    if not (n1 and n2 and n3 and n4):
        return 0.0, 0.5, 0.75, 1.0
    share = n1 / (n1 + 2 * n2)
    found = 1 - 2 * share * n2 / n1, 2 - 3 * share * n3 / n2, 3 - 4 * share * n4 / n3
    one, two, more = (min(max(value, 0.1), most) for value, most in zip(found, (0.95, 1.9, 2.9), strict=True))
    return 0.0, one, two, more
