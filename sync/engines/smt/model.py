"""A trained model: it translates, and can be kept as bytes. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from alignment.diff import fold
from alignment.markdown.masking import unmask
from sync.engines.smt.corpus import END, Corpus
from sync.engines.smt.decoder import Bounds, Decoder
from sync.engines.smt.language_model import UNKNOWN, LanguageModel
from sync.engines.smt.options import Option, OptionMaker, best
from sync.engines.smt.phrase_table import LexicalWeights, PhraseTable
from sync.engines.smt.realize import Piece, piece_of, realize, surface
from sync.engines.smt.weights import DEFAULT, LANGUAGE_MODEL, Weights
from sync.engines.smt.word_alignment import link_all
from sync.engines.smt.words import read_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment.locales import Locale
    from alignment.markdown import Profile
    from sync.engines.smt.spacing import Spacing
    from sync.engines.smt.word_alignment import Translations
    from sync.engines.smt.words import Sentence

MOST: Final = 20
"""Options kept of each span of words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """A translation of one segment."""

    text: str
    features: dict[str, float]


class Vocabulary:
    """Words by number. ``END`` is none of them."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        self.names = ["", *names]
        self.numbers = {name: number for number, name in enumerate(self.names)}

    def add(self, name: str) -> int:
        number = self.numbers.setdefault(name, len(self.names))
        if number == len(self.names):
            self.names.append(name)
        return number

    def get(self, name: str) -> int:
        return self.numbers.get(name, UNKNOWN)


@dataclass(frozen=True)
class Model:
    """What was learned from sentence pairs of two languages."""

    source: Locale
    target: Locale
    profile: Profile
    source_words: Vocabulary
    target_words: Vocabulary
    source_stems: Vocabulary
    target_stems: Vocabulary
    translations: Translations
    corpus: Corpus
    spacing: Spacing
    forms: dict[str, str]
    """Usual forms of target words that are not in small letters."""
    titles: bool
    weights: Weights = DEFAULT

    @cached_property
    def language_model(self) -> LanguageModel:
        return LanguageModel(self.corpus.target_sentences(), END)

    @cached_property
    def table(self) -> PhraseTable:
        return PhraseTable(self.corpus)

    @cached_property
    def lexical(self) -> LexicalWeights:
        return LexicalWeights.of(self.corpus)

    @cached_property
    def options(self) -> OptionMaker:
        return OptionMaker(self.corpus, self.lexical, self.weights)

    def weighing(self, weights: Weights) -> Model:
        """The same model with other weights."""
        return replace(self, weights=weights)

    def translate(
        self, text: str, *, terms: Sequence[tuple[str, str]] = (), examples: Sequence[tuple[str, str]] = ()
    ) -> Hypothesis:
        """Translate one segment."""
        sentence = read_sentence(fold(text), self.source, self.profile)
        found = self.search(sentence)
        if not found:
            return Hypothesis(text=text, features={})
        return Hypothesis(text=self.write(found[0].options(), sentence), features={})

    def write(self, options: Sequence[Option], sentence: Sentence) -> str:
        pieces = self._pieces(options, sentence)
        masked = realize(pieces, sentence, self.spacing, titles=self.titles, language=self.target.tag)
        return unmask(masked, sentence.placeholders)

    def search(self, sentence: Sentence):
        words = tuple(self.source_words.get(word.key.lower()) for word in sentence.words)
        bounds = Bounds(
            tuple((zone.start, zone.end) for zone in sentence.zones if not zone.is_wall),
            tuple(zone.start for zone in sentence.zones if zone.is_wall),
        )
        options = self._options(sentence, words, bounds)
        for limit in (6, 0):
            found = Decoder(len(words), options, self.language_model, self.weights, bounds, limit=limit).search()
            if found:
                return found
        return []

    def _options(self, sentence: Sentence, words: tuple[int, ...], bounds: Bounds):
        by_span: dict[tuple[int, int], list[Option]] = defaultdict(list)
        for start, end, found in self.table.spans(words):
            if bounds.allow(start, end):
                made = self.options.make(start, words[start:end], found, None)
                by_span[start, end] += [option for option in made if bounds.keeps(option)]
        for at, word in enumerate(sentence.words):
            if word.sort:
                by_span[at, at + 1] = [self.options.unknown(at, self.target_words.get(word.key))]
            elif not any(option.target for option in by_span[at, at + 1]):
                by_span[at, at + 1].append(self.options.unknown(at, self.target_words.get(word.key)))
        grouped: list[list[tuple[int, Sequence[Option]]]] = [[] for _ in words]
        for (start, end), options in sorted(by_span.items()):
            if options:
                for option in options:
                    option.hope = option.score + self._hope(option.words)
                grouped[start].append((end, best(options, MOST)))
        return grouped

    def _hope(self, words: Sequence[int]) -> float:
        state, total = 0, 0.0
        for word in words:
            gain, state = self.language_model.step(state, word)
            total += gain
        return total * self.weights.values[LANGUAGE_MODEL]

    def _pieces(self, options: Sequence[Option], sentence: Sentence) -> list[Piece]:
        found = []
        for option in options:
            span = option.start, option.end
            for number, code in enumerate(option.target):
                if code < 0:
                    at = option.start - code - 1
                    found.append(piece_of(sentence.words[at], span, at))
                else:
                    key = self.target_words.names[code]
                    links = tuple(option.start + i for i, j in option.links if j == number)
                    found.append(Piece(surface(key), key, "", span, links))
        return found
