"""``/amts unkeep``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.model import CommandSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.commands.model import Command
    from bot.commands.visit import Visit

SPEC = CommandSpec(
    verb="unkeep",
    summary="Takes back a keep",
    usage="ID…",
    examples=("/amts unkeep 3f2a",),
    least=1,
    most=20,
)


def run(command: Command, visit: Visit) -> str:
    """What ``keep`` held back is done again, as if nobody had kept it.

    Raises:
        UsageError: no such segment is kept here, or people edited its chapter.
    """
    from bot.commands.chapters import put, refuse_edited, remake, summary, with_keep

    known = _kept(visit)
    keep = _released(command, known)
    refuse_edited(visit, keep, "Edit the translation on the branch instead.")
    start = with_keep(visit, keep)
    book, report = remake(visit, tuple(keep), start)
    put(visit, book, report, start, "Keep the wording of some segments no longer")
    return f"Kept no longer. {summary(report)}"


def _kept(visit: Visit) -> dict[str, dict[str, str]]:
    """Of each chapter: what a kept segment is called, by its English now and before → the digest that keeps it."""
    from alignment.markdown.pending import digest
    from bot.upkeep.decisions import state_at
    from bot.upkeep.segments import segment_id
    from sync.state import KEPT

    _, report = visit.survey()
    fork, files = visit.site.fork, visit.site.fork.files(visit.start.commit)
    found = {path: {one: one for one in state_at(fork, files, path).keep} for path in visit.paths}
    for chapter in report.chapters:
        path = chapter.result.path
        held = [outcome for outcome in chapter.result.outcomes if outcome.op == KEPT]
        names = {segment_id(outcome): digest(outcome.old_source) for outcome in held}
        found[path] |= {name: kept for name, kept in names.items() if kept in found[path]}
    return found


def _released(command: Command, known: Mapping[str, Mapping[str, str]]) -> dict[str, set[str]]:
    """What is still kept of the chapters of which something is released."""
    from bot.upkeep.segments import choose

    names = {name for kept in known.values() for name in kept}
    chosen = {choose(given, names) for given in command.arguments}
    gone = {kept[name] for kept in known.values() for name in kept if name in chosen}
    return {path: set(kept.values()) - gone for path, kept in known.items() if gone & set(kept.values())}
