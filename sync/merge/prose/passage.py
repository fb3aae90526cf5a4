"""Some neighbouring prose blocks seen as one row of sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alignment.diff import fold
from alignment.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment.model import Block, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a passage, with the text around it."""

    text: str
    block: int
    """Which block of the passage it stands in."""
    line: int
    """Number of its first line in the chapter, from 1."""
    before: str
    """What stands between it and the sentence before in the same block; what leads the block if it is the first."""
    after: str
    """What follows it in its block if it is the last there."""
    first: bool
    last: bool

    @property
    def folded(self) -> str:
        return fold(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The blocks and their sentences, numbered through."""

    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]

    def is_pending(self, index: int) -> bool:
        """Whether a sentence is no translation but a comment that waits for one."""
        return self.blocks[self.sentences[index].block].kind is Kind.PENDING


def read_passage(blocks: Sequence[Block], segments: Sequence[Sequence[Segment]]) -> Passage:
    """The passage of these blocks; ``segments`` has those of each block."""
    sentences = tuple(
        sentence
        for number, (block, own) in enumerate(zip(blocks, segments, strict=True))
        for sentence in _read_block(number, block, own)
    )
    return Passage(blocks=tuple(blocks), sentences=sentences)


def _read_block(number: int, block: Block, segments: Sequence[Segment]) -> list[Sentence]:
    if block.kind is Kind.PENDING:
        return [Sentence(text=block.text, block=number, line=block.line, before="", after="", first=True, last=True)]
    starts = [0, *(segment.end for segment in segments)]
    return [
        Sentence(
            text=segment.text,
            block=number,
            line=block.line + block.text.count("\n", 0, segment.start),
            before=block.text[starts[i] : segment.start],
            after=block.text[segment.end :] if i == len(segments) - 1 else "",
            first=i == 0,
            last=i == len(segments) - 1,
        )
        for i, segment in enumerate(segments)
    ]
