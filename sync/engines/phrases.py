"""How a few words were translated before: looked up in the sentence pairs that have them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from alignment.tokens import TokenKind, tokenize
from sync.merge.prose.spans import find_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from alignment.markdown import Profile
    from alignment.tokens import Token
    from sync.merge.prose.language_pair import LanguagePair

EXAMPLES: Final = 40
"""Sentence pairs looked at for one phrase."""
COMMON: Final = 0.01
"""Share of all words from which one is as common as an article."""
FEW: Final = 5
"""Places from which a word can be called common at all."""


class Corpus:
    """Sentence pairs, found by the words of their English. Read when they are first asked for."""

    def __init__(self, pairs: Sequence[tuple[str, str]], profile: Profile) -> None:
        self.pairs = pairs
        self.profile = profile

    def examples(self, words: Sequence[str]) -> Iterator[tuple[tuple[Token, ...], tuple[Token, ...], str]]:
        """English and translation as tokens, and the translation's text, of the pairs that have all of these words."""
        places = [self._index.get(word, frozenset()) for word in words]
        for number in sorted(frozenset.intersection(*places)) if places else ():
            source, target = self.pairs[number]
            yield tokenize(source, self.profile), tokenize(target, self.profile), target

    @cached_property
    def vocabulary(self) -> Counter[str]:
        """How often the translations have each word, as it is written."""
        return Counter(word for words in self._written for word in words)

    @cached_property
    def inside(self) -> Counter[str]:
        """The same, but for the word that a sentence begins with."""
        return Counter(word for words in self._written for word in words[1:])

    @property
    def _written(self) -> Iterator[list[str]]:
        for _, target in self.pairs:
            tokens = tokenize(target, self.profile)
            yield [target[token.start : token.end] for token in tokens if token.kind is TokenKind.WORD]

    @cached_property
    def text(self) -> str:
        """All translations, in small letters, a space before each."""
        return "".join(f" {target}" for _, target in self.pairs).casefold()

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every word of the translations once, in alphabetical order."""
        return tuple(sorted(self.vocabulary))

    @cached_property
    def _index(self) -> Mapping[str, frozenset[int]]:
        index: dict[str, set[int]] = defaultdict(set)
        for number, (source, _) in enumerate(self.pairs):
            for token in tokenize(source, self.profile):
                index[token.text].add(number)
        return {word: frozenset(numbers) for word, numbers in index.items()}


@dataclass(frozen=True, slots=True)
class Forms:
    """The translations of some words, as they were found in sentences."""

    weights: Mapping[str, float]
    """How sure the word alignments are that gave each of them, all examples together."""
    looked_at: int
    """Places."""

    @property
    def agreement(self) -> float:
        """How much of what was looked at gave a translation at all, 0 to 1."""
        return min(1.0, sum(self.weights.values()) / self.looked_at) if self.looked_at else 0.0


class Phrases:
    """The phrases of some corpora, the nearest first (Koehn, Och and Marcu 2003: consistent with the links)."""

    def __init__(self, corpora: Sequence[Corpus], pair: LanguagePair) -> None:
        self.corpora = corpora
        self.pair = pair
        self.known: dict[tuple[str, ...], Forms] = {}

    def translate(self, words: Sequence[str]) -> Forms:
        """The translations of some neighbouring words, given in small letters."""
        key = tuple(words)
        if key not in self.known:
            self.known[key] = self._translate(key)
        return self.known[key]

    def count(self, word: str) -> int:
        """How often the translations have a word, written just so."""
        return sum(corpus.vocabulary[word] for corpus in self.corpora)

    def count_inside(self, word: str) -> int:
        """The same, but for the word that a sentence begins with."""
        return sum(corpus.inside[word] for corpus in self.corpora)

    def is_common(self, word: str) -> bool:
        """Whether a word is as frequent in the translations as articles and prepositions are."""
        total = sum(corpus.vocabulary.total() for corpus in self.corpora)
        return self.count(word) + self.count(word.capitalize()) > max(COMMON * total, FEW)

    def precedes(self, word: str, other: str) -> bool:
        """Whether one word stands right before a form of another in the translations, both given in small letters."""
        return any(f" {word} {other[:-1] or other}" in corpus.text for corpus in self.corpora)

    def family(self, beginning: str) -> Iterator[str]:
        """The words of the translations that begin with some letters; one may come more than once."""
        for corpus in self.corpora:
            at = bisect_left(corpus.words, beginning)
            while at < len(corpus.words) and corpus.words[at].startswith(beginning):
                yield corpus.words[at]
                at += 1

    def _translate(self, words: tuple[str, ...]) -> Forms:
        weights: dict[str, float] = defaultdict(float)
        seen = 0
        for source, target, text in self._examples(words):
            links = self.pair.link(source, target)
            for at in occurrences([token.text for token in source], words):
                seen += 1
                span = find_span(at, at + len(words), links, target)
                if span is not None:
                    weights[text[target[span[0]].start : target[span[1] - 1].end]] += span[2]
        return Forms(weights, seen)

    def _examples(self, words: Sequence[str]) -> Iterator[tuple[tuple[Token, ...], tuple[Token, ...], str]]:
        left = EXAMPLES
        for corpus in self.corpora:
            for example in corpus.examples(words):
                if not left:
                    return
                left -= 1
                yield example


def occurrences(texts: Sequence[str], words: Sequence[str]) -> Iterator[int]:
    """Where some texts have some neighbouring words."""
    wanted = list(words)
    for at in range(len(texts) - len(wanted) + 1):
        if list(texts[at : at + len(wanted)]) == wanted:
            yield at
