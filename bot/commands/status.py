"""``/amts status``."""

from __future__ import annotations

from bot.commands.model import CommandSpec, Level

SPEC = CommandSpec(
    verb="status",
    summary="Says where this translation stands: segments, scores, the English it follows",
    level=Level.READ,
    examples=("/amts status",),
)
