"""Cells and tabs that only the translation has, of a framework that English does not show: they stand with siblings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignment.model import Kind
from sync.merge.pieces import Note
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment.model import Block
    from sync.merge.chapter import Chapter
    from sync.merge.groups import Entry, Group

FRAMEWORK: Final = re.compile(r"^(?:#@|%%)tab (?!all\b)", re.MULTILINE)
"""A cell for some frameworks and not for others."""


def accompanies(index: int, chapter: Chapter) -> bool:
    """Whether a block of the translation, if it is its own, belongs to what stands before it, and moves with that."""
    if not index:
        return False
    before, block = chapter.target.blocks[index - 1 : index + 1]
    return (_is_cell(block) and _is_cell(before)) or (_is_of_tab(block) and _is_of_tab(before))


def _is_cell(block: Block) -> bool:
    return block.kind is Kind.CODE


def _is_of_tab(block: Block) -> bool:
    return block.kind is Kind.TAB or bool(block.tab)


def follows(group: Group, entry: Entry, chapter: Chapter) -> bool:
    """Whether new English goes behind a block that only the translation has. A new sibling goes before it."""
    block = chapter.target.blocks[entry.targets[0]]
    inserted = chapter.new.blocks[group.new[0]]
    sibling = _is_cell(inserted) and FRAMEWORK.search(inserted.text)
    return (_is_cell(block) or _is_of_tab(block)) and not sibling


def note_siblings(entry: Entry, groups: Sequence[Group], chapter: Chapter) -> tuple[Note, ...]:
    """Says of a cell or tab that only the translation has that English changed or removed its siblings."""
    if not entry.group.foreign:
        return ()
    first = entry.targets[0]
    block = chapter.target.blocks[first]
    if not (_is_cell(block) or block.name == "begin_tab"):
        return ()
    siblings = _siblings(first, groups, chapter)
    what = "cell" if _is_cell(block) else "tab"
    if siblings and all(one.removed for one in siblings):
        message = f"English removed the {what}s beside this one, which only the translation has; it may have to go."
        return (Note(rule="sibling-removed", severity=Severity.NOTE, message=message),)
    if any(not one.kept and not one.added for one in siblings):
        message = f"English changed a {what} beside this one, which only the translation has and may need the same."
        return (Note(rule="sibling-changed", severity=Severity.NOTE, message=message),)
    return ()


def _siblings(index: int, groups: Sequence[Group], chapter: Chapter) -> list[Group]:
    """The groups of English in the row of cells, or of tabs, that leads to this block."""
    row = set()
    while accompanies(index, chapter):
        index -= 1
        row.add(index)
    return [group for group in groups if group.old and row & set(group.target)]
