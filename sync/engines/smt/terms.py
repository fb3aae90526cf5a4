"""Words that must become what a glossary says. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sync.engines.smt.bitext import stem, target_key
from sync.engines.smt.casing import small
from sync.engines.smt.words import read_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.engines.smt.model import Model
    from sync.engines.smt.options import Option
    from sync.engines.smt.vocabulary import Vocabulary
from sync.engines.smt.words import Sentence

SHORT: Final = 4
"""Letters up to which a word must be the same; of longer ones the end may differ."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """The words ``start`` to ``end`` become ``words``, or a known phrase that has them, perhaps inflected."""

    start: int
    end: int
    words: tuple[int, ...]
    accepted: tuple[frozenset[int], ...]
    """For each of them the words that are forms of it."""

    def allows(self, option: Option) -> bool:
        """Whether a phrase does not touch the term, or has all of it and says what it must."""
        if option.end <= self.start or option.start >= self.end:
            return True
        if option.start > self.start or option.end < self.end:
            return False
        size = len(self.accepted)
        return any(
            all(option.target[at + n] in forms for n, forms in enumerate(self.accepted))
            for at in range(len(option.target) - size + 1)
        )


def find_terms(
    model: Model, sentence: Sentence, terms: Sequence[tuple[str, str]], vocabulary: Vocabulary
) -> tuple[Constraint, ...]:
    """Where the terms stand in a sentence, longer ones first; what overlaps a longer one does not count."""
    keys = [small(word.key) for word in sentence.words]
    read = [(_keys(source, model, 0), _keys(target, model, 1)) for source, target in terms]
    found: list[Constraint] = []
    taken: set[int] = set()
    for wanted, target in sorted(read, key=lambda term: (-len(term[0]), term)):
        for at in range(len(keys) - len(wanted) + 1) if wanted and target else ():
            span = range(at, at + len(wanted))
            if taken.isdisjoint(span) and all(map(_same_word, wanted, keys[at : span.stop])):
                taken.update(span)
                found.append(_constraint(span, target, vocabulary))
    return tuple(found)


def _keys(text: str, model: Model, side: int) -> tuple[str, ...]:
    words = read_sentence(text, (model.source, model.target)[side], model.profile).words
    if side == 0:
        return tuple(small(word.key) for word in words)
    return tuple(target_key(word.key, model.forms) for word in words)


def _same_word(one: str, other: str) -> bool:
    """Whether two words are forms of one: equal, or with another ending of two letters at most."""
    if one == other or len(one) <= SHORT or not one.isalpha():
        return one == other or f"{one}s" == other
    return other.startswith(one[:-1]) and len(other) <= len(one) + 2


def _constraint(span: range, target: Sequence[str], vocabulary: Vocabulary) -> Constraint:
    words = tuple(vocabulary.add(key) for key in target)
    return Constraint(span.start, span.stop, words, tuple(_forms(key, vocabulary) for key in target))


def _forms(key: str, vocabulary: Vocabulary) -> frozenset[int]:
    own = vocabulary.numbers[key]
    if len(key) <= SHORT or not key.isalpha():
        return frozenset({own})
    return frozenset({own, *(n for name, n in vocabulary.numbers.items() if name.startswith(stem(key)))})
