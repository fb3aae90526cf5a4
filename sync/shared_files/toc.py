"""The three-way merge of a table of contents: the ``toc`` cells of ``index.md``, which list the chapters of a folder.

A fork lists what it has. What English adds comes once the fork has the chapter, what English removes goes once the fork
no longer has it; the fork's own entries, titles and captions stay where they are.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sync.repositories.paths import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sync.model import RevisionPair

TOC: Final = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[ \t]*(?:toc|\{toctree\})[ \t]*\r?\n(?s:.*?)^(?P=fence)[ \t]*\r?$", re.MULTILINE
)
ENTRY: Final = re.compile(
    r"(?P<lead>[ \t]*)(?:(?P<title>\S.*?)[ \t]*<(?P<named>[^<>\s]+)>|(?P<path>[^\s:`~#<>][^\s<>]*))[ \t]*"
)
OPTION: Final = re.compile(r"[ \t]*:(?P<name>[\w-]+):.*")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a table of contents."""

    text: str
    path: str = ""
    """Of an entry, as it stands; empty for all other lines."""
    option: str = ""

    def renamed(self, path: str) -> _Line:
        return _Line(path.join(self.text.rsplit(self.path, 1)), path)


def resolve_entry(entry: str, index_path: str) -> str:
    """The path in the repository of the chapter that an entry names: ``lids`` in ``tea/index.md`` → ``tea/lids.md``."""
    path = entry.removesuffix(SUFFIX) + SUFFIX
    base = "" if path.startswith("/") else posixpath.dirname(index_path)
    return posixpath.normpath(posixpath.join(base, path.lstrip("/")))


def merge_toc(
    old: str, new: str, target: str, has: Callable[[str], bool], renamed: Mapping[str, str] | None = None
) -> str:
    """A table of contents of a fork with English's changes.

    Args:
        old, new, target: the cells with their fences: English before and now, and the fork's. Any may be empty.
        has: whether the fork has, or gets, the chapter of an entry, given as it stands in the cell.
        renamed: entries of old English that are others now.
    """
    olds, news = _read(old), _read(new)
    lines = _read(target or new)
    if not target:
        return "\n".join(line.text for line in lines if not line.path or has(line.path))
    known = {line.path for line in olds if line.path}
    wanted = [line.path for line in news if line.path]
    lines = _rename(lines, dict(renamed or {}), wanted, has)
    lines = [line for line in lines if not line.path or line.path in wanted or line.path not in known or has(line.path)]
    lines = _reorder(_options(lines, olds, news), [line.path for line in olds if line.path], wanted)
    for line in news:
        if line.path and has(line.path) and line.path not in {one.path for one in lines}:
            lines.insert(_seat(lines, wanted, line.path), _Line(line.text, line.path))
    return "\n".join(line.text for line in lines)


def _read(cell: str) -> list[_Line]:
    return [_line(text) for text in cell.replace("\r\n", "\n").split("\n")] if cell else []


def _line(text: str) -> _Line:
    if option := OPTION.fullmatch(text):
        return _Line(text, option=option["name"])
    entry = ENTRY.fullmatch(text)
    return _Line(text, entry["named"] or entry["path"]) if entry else _Line(text)


def _rename(
    lines: Sequence[_Line], renamed: Mapping[str, str], wanted: Sequence[str], has: Callable[[str], bool]
) -> list[_Line]:
    """The lines with the new paths of what English renamed, once the fork has them. Of merged ones the first is it."""
    result, there = [], {line.path for line in lines}
    for line in lines:
        to = renamed.get(line.path, "")
        if to in wanted and to not in there and has(to):
            there.add(to)
            line = line.renamed(to)
        result.append(line)
    return result


def _options(lines: Sequence[_Line], olds: Sequence[_Line], news: Sequence[_Line]) -> list[_Line]:
    """The lines with English's new options where the fork has the old ones."""
    before, after = ({line.option: line.text for line in side if line.option} for side in (olds, news))
    return [
        _Line(after[line.option], option=line.option)
        if line.option in after and line.text == before.get(line.option)
        else line
        for line in lines
    ]


def _reorder(lines: Sequence[_Line], before: Sequence[str], after: Sequence[str]) -> list[_Line]:
    """The lines in English's new order, if the fork had the old one. What is the fork's own keeps its place."""
    common = [line.path for line in lines if line.path in before and line.path in after]
    if common != [path for path in before if path in common]:
        return list(lines)
    ordered = iter(sorted((line for line in lines if line.path in common), key=lambda line: after.index(line.path)))
    return [next(ordered) if line.path in common else line for line in lines]


def _seat(lines: Sequence[_Line], wanted: Sequence[str], path: str) -> int:
    """Where to put a new entry: behind what it follows in English, else before what follows it, else at the end."""
    places = {line.path: number for number, line in enumerate(lines) if line.path}
    at = wanted.index(path)
    before = next((places[one] for one in reversed(wanted[:at]) if one in places), None)
    if before is not None:
        return before + 1
    return next((places[one] for one in wanted[at:] if one in places), len(lines) - 1)


def settle_tocs(
    pair: RevisionPair, text: str, fork_has: Callable[[str], bool], renamed: Mapping[str, str] | None = None
) -> str:
    """The translation that an update made of an index, with its tables of contents as the fork can have them.

    The update itself merges such a cell like any other and knows nothing of which chapters there are.

    Args:
        pair: the index before the update.
        text: what the update made of it; for an index whose English did not change, the translation as it is.
        fork_has: whether the fork has, or gets, a file at a path of the repository.
        renamed: old → new paths of chapters in the repository.
    """
    olds, news, ours = (_cells(side) for side in (pair.en_old, pair.en_new, pair.tgt_old))
    newline = "\r\n" if "\r\n" in text else "\n"
    theirs, before, mine = (_counterparts(_cells(text), side) for side in (news, olds, ours))

    def settle(match: re.Match[str]) -> str:
        new, old = theirs[match[0]], before[match[0]] or ""
        if new is None:
            return match[0]
        own = mine[match[0]] or (match[0] if ours else "")
        entries = dict(_renamed_entries([*_read(old), *_read(own)], renamed or {}, pair.path))
        merged = merge_toc(old, new, own, lambda entry: fork_has(resolve_entry(entry, pair.path)), entries)
        return merged.replace("\n", newline)

    return TOC.sub(settle, text)


def _cells(text: str) -> list[str]:
    return [match[0] for match in TOC.finditer(text)]


def _counterparts(cells: Sequence[str], news: Sequence[str]) -> dict[str, str | None]:
    """For each table of a translation the one of another text that it is a form of, if there is one."""
    if len(cells) == len(news):
        return dict(zip(cells, news, strict=True))
    return {cell: _likest(cell, news) for cell in cells}


def _likest(cell: str, cells: Sequence[str]) -> str | None:
    """The table that has most entries in common with a cell; none if none has any."""
    own = {line.path for line in _read(cell) if line.path}
    common = [len(own & {line.path for line in _read(one) if line.path}) for one in cells]
    return cells[common.index(max(common))] if any(common) else None


def _renamed_entries(lines: Sequence[_Line], renamed: Mapping[str, str], index_path: str) -> Iterator[tuple[str, str]]:
    """Entries and what they are called now, as they stand in an index."""
    base = posixpath.dirname(index_path) or "."
    for line in lines:
        to = renamed.get(resolve_entry(line.path, index_path)) if line.path else None
        if to:
            yield line.path, posixpath.relpath(to, base).removesuffix(SUFFIX)
