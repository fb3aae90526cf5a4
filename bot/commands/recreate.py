"""``/amts recreate``."""

from __future__ import annotations

from bot.commands.model import CommandSpec, Option

SPEC = CommandSpec(
    verb="recreate",
    summary="Drops the branch and makes it anew; not if people have committed to it",
    options=(Option(name="force", summary="even if people have committed to it"),),
    examples=("/amts recreate",),
)
