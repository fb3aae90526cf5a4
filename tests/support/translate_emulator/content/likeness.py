"""Parallel data, looked up exactly and by likeness. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rapidfuzz import process
from rapidfuzz.distance import Indel

from alignment.diff import fold
from alignment.markdown.masking import SENTINELS
from sync.engines.smt.words import CJK
from tests.support.translate_emulator.content.disguise import Pattern, pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

WORD: Final = re.compile(rf"[{CJK}]|(?:(?![{CJK}])\w)+|[^\w\s]")
"""Of Chinese each character."""
MOST: Final = 8
"""Examples that help with one sentence."""


@dataclass(frozen=True, slots=True)
class Example:
    source: str
    target: str
    pattern: Pattern
    """Of the source."""


@dataclass(frozen=True)
class Examples:
    """The examples of one language pair."""

    every: tuple[Example, ...]

    @staticmethod
    def of(pairs: Sequence[tuple[str, str]]) -> Examples:
        """White space is folded. Pairs with private characters are left out."""
        folded = ((fold(source), fold(target)) for source, target in pairs)
        sound = (pair for pair in folded if not SENTINELS.search("".join(pair)))
        return Examples(tuple(Example(source, target, pattern(source)) for source, target in sound))

    @cached_property
    def sources(self) -> dict[str, Example]:
        return {one.source: one for one in self.every}

    @cached_property
    def patterns(self) -> dict[str, Example]:
        return {one.pattern.text: one for one in self.every}

    @cached_property
    def choices(self) -> list[list[str]]:
        return [WORD.findall(one.pattern.text) for one in self.every]

    def exact(self, source: str, shape: Pattern) -> Example | None:
        """The example that is this source, else one that is the same but for the literals.

        Tags are no part of examples: a source that has some inside has no exact example.
        """
        found = self.sources.get(source)
        if found and not shape.halves:
            return found
        same = self.patterns.get(shape.text)
        return same if same and shape.is_wrapped and not same.pattern.halves else None

    def like(self, shape: Pattern, least: float) -> list[Example]:
        """Examples of which this share of the words is common, or more; the likest first, of equals the last."""
        words = WORD.findall(shape.text)
        found = process.extract(words, self.choices, scorer=Indel.normalized_similarity, score_cutoff=least, limit=MOST)
        return [self.every[number] for _, _, number in sorted(found, key=lambda one: (-one[1], -one[2]))]
