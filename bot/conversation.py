"""A comment on one of our pull requests → its commands, done once, by people who may, and answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from bot.client import Client
    from bot.model import Commented
    from bot.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How it ended."""

    reason: str
    code: int = 0
    """Of the run."""


def converse(event: Commented, client: Client, open_site: Callable[[], AbstractContextManager[Site]]) -> Said:
    """Do what a comment asks for. Nothing is cloned before a command needs it."""
    raise NotImplementedError
