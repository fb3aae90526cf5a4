"""Whose English a pull request brings: their names go into the commit, where nobody is called by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.quoting import neutral

if TYPE_CHECKING:
    from sync.report import Book, SyncReport
    from sync.repositories.repository import Repository

NAMED: Final = 12


def credit(source: Repository, book: Book, report: SyncReport) -> str:
    """A line that names who wrote the English since the translations were made, most commits first; or nothing."""
    bringing = {chapter.result.path for chapter in report.chapters if chapter.files}
    since: dict[str, list[str]] = {}
    for chapter in book.chapters:
        if chapter.path in bringing and chapter.baseline and chapter.baseline.commit:
            since.setdefault(chapter.baseline.commit, []).append(chapter.path)
    authors: dict[str, int] = {}
    for commit, paths in since.items():
        for name in _authors(source, commit, report.source.id, paths):
            authors[name] = authors.get(name, 0) + 1
    names = [neutral(name, cut=60) for name in sorted(authors, key=lambda name: (-authors[name], name))]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"English by {', '.join(names[:NAMED])}{more}." if names else ""


def _authors(source: Repository, since: str, until: str, paths: list[str]) -> list[str]:
    """The author of each commit in between that changed one of the paths."""
    if not source.find(since):
        return []
    return source.ask("log", "--no-merges", "--format=%an", f"{since}..{until}", "--", *paths).splitlines()
