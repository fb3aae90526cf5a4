"""What a path says: whether it may be written, whether it is a chapter, and where its English and its state stand."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Sequence

SUFFIX: Final = ".md"
ORIGIN_SUFFIX: Final = "_origin.md"
"""Beside ``X.md`` a fork keeps ``X_origin.md``: the English that it was translated from."""

STATE_FOLDER: Final = ".amts/state"
MAX_COMPONENT: Final = 255
"""Bytes that file systems allow between two slashes."""


def unsafe(path: str) -> str:
    """Why ``path`` must not be written below a folder or into a tree; empty where it may.

    Repositories are written by strangers, and git can store names that a careless program follows out of the folder or
    into ``.git``, whose spellings on other file systems count too.
    """
    parts = path.split("/")
    if any(ord(character) < 32 or character in "\x7f\\" for character in path):
        return "its name has a control character or a backslash"
    if any(part in {"", ".", ".."} for part in parts) or ":" in parts[0][1:2]:
        return "it is not a path below the repository"
    if any(part.rstrip(" .").lower() in {".git", "git~1"} for part in parts):
        return "it lies in a folder of git's own"
    if any(len(part.encode("utf-8", "surrogateescape")) > MAX_COMPONENT for part in parts):
        return "its name is too long"
    return ""


def folded(path: str) -> str:
    """What two paths have in common which are one file where case, or how an accent is written, makes no difference."""
    return normalize("NFC", path).casefold()


def is_chapter(path: str) -> bool:
    """Whether a path holds text of the book: Markdown, but not the English kept beside a translation."""
    return path.endswith(SUFFIX) and not path.endswith(ORIGIN_SUFFIX)


def is_about_repository(path: str) -> bool:
    """Whether a Markdown file speaks of the repository and not of the book: ``README.md``, ``.github/…``.

    Such files are named in capitals by custom, and each fork writes its own.
    """
    parts = PurePosixPath(path)
    return parts.stem.isupper() or any(part.startswith(".") for part in parts.parts)


def selects(globs: Sequence[str], path: str) -> bool:
    """Whether one of ``globs`` names ``path`` or a folder above it; ``*`` matches slashes too. No globs: all."""
    if not globs:
        return not is_about_repository(path)
    return any(fnmatchcase(path, glob) or fnmatchcase(path, glob.rstrip("/") + "/*") for glob in globs)


def origin_path(path: str) -> str:
    """``chapter_x/y.md`` → ``chapter_x/y_origin.md``."""
    return path.removesuffix(SUFFIX) + ORIGIN_SUFFIX


def chapter_of_origin(path: str) -> str:
    """``chapter_x/y_origin.md`` → ``chapter_x/y.md``."""
    return path.removesuffix(ORIGIN_SUFFIX) + SUFFIX


def state_path(path: str) -> str:
    """``chapter_x/y.md`` → ``.amts/state/chapter_x/y.json``."""
    return f"{STATE_FOLDER}/{path.removesuffix(SUFFIX)}.json"
