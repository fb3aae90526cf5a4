"""The nouns of parallel data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from sync.state import ChapterState


class Granularity(StrEnum):
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


class Reason(StrEnum):
    """Why two texts are no entry. In the words that are printed."""

    ARTICLE = "whole excluded articles"
    SEGMENT = "an excluded segment, or nearly one"
    MACHINE = "written by a machine"
    PENDING = "behind its English"
    ALONE = "without a counterpart"
    SHAPE = "of an odd shape (not 1-1, 1-2 or 2-1)"
    DOUBT = "not surely linked"
    WORDLESS = "nothing but markup and numbers"
    UNTRANSLATED = "not translated"
    MARKUP = "code, formulas or references differ"
    NUMBERS = "numbers differ"
    LENGTH = "of very different length"
    LONG = "over 1,000 bytes"
    SIGN = "begins with + - = or @"
    TWICE = "the same pair again"
    RIVAL = "another translation won"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterPair:
    """A chapter in two languages."""

    path: str
    english: str
    translation: str
    state: ChapterState = field(default_factory=ChapterState)
    """What the fork remembers of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Some sentences that the aligner linked."""

    chapter: str
    line: int
    """Of the English, from 1."""
    place: tuple[int, int]
    """Numbers of the English block and sentence."""
    at: int
    """Number of the first sentence of the translation, among those linked with the same blocks."""
    source: str
    """As an engine sees it, like ``target``."""
    target: str
    left: str
    """As it stands in the chapter, white space folded, like ``right``."""
    right: str
    shape: tuple[int, int]
    """Numbers of sentences."""
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """All candidates of blocks that are linked."""

    candidates: tuple[Candidate, ...]
    is_whole: bool
    """They make a paragraph; captions and the cells of a table do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A source and a target within the rules."""

    source: str
    target: str
    chapter: str
    place: tuple[int, int]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission:
    """What is no entry, and why."""

    reason: Reason
    source: str
    target: str
    chapter: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelData:
    """What a book gives in one language."""

    lang: str
    """BCP-47 tag."""
    granularity: Granularity
    entries: tuple[Entry, ...]
    """In the order of the book, each source once."""
    omissions: tuple[Omission, ...]
    chapters: int
    """Read, the excluded ones not counted."""
    cut: int = 0
    """Paragraphs of which only runs of sentences are entries."""

    def counts(self) -> dict[Reason, int]:
        """Omissions of each reason that there is, in the order of ``Reason``."""
        found = Counter(omission.reason for omission in self.omissions)
        return {reason: found[reason] for reason in Reason if reason in found}
