"""``amts baseline``: which English each chapter was translated from, and how we know."""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

from bot.cli.options import add_profile
from bot.cli.publication import add_publication

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping, Sequence

    from bot.cli.console import Console
    from sync.report import Book, Chapter
    from sync.repositories.repository import Repository
    from sync.repositories.revisions import Commit, FileChange

HELP: Final = "Say which English each chapter was translated from and how we know; record it."
EPILOG: Final = """\
examples:
  amts baseline show --source en/ --target fork/ --lang zh
  amts baseline set chapter_x/y.md v0.17.1 --source en/ --target fork/ --lang zh --publish branch
  amts baseline adopt --source en/ --target fork/ --lang zh --publish branch

show    one row per chapter: commit with date and subject, how it is known (state, origin, fit, given), confidence,
        reason
set     record an English revision for one chapter; with the newest one, the chapter is marked current
adopt   record the best fit of every chapter whose own record is missing or was left behind, in one change

set and adopt write the state of the chapters (.amts/state) and, where the fork keeps it, X_origin.md. They touch no
translation. adopt leaves out what it is not sure of, and says so.
"""


def configure(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="show|set|adopt", required=True)
    for name, about in (
        ("show", "which English, and how we know"),
        ("set", "record it for one chapter"),
        ("adopt", "record the best fit of every stale chapter"),
    ):
        action = actions.add_parser(name, help=about, description=about)
        if name == "set":
            action.add_argument("chapter", metavar="PATH", help="chapter, as it is called in the repository")
            action.add_argument("revision", metavar="REV", help="English revision it was translated from")
        _configure(action)
        if name == "adopt":
            action.add_argument(
                "--min-confidence", type=float, metavar="P", help="leave out what is less sure than this (default: 0.6)"
            )
        if name == "show":
            action.add_argument("--json", action="store_true", help="print the result for a program")
        else:
            add_publication(action)


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("--source", required=True, metavar="REPO", help="repository of the English book")
    parser.add_argument("--target", required=True, metavar="REPO", help="repository of the translation")
    parser.add_argument("--lang", required=True, metavar="TAG", help="language of the translation, as a BCP-47 tag")
    parser.add_argument("--source-ref", default="", metavar="REV", help="newest English revision to consider")
    parser.add_argument("--target-ref", default="", metavar="REV", help="revision of the fork")
    parser.add_argument("--path", action="append", default=[], metavar="GLOB", help="chapters or folders")
    add_profile(parser)


def run(arguments: Namespace, console: Console) -> int:
    if arguments.action == "show":
        return _show(arguments, console)
    return _record(arguments, console)


# Show


def _show(arguments: Namespace, console: Console) -> int:
    from sync.repositories.repository import open_repository

    with open_repository(arguments.source) as source, open_repository(arguments.target) as fork:
        book = _book(source, fork, arguments)
        commits = _commits(source, [one.baseline.commit for one in book.chapters if one.baseline])
    if arguments.json:
        rows = [_fields(chapter) | _about(chapter, commits) for chapter in book.chapters]
        console.print(json.dumps(rows, ensure_ascii=False))
    else:
        _print_table(book.chapters, commits, console)
    return 0


def _commits(source: Repository, ids: Sequence[str]) -> dict[str, Commit]:
    """Date and subject of those commits that the English repository has, by id."""
    from sync.repositories.revisions import Commit

    wanted = "".join(f"{one}\n" for one in sorted(set(ids)) if one.isalnum())
    if not wanted:
        return {}
    shape = ("--no-walk=unsorted", "--ignore-missing", "--format=%H%x00%cI%x00%s")
    listing = source.ask("log", *shape, "--stdin", stdin=wanted)
    found = [Commit(*line.split("\0")) for line in listing.split("\n") if line]
    return {commit.id: commit for commit in found}


def _about(chapter: Chapter, commits: Mapping[str, Commit]) -> dict[str, str]:
    """Of the English that a chapter stands on."""
    found = commits.get(chapter.baseline.commit) if chapter.baseline else None
    return {"date": found.date if found else "", "subject": found.subject if found else ""}


def _book(source: Repository, fork: Repository, arguments: Namespace) -> Book:
    from alignment.markdown import PROFILES
    from sync.chapters.shelf import Request, read_book

    request = Request(
        lang=arguments.lang,
        source_ref=arguments.source_ref,
        target_ref=arguments.target_ref,
        paths=tuple(arguments.path),
        profile=PROFILES[arguments.profile],
    )
    return read_book(source, fork, request)


def _fields(chapter: Chapter) -> dict[str, Any]:
    from bot.records import baseline_fields

    return {"id": chapter.path, "baseline": baseline_fields(chapter.baseline), "reason": chapter.refusal}


def _print_table(chapters: Sequence[Chapter], commits: Mapping[str, Commit], console: Console) -> None:
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    from bot.quoting import printable

    table = Table(box=SIMPLE, pad_edge=False)
    for title in ("chapter", "from", "known by", "sure", "why"):
        table.add_column(title, overflow="fold", justify="right" if title == "sure" else "left")
    for chapter in chapters:
        found = chapter.baseline
        about = _about(chapter, commits)
        place = "\n".join(part for part in (about["date"][:10], about["subject"]) if part)
        cells = (f"{found.commit[:8]} {place}", str(found.how), f"{found.confidence:.0%}") if found else ("", "", "")
        why = found.reason if found else chapter.refusal.replace(f"{chapter.path}: ", "")
        table.add_row(*(Text(printable(cell)) for cell in (chapter.path, *cells, why)))
    console.rich().print(table)


# Record


def _record(arguments: Namespace, console: Console) -> int:
    from bot.cli.publication import alone, check_place, check_writable, publish
    from sync.repositories.repository import open_repository

    check_place(arguments, f"baseline {arguments.action}")
    with ExitStack() as stack:
        source, fork = (stack.enter_context(open_repository(place)) for place in (arguments.source, arguments.target))
        stack.enter_context(alone(arguments, fork))
        check_writable(arguments, fork)
        base, english = fork.resolve(arguments.target_ref), source.resolve(arguments.source_ref)
        title, files, left = (_set if arguments.action == "set" else _adopt)(source, fork, arguments, base)
        fields = publish(
            arguments,
            fork,
            files,
            branch=f"amts/baselines-{english.short}",
            base=base.id,
            message=title,
            source=english.id,
            fields={"title": title, "left": [_fields(chapter) for chapter in left]},
        )
    if arguments.json:
        console.print(json.dumps(fields, ensure_ascii=False))
        return 0
    for chapter in left:
        if chapter.baseline:
            sure = f"{chapter.baseline.confidence:.0%} sure"
            console.print(
                f"left out: {chapter.path}: only {sure} of {chapter.baseline.commit[:8]}: {chapter.baseline.reason}"
            )
    console.print(f"{title}. {fields['said']}")
    return 0


def _set(
    source: Repository, fork: Repository, arguments: Namespace, base: Commit
) -> tuple[str, Sequence[FileChange], Sequence[Chapter]]:
    from sync.baselines.adopt import keeps_english, record
    from sync.baselines.baseline import CERTAIN, Baseline, How
    from sync.errors import UsageError
    from sync.repositories.paths import state_path
    from sync.state import Recorder, load_state

    path, commit = arguments.chapter, source.resolve(arguments.revision)
    english, files = source.files(commit.id), fork.files(base.id)
    for where, known in ((source.location, english), (fork.location, files)):
        if path not in known:
            message = f"{path}: {where} has no such chapter at {commit.short if known is english else base.short}."
            raise UsageError(message)
    found = Baseline(
        text=source.text(english[path]),
        how=How.GIVEN,
        confidence=CERTAIN,
        commit=commit.id,
        blob=english[path].blob,
    )
    place = state_path(path)
    state = load_state(fork.text(files[place]) if place in files else None, place)
    newest = source.files(source.resolve(arguments.source_ref).id).get(path)
    by = Recorder.MARKED if newest and newest.blob == found.blob else Recorder.SET
    changes = record(path, found, state, by, english=keeps_english(files))
    return f"Record that {path} was translated from {commit.short}", changes, ()


def _adopt(
    source: Repository, fork: Repository, arguments: Namespace, base: Commit
) -> tuple[str, Sequence[FileChange], Sequence[Chapter]]:
    from sync.baselines.adopt import adoptable, keeps_english, record
    from sync.baselines.baseline import SURE
    from sync.state import Recorder

    book, english = _book(source, fork, arguments), keeps_english(fork.files(base.id))
    sure, left = adoptable(book, SURE if arguments.min_confidence is None else arguments.min_confidence)
    files = [
        file
        for chapter in sure
        if chapter.baseline
        for file in record(chapter.path, chapter.baseline, chapter.state, Recorder.ADOPTED, english=english)
    ]
    return f"Record the English that {len(sure)} chapters were translated from", files, left
