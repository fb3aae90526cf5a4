"""``/amts explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.model import CommandSpec, Level

if TYPE_CHECKING:
    from bot.commands.model import Command
    from bot.commands.visit import Visit
    from sync.model import Outcome
    from sync.report import ChapterReport

SPEC = CommandSpec(
    verb="explain",
    summary="Says why a segment became what it is",
    usage="ID",
    level=Level.READ,
    examples=("/amts explain 3f2a",),
    least=1,
    most=1,
)


def run(command: Command, visit: Visit) -> str:
    """Everything that is known of a changed segment, wherever it occurs in the pull request.

    Raises:
        UsageError: there is no such segment.
    """
    from bot.upkeep.segments import choose, segment_id

    _, report = visit.survey()
    found = [(one, outcome) for one in report.chapters for outcome in one.result.outcomes]
    chosen = choose(command.arguments[0], (segment_id(outcome) for _, outcome in found))
    told = [_told(visit, one, outcome) for one, outcome in found if segment_id(outcome) == chosen]
    return "\n\n".join(told)


def _told(visit: Visit, one: ChapterReport, outcome: Outcome) -> str:
    from bot.quoting import code, contrast, inline
    from bot.upkeep.segments import short

    english = contrast(outcome.old_source, outcome.new_source)
    fate, translation, origin = _became(visit, one.result.path, outcome)
    target = contrast(outcome.old_target, translation)
    rows = (
        ("English before", english[0]),
        ("English after", english[1]),
        ("translation before", target[0]),
        ("translation after", target[1]),
        ("what became of it", f"{outcome.op}, {fate}"),
        ("from", origin),
        ("note", inline(outcome.note)),
        ("translated from", _from(one)),
    )
    table = "\n".join(f"| {name} | {text} |" for name, text in rows if text)
    where = f"{short(outcome)} in {code(one.result.path)}, line {outcome.line}"
    return f"{where}\n\n| | |\n|---|---|\n{table}"


def _became(visit: Visit, path: str, outcome: Outcome) -> tuple[str, str, str]:
    """What became of it on the branch, the translation there, and where that comes from."""
    from alignment.markdown.pending import digest
    from bot.upkeep.decisions import state_at
    from bot.upkeep.segments import segment_id
    from sync.model import Fate

    if outcome.fate is not Fate.PENDING:
        sure = f" ({outcome.confidence:.0%} sure)" if outcome.confidence else ""
        return outcome.fate, outcome.new_target, f"{outcome.origin}{sure}"
    fork = visit.site.fork
    state = state_at(fork, fork.files(visit.own.pull.head), path)
    if any(entry.digest == segment_id(outcome) for entry in state.pending):
        return Fate.PENDING, outcome.new_target or outcome.old_target, ""
    drafts = [entry for entry in state.machine if digest(entry.source) == digest(outcome.new_source)]
    if drafts:
        return Fate.DRAFTED, drafts[0].target, f"{drafts[0].origin}, as it was drafted; the tables above say how sure"
    return "not on this branch yet, or written by people", "", ""


def _from(one: ChapterReport) -> str:
    from bot.quoting import code, inline

    base = one.baseline
    if base is None:
        return ""
    return f"{code(base.commit[:8])}, {inline(base.reason) or base.how} ({base.confidence:.0%} sure)"
