"""The nouns of the pure core: what a chapter is made of, what changed in it, and what corresponds to what."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a block is. The first five hold prose; the others are the same in every language, or nearly so."""

    HEADING = "heading"
    PARAGRAPH = "para"
    ITEM = "item"
    IMAGE = "image"
    TABLE = "table"
    CODE = "code"
    MATH = "math"
    DIRECTIVE = "directive"
    TAB = "tab"
    HTML = "html"
    COMMENT = "comment"
    PENDING = "pending"
    OTHER = "other"


PROSE = frozenset({Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.IMAGE, Kind.TABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some whole lines of a chapter. Two blocks are equal when they say the same, wherever they stand."""

    kind: Kind
    text: str
    """The lines as they stand, list marker and indentation included, without the end of the last line."""
    gap: str = field(default="\n\n", compare=False)
    """What stands between this block and the next: the end of its last line and the blank lines after it."""
    lead: str = field(default="", compare=False)
    """The part of ``text`` before its content: indentation, ``## ``, ``1. ``, ``> ``. Empty for code and math."""
    level: int = 0
    """Depth of a heading, 1 to 6; 0 for everything else."""
    name: str = ""
    """What a directive is called (``begin_tab``), the info string of a code cell, the digest of a pending block."""
    tab: str = field(default="", compare=False)
    """The argument of the tab block this block stands in (``mxnet, pytorch``), or nothing."""
    line: int = field(default=1, compare=False)
    """Number of its first line, from 1."""

    @property
    def is_prose(self) -> bool:
        return self.kind in PROSE

    @property
    def content(self) -> str:
        """The text without what leads it."""
        return self.text[len(self.lead) :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A chapter, cut into blocks so that putting them together again gives the same characters."""

    blocks: tuple[Block, ...]
    head: str = ""
    """What stands before the first block: a byte order mark, blank lines."""
    newline: str = "\n"
    """The line ending most lines have."""

    def render(self) -> str:
        return self.head + "".join(block.text + block.gap for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence: the unit of memory and of scores. A span of its block's text."""

    text: str
    start: int = field(compare=False)
    end: int = field(compare=False)


class Mark(StrEnum):
    """What a placeholder stands for."""

    CODE = "code"
    MATH = "math"
    ROLE = "role"
    LINK = "link"
    IMAGE = "image"
    EMPHASIS = "emphasis"
    SLIDE = "slide"
    HTML = "html"
    URL = "url"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Inline markup that an engine must give back as it got it."""

    mark: Mark
    text: str
    opens: bool = False
    """The first half of a pair (``[**``, ``*``, ``[`` of a link)."""
    closes: bool = False
    """The second half of a pair (``**]``, ``*``, ``](url)`` of a link)."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text in which each placeholder is one character, ``chr(MASK_BASE + i)`` for ``placeholders[i]``."""

    text: str
    placeholders: tuple[Placeholder, ...]


MASK_BASE = 0xF0000
"""First sentinel. A plane of private use: no chapter has these characters, and one that has them is refused."""


class Op(StrEnum):
    """What happened to something between two revisions."""

    KEPT = "kept"
    EDITED = "edited"
    ADDED = "added"
    REMOVED = "removed"
    SPLIT = "split"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Change:
    """Some old units that became some new ones. Units are given by index, in document order."""

    op: Op
    old: tuple[int, ...]
    new: tuple[int, ...]
    moved: bool = False
    """It stands elsewhere among its neighbours than before. Only where something is kept or edited."""


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Every unit of both revisions once, in the order of the new one; what was removed follows what it followed."""

    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Bead:
    """Units of two languages that say the same; one side is empty where something has no counterpart."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    confidence: float = field(default=1.0, compare=False)
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class Link:
    """A bead of blocks, with the beads of the sentences inside it.

    Sentence indices count the segments of ``blocks.source`` (of ``blocks.target``) one after another, from 0.
    """

    blocks: Bead
    sentences: tuple[Bead, ...] = ()


@dataclass(frozen=True, slots=True)
class Alignment:
    """Every block of both documents in one link, ordered by source; target-only blocks follow what they follow."""

    links: tuple[Link, ...]
