"""Comment commands: one file each, and its name here, in the order of the help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands import (
    explain,
    glossary,
    help,
    keep,
    mark_current,
    pause,
    recreate,
    refresh,
    resume,
    retranslate,
    score,
    status,
    unkeep,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.commands.model import Command, CommandSpec
    from bot.commands.visit import Visit

MODULES: Final = (
    help,
    status,
    retranslate,
    refresh,
    recreate,
    keep,
    unkeep,
    mark_current,
    pause,
    resume,
    score,
    explain,
    glossary,
)

SPECS: Final[tuple[CommandSpec, ...]] = tuple(module.SPEC for module in MODULES)
RUNS: Final[Mapping[str, Callable[[Command, Visit], str]]] = {module.SPEC.verb: module.run for module in MODULES}
"""Verb → what does it and returns the answer, as Markdown. What it raises of ``AmtsError`` is told to people."""
