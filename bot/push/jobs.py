"""The same steps as jobs of GitHub Actions: ``mode: plan``, ``run`` and ``report`` of ``action.yml``."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.push.plan import LANGUAGES, chosen, make_plan, read_forks
from bot.push.steps import REPORTED, open_plan, report_of, work_off
from bot.runner.files import write_outputs, write_summary
from bot.upkeep.work import client_of
from sync.errors import InputError, UsageError
from sync.files import write_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.options import Options
    from bot.runner.job import Job
    from bot.runner.log import Log

REST: Final = "is in the artifacts of the run"


def carry_out(mode: str, job: Job, options: Options, env: Mapping[str, str], log: Log) -> int:
    """One step of a run over many forks. Returns the exit code.

    Raises:
        UsageError: there is no such step, or no such language or row.
        InputError: the list of languages or the plan cannot be read.
        ForgeError: GitHub does not answer.
    """
    if mode not in _MODES:
        message = f"There is no mode {mode[:40]!r}. Choose one of: {', '.join(_MODES)}; or none, outside of push.yml."
        raise UsageError(message)
    return _MODES[mode](job, options, env, log)


def _file(job: Job, env: Mapping[str, str], name: str, default: str) -> Path:
    return Path(job.workspace) / (env.get(f"INPUT_{name}") or default)


def _plan_file(job: Job, env: Mapping[str, str]) -> Path:
    return _file(job, env, "PLAN", "amts-plan.json")


def _plan(job: Job, options: Options, env: Mapping[str, str], log: Log) -> int:
    listed = _listed(job, options, env)
    if not listed:
        log.warning(f"There is no {LANGUAGES}, so there are no forks to keep in step.", title="AMTS")
    forks = chosen(read_forks(listed), options.inputs.languages)
    plan = make_plan(forks, source=job.repository, commit=job.sha)
    write_text(_plan_file(job, env), plan.text)
    found: dict[str, str | int | bool] = {"matrix": plan.matrix, "count": len(plan.rows), "plan-id": plan.id}
    write_outputs(job.output_path, found, secrets=(options.token,))
    log.say(f"{len(forks)} forks in {len(plan.rows)} jobs: {', '.join(fork.language for fork in forks) or 'none'}")
    return 0


def _listed(job: Job, options: Options, env: Mapping[str, str]) -> str:
    """The list of languages at the commit of the job; nothing where there is none."""
    client = client_of(job, options, env)
    status, found = client.call("GET", f"/contents/{LANGUAGES}?ref={job.sha}", f"read {LANGUAGES}")
    if status == 404:
        return ""
    try:
        return b64decode(found["content"]).decode("utf-8")
    except (ValueError, TypeError, LookupError) as error:
        message = f"{LANGUAGES}: it is no text file in UTF-8."
        raise InputError(message) from error


def _run(job: Job, options: Options, env: Mapping[str, str], log: Log) -> int:
    plan = open_plan(_plan_file(job, env), env.get("INPUT_PLAN_ID", ""))
    folder = _file(job, env, "RESULTS", "amts-results")
    results = work_off(plan, env.get("INPUT_SHARD", ""), job, options, env, log.say, folder)
    for result in results:
        for problem in result.problems:
            log.error(problem, title=f"AMTS, {result.language}")
        for waiting in result.waiting:
            log.notice(waiting, title=f"AMTS, {result.language}")
    return REPORTED if any(result.problems for result in results) else 0


def _report(job: Job, options: Options, env: Mapping[str, str], log: Log) -> int:
    plan = open_plan(_plan_file(job, env), env.get("INPUT_PLAN_ID", ""))
    report = report_of(plan, _file(job, env, "RESULTS", "amts-results"))
    write_summary(job.summary_path, report.text, rest=REST, secrets=(options.token,))
    log.say(report.text)
    if report.failed:
        log.error(f"Not done: {', '.join(report.failed)}. The summary has the reasons.", title="AMTS")
    return REPORTED if report.failed else 0


_MODES: Final[dict[str, Callable[[Job, Options, Mapping[str, str], Log], int]]] = {
    "plan": _plan,
    "run": _run,
    "report": _report,
}
