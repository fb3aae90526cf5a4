"""What joins English and the language of a translation inside one chapter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alignment.words import link_words
from alignment.tokens import tokenize

if TYPE_CHECKING:
    from alignment.lexicon import Lexicon
    from alignment.locales import Locale
    from alignment.markdown import Profile
    from alignment.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguagePair:
    """Two languages, the dialect both are written in, and the words known to correspond."""

    source: Locale
    target: Locale
    profile: Profile
    lexicon: Lexicon

    def tokens(self, text: str) -> tuple[Token, ...]:
        return tokenize(text, self.profile)

    def link(self, source: tuple[Token, ...], target: tuple[Token, ...]) -> tuple[tuple[int, int, float], ...]:
        """Pairs of token indices that say the same in a sentence and its translation, each with a weight up to 1."""
        return link_words(source, target, self.lexicon)
