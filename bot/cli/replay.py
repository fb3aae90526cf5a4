"""``amts replay``: recorded sync events through the pipeline, scored against what humans made of them."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.cli.options import ENGINES

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from bot.cli.console import Console
    from sync.measure.replay import Played

HELP: Final = "Run recorded sync events through the pipeline and score the results."
EPILOG: Final = """\
examples:
  amts replay data/                         a row for each language and each kind of change
  amts replay data/ --grade gold --json     every event, for a program
  amts replay data/ --engine echo --output out/

DATA has events.jsonl and events/ID/ with en_old.md, en_new.md, tgt_old.md and what humans made of them, tgt_new.md.

saved, indel, prose: share of the humans' work that the result saves: 1 is their text, 0 no help, below 0 it is worse.
Indel counts a draft that must be typed anew as work made; prose is indel outside code and formulas. Median is of
saved; worse counts events. Lost: share of the lines that humans kept and the result does not have; inside: the same
for words on lines that they changed. Broken: events with a label, reference, fence, … too many or too few. Chars:
characters sent to an engine.
"""
GRADES: Final = ("gold", "silver")
WIDE: Final = 200
"""More columns than the table has: a narrow terminal may break its lines, but no figure is cut short."""


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("data", type=Path, metavar="DATA", help="folder with events.jsonl and events/")
    parser.add_argument("--engine", choices=ENGINES, default="local", help="who drafts what changed (default: local)")
    parser.add_argument("--grade", choices=GRADES, default="", help="only events of this grade (default: all)")
    parser.add_argument("--output", type=Path, metavar="DIR", help="write each result as DIR/ID.md")
    parser.add_argument("--json", action="store_true", help="print the scores for a program")


def run(arguments: Namespace, console: Console) -> int:
    """Print the scores. Returns 0, or 7 where a chapter failed; raises UsageError and InputError."""
    from sync.errors import ChaptersFailed
    from sync.measure.events import read_events
    from sync.measure.replay import replay
    from sync.model import Status

    events = read_events(arguments.data, grade=arguments.grade)
    with console.progress("Replaying", len(events)) as advance:
        played = replay(events, arguments.engine, advance=advance)
    if arguments.output is not None:
        _write(played, arguments.output)
    if arguments.json:
        console.print(json.dumps(_fields(played, arguments.engine), ensure_ascii=False))
    else:
        _show(played, console)
    failed = any(one.result.status is Status.FAILED for one in played)
    return ChaptersFailed.exit_code if failed else 0


def _write(played: Sequence[Played], folder: Path) -> None:
    from sync.files import write_text

    for one in played:
        write_text(folder / f"{one.event.id}.md", one.result.text)


def _fields(played: Sequence[Played], engine: str) -> dict[str, Any]:
    """Every group and every event as a program reads them."""
    from sync.measure.replay import group

    return {
        "engine": engine,
        "summary": {one.name: _group_fields(one.members) for one in group(played)},
        "events": [_event_fields(one) for one in played],
    }


def _group_fields(members: Sequence[Played]) -> dict[str, Any]:
    from sync.measure.score import summarize
    from sync.model import Fate

    return {
        **asdict(summarize([one.score for one in members])),
        "failed": sum(one.result.status == "failed" for one in members),
        **{str(fate): sum(one.result.count(fate) for one in members) for fate in Fate},
        "characters": sum(one.result.characters for one in members),
        "whole": sum(one.result.whole for one in members),
        "seconds": round(sum(one.seconds for one in members), 3),
    }


def _event_fields(one: Played) -> dict[str, Any]:
    from sync.records import result_fields

    about = {"id": one.event.id, "lang": one.event.lang, "kind": one.event.kind, "grade": one.event.grade}
    return about | result_fields(one.result) | {"score": asdict(one.score), "seconds": round(one.seconds, 3)}


# --- a table for people ------------------------------------------------------------------------------------------


def _show(played: Sequence[Played], console: Console) -> None:
    from rich.box import SIMPLE
    from rich.table import Table

    from sync.measure.replay import group

    table = Table(box=SIMPLE, pad_edge=False, padding=0)
    table.add_column("", no_wrap=True)
    for title in COLUMNS:
        table.add_column(title, justify="right", no_wrap=True)
    by = "all"
    for one in group(played):
        if one.by != by:
            table.add_section()
        by = one.by
        table.add_row(one.name, *_cells(_group_fields(one.members)))
    rich = console.rich()
    rich.width = WIDE
    rich.print(table)


COLUMNS: Final = {
    "events": "",
    "saved": ".3f",
    "indel": ".3f",
    "prose": ".3f",
    "median": ".3f",
    "worse": "",
    "lost": ".2%",
    "inside": ".2%",
    "broken": "",
    "carried": ",",
    "drafted": ",",
    "pending": ",",
    "chars": ",",
    "seconds": ".1f",
}
"""The columns of the table with the format of their numbers."""


def _cells(fields: dict[str, Any]) -> tuple[str, ...]:
    values = {**fields, "inside": fields["lost_inside"], "chars": fields["characters"]}
    return tuple(format(values[title], how) for title, how in COLUMNS.items())
