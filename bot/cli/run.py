"""``amts run``: one row of a plan, worked off by pull requests."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from bot.cli.console import Console
    from bot.runner.job import Job

HELP: Final = "Work off one row of a plan: keep its forks in step by pull requests."
EPILOG: Final = """\
examples:
  amts run plan.json --row 0 --results results/
  seq 0 9 | xargs -P 4 -I{} amts run plan.json --row {} --results results/    four at a time, on one computer

The token is read from GITHUB_TOKEN. Whatever happens, a file result-LANGUAGE.json says how it ended; amts report reads
them. Doing a row twice does no harm: what is there is found.
"""


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("plan", type=Path, metavar="FILE", help="the plan, as amts plan wrote it")
    parser.add_argument("--row", required=True, metavar="NUMBER", help="counted from 0")
    parser.add_argument("--plan-id", default="", metavar="SHA256", help="what the plan must be")
    parser.add_argument("--results", type=Path, required=True, metavar="DIR", help="the folder for results")
    parser.add_argument("--engine", default="", help="instead of the one that each fork has chosen")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
    parser.add_argument("--server", default="https://github.com", metavar="URL", help="default: %(default)s")
    parser.add_argument("--api", default="https://api.github.com", metavar="URL", help="default: %(default)s")


def run(arguments: Namespace, console: Console) -> int:
    """Raises ``InputError`` for a plan that is none, ``UsageError`` for a row that it has not, or without a token."""
    from bot.model import Scheduled
    from bot.options import read_options
    from bot.push.steps import REPORTED, open_plan, work_off
    from sync.errors import UsageError

    inputs = {
        "INPUT_GITHUB_TOKEN": os.environ.get("GITHUB_TOKEN", ""),
        "INPUT_ENGINE": arguments.engine,
        "INPUT_DRY_RUN": "true" if arguments.dry_run else "",
    }
    if not inputs["INPUT_GITHUB_TOKEN"]:
        message = "There is no token. Set GITHUB_TOKEN to one that may write to the forks of the row."
        raise UsageError(message)
    plan = open_plan(arguments.plan, arguments.plan_id)
    options = read_options(inputs, Scheduled(repository=plan.source, actor="", cron=""))
    job = _job(plan.source, arguments)
    results = work_off(plan, arguments.row, job, options, os.environ, console.note, arguments.results)
    for result in results:
        for problem in result.problems:
            console.error(f"{result.language}: {problem}")
    return REPORTED if any(result.problems for result in results) else 0


def _job(repository: str, arguments: Namespace) -> Job:
    """A job that no workflow started."""
    from bot.runner.job import read_job

    given = {
        "GITHUB_SERVER_URL": arguments.server,
        "GITHUB_API_URL": arguments.api,
        "GITHUB_REPOSITORY": repository,
        "GITHUB_RUN_ID": "1",
        "GITHUB_ACTOR": "amts",
        "GITHUB_EVENT_NAME": "schedule",
        "GITHUB_EVENT_PATH": "none",
        "GITHUB_SHA": "0" * 40,
        "GITHUB_WORKSPACE": str(Path.cwd()),
    }
    return replace(read_job(given), run_id=0)
