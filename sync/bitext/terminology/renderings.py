"""What a translation says in place of a term, by the lexicon that its own sentences teach."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from alignment.lexicon import induce
from alignment.tokens import TokenKind, terms, tokenize
from alignment.words import link_words
from sync.bitext.terminology.translated import without_brackets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignment.lexicon import Lexicon
    from alignment.markdown import Profile
    from alignment.tokens import Token
    from sync.bitext.terminology.passages import Passage

FAINT: Final = 0.1
"""Score below which a link between two words says nothing."""


@dataclass(frozen=True, kw_only=True)
class Renderings:
    """Knows which words of the sentences translate which."""

    passages: tuple[Passage, ...]
    profile: Profile

    @cached_property
    def lexicon(self) -> Lexicon:
        """Learned from all sentences."""
        return induce((self._terms(one.source), self._terms(one.target)) for one in self.passages)

    def _terms(self, text: str) -> tuple[str, ...]:
        return terms(tokenize(text, self.profile))

    def find(self, passage: Passage, start: int, end: int) -> str:
        """What stands in the translation for a span of the English; empty where there is no trace of it."""
        translation = without_brackets(passage.target)  # where translators repeat the English of a term
        source, target = tokenize(passage.source, self.profile), tokenize(translation, self.profile)
        inside = {at for at, token in enumerate(source) if token.start < end and token.end > start}
        links = [(at, score) for one, at, score in link_words(source, target, self.lexicon) if one in inside]
        if max((score for _, score in links), default=0.0) < FAINT:
            return ""
        return _text(translation, target, sorted({at for at, _ in links}))


def _text(text: str, tokens: Sequence[Token], found: Iterable[int]) -> str:
    """The words of a translation; those that stand together as they stand, gaps between the others."""
    parts: list[list[int]] = []
    for at in found:
        if parts and _is_next(tokens, parts[-1][-1], at):
            parts[-1].append(at)
        else:
            parts.append([at])
    return " … ".join(text[tokens[part[0]].start : tokens[part[-1]].end] for part in parts)


def _is_next(tokens: Sequence[Token], one: int, other: int) -> bool:
    """Whether two words are neighbours, or have one unspaced character between them."""
    return other - one == 1 or (other - one == 2 and tokens[one + 1].kind is TokenKind.CJK)
