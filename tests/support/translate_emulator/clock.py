"""The emulator's time. Tests move it; by hand it may run faster than the real one."""

from __future__ import annotations

import math
import threading
import time


class Clock:
    """Starts at a whole second, and stands still unless ``scale`` says how many of its seconds pass in a real one.

    With ``step``, each request moves it on by so many seconds: time for a client in a process of its own, where nobody
    can call :meth:`advance` between its looks, and still the same in every run.
    """

    def __init__(self, start: float | None = None, *, scale: float = 0.0, step: float = 0.0) -> None:
        self.scale = scale
        self.step = step
        self._offset = math.floor(time.time()) if start is None else start
        self._began = time.monotonic()
        self._lock = threading.Lock()

    def now(self) -> float:
        """Seconds since 1970, to the millisecond: what answers say is then exactly what was meant."""
        with self._lock:
            return round(self._offset + (time.monotonic() - self._began) * self.scale, 3)

    def advance(self, seconds: float) -> None:
        """Moves it on."""
        if seconds < 0:
            reason = "Time does not run backwards here."
            raise ValueError(reason)
        with self._lock:
            self._offset += seconds

    def run(self, scale: float) -> None:
        """From now on, so many of its seconds pass in a real one; 0 stops it."""
        now = self.now()
        with self._lock:
            self._offset, self._began, self.scale = now, time.monotonic(), scale
