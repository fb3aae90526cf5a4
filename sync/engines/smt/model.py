"""A trained model: it translates, and can be kept as bytes. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from alignment.diff import fold
from sync.engines.smt.confidence import Hypothesis, judge
from sync.engines.smt.corpus import END, Corpus
from sync.engines.smt.decoder import search
from sync.engines.smt.frozen import freeze, thaw
from sync.engines.smt.language_model import LanguageModel
from sync.engines.smt.options import OptionMaker, brackets
from sync.engines.smt.phrase_table import LexicalWeights, PhraseTable
from sync.engines.smt.realize import realize
from sync.engines.smt.spacing import Spacing
from sync.engines.smt.task import Task, prepare
from sync.engines.smt.vocabulary import Vocabulary
from sync.engines.smt.weights import DEFAULT, Weights
from sync.engines.smt.word_alignment import Translations
from sync.engines.smt.words import read_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment.locales import Locale
    from alignment.markdown import Profile
    from sync.engines.smt.decoder import State


@dataclass(frozen=True, kw_only=True)
class Model:
    """What was learned from sentence pairs of two languages."""

    source: Locale
    target: Locale
    profile: Profile
    words: tuple[Vocabulary, Vocabulary]
    """Of the source and of the target; ``stems`` are what the word alignment sees of them."""
    stems: tuple[Vocabulary, Vocabulary]
    translations: Translations
    corpus: Corpus
    spacing: Spacing
    forms: dict[str, str]
    """Usual forms of target words that are not in small letters."""
    titles: bool
    """Whether titles have capitals on every word in the target too."""
    dotted: bool = False
    """Whether the capital of the target's i has a dot."""
    weights: Weights = DEFAULT

    @cached_property
    def language_model(self) -> LanguageModel:
        return LanguageModel(self.corpus.target_sentences(), END)

    @cached_property
    def table(self) -> PhraseTable:
        return PhraseTable(self.corpus)

    @cached_property
    def options(self) -> OptionMaker:
        return OptionMaker(
            self.corpus,
            LexicalWeights.of(self.corpus),
            self.weights,
            (brackets(self.words[0]), brackets(self.words[1])),
        )

    @property
    def ratio(self) -> float:
        """Target words for each source word."""
        return (len(self.corpus.target) + 1) / (len(self.corpus.source) + 1)

    def weighing(self, weights: Weights) -> Model:
        """The same model with other weights."""
        return replace(self, weights=weights)

    def translate(
        self, text: str, *, terms: Sequence[tuple[str, str]] = (), examples: Sequence[tuple[str, str]] = ()
    ) -> Hypothesis:
        """Translate one segment, Markdown as it stands. White space is folded; every piece of markup comes back once.

        Args:
            terms: words and what they must become; those of which the segment has nothing do no harm.
            examples: sentences and their translations whose wording is preferred.

        Raises:
            MaskError: as ``alignment.markdown.masking.mask`` does.
        """
        sentence = read_sentence(fold(text), self.source, self.profile)
        task = prepare(self, sentence, terms, examples)
        found = search(task)[0]
        return judge(self, task, found, self.write(found, task))

    def write(self, state: State, task: Task) -> str:
        """A finished translation with a character in the place of each piece of markup, as in a masked text."""
        return realize(
            task.pieces(state.options()), task.sentence, self.spacing, titles=self.titles, dotted=self.dotted
        )

    def to_bytes(self) -> bytes:
        """What ``from_bytes`` makes a model of again."""
        facts = {
            "words": [vocabulary.names[1:] for vocabulary in self.words],
            "stems": [vocabulary.names[1:] for vocabulary in self.stems],
            "carried": [sorted(numbers) for numbers in self.corpus.carried],
            "spacing": self.spacing.to_json(),
            "forms": self.forms,
            "titles": self.titles,
            "dotted": self.dotted,
            "width": self.translations.width,
            "weights": self.weights.values,
        }
        return freeze(facts, {**self.corpus.arrays(), **self.translations.arrays()})

    @staticmethod
    def from_bytes(data: bytes, *, source: Locale, target: Locale, profile: Profile) -> Model:
        """The model that these bytes were made of, for the same languages and dialect.

        Raises:
            ValueError: they are not of this version, or damaged.
        """
        facts, arrays = thaw(data)
        try:
            return Model(
                source=source,
                target=target,
                profile=profile,
                words=_vocabularies(facts["words"]),
                stems=_vocabularies(facts["stems"]),
                translations=Translations.of_arrays(arrays, facts["width"]),
                corpus=Corpus.of_arrays(arrays, facts["carried"]),
                spacing=Spacing.from_json(facts["spacing"]),
                forms=facts["forms"],
                titles=facts["titles"],
                dotted=facts["dotted"],
                weights=Weights(tuple(facts["weights"])),
            )
        except (KeyError, TypeError) as error:
            message = f"not a translation model, or a damaged one ({error})"
            raise ValueError(message) from error


def _vocabularies(names: Sequence[Sequence[str]]) -> tuple[Vocabulary, Vocabulary]:
    return Vocabulary(names[0]), Vocabulary(names[1])
