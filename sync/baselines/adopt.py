"""Writes down which English a chapter stands on, and touches no translation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sync.baselines.baseline import How
from sync.repositories.paths import ORIGIN_SUFFIX, origin_path, state_path
from sync.repositories.revisions import FileChange
from sync.state import Recorder, dump_state

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sync.baselines.baseline import Baseline
    from sync.report import Book, Chapter
    from sync.state import ChapterState


def keeps_english(paths: Iterable[str]) -> bool:
    """Whether a fork keeps the English of its chapters beside them."""
    return any(path.endswith(ORIGIN_SUFFIX) for path in paths)


def record(
    path: str, baseline: Baseline, state: ChapterState, by: Recorder, *, english: bool
) -> tuple[FileChange, ...]:
    """The files that say so: the state, and the English beside the translation where ``english`` is asked for.

    What waits goes on waiting, unless the chapter is marked current: then it is settled.
    """
    pending = () if by is Recorder.MARKED else state.pending
    new = replace(state, commit=baseline.commit, blob=baseline.blob, how=str(by), pending=pending)
    beside = (FileChange(origin_path(path), baseline.text),) if english else ()
    return (*beside, FileChange(state_path(path), dump_state(new)))


def adoptable(book: Book, least: float) -> tuple[tuple[Chapter, ...], tuple[Chapter, ...]]:
    """The chapters whose English was found by fit and is not recorded: those sure enough, and those that are not.

    What is nearly right is enough: it is older than the right one by a few words, which the next update finds done.
    """
    found = [chapter for chapter in book.chapters if chapter.baseline and chapter.baseline.how is How.FIT]
    sure = tuple(one for one in found if one.baseline and max(one.baseline.confidence, one.baseline.nearly) >= least)
    return sure, tuple(one for one in found if one not in sure)
