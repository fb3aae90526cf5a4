"""What became of each fork, as a file from job to job, and the report of all of them. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from bot.quoting import block, code, inline
from bot.sizing import Table, fill
from bot.upkeep.telling import outputs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.push.plan import Fork, Plan
    from bot.upkeep.keeping import Upkeep

SCHEMA: Final = 1
ROOM: Final = 200_000
"""Characters of the table of a report."""
REST: Final = "is in the results of the jobs, which are kept as artifacts"
COLUMNS: Final = ("segments-translated", "segments-carried", "segments-pending", "characters-sent", "drift-remaining")
"""Outputs that a report shows."""
NAMES: Final = "| language | fork | | drafted | carried | for people | characters sent | behind |"
HEAD: Final = f"{NAMES}\n|---|---|---|--:|--:|--:|--:|--:|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one fork."""

    plan: str
    """SHA-256 of the plan that it belongs to."""
    language: str
    outputs: Mapping[str, str | int | bool] = field(default_factory=dict)
    """Those of the action; none where the fork could not be opened."""
    problems: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Of its file."""
        return f"result-{self.language}.json"

    @property
    def text(self) -> str:
        content = {
            "schema": SCHEMA,
            "plan": self.plan,
            "language": self.language,
            "outputs": dict(self.outputs),
            "problems": self.problems,
            "waiting": self.waiting,
        }
        return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def result_of(done: Upkeep, language: str, plan: str) -> Result:
    """The result of a run that came to its end."""
    return Result(
        plan=plan,
        language=language,
        outputs=outputs(done),
        problems=tuple(map(str, done.problems)),
        waiting=tuple(done.waiting),
    )


def read_result(text: str) -> Result | None:
    """A result from its file; nothing where it is none, as when a job was killed while it wrote."""
    try:
        content: Any = json.loads(text)
        return Result(
            plan=str(content["plan"]),
            language=str(content["language"]),
            outputs={str(key): value for key, value in content["outputs"].items() if isinstance(value, str | int)},
            problems=tuple(map(str, content["problems"])),
            waiting=tuple(map(str, content["waiting"])),
        )
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of all forks of a plan."""

    text: str
    """Markdown."""
    failed: tuple[str, ...]
    """Languages that something went wrong with, or that nothing was heard of."""


def make_report(plan: Plan, results: Iterable[Result]) -> Report:
    """The report of a plan: a row for each of its forks, then what went wrong."""
    known = {result.language: result for result in results if result.plan == plan.id}
    found = [(fork, known.get(fork.language)) for fork in plan.forks]
    failed = tuple(fork.language for fork, result in found if result is None or result.problems)
    count = f"{len(found)} forks, {len(failed)} failed" if failed else f"{len(found)} forks, none failed"
    rows = [_row(fork, result) for fork, result in found]
    table = fill([Table(opening=HEAD, size=len(rows), rows=rows)], ROOM, rest=REST)
    said = [_said(fork, result) for fork, result in found if result and result.problems]
    return Report(text="\n\n".join([f"## AMTS: {count}", table, *said]) + "\n", failed=failed)


def _row(fork: Fork, result: Result | None) -> str:
    numbers = [inline(str(result.outputs.get(name, "")) if result else "") for name in COLUMNS]
    cells = [code(fork.language), code(fork.repository), inline(_state(result)), *numbers]
    return f"| {' | '.join(cells)} |"


def _state(result: Result | None) -> str:
    if result is None:
        return "❌ nothing was heard of it: its job crashed, or never ran"
    if result.problems:
        return "❌ failed"
    pulls = str(result.outputs.get("pr-number", "")).split()
    delivered = f"pull requests {', '.join(pulls)}" if pulls else "nothing new"
    return f"{delivered}, waiting for a service" if result.waiting else delivered


def _said(fork: Fork, result: Result) -> str:
    return f"### {inline(fork.language)}\n\n{block(_problems(result.problems))}"


def _problems(problems: Sequence[str]) -> str:
    return "\n".join(problems)[:5_000]
