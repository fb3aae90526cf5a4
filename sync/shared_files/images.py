"""The pictures that a chapter shows, as paths in the repository; and which of them a fork is to get from English."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from alignment.markdown import D2L, parse
from alignment.model import Kind
from sync.repositories.paths import unsafe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from alignment.markdown import Profile
    from alignment.model import Block

IMAGE: Final = re.compile(
    r"!\[[^\]]*\]\(\s*(?:<(?P<angled>[^<>\n]+)>|(?P<bare>[^\s()]+(?:\([^\s()]*\)[^\s()]*)*))[^()]*\)"
    r"""|<img\b[^>]*?\bsrc\s*=\s*["']?(?P<source>[^"'\s>]+)"""
)
FIGURE: Final = re.compile(r"\{(?:figure|image)\}[ \t]*(?P<path>\S+)")
ELSEWHERE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")
"""Begins an address that is no path of the repository."""
HIDDEN: Final = frozenset({Kind.MATH, Kind.COMMENT, Kind.PENDING})


def needed_images(text: str, chapter_path: str, profile: Profile = D2L) -> tuple[str, ...]:
    """Paths from the root of the repository, each once, in order. Those that lead out of it are left out."""
    found = (_resolved(path, chapter_path) for block in parse(text, profile).blocks for path in _paths(block))
    return tuple(dict.fromkeys(path for path in found if path))


def images_to_add(
    before: str, after: str, chapter_path: str, fork_has: Callable[[str], bool], profile: Profile = D2L
) -> tuple[str, ...]:
    """The pictures that an update brings into a chapter and that the fork lacks. What it has is never replaced.

    Args:
        before, after: the translation before and after the update.
        chapter_path: where it stands in the repository.
        fork_has: whether the fork has a file at a path of the repository.
        profile: the dialect of the book.
    """
    known = set(needed_images(before, chapter_path, profile))
    wanted = needed_images(after, chapter_path, profile)
    return tuple(path for path in wanted if path not in known and not fork_has(path))


def _paths(block: Block) -> Iterator[str]:
    if block.kind in HIDDEN:
        return
    if block.kind is Kind.CODE:
        yield from (match["path"] for match in FIGURE.finditer(block.text.partition("\n")[0]))
        return
    for match in IMAGE.finditer(block.text):
        yield match["angled"] or match["bare"] or match["source"]
    yield from (match["path"] for match in FIGURE.finditer(block.text))


def _resolved(path: str, chapter_path: str) -> str | None:
    if ELSEWHERE.match(path):
        return None
    plain = unquote(re.split(r"[?#]", path)[0])
    base = "" if plain.startswith("/") else posixpath.dirname(chapter_path)
    resolved = posixpath.normpath(posixpath.join(base, plain.lstrip("/")))
    return None if resolved in {"", "."} or unsafe(resolved) else resolved
