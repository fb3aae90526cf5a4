"""Requests a second, and pages of lists."""

from __future__ import annotations

import base64
import threading
import time
from typing import TYPE_CHECKING, TypeVar

from tests.support.translate_emulator.errors import refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Item = TypeVar("Item")
PAGE = 100


class Rates:
    """A token bucket for each operation, one second deep. By the real clock: that is what clients sleep by."""

    def __init__(self, rates: Mapping[str, float], tell: Callable[[], float] = time.monotonic) -> None:
        self._rates = rates
        self._tell = tell
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def take(self, operation: str) -> None:
        """Raises a refusal when there were too many."""
        rate = self._rates.get(operation)
        if rate is None:
            return
        with self._lock:
            now = self._tell()
            left, last = self._left.get(operation, (rate, now))
            left = min(rate, left + (now - last) * rate)
            self._left[operation] = (max(left - 1, 0) if left >= 1 else left, now)
        if left < 1:
            refuse("TooManyRequestsException", "Rate exceeded")


def page(items: Sequence[Item], token: str | None, size: int | None, code: str) -> tuple[list[Item], dict[str, str]]:
    """A page of a list, and the member that leads to the next one. ``code`` refuses a token that is none."""
    start = 0 if token is None else _place(token, code)
    end = start + (size or PAGE)
    more = {"NextToken": base64.b64encode(f"page {end}".encode()).decode()} if end < len(items) else {}
    return list(items[start:end]), more


def _place(token: str, code: str) -> int:
    try:
        word, place = base64.b64decode(token, validate=True).decode().split()
        start = int(place)
    except ValueError:
        word = ""
    if word != "page":
        refuse(code, "The NextToken is not valid.")
    return start
