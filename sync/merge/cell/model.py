"""What a merged code cell or formula is: its text, and the words in it that wait for a translator."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Form(StrEnum):
    """What words stand in, which decides how new ones are put there."""

    BLOCK = "block"
    """A comment on lines of its own; the span begins with its mark."""
    TRAILING = "trailing"
    """A comment behind code; the span begins with its mark."""
    DOCSTRING = "docstring"
    """A paragraph of a string that stands alone; the span is inside the quotes."""
    LITERAL = "literal"
    """Any other string; the span is what is between its quotes."""
    TEX = "tex"
    r"""``\text{…}`` of a formula; the span is what is between its braces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Words of a cell whose English is new or changed, and which a translator would translate."""

    form: Form
    source: str
    """The new English words, without comment mark, quotes or line ends."""
    old_source: str = ""
    """What they were, where they are an edit of something similar."""
    old_target: str = ""
    """The translation of what they were."""
    start: int = 0
    """Span in the text of the merge that the slot belongs to, comment mark included."""
    end: int = 0

    @property
    def context(self) -> str:
        """``comment`` or ``string``, as in a job for an engine."""
        return "comment" if self.form in (Form.BLOCK, Form.TRAILING) else "string"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellMerge:
    """A merged code cell or formula."""

    text: str
    """The block, every slot filled with what can stand there until it has a draft."""
    slots: tuple[Slot, ...] = ()
    conflicts: tuple[str, ...] = ()
    """A sentence for each place where two changes met: what English did, what the translation has, what was done."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a merge that is being put together. The whole of it is the span of its slot."""

    text: str
    slot: Slot | None = None


def join(pieces: Iterable[Piece], conflicts: Iterable[str] = ()) -> CellMerge:
    """The merge made of these pieces."""
    text: list[str] = []
    slots: list[Slot] = []
    length = 0
    for piece in pieces:
        if piece.slot:
            slots.append(replace(piece.slot, start=length, end=length + len(piece.text)))
        text.append(piece.text)
        length += len(piece.text)
    return CellMerge(text="".join(text), slots=tuple(slots), conflicts=tuple(conflicts))


def rewrite(merge: CellMerge, change: Callable[[str], str]) -> CellMerge:
    """The same merge in another layout. ``change`` must treat every line by itself and only lengthen line starts."""

    def place(offset: int) -> int:
        # A line that has only begun must look like one with text, or what would lead it is missed.
        return len(change(merge.text[:offset] + "x")) - 1

    slots = tuple(replace(slot, start=place(slot.start), end=place(slot.end)) for slot in merge.slots)
    return replace(merge, text=change(merge.text), slots=slots)
