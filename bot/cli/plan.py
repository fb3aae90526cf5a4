"""``amts plan``: which forks there are, as rows for jobs that run by themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from bot.cli.console import Console

HELP: Final = "Plan a run over many forks: one row for each, to be worked off by amts run, anywhere and in any order."
EPILOG: Final = """\
examples:
  amts plan .amts-languages.yml --source d2l-ai/d2l-en --output plan.json
  amts plan .amts-languages.yml --source d2l-ai/d2l-en --language zh --language pt-BR --output plan.json

.amts-languages.yml is a list, with an entry for each fork:
  - {language: zh, repository: d2l-ai/d2l-zh}

It prints the SHA-256 of the plan, and the matrix for a workflow: above 256 forks, several of one owner are in a row.
In a workflow, the action does the same with `mode: plan`.
"""


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("forks", type=Path, metavar="FILE", help="the list of forks")
    parser.add_argument("--source", required=True, metavar="OWNER/NAME", help="the English repository")
    parser.add_argument("--commit", default="", help="the commit of it that the plan is made for, if that matters")
    parser.add_argument(
        "--language", action="append", default=[], metavar="LANG", help="only this one; may be repeated"
    )
    parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="where the plan goes")


def run(arguments: Namespace, console: Console) -> int:
    """Raises ``InputError`` for a list that is none, ``UsageError`` for a language that is not in it."""
    from bot.push.plan import chosen, make_plan, read_forks
    from sync.files import read_text, write_text

    forks = chosen(read_forks(read_text(arguments.forks)), arguments.language)
    plan = make_plan(forks, source=arguments.source, commit=arguments.commit)
    write_text(arguments.output, plan.text)
    console.print(f"plan-id={plan.id}")
    console.print(f"count={len(plan.rows)}")
    console.print(f"matrix={plan.matrix}")
    return 0
