"""``/amts help``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.model import CommandSpec, Level

if TYPE_CHECKING:
    from bot.commands.model import Command
    from bot.commands.visit import Visit

SPEC = CommandSpec(
    verb="help",
    summary="Says which commands there are",
    level=Level.ANYONE,
    examples=("/amts help",),
)


def run(command: Command, visit: Visit) -> str:
    """All commands."""
    from bot.commands import SPECS
    from bot.commands.model import help_text

    return help_text(SPECS)
