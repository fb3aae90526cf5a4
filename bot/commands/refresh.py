"""``/amts refresh``."""

from __future__ import annotations

from bot.commands.model import CommandSpec

SPEC = CommandSpec(
    verb="refresh",
    summary="Brings this pull request up to the newest English",
    examples=("/amts refresh",),
)
