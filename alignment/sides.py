"""The two documents of an alignment, cut into blocks and sentences and measured."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from alignment import anchors
from alignment.costs import passage
from alignment.segmentation import segments
from alignment.tokens import terms, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment.locales import Locale
    from alignment.markdown import Profile
    from alignment.model import Block, Document, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A document, cut into blocks and sentences."""

    blocks: tuple[Block, ...]
    segments: tuple[tuple[Segment, ...], ...]
    """Of each block."""
    locale: Locale


def cut(document: Document, locale: Locale, profile: Profile) -> Side:
    """Cut a document into its sentences."""
    found = tuple(segments(block, locale, profile) for block in document.blocks)
    return Side(blocks=document.blocks, segments=found, locale=locale)


class Measured:
    """A side with all that comparing it needs. Sentences are counted through the whole document."""

    def __init__(self, side: Side, profile: Profile) -> None:
        self.blocks = side.blocks
        self.segments = side.segments
        self.faces = [anchors.face(block) for block in side.blocks]
        self.passages = []
        for found in side.segments:
            for segment in found:
                tokens = tokenize(segment.text, profile)
                self.passages.append(passage(segment.text, terms(tokens), side.locale))
        self._starts = list(accumulate((len(found) for found in side.segments), initial=0))

    def sentences(self, blocks: Iterable[int]) -> list[int]:
        """Numbers of the sentences of some blocks."""
        return [i for block in blocks for i in range(self._starts[block], self._starts[block + 1])]

    def length(self, block: int) -> float:
        """Of the prose of a block."""
        return sum(self.passages[i].length for i in self.sentences([block])) + 1
