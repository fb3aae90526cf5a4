"""What is known of each chapter of a book before an update, and what became of each after it. Pure.

Nothing is written here: a report holds the files that a fork shall get, for a caller to put on a branch or in a folder.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from alignment.diff import fold
from sync.checks.book import UNREAD
from sync.model import ChapterResult, Fate, RevisionPair, Status
from sync.state import ChapterState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sync.baselines.baseline import Baseline
    from sync.checks.book import Library
    from sync.engines import Charge
    from sync.model import Outcome
    from sync.repositories.revisions import Commit, FileChange


Text = tuple[str, str, str]
"""Path, English and translation of a chapter, of which one says the same as the other."""


DONE: Final = frozenset({Status.DELIVERED, Status.UNCHANGED})
"""How a chapter ends whose files may be written."""


class Lack(StrEnum):
    """What a chapter lacks, so that it cannot be updated."""

    ENGLISH = "english"
    """English has no such chapter any more."""
    TRANSLATION = "translation"
    BASELINE = "baseline"
    """It is not known which English it was made from."""
    NOTHING = "nothing"
    """The fork wants it kept as it is."""
    TEXT = "text"
    """It cannot be read, or must not be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """What is known of one chapter before an update."""

    path: str
    pair: RevisionPair | None = None
    """Its three texts; nothing where it cannot be updated, or where nothing is to be done."""
    english: str = ""
    """The new English as it is; ``pair`` lacks of it what is held back."""
    blob: str = ""
    """Of the new English."""
    kept: tuple[Outcome, ...] = ()
    """What English did to wording that people keep, and is held back."""
    baseline: Baseline | None = None
    state: ChapterState = field(default_factory=ChapterState)
    """What the fork remembers of it."""
    left: ChapterState = field(default_factory=ChapterState)
    """The same without the pending changes that are offered again."""
    reopened: bool = False
    """What waits is offered again, though English did not change since."""
    since: str = ""
    """When English first changed after the baseline, ISO 8601; empty where that is not known."""
    follows: tuple[str, ...] = ()
    """The paths that its text had before English renamed, split or merged chapters."""
    lives_on: tuple[str, ...] = ()
    """The paths at which its text lives on, so that this one is given up."""
    removed: bool = False
    """English removed it, and the fork wants to follow."""
    is_new: bool = False
    """It is translated for the first time."""
    lack: Lack | None = None
    refusal: str = ""
    """Why it cannot be updated, and what to do."""

    @property
    def is_behind(self) -> bool:
        """Whether English is another than the one that the translation was made from."""
        return self.baseline is not None and self.baseline.blob != self.blob

    @property
    def is_stale(self) -> bool:
        """Whether its English changed, or what waits is to be offered again, so that there is something to do."""
        return self.pair is not None and (self.reopened or self.is_behind or bool(self.follows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Everything that an update needs to know, read from both repositories."""

    lang: str
    source: Commit
    target: Commit
    chapters: tuple[Chapter, ...]
    """Ordered by path."""
    fork: frozenset[str] = field(default=frozenset(), repr=False)
    """Every path of the fork."""
    keeps_english: bool = True
    """Whether the fork has the English of a chapter beside it, as ``X_origin.md``."""
    gone: tuple[Text, ...] = ()
    """The chapters that English no longer has: what they say may have moved."""
    read_current: Callable[[], Iterable[Text]] = field(default=tuple, repr=False, compare=False)
    """Reads the other translated chapters, asked for or not. Not before somebody wants to learn from them: they are
    many."""
    read_states: Callable[[], Mapping[str, ChapterState]] = field(default=dict, repr=False, compare=False)
    """Reads what the fork remembers of those that were not asked for."""
    read_library: Callable[[], Library] = field(default=lambda: UNREAD, repr=False, compare=False)
    """Reads every chapter of both sides. Not before an update could break what others need."""

    @property
    def pairs(self) -> tuple[RevisionPair, ...]:
        """The chapters whose English changed."""
        return tuple(chapter.pair for chapter in self.chapters if chapter.pair and chapter.is_stale)

    @property
    def translated(self) -> tuple[Text, ...]:
        """Every chapter that has English and a translation of it: what an engine may learn from."""
        pairs = (chapter.pair for chapter in self.chapters if chapter.pair)
        stale = ((pair.path, pair.en_old, pair.tgt_old) for pair in pairs)
        return tuple(sorted((*stale, *self.read_current())))

    @property
    def states(self) -> dict[str, ChapterState]:
        """What the fork remembers of each chapter."""
        return {**self.read_states(), **{chapter.path: chapter.state for chapter in self.chapters}}

    @property
    def machine_made(self) -> frozenset[tuple[str, str]]:
        """Path and wording, white space folded, of what an engine wrote in an update, as far as it still stands so."""
        return frozenset((path, fold(entry.target)) for path, state in self.states.items() for entry in state.machine)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterReport:
    """What became of one chapter."""

    result: ChapterResult
    baseline: Baseline | None = None
    files: tuple[FileChange, ...] = ()
    """What the fork shall hold now: the translation, its English, its state. All of them in one commit, or none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What became of every chapter of a book."""

    lang: str
    source: Commit
    target: Commit
    chapters: tuple[ChapterReport, ...]
    shared: tuple[FileChange, ...] = ()
    """What the delivered chapters need beside them: pictures, entries of a bibliography or of a table of contents."""
    groups: tuple[tuple[str, ...], ...] = ()
    """Chapters that need each other: each group is merged as a whole, or not at all."""
    charges: tuple[Charge, ...] = ()
    """What a service is paid for it."""
    seconds: float = 0.0
    """From the first chapter handed over to the last one finished."""

    @property
    def files(self) -> tuple[FileChange, ...]:
        return (*(file for chapter in self.chapters for file in chapter.files), *self.shared)

    @property
    def characters(self) -> int:
        """Sent to an engine."""
        return sum(chapter.result.characters for chapter in self.chapters)

    @property
    def whole(self) -> int:
        """What retranslating the chapters whose English changed would have sent."""
        return sum(chapter.result.whole for chapter in self.chapters)

    @property
    def kept(self) -> int:
        return sum(chapter.result.kept for chapter in self.chapters)

    def count(self, status: Status) -> int:
        """Chapters that ended so."""
        return sum(chapter.result.status is status for chapter in self.chapters)

    def segments(self, fate: Fate) -> int:
        """Changed segments that ended so."""
        return sum(chapter.result.count(fate) for chapter in self.chapters)

    def having(self, *statuses: Status) -> tuple[ChapterReport, ...]:
        """The chapters that ended in one of these ways."""
        return tuple(chapter for chapter in self.chapters if chapter.result.status in statuses)
