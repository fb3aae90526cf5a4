"""Words by number. Pure."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from sync.engines.smt.language_model import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PREFIX: Final = 4
"""Letters that two forms of one word have in common at least."""
ENDING: Final = 3
"""Letters that forms of one word may differ in at their end."""


class Vocabulary:
    """Words and their numbers, from 1: 0 ends sentences."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        self.names = ["", *names]
        self.numbers = {name: number for number, name in enumerate(self.names) if number}

    def add(self, name: str) -> int:
        """The number of a word, which is given one if it has none."""
        number = self.numbers.setdefault(name, len(self.names))
        if number == len(self.names):
            self.names.append(name)
        return number

    def get(self, name: str) -> int:
        """The number of a word, or ``UNKNOWN``."""
        return self.numbers.get(name, UNKNOWN)

    def copy(self) -> Vocabulary:
        return Vocabulary(self.names[1:])

    @cached_property
    def _by_prefix(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self.names[1:]:
            if len(name) >= PREFIX and name.isalpha():
                found.setdefault(name[:PREFIX], []).append(name)
        return found

    def form_of(self, name: str) -> int:
        """Another form of an unknown word: the known word that begins like it and differs only at its end.

        ``UNKNOWN`` where there is none. Words get their numbers as they are first seen, so of equals the first counts.
        """
        best = UNKNOWN, (0, 0)
        for known in self._by_prefix.get(name[:PREFIX], ()) if name.isalpha() else ():
            common = _common(name, known)
            rest = max(len(name), len(known)) - common
            if rest <= ENDING and (common, -rest) > best[1]:
                best = self.numbers[known], (common, -rest)
        return best[0]


def _common(one: str, other: str) -> int:
    """Letters at the beginning that are the same."""
    for number, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return number
    return min(len(one), len(other))
