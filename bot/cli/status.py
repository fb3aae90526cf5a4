"""``amts status``: which chapters are behind, missing, gone, waiting or edited, and since when."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bot.cli.options import add_profile
from bot.cli.settings import add_request

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from bot.cli.console import Console
    from sync.report import Book
    from sync.status import ChapterStatus

HELP: Final = "Say which chapters of a fork are behind English, by how much and since when."
EPILOG: Final = """\
examples:
  amts status --source en/ --target fork/ --lang zh
  amts status --source en/ --target fork/ --lang zh --path chapter_preliminaries --all
  amts status --source en/ --target fork/ --lang zh --json

behind counts English segments that changed: sentences, cells, formulas. pending waits for a translation that no engine
gave. machine stands as an engine wrote it, edited was changed by people since.
The first chapters are worth most: the most read where .amts.yml lists them, then the longest behind, then the
cheapest (`order` in .amts.yml).
exit codes: 0 everything is current and nothing waits, 1 something is behind, missing, gone or pending
"""


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--target", required=True, metavar="REPO", help="repository of the translation")
    parser.add_argument("--lang", required=True, metavar="TAG", help="language of the translation, as a BCP-47 tag")
    add_request(parser)
    parser.add_argument("--all", action="store_true", help="list the current chapters too")
    parser.add_argument("--json", action="store_true", help="print the status for a program")
    add_profile(parser)
    parser.set_defaults(profile=None)  # then the fork's configuration says it


def run(arguments: Namespace, console: Console) -> int:
    from bot.cli.settings import make_request, open_source, profile_of, read_settings
    from sync.chapters.priority import ordered
    from sync.chapters.shelf import read_book
    from sync.repositories.repository import open_repository
    from sync.status import status_of

    with open_repository(arguments.target) as fork:
        config = read_settings(arguments, fork)
        with open_source(arguments, config) as source:
            book = read_book(source, fork, make_request(arguments, config, source, fork, arguments.lang))
    statuses = ordered(status_of(book, profile_of(arguments, config)), config.order, config.most_read)
    if arguments.json:
        console.print(json.dumps(_fields(book, statuses), ensure_ascii=False))
    else:
        _tell(book, statuses, console, every=arguments.all)
    return int(any(one.needs_work for one in statuses))


def _fields(book: Book, statuses: Sequence[ChapterStatus]) -> dict[str, Any]:
    from sync.status import Stand, count_stands

    counts = count_stands(statuses)
    return {
        "lang": book.lang,
        "source": {"commit": book.source.id, "date": book.source.date},
        "target": {"commit": book.target.id, "date": book.target.date},
        **{str(stand): counts[stand] for stand in Stand},
        "segments_behind": sum(one.behind for one in statuses),
        "pending": sum(one.pending for one in statuses),
        "chapters": [_row(one) for one in statuses],
    }


def _row(one: ChapterStatus) -> dict[str, Any]:
    from bot.records import baseline_fields

    return {
        "id": one.path,
        "stand": str(one.stand),
        "behind": one.behind,
        "characters": one.characters,
        "since": one.since,
        "pending": one.pending,
        "machine": one.machine,
        "edited": one.edited,
        "baseline": baseline_fields(one.baseline),
        "reason": one.reason,
    }


def _tell(book: Book, statuses: Sequence[ChapterStatus], console: Console, *, every: bool) -> None:
    from sync.status import Stand, count_stands

    shown = [one for one in statuses if every or one.needs_work]
    if shown:
        _print_table(shown, console)
    counts = count_stands(statuses)
    summary = ", ".join(f"{counts[stand]} {stand}" for stand in Stand if counts[stand]) or "no chapters"
    console.print(f"{book.lang} beside {book.source.short} of {book.source.date[:10]}: {summary}")
    behind, pending = sum(one.behind for one in statuses), sum(one.pending for one in statuses)
    console.print(f"{behind:,} English segments to follow, {pending:,} wait for a translation.")


def _print_table(statuses: Sequence[ChapterStatus], console: Console) -> None:
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    from bot.quoting import printable

    table = Table(box=SIMPLE, pad_edge=False)
    table.add_column("chapter", overflow="fold")
    table.add_column("is")
    for title in ("behind", "since", "pending", "machine", "edited"):
        table.add_column(title, justify="right")
    table.add_column("translated from", overflow="fold")
    for one in statuses:
        counts = (_count(one.behind), one.since[:10], _count(one.pending), _count(one.machine), _count(one.edited))
        table.add_row(Text(printable(one.path)), str(one.stand), *counts, Text(printable(_known(one))))
    console.rich().print(table)


def _count(number: int) -> str:
    return f"{number:,}" if number else ""


def _known(one: ChapterStatus) -> str:
    from bot.cli.sync_summary import origin_of

    return origin_of(one.baseline) or one.reason
