"""A text in which each tag, and each element that is not translated, is one private character. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from alignment.markdown.masking import SENTINELS
from alignment.model import MASK_BASE

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MASK_BASE", "SENTINELS", "MaskedText", "Piece", "sentinel"]


@dataclass(frozen=True, slots=True)
class Piece:
    """What one private character stands for."""

    raw: str
    """As it stands in the document."""
    text: str = ""
    """What a reader sees of it: the text of an element that is not translated, nothing of a tag."""
    partner: int = -1
    """Of a tag, the number of the other half of its pair, or -1."""


class MaskedText(str):
    """A text with private characters that knows what stands behind them. Without that it is a text like any other."""

    __slots__ = ("pieces",)

    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, text: str, pieces: Sequence[Piece]) -> Self:
        """``pieces[i]`` is that of the character ``sentinel(i)``."""
        made = cls(text)
        made.pieces = tuple(pieces)
        return made


def sentinel(number: int) -> str:
    return chr(MASK_BASE + number)
