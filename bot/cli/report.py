"""``amts report``: what became of the forks of a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from bot.cli.console import Console

HELP: Final = "Tell what became of every fork of a plan, from the results of amts run."
EPILOG: Final = """\
examples:
  amts report plan.json --results results/

The exit code is 7 when a fork failed, or when nothing was heard of it.
"""


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("plan", type=Path, metavar="FILE", help="the plan, as amts plan wrote it")
    parser.add_argument("--plan-id", default="", metavar="SHA256", help="what the plan must be")
    parser.add_argument("--results", type=Path, required=True, metavar="DIR", help="the folder of results")


def run(arguments: Namespace, console: Console) -> int:
    """Raises ``InputError`` for a plan that is none."""
    from bot.push.steps import REPORTED, open_plan, report_of

    report = report_of(open_plan(arguments.plan, arguments.plan_id), arguments.results)
    console.print(report.text.rstrip("\n"))
    return REPORTED if report.failed else 0
