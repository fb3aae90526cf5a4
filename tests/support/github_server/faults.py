"""What goes wrong on order."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."


@dataclass(slots=True, kw_only=True)
class Fault:
    """Meets the ``nth`` call that ``call`` names, and ``times - 1`` after it."""

    call: str
    """``METHOD /path``: ``*`` is any method or one part of a path, ``**`` all that is left, ``R`` any repository."""
    nth: int = 1
    times: int = 1
    kind: Literal["status", "reset", "slow", "primary", "secondary", "before"] = "status"
    status: int = 502
    message: str = "Server Error"
    after: bool = False
    """Whether the call is carried out all the same, and only its answer is lost."""
    seconds: float = 0.0
    """How slow; or what is asked to wait."""
    act: Callable[[], object] | None = None
    """What to do before the call."""
    met: int = 0

    def meets(self, method: str, path: str) -> bool:
        """Whether it is this call's turn; counts."""
        if not names(self.call, method, path):
            return False
        self.met += 1
        return self.nth <= self.met < self.nth + self.times


def names(call: str, method: str, path: str) -> bool:
    """Whether a form such as ``POST R/pulls`` names a call."""
    wanted, _, form = call.partition(" ")
    return wanted in ("*", method) and re.fullmatch(pattern(form), path) is not None


def pattern(form: str) -> str:
    """The regular expression of a form of paths."""
    form = re.sub(r"^R(?=/|$)", "/repos/*/*", form)
    return re.escape(form).replace(r"\*\*", ".*").replace(r"\*", "[^/]+")


@dataclass(slots=True)
class Faults:
    """Those on order."""

    ordered: list[Fault] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, method: str, path: str) -> list[Fault]:
        """Those that a call meets."""
        with self._lock:
            return [one for one in self.ordered if one.meets(method, path)]

    @property
    def waiting(self) -> list[Fault]:
        """Those that nothing has met yet: a test that ordered them has missed its aim."""
        return [one for one in self.ordered if one.met < one.nth]
