"""What each feature of a translation weighs. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

FEATURES: Final = (
    "p(target|source)",
    "p(source|target)",
    "lex(target|source)",
    "lex(source|target)",
    "phrases",
    "words",
    "rarity",
    "example",
    "omission",
    "language model",
    "distortion",
    "orientation",
)
EXAMPLE: Final = 7
LANGUAGE_MODEL: Final = 9
DISTORTION: Final = 10
ORIENTATION: Final = 11
EVEN: Final = (0.75, 0.08, 0.17)
"""Orientations expected of a phrase pair of which little is known: monotone, swapped, apart."""
BELIEF: Final = 3.0


@dataclass(frozen=True, slots=True)
class Weights:
    """One number for each of ``FEATURES``."""

    values: tuple[float, ...]

    def sum(self, features: Sequence[float]) -> float:
        return sum(weight * value for weight, value in zip(self.values, features, strict=False))

    def orientation(self, *counts: Sequence[float]) -> tuple[float, float, float]:
        """Weighed logarithms of the chance of each orientation."""
        sums = [BELIEF * even + sum(one[number] for one in counts) for number, even in enumerate(EVEN)]
        whole = sum(sums)
        first, second, third = (self.values[ORIENTATION] * log(one / whole) for one in sums)
        return first, second, third


DEFAULT: Final = Weights((0.08, 0.08, 0.04, 0.025, -0.1, 0.25, -0.02, 1.5, -0.75, 0.085, -0.005, 0.13))
