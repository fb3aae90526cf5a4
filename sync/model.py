"""The nouns of synchronization: what is asked of an engine, what it answers, and what became of a chapter."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sync.bitext.terminology.model import TermBase

SOURCE_LANGUAGE: Final = "en"
"""The language that translations are made from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionPair:
    """One chapter before an update: two revisions of its English, and the translation of the first."""

    path: str
    lang: str
    """BCP-47 tag of the translation."""
    en_old: str
    en_new: str
    tgt_old: str
    terms: TermBase | None = field(default=None, repr=False, compare=False)
    """The glossary of the fork, by which drafts are judged."""
    source_lang: str = SOURCE_LANGUAGE
    """BCP-47 tag of what is called English everywhere else."""


class Origin(StrEnum):
    """Where a draft comes from."""

    NONE = "none"
    EXACT = "memory"
    FUZZY = "fuzzy"
    REPAIR = "repair"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One segment to translate, with all that an engine could use. Texts are Markdown as it stands in the chapter."""

    id: str
    lang: str
    source: str
    """The new English, white space folded to single spaces."""
    old_source: str = ""
    """The English it was before, or nothing where it is new."""
    old_target: str = ""
    """Its translation, or nothing."""
    before: str = ""
    """The new English sentence before it."""
    after: str = ""
    """The new English sentence after it."""
    context: str = "prose"
    """``prose``, ``heading``, ``caption``, ``cell`` of a table, ``comment``, ``string`` of a code cell, ``formula``."""
    bitext: tuple[tuple[str, str], ...] = field(default=(), repr=False, compare=False)
    """Sentence pairs of old English and old translation of the same chapter: known for this job and for no other."""

    @property
    def characters(self) -> int:
        """Characters that an engine would be sent."""
        return len(self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An engine's answer to one job. A job without an answer, or one with an empty text, stays pending."""

    job: str
    text: str
    origin: Origin
    confidence: float
    """0 to 1."""
    note: str = ""
    """Why, for the reviewer: the pair it was repaired from, the reason of a refusal."""
    offer: str = ""
    """A translation too doubtful to stand in the file, for a translator to look at; then ``text`` is empty."""


class Severity(StrEnum):
    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """Something a reader should know about one line of a translation."""

    line: int
    rule: str
    severity: Severity
    message: str


class Fate(StrEnum):
    """What became of a changed English segment. Each has exactly one."""

    CARRIED = "carried"
    DRAFTED = "drafted"
    PENDING = "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One changed English segment (a sentence, a code cell, a formula, a directive) and what became of it."""

    op: str
    """``edited``, ``added``, ``removed`` or ``moved``."""
    fate: Fate
    line: int
    """In the new English; for what was removed, in the old."""
    old_source: str = ""
    new_source: str = ""
    old_target: str = ""
    new_target: str = ""
    origin: Origin = Origin.NONE
    confidence: float = 0.0
    note: str = ""
    offer: str = ""
    """A draft too doubtful to stand in the file, of what is pending."""


class Status(StrEnum):
    DELIVERED = "delivered"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterResult:
    """A chapter after an update."""

    path: str
    lang: str
    status: Status
    text: str
    """The new translation; the old one, byte for byte, unless ``status`` is delivered."""
    old_text: str = ""
    outcomes: tuple[Outcome, ...] = ()
    kept: int = 0
    """English segments that did not change."""
    characters: int = 0
    """Sent to an engine."""
    whole: int = 0
    """Characters of prose in the new English: what retranslating the chapter would have sent."""
    diagnostics: tuple[Diagnostic, ...] = field(default=())
    reason: str = ""
    """Why it failed or was skipped."""

    def count(self, fate: Fate) -> int:
        return sum(outcome.fate is fate for outcome in self.outcomes)
