"""How one waits for a service: with a clock of one's own choosing, not all at the same moment, and not for ever."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sync.errors import Waiting

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST: Final = 15.0
LONGEST: Final = 120.0
"""Seconds: the window of a back-off at first, and at most."""
LOOK: Final = 5.0
LOOK_GROWTH: Final = 1.5
LOOK_LONGEST: Final = 30.0
"""Seconds between two looks at something that takes minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """The clock, and what passes it. Those of the process are taken as they are when this is made."""

    now: Callable[[], float] = field(default_factory=lambda: time.time)
    """Seconds since 1970, as machines that cannot see each other agree on."""
    sleep: Callable[[float], None] = field(default_factory=lambda: time.sleep)
    random: Callable[[], float] = random.random
    """From 0 to 1."""

    def pause(self, seconds: float, deadline: float, why: str) -> None:
        """Sleep, but not past the deadline.

        Raises:
            Waiting: the deadline is reached. It says why one waited.
        """
        left = deadline - self.now()
        if left <= 0:
            raise Waiting(why)
        self.sleep(min(seconds, left))

    def back_off(self, attempt: int) -> float:
        """Seconds to wait after so many refusals, from anywhere in a window that doubles ("full jitter": Brooker,
        "Exponential Backoff and Jitter", 2015)."""
        return self.random() * min(LONGEST, FIRST * 2.0 ** min(attempt, 10))


def until_next_look(looks: int) -> float:
    """Seconds to the next look after so many."""
    return float(min(LOOK_LONGEST, LOOK * LOOK_GROWTH ** min(looks, 10)))
