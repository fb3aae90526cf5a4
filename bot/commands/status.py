"""``/amts status``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.model import CommandSpec, Level

if TYPE_CHECKING:
    from bot.commands.model import Command
    from bot.commands.visit import Visit

SPEC = CommandSpec(
    verb="status",
    summary="Says what this pull request brings, to which English, and whether people are at it",
    level=Level.READ,
    examples=("/amts status",),
)


def run(command: Command, visit: Visit) -> str:
    """What the pull request says of itself, and whether people are at it; nothing is cloned for that."""
    from bot.forge.people import commits_of_people
    from bot.quoting import code, inline
    from bot.sizing import count

    own = visit.own
    theirs = commits_of_people(visit.client, own.pull.number)
    chapters = ", ".join(code(path) for path in visit.paths)
    lines = (
        f"Brings {count(len(visit.paths), 'chapter')} to the English of {code(own.claim.source[:8])}: {chapters}.",
        "It is paused: `/amts resume` ends that." if own.is_paused else "It is brought up to date with every run.",
        "Commits of people, which nothing overwrites: " + "; ".join(inline(one) for one in theirs) + "."
        if theirs
        else "It has no commits of people.",
        "What changed and what waits stands in the tables above.",
    )
    return "\n".join(f"* {line}" for line in lines)
