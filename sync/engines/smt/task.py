"""One segment, prepared: its words, what each part may become, and what must stay together. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sync.engines.smt.bounds import Bounds
from sync.engines.smt.casing import small
from sync.engines.smt.examples import example_table
from sync.engines.smt.language_model import UNKNOWN
from sync.engines.smt.options import best
from sync.engines.smt.realize import Piece, piece_of, surface
from sync.engines.smt.terms import Constraint, find_terms
from sync.engines.smt.weights import LANGUAGE_MODEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.engines.smt.language_model import LanguageModel
    from sync.engines.smt.model import Model
    from sync.engines.smt.options import Option
    from sync.engines.smt.phrase_table import Found, PhraseTable
    from sync.engines.smt.vocabulary import Vocabulary
    from sync.engines.smt.weights import Weights
    from sync.engines.smt.words import Sentence

MOST: Final = 20
"""Options kept of each span of words."""

Span = tuple[int, int]
Grouped = list[list[tuple[int, "Sequence[Option]"]]]
"""By first word: the ends of the spans that begin with it, nearest first, each with its options, best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One segment, prepared for the search."""

    sentence: Sentence
    words: tuple[int, ...]
    unknown: frozenset[int]
    """Positions of words that were not learned, nor a form of them."""
    options: Grouped
    bounds: Bounds
    model: LanguageModel
    weights: Weights
    vocabulary: Vocabulary
    """Of the target, with the words of the examples and terms."""

    def pieces(self, options: Sequence[Option]) -> list[Piece]:
        """The words of a translation."""
        return [piece for option in options for piece in self._pieces_of(option)]

    def _pieces_of(self, option: Option) -> list[Piece]:
        found = []
        span = option.start, option.end
        for number, code in enumerate(option.target):
            if code < 0:
                at = option.start - code - 1
                found.append(piece_of(self.sentence.words[at], span, at))
            else:
                key = self.vocabulary.names[code]
                links = tuple(option.start + i for i, j in option.links if j == number)
                found.append(Piece(surface(key), key, "", span, links))
        return found


def prepare(
    model: Model, sentence: Sentence, terms: Sequence[tuple[str, str]], examples: Sequence[tuple[str, str]]
) -> Task:
    """Look everything up that a segment needs."""
    vocabularies = (model.words[0].copy(), model.words[1].copy()) if terms or examples else model.words
    table = example_table(model, examples, vocabularies) if examples else None
    words = tuple(_number(word.key, vocabularies[0]) for word in sentence.words)
    bounds = Bounds.of(sentence.zones, sentence.keys)
    found = find_terms(model, sentence, terms, vocabularies[1]) if terms else ()
    constraints = [one for one in found if bounds.allow(one.start, one.end)]
    maker = _Maker(model, sentence, words, bounds, table, constraints)
    return Task(
        sentence=sentence,
        words=words,
        unknown=frozenset(at for at, word in enumerate(words) if word == UNKNOWN),
        options=maker.grouped(),
        bounds=bounds,
        model=model.language_model,
        weights=model.weights,
        vocabulary=vocabularies[1],
    )


def _number(key: str, vocabulary: Vocabulary) -> int:
    """The number of a word, or of another form of it; a name has no other."""
    number = vocabulary.get(small(key))
    if number == UNKNOWN and key[1:].islower():
        return vocabulary.form_of(small(key))
    return number


class _Maker:
    """Gathers the options of a sentence."""

    def __init__(
        self,
        model: Model,
        sentence: Sentence,
        words: tuple[int, ...],
        bounds: Bounds,
        examples: PhraseTable | None,
        constraints: Sequence[Constraint],
    ) -> None:
        self.model = model
        self.sentence = sentence
        self.words = words
        self.bounds = bounds
        self.constraints = constraints
        self.spans = self._spans(examples)

    def _spans(self, examples: PhraseTable | None) -> dict[Span, tuple[Found | None, Found | None]]:
        """Evidence of the corpus and of the examples."""
        main = {(start, end): found for start, end, found in self.model.table.spans(self.words)}
        extra = {(start, end): found for start, end, found in examples.spans(self.words)} if examples else {}
        return {span: (main.get(span), extra.get(span)) for span in {**main, **extra} if self.bounds.allow(*span)}

    def grouped(self) -> Grouped:
        """All options that keep to the bounds and the terms."""
        found: dict[Span, list[Option]] = defaultdict(list)
        for (start, end), (main, extra) in self.spans.items():
            made = self.model.options.make(start, self.words[start:end], main, extra)
            found[start, end] = [option for option in made if self._fits(option)]
        self._carry(found)
        for one in self.constraints:
            found[one.start, one.end].append(self.model.options.fixed(one.start, one.end, one.words))
        grouped: Grouped = [[] for _ in self.words]
        for (start, end), options in sorted(found.items()):
            if options:
                grouped[start].append((end, self._best(options)))
        return grouped

    def _fits(self, option: Option) -> bool:
        return self.bounds.keeps(option) and all(one.allows(option) for one in self.constraints)

    def _carry(self, found: dict[Span, list[Option]]) -> None:
        """Markup and numbers stay as they are, and so do words for which there is nothing else."""
        for at, word in enumerate(self.sentence.words):
            options = found[at, at + 1]
            known = self.model.words[1].get(word.key)
            if word.sort:
                found[at, at + 1] = [self.model.options.unknown(at, known)]
            elif not any(option.target for option in options) and not any(
                one.start <= at < one.end for one in self.constraints
            ):
                options.append(self.model.options.unknown(at, known))

    def _best(self, options: Sequence[Option]) -> Sequence[Option]:
        model, weight = self.model.language_model, self.model.weights.values[LANGUAGE_MODEL]
        for option in options:
            option.hope = option.score + weight * model.score_inside(option.words)
        return best(options, MOST)
