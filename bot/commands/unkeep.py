"""``/amts unkeep``."""

from __future__ import annotations

from bot.commands.model import CommandSpec

SPEC = CommandSpec(
    verb="unkeep",
    summary="Takes back a keep",
    usage="ID…",
    examples=("/amts unkeep 3f2a",),
    least=1,
    most=20,
)
