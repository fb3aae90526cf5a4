"""``/amts keep``."""

from __future__ import annotations

from bot.commands.model import CommandSpec

SPEC = CommandSpec(
    verb="keep",
    summary="Leaves the wording of these segments alone from now on",
    usage="ID…",
    examples=("/amts keep 3f2a",),
    least=1,
    most=20,
)
