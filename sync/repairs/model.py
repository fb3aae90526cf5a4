"""What a repair looks at, and what it answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alignment.markdown import spans
from alignment.model import Mark

if TYPE_CHECKING:
    import re

    from alignment.locales import Locale
    from alignment.markdown import Profile
    from alignment.model import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A block of a translation, and the English blocks that it stands for."""

    block: Block
    english: tuple[Block, ...]
    profile: Profile
    locale: Locale
    chapter: str = ""
    """All of the English."""
    title: str = ""
    """Of a heading: its English, where both sides have the same headings in the same order."""

    @property
    def source(self) -> str:
        """The English, in one text."""
        return "\n\n".join(block.text for block in self.english)

    def lacks(self, mark: Mark) -> Counter[str]:
        """The marks of a kind that English has oftener than the translation, as they stand in the English."""
        return self._marks(self.source, mark) - self._marks(self.block.text, mark)

    def _marks(self, text: str, mark: Mark) -> Counter[str]:
        return Counter(one.text for _, _, one in spans(text, self.profile) if one.mark is mark)

    def opened(self, mark: Mark) -> int:
        """How many pairs of a mark English has more than the translation."""
        english, ours = (
            sum(one.mark is mark and one.opens for _, _, one in spans(text, self.profile))
            for text in (self.source, self.block.text)
        )
        return english - ours

    def is_taken(self, match: re.Match[str]) -> bool:
        """Whether a match lies in a formula or in code."""
        return any(
            start < match.end() and match.start() < end and one.mark in (Mark.MATH, Mark.CODE)
            for start, end, one in spans(self.block.text, self.profile)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Characters of a text, and what shall stand in their place."""

    start: int
    end: int
    text: str
    message: str
    rule: str = ""
