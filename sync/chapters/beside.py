"""What a book needs beside its chapters: tables of contents, the bibliography, pictures. Reads repositories."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alignment.markdown import D2L
from sync.errors import InputError
from sync.model import RevisionPair, Status
from sync.repositories.paths import is_chapter
from sync.repositories.revisions import FileChange
from sync.shared_files.bibliography import cited, merge_bibliography
from sync.shared_files.images import images_to_add
from sync.shared_files.toc import resolve_entry, settle_tocs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from alignment.markdown import Profile
    from sync.report import Book, Chapter, ChapterReport, SyncReport
    from sync.repositories.repository import Repository
    from sync.repositories.revisions import File

TOC_MARK: Final = re.compile(r"^[ \t]*(?:```|~~~)[ \t]*\{?\.?toc", re.MULTILINE)


def complete(
    report: SyncReport,
    book: Book,
    english: Repository,
    fork: Repository,
    *,
    bibliography: Sequence[str] = (),
    profile: Profile = D2L,
) -> SyncReport:
    """A report with what its delivered chapters need beside them; one that delivers nothing is given back as it is.

    Entries of tables of contents are those that the fork has chapters for. Bibliographies get what is new in English
    or cited; pictures that the fork lacks are added. What is the fork's own is never replaced.
    """
    if not report.files:
        return report
    has = _has(report, book)
    chapters = {chapter.path: chapter for chapter in book.chapters}
    renamed = {one.path: one.lives_on[0] for one in book.chapters if one.lives_on}
    settled = tuple(_settle(one, chapters[one.result.path], has, renamed) for one in report.chapters)
    report = replace(report, chapters=settled)
    shared = (
        *_indexes(report, book, english, fork, has),
        *_pictures(report, book, english, has, profile),
        *_bibliographies(report, book, english, fork, bibliography),
    )
    return replace(report, shared=shared)


def _has(report: SyncReport, book: Book) -> Callable[[str], bool]:
    """Whether the fork has, or gets, a file at a path."""
    gone = {file.path for file in report.files if file.removes}
    paths = (book.fork | {file.path for file in report.files}) - gone
    return paths.__contains__


def _settle(
    one: ChapterReport, chapter: Chapter, has: Callable[[str], bool], renamed: Mapping[str, str]
) -> ChapterReport:
    """A chapter with the tables of contents that the fork can have."""
    result = one.result
    if chapter.pair is None or result.status is not Status.DELIVERED or not TOC_MARK.search(result.text):
        return one
    text = settle_tocs(chapter.pair, result.text, has, renamed)
    files = [replace(file, text=text) if file.path == chapter.path else file for file in one.files]
    return replace(one, result=replace(result, text=text), files=tuple(files))


def _indexes(
    report: SyncReport, book: Book, english: Repository, fork: Repository, has: Callable[[str], bool]
) -> Iterator[FileChange]:
    """The tables of contents that new chapters belong into and that had nothing else to follow."""
    new = {one.path for one in book.chapters if one.is_new or one.follows} & {file.path for file in report.files}
    touched = {file.path for file in report.files}
    if not new:
        return
    sources, targets = english.files(book.source.id), fork.files(book.target.id)
    for path in sorted(
        path for path in sources if path.endswith("index.md") and path in targets and path not in touched
    ):
        with suppress(InputError):
            text, ours = english.text(sources[path]), fork.text(targets[path])
            pair = RevisionPair(path=path, lang=book.lang, en_old=_without(text, path, new), en_new=text, tgt_old=ours)
            if pair.en_old != text and (settled := settle_tocs(pair, ours, has)) != ours:
                yield FileChange(path, settled)


def _without(index: str, path: str, chapters: set[str]) -> str:
    """An index without the lines that name some chapters."""
    lines = index.splitlines(keepends=True)
    return "".join(line for line in lines if not line.strip() or resolve_entry(line.strip(), path) not in chapters)


def _pictures(
    report: SyncReport, book: Book, english: Repository, has: Callable[[str], bool], profile: Profile
) -> Iterator[FileChange]:
    wanted = dict.fromkeys(
        path
        for one in report.having(Status.DELIVERED)
        if one.result.text
        for path in images_to_add(one.result.old_text, one.result.text, one.result.path, has, profile)
    )
    files = english.files(book.source.id) if wanted else {}
    for path in wanted:
        if _is_plain(files, path):
            yield FileChange(path, data=english.data(files[path]))


def _bibliographies(
    report: SyncReport, book: Book, english: Repository, fork: Repository, paths: Sequence[str]
) -> Iterator[FileChange]:
    """The bibliographies of both sides, with what English changed in them since the oldest of the baselines."""
    news, ours = english.files(book.source.id), fork.files(book.target.id)
    for path in paths:
        if _is_plain(news, path) and _is_plain(ours, path):
            old, new, own = _at_oldest(report, book, english, path), english.text(news[path]), fork.text(ours[path])
            used = set(_cited(report, fork, ours, every=old != new))
            merged = merge_bibliography(old, new, own, used)
            if merged.text != own:
                yield FileChange(path, merged.text)


def _cited(report: SyncReport, fork: Repository, files: Mapping[str, File], *, every: bool) -> Iterator[str]:
    """Keys that the delivered chapters cite; with ``every`` all that the fork's chapters cite."""
    yield from cited([one.result.text for one in report.having(Status.DELIVERED)])
    for path in files if every else ():
        if is_chapter(path):
            with suppress(InputError):
                yield from cited([fork.text(files[path])])


def _at_oldest(report: SyncReport, book: Book, english: Repository, path: str) -> str:
    """A file as it was at the oldest English that a delivered chapter was made from; else as it is."""
    bases = [one.baseline.commit for one in report.having(Status.DELIVERED) if one.baseline and one.baseline.commit]
    commits = sorted((english.resolve(base) for base in set(bases) if english.find(base)), key=lambda one: one.date)
    files = english.files(commits[0].id if commits else book.source.id)
    return english.text(files[path]) if _is_plain(files, path) else ""


def _is_plain(files: Mapping[str, File], path: str) -> bool:
    """Whether there is such a file, and it is no link and no submodule."""
    return path in files and files[path].is_plain
