"""``/amts mark-current``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.model import CommandSpec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.commands.model import Command
    from bot.commands.visit import Visit
    from sync.report import Book, Chapter
    from sync.repositories.revisions import FileChange

SPEC = CommandSpec(
    verb="mark-current",
    summary="Says that these chapters are up to date as they are; all of this pull request without a path",
    usage="[PATH…]",
    examples=("/amts mark-current chapter_intro/index.md",),
    most=20,
)


def run(command: Command, visit: Visit) -> str:
    """The translation as it is on the default branch, said to be that of the newest English.

    Raises:
        UsageError: a chapter is not in the pull request, people edited it, or it is up to date already.
    """
    from bot.commands.chapters import commit, refuse_edited
    from bot.quoting import code

    paths = visit.chosen(command.arguments) or visit.paths
    refuse_edited(visit, paths, "Merge what they wrote, or take it back; then mark the chapter.")
    book, _ = visit.survey(paths)
    files = [file for chapter in book.chapters if chapter.path in paths for file in _marked(visit, chapter, book)]
    if not files:
        return "Nothing to do: these chapters are up to date on the default branch."
    commit(visit, files, book, paths, f"Mark {len(paths)} chapters as current")
    marked = ", ".join(code(path) for path in paths)
    return f"Marked as up to date with the English of {code(book.source.short)}, as they were: {marked}."


def _marked(visit: Visit, chapter: Chapter, book: Book) -> Iterable[FileChange]:
    from sync.baselines.adopt import record
    from sync.baselines.baseline import CERTAIN, Baseline, How
    from sync.repositories.revisions import FileChange
    from sync.state import Recorder

    if chapter.pair is None:
        return ()
    newest = Baseline(text=chapter.english, how=How.GIVEN, confidence=CERTAIN, commit=book.source.id, blob=chapter.blob)
    says = record(chapter.path, newest, chapter.state, Recorder.MARKED, english=book.keeps_english)
    return (FileChange(chapter.path, chapter.pair.tgt_old), *says)
