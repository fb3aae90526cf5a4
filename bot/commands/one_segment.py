"""``/amts retranslate --segment``: one draft put where an earlier one, or the old translation, stands on the branch."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from alignment.markdown.pending import digest
from bot.upkeep.decisions import state_at
from bot.upkeep.segments import choose, segment_id, short
from sync.errors import UsageError
from sync.model import Fate
from sync.repositories.paths import state_path
from sync.repositories.revisions import FileChange
from sync.state import Machine, dump_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.commands.visit import Visit
    from sync.model import ChapterResult, Outcome
    from sync.report import Book, SyncReport
    from sync.state import ChapterState

WHOLE = "Draft the chapter as a whole: leave --segment out."


def put_segments(visit: Visit, book: Book, report: SyncReport, given: Sequence[str]) -> str:
    """Commit only the drafts of the segments that were named; everything else stays as it is on the branch.

    Raises:
        UsageError: there is no such draft, English changed since, or it is not clear what it would stand for.
    """
    from bot.commands.chapters import commit

    results = [one.result for one in report.chapters]
    drafted = [(result, outcome) for result in results for outcome in result.outcomes if outcome.fate is Fate.DRAFTED]
    ids = {choose(one, (segment_id(outcome) for _, outcome in drafted)) for one in given}
    files: list[FileChange] = []
    for result in results:
        wanted = [outcome for one, outcome in drafted if one is result and segment_id(outcome) in ids]
        files += _files(visit, book, result, wanted) if wanted else ()
    named = ", ".join(sorted({short(outcome) for _, outcome in drafted if segment_id(outcome) in ids}))
    before = visit.own.pull.head
    commit(visit, files, book, (), f"Draft {len(ids)} segments again")
    if visit.own.pull.head == before:
        return f"The draft came out as it is on the branch, so nothing changed: {named}."
    return f"Drafted again, and nothing else of the chapter: {named}."


def _files(visit: Visit, book: Book, result: ChapterResult, wanted: Sequence[Outcome]) -> Iterable[FileChange]:
    fork, path = visit.site.fork, result.path
    files = fork.files(visit.own.pull.head)
    state = state_at(fork, files, path)
    if all(chapter.blob != state.blob for chapter in book.chapters if chapter.path == path):
        message = f"English changed {path} since this branch was made. Say /amts refresh first, or leave --segment out."
        raise UsageError(message)
    text = fork.text(files[path])
    for outcome in wanted:
        text, state = _put(text, state, outcome)
    return (FileChange(path, text), FileChange(state_path(path), dump_state(state)))


def _put(text: str, state: ChapterState, outcome: Outcome) -> tuple[str, ChapterState]:
    """Text and state of a chapter with the new draft of a segment."""
    source = digest(outcome.new_source)
    waits = [entry for entry in state.pending if entry.digest == source and entry.old_target]
    drafts = [entry for entry in state.machine if digest(entry.source) == source]
    stands = [entry.target for entry in drafts] or [entry.old_target for entry in waits]
    if len(stands) != 1:
        message = f"It is not recorded what stands on the branch for {source}. {WHOLE}"
        raise UsageError(message)
    machine = Machine(source=outcome.new_source, target=outcome.new_target, origin=str(outcome.origin))
    return _swapped(text, stands[0], outcome.new_target), replace(
        state,
        pending=tuple(entry for entry in state.pending if entry not in waits),
        machine=(*(entry for entry in state.machine if entry not in drafts), machine),
    )


def _swapped(text: str, old: str, new: str) -> str:
    found = list(re.finditer(r"\s+".join(map(re.escape, old.split())), text))
    if len(found) != 1:
        message = f"What the draft would stand for is there {len(found)} times in the chapter, and not once. {WHOLE}"
        raise UsageError(message)
    return text[: found[0].start()] + new + text[found[0].end() :]
