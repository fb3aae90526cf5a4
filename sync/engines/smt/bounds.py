"""What must be translated together, so that markup stays round its words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sync.engines.smt.options import Option
    from sync.engines.smt.words import Zone


@dataclass(frozen=True, slots=True)
class Bounds:
    """Zones, whose words stay together, and walls, which no word passes."""

    zones: tuple[tuple[int, int], ...] = ()
    walls: tuple[int, ...] = ()

    @staticmethod
    def of(zones: Iterable[Zone], keys: Sequence[str] = ()) -> Bounds:
        """The bounds of markup, and of brackets among the keys of the words."""
        every = tuple(zones)
        return Bounds(
            tuple({(zone.start, zone.end) for zone in every if not zone.is_wall} | _brackets(keys)),
            tuple(zone.start for zone in every if zone.is_wall),
        )

    def allow(self, start: int, end: int) -> bool:
        """Whether a phrase lies within or around each zone, and on one side of each wall."""
        if any(start < wall < end for wall in self.walls):
            return False
        return all(
            end <= first or start >= last or (start <= first and last <= end) or (first <= start and end <= last)
            for first, last in self.zones
        )

    def keeps(self, option: Option) -> bool:
        """Whether the words of each zone within a phrase become words of their own, side by side."""
        return all(_keeps(option, first, last) for first, last in self.zones)

    def window(self, coverage: int, size: int) -> tuple[int, int]:
        """The words from which the next phrase must come, if those of ``coverage`` (a bit each) are translated."""
        low, high = 0, size
        for wall in self.walls:
            if coverage & ((1 << wall) - 1) != (1 << wall) - 1:
                high = min(high, wall)
        for first, last in self.zones:
            mask = ((1 << (last - first)) - 1) << first
            if coverage & mask and coverage & mask != mask:
                low, high = max(low, first), min(high, last)
        return low, high


def _brackets(keys: Sequence[str]) -> set[tuple[int, int]]:
    """The words in brackets, and the brackets."""
    opened: list[int] = []
    found = set()
    for at, key in enumerate(keys):
        if key == "(":
            opened.append(at)
        elif key == ")" and opened:
            found.add((opened.pop(), at + 1))
    return found


def _keeps(option: Option, first: int, last: int) -> bool:
    start, end = option.start, option.end
    if end <= first or start >= last:
        return True
    if first <= start and end <= last:
        return bool(option.target)
    inside = {j for i, j in option.links if first <= start + i < last}
    outside = {j for i, j in option.links if not first <= start + i < last}
    return bool(inside) and not any(min(inside) <= j <= max(inside) for j in outside)
