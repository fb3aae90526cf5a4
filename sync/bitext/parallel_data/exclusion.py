"""Texts that must not be among the pairs: test sets, what a machine wrote, what is behind its English. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from rapidfuzz import process
from rapidfuzz.distance import Indel

from alignment.markdown import parse
from sync.bitext.engine_text import engine_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment.markdown import Profile

NEAR: Final = 0.9
"""Share of common characters from which a text is as good as the excluded one."""
PART: Final = 24
"""Bytes from which a text counts where it is a part of another: two short ones may be alike by chance."""


def key(text: str) -> str:
    """What is compared of a text as an engine sees it."""
    return text.casefold()


class Texts:
    """A set of texts, asked for by their keys."""

    def __init__(self, texts: Iterable[str], profile: Profile) -> None:
        """Of Markdown as it stands, list markers and the like included."""
        contents = (block.content for text in texts for block in parse(text, profile).blocks)
        keys = {key(engine_text(content, profile)) for content in contents} - {""}
        self._sorted = sorted(keys, key=lambda one: (len(one), one))
        self._lengths = [len(one) for one in self._sorted]
        self._exact = frozenset(keys)
        self._long = [one for one in self._sorted if _counts_as_part(one)]
        self._all = "\n".join(self._long)

    def holds(self, asked: str) -> bool:
        """Whether a text is one of them, or a part of one, or has one as a part."""
        if asked in self._exact:
            return True
        return _counts_as_part(asked) and (asked in self._all or any(one in asked for one in self._long))

    def resembles(self, asked: str) -> bool:
        """The same, or whether it is nearly one of them."""
        if not self._sorted or self.holds(asked):
            return bool(self._sorted)
        low = bisect_left(self._lengths, int(len(asked) * NEAR / (2 - NEAR)))
        high = bisect_right(self._lengths, int(len(asked) * (2 - NEAR) / NEAR) + 1)
        near = process.extractOne(
            asked, self._sorted[low:high], scorer=Indel.normalized_similarity, score_cutoff=NEAR, processor=None
        )
        return near is not None


def _counts_as_part(text: str) -> bool:
    return len(text.encode("utf-8", "replace")) >= PART
