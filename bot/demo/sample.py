"""The book of the demo as it is packaged: its English revision by revision, and the forks made from the first one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from sync.repositories.paths import is_about_repository, is_chapter, origin_path
from sync.repositories.revisions import FileChange

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

ENGLISH: Final = "en"
MESSAGE: Final = "MESSAGE"
DELETED: Final = "DELETED"
DATE: Final = "Date: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One commit of a book."""

    subject: str
    date: str
    """ISO 8601, with its offset."""
    files: tuple[FileChange, ...]
    """What it brings and, without a text, what it removes."""


def languages() -> tuple[str, ...]:
    """The language tags of the forks."""
    return tuple(sorted(folder.name for folder in _root().iterdir() if folder.is_dir() and folder.name != ENGLISH))


@cache
def english() -> tuple[Revision, ...]:
    """The history of the English book, oldest first."""
    folders = sorted((_root() / ENGLISH).iterdir(), key=lambda folder: folder.name)
    return tuple(_revision(folder) for folder in folders)


def fork(lang: str) -> Revision:
    """The only commit of a fork: the translation, the English it was made from beside it, and what both books share."""
    first = english()[0]
    own = tuple(FileChange(path, text) for path, text in _read(_root() / lang))
    shared = tuple(file for file in first.files if not is_chapter(file.path))
    translated = {file.path for file in own if not is_about_repository(file.path)}
    origins = tuple(replace(file, path=origin_path(file.path)) for file in first.files if file.path in translated)
    return Revision(subject=f"Translate the {first.subject.lower()}", date=first.date, files=(*own, *origins, *shared))


def _root() -> Traversable:
    return files("bot") / "sample"


def _revision(folder: Traversable) -> Revision:
    found = dict(_read(folder))
    subject, _, date = found.pop(MESSAGE).splitlines()
    removed = tuple(FileChange(path, None) for path in found.pop(DELETED, "").splitlines())
    brought = tuple(FileChange(path, text) for path, text in found.items())
    return Revision(subject=subject, date=date.removeprefix(DATE), files=(*removed, *brought))


def _read(folder: Traversable, above: str = "") -> Iterator[tuple[str, str]]:
    """Path and text of every file below a folder; the texts as they are, line endings included."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _read(entry, f"{above}{entry.name}/")
        else:
            yield f"{above}{entry.name}", entry.read_bytes().decode("utf-8")
