"""The two documents of an alignment, cut into blocks and sentences and measured."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from alignment import anchors
from alignment.costs import passage
from alignment.segmentation import segments
from alignment.tokens import terms, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alignment.costs import Passage
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
        self.passages = [passage for block in range(len(side.blocks)) for passage in _passages(side, block, profile)]
        self.counts = [len(found) for found in side.segments]
        """Sentences of each block."""
        self._starts = list(accumulate(self.counts, initial=0))

    def sentences(self, blocks: Iterable[int]) -> list[int]:
        """Numbers of the sentences of some blocks."""
        return [i for block in blocks for i in range(self._starts[block], self._starts[block + 1])]

    def lengths(self) -> list[float]:
        """Of the prose of each block."""
        return [
            sum(one.length for one in self.passages[start : start + count]) + 1
            for start, count in zip(self._starts, self.counts, strict=False)
        ]


def _passages(side: Side, block: int, profile: Profile) -> Iterator[Passage]:
    """The sentences of a block, measured."""
    found = side.segments[block]
    if not found:
        return
    tokens = tokenize(side.blocks[block].text, profile)
    starts = [token.start for token in tokens]
    for segment in found:
        inside = tokens[bisect_left(starts, segment.start) : bisect_left(starts, segment.end)]
        yield passage(segment.text, terms(inside), side.locale)
