"""Reads everything that the chapters of a book may need from each other, out of two repositories."""

from __future__ import annotations

from contextlib import suppress
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from sync.checks.book import BookText, Library
from sync.errors import InputError
from sync.repositories.paths import is_about_repository, is_chapter
from sync.repositories.revisions import EXECUTABLE, REGULAR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sync.repositories.repository import Repository
    from sync.repositories.revisions import File

BESIDE: Final = ("*.bib", "config.ini", "d2l/*.py")
"""Files that are no chapters and yet define something."""


def read_library(source: Repository, english: Iterable[File], target: Repository, fork: Iterable[File]) -> Library:
    """Both books as they are, before an update."""
    return Library(english=_read(source, english), fork=_read(target, fork))


def _read(repository: Repository, files: Iterable[File]) -> BookText:
    """What cannot be read is left out: whoever has to do with it says so."""
    chapters: dict[str, str] = {}
    others: dict[str, str] = {}
    for file in files:
        is_text = is_chapter(file.path) and not is_about_repository(file.path)
        if file.mode in {REGULAR, EXECUTABLE} and (is_text or any(fnmatchcase(file.path, glob) for glob in BESIDE)):
            with suppress(InputError):
                (chapters if is_text else others)[file.path] = repository.text(file)
    return BookText(chapters=chapters, others=others)
