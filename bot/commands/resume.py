"""``/amts resume``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.model import CommandSpec

if TYPE_CHECKING:
    from bot.commands.model import Command
    from bot.commands.visit import Visit

SPEC = CommandSpec(
    verb="resume",
    summary="Ends a pause",
    examples=("/amts resume",),
)


def run(command: Command, visit: Visit) -> str:
    """The label taken away."""
    from bot.upkeep.ours import PAUSED

    visit.client.unlabel(visit.own.pull.number, PAUSED)
    visit.labels(visit.own.pull.labels - {PAUSED})
    return "Resumed: the next run brings this pull request up to date."
