"""What a repair looks at, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alignment.markdown import spans
from alignment.model import Mark

if TYPE_CHECKING:
    from alignment.locales import Locale
    from alignment.markdown import Profile
    from alignment.model import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Characters of a text, and what shall stand in their place."""

    start: int
    end: int
    text: str
    message: str
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A block of prose of a translation, and the English blocks that it stands for."""

    block: Block
    english: tuple[Block, ...]
    profile: Profile
    locale: Locale
    chapter: str = ""
    """All of the English; empty where it is not known from what the translation was made."""
    translation: str = ""
    """All of the translation."""
    title: str = ""
    """Of a heading: its English, where both sides have the same headings in the same order."""
    items: tuple[str, ...] = ()
    """Of a heading that has a title: the marks of the items that begin right below it in English."""
    newline: str = "\n"

    @property
    def source(self) -> str:
        """The English, in one text."""
        return "\n\n".join(block.text for block in self.english)

    def lacks(self, markup: str) -> bool:
        """Whether English has some markup oftener: beside this block, or in the whole chapter.

        Without any English there is no telling, and what could be markup and nothing else is taken for it.
        """
        beside = self.source.count(markup) > self.block.text.count(markup)
        return beside or not self.chapter or self.chapter.count(markup) > self.translation.count(markup)

    def count(self, mark: Mark, text: str | None = None) -> int:
        """How many pieces or pairs of one sort of markup are in the block, or in what it would become."""
        found = spans(self.block.text if text is None else text, self.profile)
        return sum(one.mark is mark and not one.closes for _, _, one in found)

    def gains(self, mark: Mark, *edits: Edit) -> bool:
        """Whether edits, given in order, make markup of what was none."""
        return self.count(mark, apply(self.block.text, edits)) > self.count(mark)

    def is_taken(self, start: int, end: int) -> bool:
        """Whether some characters lie in a formula or in code, where nothing is repaired."""
        return any(
            begin < end and start < stop and one.mark in (Mark.MATH, Mark.CODE)
            for begin, stop, one in spans(self.block.text, self.profile)
        )


def apply(text: str, edits: tuple[Edit, ...]) -> str:
    """The text with edits that do not overlap, given in order."""
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join((*pieces, text[at:]))
