"""``/amts pause``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.model import CommandSpec

if TYPE_CHECKING:
    from bot.commands.model import Command
    from bot.commands.visit import Visit

SPEC = CommandSpec(
    verb="pause",
    summary="Leaves this pull request alone until it is resumed",
    examples=("/amts pause",),
)


def run(command: Command, visit: Visit) -> str:
    """A label, which every run looks for."""
    from bot.upkeep.ours import PAUSED

    visit.client.label(visit.own.pull.number, {PAUSED})
    visit.labels(visit.own.pull.labels | {PAUSED})
    return "Paused: no run touches this pull request until `/amts resume`. Commands still do what they are told."
