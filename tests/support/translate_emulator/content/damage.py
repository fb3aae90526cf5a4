"""What a real service does to markup, on order: which segments are harmed and how. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LITERAL: Final = ("dropped", "doubled", "swapped")
PROFILES: Final = ("none", "entities", "spaces", *LITERAL, "merged", "lost_id", "practice")


@dataclass(frozen=True, slots=True)
class Damage:
    """Harm to a share of the segments. The same segment at the same place is always harmed in the same way."""

    profile: str
    share: float = 1.0
    """Of the segments that can be harmed so. Of ``practice``: a multiple of what was measured."""
    seed: int = 0

    def __post_init__(self) -> None:
        if self.profile not in PROFILES:
            message = f"There is no damage {self.profile!r}; there are {', '.join(PROFILES)}."
            raise ValueError(message)
