"""What joins English and the language of a translation inside one chapter."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from alignment.tokens import TokenKind, tokenize
from alignment.words import link_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from alignment.lexicon import Lexicon
    from alignment.locales import Locale
    from alignment.markdown import Profile
    from alignment.tokens import Token

LONGER: Final = 1.7
"""A translation so many times as long as usual has something that English never had."""
OWN_WORDS: Final = 20
"""Characters of which that must be, not to be a slip of the alignment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguagePair:
    """Two languages, the dialect both are written in, and the words known to correspond."""

    source: Locale
    target: Locale
    profile: Profile
    lexicon: Lexicon
    neighbours: Mapping[str, int] = field(default_factory=dict)
    """How often each unspaced character, and each two neighbouring ones, stand in the translation at hand."""

    def tokens(self, text: str) -> tuple[Token, ...]:
        return tokenize(text, self.profile)

    def link(self, source: tuple[Token, ...], target: tuple[Token, ...]) -> tuple[tuple[int, int, float], ...]:
        """Pairs of token indices that say the same in a sentence and its translation, each with a weight up to 1."""
        return link_words(source, target, self.lexicon)

    def has_more(self, source: str, target: str) -> bool:
        """Whether a text is so much longer than a translation of ``source`` that it must say something of its own."""
        return has_more(source, target, self.target)

    def cohesion(self, one: Token, other: Token) -> float:
        """How much two neighbouring tokens look like parts of one word, 0 to 1. Spaced scripts show it themselves."""
        if one.kind is not TokenKind.CJK or other.kind is not TokenKind.CJK:
            return 0.0
        together = self.neighbours.get(one.text + other.text, 0)
        alone = min(self.neighbours.get(one.text, 0), self.neighbours.get(other.text, 0))
        return together / alone if together > 1 else 0.0


def has_more(source: str, target: str, locale: Locale) -> bool:
    """See ``LanguagePair.has_more``; ``locale`` is that of the translation."""
    usual = len(source) * locale.text.ratio
    return len(target) > LONGER * usual and len(target) - usual > OWN_WORDS


def count_neighbours(sentences: Iterable[tuple[Token, ...]]) -> Mapping[str, int]:
    """The counts that ``LanguagePair.cohesion`` needs."""
    counts: Counter[str] = Counter()
    for tokens in sentences:
        unspaced = [token.text if token.kind is TokenKind.CJK else "" for token in tokens]
        counts.update(text for text in unspaced if text)
        counts.update(one + other for one, other in pairwise(unspaced) if one and other)
    return counts
