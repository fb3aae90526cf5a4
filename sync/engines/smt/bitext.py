"""Sentence pairs, read and made ready for the word alignment. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from alignment.diff import fold
from alignment.markdown.masking import MaskError
from sync.engines.smt.casing import small
from sync.engines.smt.corpus import Corpus
from sync.engines.smt.word_alignment import link_all
from sync.engines.smt.words import Sentence, read_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from alignment.locales import Locale
    from alignment.markdown import Profile
    from sync.engines.smt.corpus import Integers
    from sync.engines.smt.vocabulary import Vocabulary
    from sync.engines.smt.word_alignment import Translations

STEM: Final = 5
"""Letters of a word that its alignment sees: a rough stem, which suits every language with endings."""
LONGEST: Final = 120
"""Words of a sentence. Longer ones teach little and cost much."""

Positions = list[tuple[int, int]]


@dataclass(frozen=True)
class Bitext:
    """Sentences and their translations."""

    pairs: tuple[tuple[Sentence, Sentence], ...]

    @staticmethod
    def read(pairs: Iterable[tuple[str, str]], locales: tuple[Locale, Locale], profile: Profile) -> Bitext:
        """Leave out those that are empty, too long, or cannot be masked."""
        return Bitext(tuple(both for pair in pairs if (both := _read(pair, locales, profile))))

    def stems(self, vocabularies: tuple[Vocabulary, Vocabulary], *, add: bool) -> tuple[list[Integers], list[Integers]]:
        """What the word alignment sees: stems by number, and twins by their order. -1 for a new one, unless added."""
        sides: tuple[list[Integers], list[Integers]] = [], []
        for left, right in self.pairs:
            names = [stem(word.key) for word in left.words], [stem(word.key) for word in right.words]
            for number, (i, j) in enumerate(sorted(twin_words(left, right))):
                names[0][i] = names[1][j] = f"<{number}>"
            for side, known, found in zip(names, vocabularies, sides, strict=True):
                numbers = [known.add(name) if add else known.numbers.get(name, -1) for name in side]
                found.append(np.array(numbers, dtype=np.int64))
        return sides

    def corpus(
        self,
        words: tuple[Vocabulary, Vocabulary],
        stems: tuple[Vocabulary, Vocabulary],
        forms: Mapping[str, str],
        translations: Translations,
    ) -> Corpus:
        """Link the words. New ones are added to the vocabularies."""
        found = link_all(translations, *self.stems(stems, add=False))
        twins = [twin_words(left, right) for left, right in self.pairs]
        return Corpus.of(
            [[words[0].add(small(word.key)) for word in left.words] for left, _ in self.pairs],
            [[words[1].add(target_key(word.key, forms)) for word in right.words] for _, right in self.pairs],
            [_with_twins(links, same) for links, same in zip(found, twins, strict=True)],
            twins,
            (self._carried(0, words[0]), self._carried(1, words[1])),
        )

    def _carried(self, side: int, vocabulary: Vocabulary) -> frozenset[int]:
        return frozenset(vocabulary.get(word.key) for both in self.pairs for word in both[side].words if word.sort)


def _read(pair: tuple[str, str], locales: tuple[Locale, Locale], profile: Profile) -> tuple[Sentence, Sentence] | None:
    try:
        left, right = (read_sentence(fold(text), locale, profile) for text, locale in zip(pair, locales, strict=True))
    except MaskError:
        return None
    sizes = len(left.words), len(right.words)
    return (left, right) if min(sizes) > 0 and max(sizes) <= LONGEST else None


def target_key(key: str, forms: Mapping[str, str]) -> str:
    """A target word in its usual form."""
    return forms.get(small(key), small(key)) if key[0].isalpha() else key


def stem(key: str) -> str:
    """What is counted of a word where its ending does not matter."""
    return small(key)[:STEM]


def twin_words(left: Sentence, right: Sentence) -> Positions:
    """Positions of markup and numbers that are the same in both sentences, the first with the first."""
    waiting: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, word in reversed(list(enumerate(left.words))):
        if word.sort:
            waiting[word.sort, word.content].append(at)
    return [
        (waiting[word.sort, word.content].pop(), at)
        for at, word in enumerate(right.words)
        if word.sort and waiting[word.sort, word.content]
    ]


def _with_twins(links: Sequence[tuple[int, int]], twins: Positions) -> Positions:
    """The links, but those of twins only to one another."""
    lefts, rights = {i for i, _ in twins}, {j for _, j in twins}
    return sorted([*((i, j) for i, j in links if i not in lefts and j not in rights), *twins])
