"""``/amts resume``."""

from __future__ import annotations

from bot.commands.model import CommandSpec

SPEC = CommandSpec(
    verb="resume",
    summary="Ends a pause",
    examples=("/amts resume",),
)
