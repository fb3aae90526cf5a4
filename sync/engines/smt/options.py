"""What each part of a sentence may become: phrase pairs with their scores. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Final

from sync.engines.smt.words import OPEN, SHUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sync.engines.smt.corpus import Corpus
    from sync.engines.smt.phrase_table import Evidence, Found, LexicalWeights, Target
    from sync.engines.smt.vocabulary import Vocabulary
    from sync.engines.smt.weights import Weights


EXAMPLE: Final = 1
"""How often a pair of an example counts."""
DISCOUNT: Final = 0.4
LONE: Final = 0.15
"""Share of its places at which a word must be linked to nothing before it may be left out."""


@dataclass(slots=True, eq=False)
class Option:
    """One translation of the words ``start`` to ``end``."""

    start: int
    end: int
    target: Target
    words: tuple[int, ...]
    links: tuple[tuple[int, int], ...]
    features: tuple[float, ...]
    """In the order of ``weights.FEATURES``; those that depend on the neighbours come later."""
    count: float
    before: tuple[float, float, float]
    """Logarithms of the chance of each orientation, already weighed; ``after`` likewise."""
    after: tuple[float, float, float]
    score: float = 0.0
    hope: float = 0.0
    """The score and what the language model makes of the words alone."""


class OptionMaker:
    """Scores phrase pairs."""

    def __init__(
        self, corpus: Corpus, lexical: LexicalWeights, weights: Weights, brackets: tuple[Brackets, Brackets]
    ) -> None:
        self.corpus = corpus
        self.brackets = brackets
        self.lexical = lexical
        self.weights = weights
        self.rights: dict[tuple[int, ...], int] = {}
        self.made: dict[tuple[int, ...], tuple[Option, ...]] = {}

    def make(self, start: int, source: tuple[int, ...], found: Found | None, example: Found | None) -> list[Option]:
        """The options of one source phrase, of which there is evidence in the corpus, in the examples, or in both."""
        targets = {**(found.pairs if found else {}), **(example.pairs if example else {})}
        scale = found.places / max(found.sampled, 1) if found else 1.0
        whole = (found.total if found else 0.0) + EXAMPLE * (example.total if example else 0.0)
        made = []
        balance = _balance(source, self.brackets[0])
        for target, either in targets.items():
            if _balance(either.words, self.brackets[1]) != balance:
                continue
            main = found.pairs.get(target) if found else None
            extra = example.pairs.get(target) if example else None
            made.append(self._option(start, source, target, either, (main, extra), (whole, scale)))
        if len(source) == 1 and found and found.alone >= LONE * found.sampled:
            made.append(self._nothing(start, found))
        return made

    def _option(
        self,
        start: int,
        source: tuple[int, ...],
        target: Target,
        either: Evidence,
        both: tuple[Evidence | None, Evidence | None],
        sums: tuple[float, float],
    ) -> Option:
        main, extra = both
        count = (main.count if main else 0.0) + EXAMPLE * (extra.count if extra else 0.0)
        whole, scale = sums
        right = max(self._right(either.words) + (EXAMPLE * extra.count if extra else 0.0), count * scale)
        lexical = self.lexical.logs(source, either.words, either.links)
        features = (
            log(max(count - DISCOUNT, 0.1 * count) / whole),
            log(max(count - DISCOUNT, 0.1 * count) * scale / right),
            *lexical,
            1.0,
            float(len(target)),
            1.0 / (1.0 + count),
            0.6 * len(source) + 0.4 * len(target) - 1.0 if extra else 0.0,
            0.0,
        )
        before = self.weights.orientation(*(one.before for one in both if one))
        after = self.weights.orientation(*(one.after for one in both if one))
        return self._scored(
            Option(start, start + len(source), target, either.words, either.links, features, count, before, after)
        )

    def _nothing(self, start: int, found: Found) -> Option:
        share = log(found.alone / (found.sampled + 1))
        features = (share, share, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
        even = self.weights.orientation()
        return self._scored(Option(start, start + 1, (), (), (), features, float(found.alone), even, even))

    def unknown(self, start: int, word: int) -> Option:
        """A word that stays as it is."""
        features = (0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0)
        even = self.weights.orientation()
        return self._scored(Option(start, start + 1, (-1,), (word,), ((0, 0),), features, 0.0, even, even))

    def fixed(self, start: int, end: int, words: tuple[int, ...]) -> Option:
        """Words that must become others."""
        links = tuple((i, j) for i in range(end - start) for j in range(len(words)))
        features = (0.0, 0.0, 0.0, 0.0, 1.0, float(len(words)), 0.0, 0.0, 0.0)
        even = self.weights.orientation()
        return self._scored(Option(start, end, words, words, links, features, 1.0, even, even))

    def _right(self, words: tuple[int, ...]) -> int:
        found = self.rights.get(words)
        if found is None:
            found = self.rights[words] = self.corpus.target_suffixes.count(words)
        return found

    def _scored(self, option: Option) -> Option:
        option.score = self.weights.sum(option.features)
        return option


Brackets = dict[int, int]
"""What each bracket and quotation mark adds to what is open."""


def brackets(vocabulary: Vocabulary) -> Brackets:
    """By the numbers of the signs; those of different sorts count in different places."""
    found: Brackets = {}
    for weight, openers, closers in (
        (1, "([{（［【「", ")]}）］】」"),
        (1000, ('"' + OPEN, "“", "«"), ('"' + SHUT, "”", "»")),
    ):
        found |= {vocabulary.numbers[sign]: weight for sign in openers if sign in vocabulary.numbers}
        found |= {vocabulary.numbers[sign]: -weight for sign in closers if sign in vocabulary.numbers}
    return found


def _balance(words: Iterable[int], known: Brackets) -> int:
    return sum(known.get(word, 0) for word in words)


def best(options: Iterable[Option], most: int) -> Sequence[Option]:
    """The most hopeful ones, best first."""
    return sorted(options, key=lambda option: (-option.hope, option.target))[:most]
