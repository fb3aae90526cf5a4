"""Keeps a book whole: of its updated chapters those are delivered that hold together with all the others. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sync.checks.book import UNREAD
from sync.model import Diagnostic, Severity, Status
from sync.wholeness.hold import hold, keys_at_stake

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sync.report import Book, ChapterReport, SyncReport
    from sync.wholeness.hold import Holding

STANDING: Final = {
    Status.FAILED: "its update failed",
    Status.SKIPPED: "left out",
    Status.UNCHANGED: "up to date",
    Status.DELIVERED: "updated",
}


def keep_whole(report: SyncReport, book: Book) -> SyncReport:
    """A report in which the chapters are held that would break the book, and those named that go together.

    The book is read only if an update begins to use something or ceases to define it.
    """
    updates = {one.result.path: _text(one) for one in report.having(Status.DELIVERED) if one.files}
    library = book.read_library() if keys_at_stake(_changes(report, book, updates)) else UNREAD
    holding = hold(library, updates, together=_bonds(book), standing=dict(_standing(report, book)))
    chapters = tuple(_settle(one, holding) for one in report.chapters)
    return replace(report, chapters=chapters, groups=holding.groups)


def _text(one: ChapterReport) -> str | None:
    """What stands at its path after the update."""
    return None if any(file.path == one.result.path and file.removes for file in one.files) else one.result.text


def _changes(report: SyncReport, book: Book, updates: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    old = {one.result.path: one.result.old_text for one in report.chapters}
    old |= {chapter.path: "" for chapter in book.chapters if chapter.follows}
    old |= {path: translation for path, _, translation in book.gone}
    return ((old[path], text or "") for path, text in updates.items())


def _bonds(book: Book) -> Iterator[tuple[str, ...]]:
    """What is given up at one path and lives on at others comes and goes at once."""
    return ((chapter.path, *chapter.lives_on) for chapter in book.chapters if chapter.lives_on)


def _standing(report: SyncReport, book: Book) -> Iterator[tuple[str, str]]:
    lacks = {chapter.path: chapter.lack for chapter in book.chapters}
    for one in report.chapters:
        path, status = one.result.path, one.result.status
        yield path, f"no {lacks[path]} yet" if lacks[path] == "translation" else STANDING[status]


def _settle(one: ChapterReport, holding: Holding) -> ChapterReport:
    result = one.result
    if reason := holding.held.get(result.path):
        held = replace(
            result,
            status=Status.SKIPPED,
            text=result.old_text,
            outcomes=(),
            kept=0,
            diagnostics=(),
            reason=f"held: {reason}",
        )
        return replace(one, result=held, files=())
    waiting = tuple(
        Diagnostic(use.line, use.rule, Severity.WARNING, use.message)
        for use in holding.waiting
        if use.path == result.path
    )
    return replace(one, result=replace(result, diagnostics=(*result.diagnostics, *waiting))) if waiting else one
