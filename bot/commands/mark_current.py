"""``/amts mark-current``."""

from __future__ import annotations

from bot.commands.model import CommandSpec

SPEC = CommandSpec(
    verb="mark-current",
    summary="Says that these chapters are up to date as they are; all of this pull request without a path",
    usage="[PATH…]",
    examples=("/amts mark-current chapter_intro/index.md",),
    most=20,
)
