"""What a check finds, and how bad that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    """It works, and something will not be as people expect."""
    PROBLEM = "problem"
    """It will not work."""
    SKIPPED = "skipped"
    """It does not apply, or could not be looked at."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer, for people: sentences."""

    level: Level
    what: str
    why: str = ""
    """What follows from it, or what it comes from."""
    do: str = ""
    """What to do next."""


def ok(what: str, why: str = "") -> Finding:
    return Finding(Level.OK, what, why)


def warning(what: str, why: str, do: str) -> Finding:
    return Finding(Level.WARNING, what, why, do)


def problem(what: str, why: str, do: str) -> Finding:
    return Finding(Level.PROBLEM, what, why, do)


def skipped(what: str, do: str = "") -> Finding:
    return Finding(Level.SKIPPED, what, do=do)
