"""What a real service does to markup, on order: which segments are harmed and how. Pure.

``entities``: what is escaped is escaped once more. ``spaces``: a space on both sides of every tag, and so inside of
elements too. ``dropped``, ``doubled``: one element that is not translated, or one pair of tags. ``swapped``: two
elements that are not translated exchange their places. ``merged``: a paragraph takes in the next one, whose tags go.
``lost_id``: the attribute ``id`` of the paragraph goes. ``practice``: each of them as often as it was found in
chapters that had been translated through the service and brought back to Markdown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from alignment.model import MASK_BASE
from tests.support.translate_emulator.content.masked import SENTINELS, sentinel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.support.translate_emulator.content.masked import Piece

LITERAL: Final = ("dropped", "doubled", "swapped")
PROFILES: Final = ("none", "entities", "spaces", *LITERAL, "merged", "lost_id", "practice")

# Measured shares, pooled over five languages: of the blocks with formulas, code or references, of those with marks
# round words, of all blocks (those that have no partner any more; those with signs of the converter left in them).
# What became of a literal was not told apart: each kind has a third.
MEASURED: Final = {"spaces": 0.225, **dict.fromkeys(LITERAL, 0.0273 / 3), "merged": 0.011, "entities": 0.0004}

ID: Final = re.compile(r"""\s+id\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Damage:
    """Harm to a share of the segments. The same segment is always harmed in the same way."""

    profile: str
    share: float = 1.0
    """Of the segments that can be harmed so. Of ``practice`` it is a multiple of what was measured."""
    seed: int = 0

    def __post_init__(self) -> None:
        if self.profile not in PROFILES:
            message = f"There is no damage {self.profile!r}; there are {', '.join(PROFILES)}."
            raise ValueError(message)

    def choose(self, segment: str, possible: Sequence[str]) -> str:
        """What happens to a segment, of what can happen to it; or nothing.

        ``segment`` tells it from others: its text with the tag before it.
        """
        shares = MEASURED if self.profile == "practice" else {self.profile: 1.0}
        hit = (kind for kind in shares if kind in possible and self.draw(segment, kind) < self.share * shares[kind])
        return next(hit, "")

    def draw(self, segment: str, what: str) -> float:
        """A number from 0 to 1 that depends on nothing else."""
        digest = sha256(f"{self.seed}\0{what}\0{segment}".encode()).digest()
        return int.from_bytes(digest[:8]) / 2**64


def possible_kinds(text: str, pieces: Sequence[Piece], *, has_next: bool, has_id: bool) -> tuple[str, ...]:
    """What can be done to a segment."""
    here = {ord(sign) - MASK_BASE for sign in SENTINELS.findall(text)}
    literals = {pieces[number].raw for number in here if pieces[number].text}
    groups = _groups(text, pieces)
    facts = {
        "entities": bool(re.search("[&<>]", text) or any("&" in pieces[number].raw for number in here)),
        "spaces": any(pieces[number].partner >= 0 for number in here),
        "dropped": bool(groups),
        "doubled": bool(groups),
        "swapped": len(literals) > 1,
        "merged": has_next,
        "lost_id": has_id,
    }
    return tuple(kind for kind, is_possible in facts.items() if is_possible)


def harm(kind: str, text: str, pieces: Sequence[Piece], draw: float) -> str:
    """A translation with its private characters, harmed. ``draw`` (0 to 1) says which of them."""
    if kind == "spaces":
        return SENTINELS.sub(lambda found: f" {found[0]} ", text)
    if kind == "swapped":
        return _swapped(text, pieces, draw)
    if kind in LITERAL:
        groups = _groups(text, pieces)
        signs = "".join(groups[int(draw * len(groups))])
        if kind == "dropped":
            return re.sub(f"[{signs}]", "", text)
        return text.replace(signs[-1], f"{signs[-1]} {signs}", 1)
    return text


def _groups(text: str, pieces: Sequence[Piece]) -> list[tuple[str, ...]]:
    """The elements that are not translated, and the pairs of tags, by their private characters."""
    numbers = [ord(sign) - MASK_BASE for sign in SENTINELS.findall(text)]
    literals = [(sentinel(number),) for number in numbers if pieces[number].text]
    pairs = [(number, pieces[number].partner) for number in numbers if pieces[number].partner > number]
    return [*literals, *((sentinel(opener), sentinel(closer)) for opener, closer in pairs)]


def _swapped(text: str, pieces: Sequence[Piece], draw: float) -> str:
    """The places of two elements exchanged that do not look the same."""
    signs = [sign for sign in SENTINELS.findall(text) if pieces[ord(sign) - MASK_BASE].text]
    raw = {sign: pieces[ord(sign) - MASK_BASE].raw for sign in signs}
    different = [(one, other) for one in signs for other in signs if one < other and raw[one] != raw[other]]
    one, other = different[int(draw * len(different))]
    return text.translate({ord(one): other, ord(other): one})


def without_id(tag: str) -> str:
    return ID.sub("", tag, count=1)
