"""How like a sentence is to the nearest one that a model has learned from. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Sequence


class Nearest:
    """Sentences as numbers of words."""

    def __init__(self, sentences: Sequence[Sequence[int]]) -> None:
        self.sentences = [tuple(sentence) for sentence in sentences]

    def likeness(self, words: Sequence[int]) -> float:
        """Share of common words with the nearest sentence, 0 to 1."""
        found = process.extractOne(tuple(words), self.sentences, scorer=Indel.normalized_similarity, processor=None)
        return float(found[1]) if found else 0.0
