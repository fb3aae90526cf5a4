"""Drafts into the places of a merged cell that wait for them, so that no draft can break the cell."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sync.merge.cell.formula import skeleton
from sync.merge.cell.model import CellMerge, Form, Slot
from sync.merge.cell.syntax import FENCE, code_of_cell
from sync.merge.cell.words import MARK, same_fields, width, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS: Final = 79
"""Comments are wrapped here, unless the lines they replace are longer."""

QUOTES = re.compile(r"\"\"\"|'''|\"|'")


def fill(merge: CellMerge, drafts: Mapping[int, str]) -> tuple[CellMerge, tuple[int, ...]]:
    """Put drafts into slots, given by their index, laid out as what they replace.

    Returns the cell, all its slots at their new places, and the indices of the drafts that were refused: empty ones,
    those that would change the code or the formula round them, and those that lose a field of a format.
    """
    refused: list[int] = []
    for index in sorted(drafts):
        filled = _fill_one(merge, index, " ".join(drafts[index].split()))
        if filled is None:
            refused.append(index)
        else:
            merge = filled
    return merge, tuple(refused)


def _fill_one(merge: CellMerge, index: int, draft: str) -> CellMerge | None:
    slot = merge.slots[index]
    if not draft or (slot.form is Form.LITERAL and not same_fields(slot.source, draft)):
        return None
    words = _lay_out(merge.text, slot, draft)
    text = merge.text[: slot.start] + words + merge.text[slot.end :]
    if not _does_the_same(merge.text, text):
        return None
    grown = len(words) - (slot.end - slot.start)
    slots = tuple(
        replace(other, start=other.start + grown * (i > index), end=other.end + grown * (i >= index))
        for i, other in enumerate(merge.slots)
    )
    return replace(merge, text=text, slots=slots)


def _does_the_same(before: str, after: str) -> bool:
    what = code_of_cell if FENCE.match(before) else skeleton
    return what(before.replace("\r\n", "\n")) == what(after.replace("\r\n", "\n"))


def _lay_out(text: str, slot: Slot, draft: str) -> str:
    old = text[slot.start : slot.end]
    if slot.form is Form.TEX:
        return old[: len(old) - len(old.lstrip())] + draft + old[len(old.rstrip()) :]
    if slot.form is Form.LITERAL:
        return old[: len(old) - len(old.lstrip())] + _escape(draft, text, slot.end) + old[len(old.rstrip()) :]
    found = MARK.match(old) if slot.context == "comment" else None
    mark = found.group() if found else ""
    if slot.form is Form.TRAILING:
        return mark + draft
    line_start = text.rfind("\n", 0, slot.start) + 1
    leading = text[line_start : slot.start]
    indent = leading[: len(leading) - len(leading.lstrip())]
    lines = old.splitlines()
    columns = max(COLUMNS, width(leading + lines[0]), *(width(line) for line in lines))
    newline = "\r\n" if "\r\n" in text else "\n"
    draft = draft if mark else _escape(draft, text, slot.end)
    return (newline + indent).join(mark + line for line in wrap(draft, columns - width(leading + mark)))


def _escape(draft: str, text: str, end: int) -> str:
    """A draft in the quotes that close behind it, or that it shares with further paragraphs."""
    quote = QUOTES.search(text, end)
    if not quote:
        return draft
    if len(quote.group()) == 1:
        return re.sub(rf"(?<!\\){quote.group()}", rf"\\{quote.group()}", draft)
    glued = quote.start() == end and draft.endswith(quote.group()[0])
    return f"{draft[:-1]}\\{draft[-1]}" if glued else draft
