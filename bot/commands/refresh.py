"""``/amts refresh``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.model import CommandSpec

if TYPE_CHECKING:
    from bot.commands.model import Command
    from bot.commands.visit import Visit

SPEC = CommandSpec(
    verb="refresh",
    summary="Brings this pull request up to the newest English",
    examples=("/amts refresh",),
)


def run(command: Command, visit: Visit) -> str:
    """Made anew from the default branch; carried into what people wrote, where they have committed."""
    from bot.commands.chapters import summary
    from bot.quoting import code
    from bot.upkeep.keeping import Upkeep, renew

    site, done = visit.site, Upkeep(lang=visit.own.claim.lang)
    if not renew(site, visit.own, done):
        return f"Nothing to do: it follows the newest English, as of {code(visit.own.claim.source[:8])}."
    visit.moved()
    return f"Brought up to date. {summary(done.reports[-1])}"
