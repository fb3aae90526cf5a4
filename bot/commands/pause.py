"""``/amts pause``."""

from __future__ import annotations

from bot.commands.model import CommandSpec

SPEC = CommandSpec(
    verb="pause",
    summary="Leaves this pull request alone until it is resumed",
    examples=("/amts pause",),
)
