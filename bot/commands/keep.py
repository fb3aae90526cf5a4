"""``/amts keep``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.model import CommandSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.commands.model import Command
    from bot.commands.visit import Visit
    from sync.report import SyncReport

SPEC = CommandSpec(
    verb="keep",
    summary="Leaves the wording of these segments alone from now on",
    usage="ID…",
    examples=("/amts keep 3f2a",),
    least=1,
    most=20,
)


def run(command: Command, visit: Visit) -> str:
    """The wording of the default branch back, and the English change held back from now on.

    Raises:
        UsageError: there is no such segment, it cannot be held back, or people edited its chapter.
    """
    from bot.commands.chapters import put, refuse_edited, remake, summary, with_keep
    from bot.upkeep.decisions import state_at

    keep, ids = _wanted(command, visit)
    refuse_edited(visit, keep, "Put the old wording back by hand, and list the segment under keep in .amts.yml.")
    site, files = visit.site, visit.site.fork.files(visit.start.commit)
    known = {path: set(state_at(site.fork, files, path).keep) for path in keep}
    start = with_keep(visit, {path: known[path] | digests for path, digests in keep.items()})
    book, report = remake(visit, tuple(keep), start)
    _refuse_unheld(report, keep)
    put(visit, book, report, start, f"Keep the wording of {len(ids)} segments")
    return f"Kept, until `/amts unkeep`: {', '.join(ids)}. {summary(report)}"


def _wanted(command: Command, visit: Visit) -> tuple[dict[str, set[str]], list[str]]:
    """The digests of the old English by chapter, and what the segments are called."""
    from alignment.markdown.pending import digest
    from bot.upkeep.segments import DIGITS, choose, segment_id, short
    from sync.errors import UsageError

    _, report = visit.survey()
    found = [(one.result.path, outcome) for one in report.chapters for outcome in one.result.outcomes]
    ids = {choose(given, (segment_id(outcome) for _, outcome in found)) for given in command.arguments}
    chosen = [(path, outcome) for path, outcome in found if segment_id(outcome) in ids]
    new = [segment_id(one)[:DIGITS] for _, one in chosen if not (one.old_source and one.new_source)]
    if new:
        message = (
            f"Nothing was done: English added or removed {', '.join(new)}, so there is no wording that could stay."
        )
        raise UsageError(message)
    digests: dict[str, set[str]] = {}
    for path, outcome in chosen:
        digests.setdefault(path, set()).add(digest(outcome.old_source))
    return digests, sorted({short(outcome) for _, outcome in chosen})


def _refuse_unheld(report: SyncReport, keep: Mapping[str, set[str]]) -> None:
    from alignment.markdown.pending import digest
    from sync.errors import UsageError
    from sync.state import KEPT

    for one in report.chapters:
        held = {digest(outcome.old_source) for outcome in one.result.outcomes if outcome.op == KEPT}
        if keep[one.result.path] - held:
            message = (
                f"Nothing was done: a segment of {one.result.path} cannot be held back alone, since English joined, "
                "split or moved it. Edit the translation on the branch instead."
            )
            raise UsageError(message)
