"""``amts effort``: how much of the translators' work drafts have saved, by what was merged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence

    from bot.cli.console import Console
    from sync.measure.effort import Month, PostEdit
    from sync.repositories.repository import Repository

HELP: Final = "Say how much of the translators' work drafts have saved, month by month."
EPILOG: Final = """\
examples:
  amts effort --target fork/
  amts effort --target https://github.com/d2l-ai/d2l-tr --markdown
  amts effort --target fork/ --json

What reviewers changed of the drafts of a merged pull request is recorded in .amts/effort when the next one is opened.
A draft that was merged as it was saved all of its characters; one of which a third had to be typed anew, two thirds.
Drafts only: what is carried without an engine is not counted, and it needs no typing either.
"""
TITLES: Final = ("month", "pull requests", "drafts", "untouched", "edited", "HTER", "characters", "saved", "share")


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--target", required=True, metavar="REPO", help="repository of the translation")
    parser.add_argument("--target-ref", default="", metavar="REV", help="revision of the fork")
    parser.add_argument("--markdown", action="store_true", help="print a table of Markdown")
    parser.add_argument("--json", action="store_true", help="print the result for a program")


def run(arguments: Namespace, console: Console) -> int:
    """Print the table. Raises InputError where a record cannot be read."""
    from sync.measure.effort import by_month
    from sync.repositories.repository import open_repository

    with open_repository(arguments.target) as fork:
        months = by_month(_records(fork, fork.resolve(arguments.target_ref).id))
    if arguments.json:
        console.print(json.dumps([_fields(month) for month in months]))
    elif not months:
        console.print("No record yet: the first comes with the pull request after the first that was merged.")
    else:
        _tell(months, console, markdown=arguments.markdown)
    return 0


def _records(fork: Repository, commit: str) -> Iterator[tuple[str, Sequence[PostEdit]]]:
    from bot.upkeep.harvest import FOLDER
    from sync.measure.effort import read_record

    for path, file in sorted(fork.files(commit).items()):
        if path.startswith(FOLDER):
            yield read_record(fork.text(file), path)


def _fields(month: Month) -> dict[str, Any]:
    return {
        "month": month.name,
        "pulls": month.pulls,
        "drafts": month.drafts,
        "untouched": month.untouched,
        "hter": round(month.hter, 4),
        "characters": month.characters,
        "saved": round(month.saved),
        "share": round(month.share, 4),
    }


def _row(month: Month) -> tuple[str, ...]:
    return (
        month.name,
        f"{month.pulls:,}",
        f"{month.drafts:,}",
        f"{month.untouched:,}",
        f"{month.drafts - month.untouched:,}",
        f"{month.hter:.2f}",
        f"{month.characters:,}",
        f"{month.saved:,.0f}",
        f"{month.share:.0%}" if month.characters else "",
    )


def _tell(months: Sequence[Month], console: Console, *, markdown: bool) -> None:
    rows = [_row(month) for month in months]
    if markdown:
        lines = [TITLES, ("---",) + ("--:",) * (len(TITLES) - 1), *rows]
        for cells in lines:
            console.print(f"| {' | '.join(cells)} |")
    else:
        _print_table(rows, console)
    console.print(_verdict(months))


def _print_table(rows: Sequence[tuple[str, ...]], console: Console) -> None:
    from rich.box import SIMPLE
    from rich.table import Table

    table = Table(box=SIMPLE, pad_edge=False)
    for title in TITLES:
        table.add_column(title, justify="left" if title == TITLES[0] else "right")
    for row in rows:
        table.add_row(*row)
    console.rich().print(table)


def _verdict(months: Sequence[Month]) -> str:
    from sync.measure.effort import GOAL

    characters, saved = sum(month.characters for month in months), sum(month.saved for month in months)
    if not characters:
        return "No draft was merged yet."
    share = f"{saved / characters:.0%} of the typing of {characters:,} drafted characters"
    return f"{share} was saved; the goal is {GOAL:.0%}."
