"""The steps of a run over many forks, on files: a plan is written, a row worked off, results are read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.push.plan import read_plan, row_of
from bot.push.results import Result, make_report, read_result, result_of
from bot.runner.redaction import redact, traceback_text
from bot.upkeep.work import work
from sync.errors import AmtsError, ChaptersFailed, InputError
from sync.files import read_text, write_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from bot.options import Options
    from bot.push.plan import Fork, Plan
    from bot.push.results import Report
    from bot.runner.job import Job

REPORTED = ChaptersFailed.exit_code
"""Exit code of a report of which some forks failed."""


def open_plan(path: Path, expected: str = "") -> Plan:
    """The plan in a file, if it is the one with that SHA-256, where one is given. Raises InputError."""
    return read_plan(read_text(path), expected)


def work_off(
    plan: Plan,
    shard: str,
    job: Job,
    options: Options,
    env: Mapping[str, str],
    say: Callable[[str], None],
    folder: Path,
) -> list[Result]:
    """Bring the forks of one row up to date, and write what became of each into a folder, whatever happens.

    Raises ``UsageError`` where the plan has no such row.
    """
    found = []
    options = replace(options, source=options.source or plan.source)
    for fork in row_of(plan, shard).forks:
        result = _worked(plan, fork, job, options, env, say)
        write_text(folder / result.name, redact(result.text, (options.token,)))
        found.append(result)
    return found


def _worked(
    plan: Plan, fork: Fork, job: Job, options: Options, env: Mapping[str, str], say: Callable[[str], None]
) -> Result:
    try:
        done = work(job, replace(options, lang=fork.language), env, say, fork=fork.repository)
    except AmtsError as error:
        return Result(plan=plan.id, language=fork.language, problems=(str(error),))
    except Exception as error:
        say(traceback_text(error, (options.token,)))
        said = f"AMTS broke: {type(error).__name__}. The log of the job has more; please report it."
        return Result(plan=plan.id, language=fork.language, problems=(said,))
    return result_of(done, fork.language, plan.id)


def report_of(plan: Plan, folder: Path) -> Report:
    """The report of a plan, from the folder of its results; where there is none, nothing was heard of any fork."""
    return make_report(plan, _results(folder))


def _results(folder: Path) -> Iterator[Result]:
    for path in sorted(folder.glob("result-*.json")):
        try:
            result = read_result(read_text(path))
        except InputError:
            continue
        if result:
            yield result
