"""``/amts help``."""

from __future__ import annotations

from bot.commands.model import CommandSpec, Level

SPEC = CommandSpec(
    verb="help",
    summary="Says which commands there are",
    level=Level.ANYONE,
    examples=("/amts help",),
)
