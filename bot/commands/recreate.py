"""``/amts recreate``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.commands.model import CommandSpec, Option

if TYPE_CHECKING:
    from bot.commands.model import Command
    from bot.commands.visit import Visit

SPEC = CommandSpec(
    verb="recreate",
    summary="Drops the branch and makes it anew; not if people have committed to it",
    options=(Option(name="force", summary="even if people have committed to it"),),
    examples=("/amts recreate",),
)


def run(command: Command, visit: Visit) -> str:
    """The branch as one commit on the default branch. What people decided by ``keep`` and ``mark-current`` stays.

    Raises:
        UsageError: people have committed to it, or nothing is left to be brought.
    """
    from bot.commands.chapters import summary
    from bot.quoting import inline
    from bot.upkeep.harvest import records_on
    from sync.errors import UsageError
    from sync.repositories.branches import foreign_commits

    site, start = visit.site, visit.start
    theirs = foreign_commits(site.fork, site.tip, visit.own.pull.head)
    if theirs and not command.has("force"):
        message = (
            f"People have committed to this branch: {'; '.join(theirs)}. To drop that, say /amts recreate --force."
        )
        raise UsageError(message)
    book, report = site.update(paths=visit.paths, target=start.commit)
    plan = site.plan(book, report, visit.own.pull.branch, start)
    if not plan.files:
        message = "Nothing is left to be brought: the default branch has it all. Close this pull request."
        raise UsageError(message)
    plan = replace(plan, files=(*plan.files, *records_on(site, visit.own.pull.head)))
    site.deliver(plan, report, base=site.tip, anew=True)
    site.open(plan)
    visit.moved()
    dropped = "; ".join(inline(one) for one in theirs)
    return f"Made anew. {summary(report)}" + (f"\n\nDropped, as was asked for: {dropped}." if theirs else "")
