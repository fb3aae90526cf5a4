"""What several commands do: chapters of a pull request made again on top of its branch."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.quoting import code, inline
from bot.sizing import count
from bot.upkeep.decisions import begin, state_at
from sync.errors import UsageError
from sync.model import Fate, Status
from sync.report import DONE
from sync.repositories.branches import foreign_commits
from sync.repositories.paths import state_path
from sync.repositories.revisions import FileChange
from sync.state import dump_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.commands.visit import Visit
    from bot.upkeep.decisions import Start
    from sync.report import Book, ChapterReport, SyncReport
    from sync.repositories.repository import Repository


def summary(report: SyncReport) -> str:
    """What became of some chapters, in one line of Markdown."""
    ends = ", ".join(f"{report.count(status)} {status}" for status in Status if report.count(status))
    fates = ", ".join(f"{report.segments(fate)} {fate}" for fate in Fate)
    chapters = f"{count(len(report.chapters), 'chapter')} ({ends})"
    reasons = "".join(
        f"\n* {code(one.result.path)}: {inline(one.result.reason)}" for one in report.having(Status.FAILED)
    )
    return f"{chapters} at the English of {code(report.source.short)}. Changed segments: {fates}.{reasons}"


def edited(visit: Visit, paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The chapters that people changed on the branch, and their commits."""
    site, head = visit.site, visit.own.pull.head
    found = {path: foreign_commits(site.fork, site.tip, head, path, state_path(path)) for path in paths}
    return {path: commits for path, commits in found.items() if commits}


def refuse_edited(visit: Visit, paths: Iterable[str], advice: str) -> None:
    """Raises UsageError where people changed one of some chapters: what they wrote would be lost."""
    found = edited(visit, paths)
    if found:
        named = "; ".join(f"{path} ({', '.join(commits)})" for path, commits in found.items())
        message = f"Nothing was done, since people edited {named}. {advice}"
        raise UsageError(message)


def with_keep(visit: Visit, keep: Mapping[str, Iterable[str]]) -> Start:
    """Where to begin if the wording of some segments of some chapters is to stay, and that of no others."""
    site, start = visit.site, visit.start
    files = site.fork.files(start.commit)
    states = {path: state_at(site.fork, files, path) for path in keep}
    new = {
        state_path(path): FileChange(state_path(path), dump_state(replace(states[path], keep=tuple(sorted(digests)))))
        for path, digests in keep.items()
    }
    return begin(site.fork, site.tip, (*(one for one in start.files if one.path not in new), *new.values()))


def remake(visit: Visit, paths: Sequence[str], start: Start) -> tuple[Book, SyncReport]:
    """Chapters made anew from ``start``. Raises UsageError where that is not possible for one of them."""
    book, report = visit.site.update(paths=paths, target=start.commit, retry=True)
    report = replace(report, chapters=tuple(one for one in report.chapters if one.result.path in paths))
    for one in report.chapters:
        if one.result.status not in DONE or not one.files:
            reason = one.result.reason or "the default branch is up to date without it"
            message = f"Nothing was done: {one.result.path} cannot be made anew: {reason}."
            raise UsageError(message)
    return book, report


def differs(visit: Visit, book: Book, report: SyncReport) -> bool:
    """Whether what was made anew is another text than the branch has, or follows other English."""
    fork, files = visit.site.fork, visit.site.fork.files(visit.own.pull.head)
    blobs = {chapter.path: chapter.blob for chapter in book.chapters}
    return any(
        state_at(fork, files, path).blob != blobs[path] or fork.text(files[path]) != one.result.text
        for one in report.chapters
        for path in (one.result.path,)
    )


def put(visit: Visit, book: Book, report: SyncReport, start: Start, message: str) -> None:
    """Commit what was made anew on top of the branch, and nothing else of the report."""
    site = visit.site
    files = [file for one in report.chapters for file in _files(site.fork, one, start)]
    commit(visit, (*files, *_shared(visit, report)), book, [one.result.path for one in report.chapters], message)


def _files(fork: Repository, one: ChapterReport, start: Start) -> Iterable[FileChange]:
    """All that a chapter shall be, also where that is what it is on the default branch."""
    path = one.result.path
    yield from one.files
    if all(file.path != path for file in one.files):
        yield FileChange(path, fork.text(fork.files(start.commit)[path]))


def _shared(visit: Visit, report: SyncReport) -> Iterable[FileChange]:
    """What the chapters need beside them, but for files that the branch has made something else of."""
    fork = visit.site.fork
    default, branch = fork.files(visit.site.tip), fork.files(visit.own.pull.head)
    return (file for file in report.shared if default.get(file.path) == branch.get(file.path))


def commit(visit: Visit, files: Sequence[FileChange], book: Book, paths: Sequence[str], message: str) -> None:
    """Commit files on top of the branch; the pull request claims the newest English for ``paths``."""
    site, own = visit.site, visit.own
    site.commit(own.pull.branch, files, base=own.pull.head, message=message, source=book.source.id)
    blobs = {chapter.path: chapter.blob for chapter in book.chapters if chapter.path in paths}
    claim = replace(own.claim, chapters={**own.claim.chapters, **blobs})
    old, new = own.claim.to_marker(), claim.to_marker()
    text = own.pull.body.replace(old, new) if old in own.pull.body else f"{own.pull.body}\n{new}\n"
    site.client.edit_pull(own.pull, body=text)
    visit.moved()
