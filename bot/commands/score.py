"""``/amts score``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from bot.commands.model import CommandSpec
from bot.quoting import code

if TYPE_CHECKING:
    from bot.commands.model import Command
    from bot.commands.visit import Visit

OPENING: Final = (
    "| chapter | words of the old translation that still stand | unchanged | carried | drafted | pending |\n"
    "|---|--:|--:|--:|--:|--:|"
)
LABEL: Final = (
    "Continuity, and not quality: of the words of the translation on the default branch, those that this branch has, "
    "counted and not placed. Doing nothing would score 100.0%, and show none of the English changes that are carried "
    "or drafted here. How good drafts are can be said only when people have gone over them."
)

SPEC = CommandSpec(
    verb="score",
    summary="Measures again, without translating",
    examples=("/amts score",),
)


def run(command: Command, visit: Visit) -> str:
    """What can be said without a translation by people to compare with: counts, and how much of the old text stands."""
    from sync.measure.texts import tokens
    from sync.repositories.revisions import File

    site, own = visit.site, visit.own
    sides = [site.fork.files(commit) for commit in (site.tip, own.pull.head)]
    rows, words = [], [0, 0]
    for path in visit.paths:
        if any(path not in files for files in sides):
            continue
        old, new = (Counter(tokens(site.fork.text(File(path, files[path].blob)))) for files in sides)
        still = (old & new).total()
        words = [words[0] + still, words[1] + old.total()]
        rows.append(f"| {code(path)} | {_share(still, old.total())} | {_counts(visit, path)} |")
    kept = _share(*words)
    return "\n".join((OPENING, *rows, f"| **all** | **{kept}** | | | | |", "", LABEL))


def _counts(visit: Visit, path: str) -> str:
    """Segments that did not change; changed ones that were carried, that have words, and that wait for some."""
    from bot.upkeep.decisions import state_at
    from bot.upkeep.segments import segment_id
    from sync.model import Fate

    _, report = visit.survey()
    result = next((one.result for one in report.chapters if one.result.path == path), None)
    if result is None:
        return "– | – | – | –"
    fork = visit.site.fork
    waiting = {entry.digest for entry in state_at(fork, fork.files(visit.own.pull.head), path).pending}
    asked = [segment_id(outcome) for outcome in result.outcomes if outcome.fate is Fate.PENDING]
    pending = sum(one in waiting for one in asked)
    return f"{result.kept} | {result.count(Fate.CARRIED)} | {len(asked) - pending} | {pending}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"
