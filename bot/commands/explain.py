"""``/amts explain``."""

from __future__ import annotations

from bot.commands.model import CommandSpec, Level

SPEC = CommandSpec(
    verb="explain",
    summary="Says why a segment became what it is",
    usage="ID",
    level=Level.READ,
    examples=("/amts explain 3f2a",),
    least=1,
    most=1,
)
