"""``/amts score``."""

from __future__ import annotations

from bot.commands.model import CommandSpec

SPEC = CommandSpec(
    verb="score",
    summary="Measures again, without translating",
    examples=("/amts score",),
)
