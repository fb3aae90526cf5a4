"""``amts sync``: one fork brought up to date with English, onto a branch or into a folder."""

from __future__ import annotations

import json
import shlex
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.cli.options import add_engine, add_profile
from bot.cli.sync_summary import tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from bot.cli.console import Console
    from bot.model import PullRequestPlan
    from sync.report import Book, SyncReport
    from sync.repository import Repository
    from sync.shelf import Request

HELP: Final = "Bring a translation fork up to date with English."
EPILOG: Final = """\
examples:
  amts sync --source en/ --target fork/ --lang zh --dry-run
  amts sync --source en.bundle --target fork.bundle --lang zh --output result/
  amts sync --source en/ --target fork/ --lang zh --publish branch --path chapter_preliminaries

REPO is a path (a clone, a folder in it, a bare repository), a URL or a bundle file. Without --memory the engine
learns from the fork's own chapters. The fork's files, index and HEAD are never touched: --publish branch adds a
branch amts/sync-COMMIT to it, --output writes files into a folder of their own.
"""
PUBLISH: Final = ("none", "branch")


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--source", required=True, metavar="REPO", help="repository of the English book")
    parser.add_argument("--target", required=True, metavar="REPO", help="repository of the translation")
    parser.add_argument("--lang", required=True, metavar="TAG", help="language of the translation, as a BCP-47 tag")
    parser.add_argument(
        "--source-ref", default="", metavar="REV", help="English revision (default: its default branch)"
    )
    parser.add_argument("--target-ref", default="", metavar="REV", help="revision of the fork")
    parser.add_argument(
        "--path",
        action="append",
        default=[],
        metavar="GLOB",
        help="chapters or folders; may be repeated (default: all)",
    )
    parser.add_argument(
        "--baseline", default="", metavar="REV", help="English revision translated from, where no X_origin.md says so"
    )
    parser.add_argument("--publish", choices=PUBLISH, default="none", help="add a branch to the fork (default: none)")
    parser.add_argument("--output", type=Path, metavar="DIR", help="write the changed files and the reports here")
    parser.add_argument("--max-characters", type=int, metavar="N", help="send no engine more than this")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be done and what it costs; write nothing"
    )
    parser.add_argument("--json", action="store_true", help="print the result for a program")
    add_engine(parser)
    add_profile(parser)


def run(arguments: Namespace, console: Console) -> int:
    from sync.shelf import read_book

    _check(arguments)
    with _repositories(arguments) as (source, target):
        book = read_book(source, target, _request(arguments))
        report = _update(book, arguments, console)
        fields = _fields(report, source, target, arguments)
    if arguments.json:
        console.print(json.dumps(fields, ensure_ascii=False))
    else:
        tell(report, fields, console)
    _end(book, report, arguments)
    return 0


def _check(arguments: Namespace) -> None:
    """Refuse what cannot end well before any work is done."""
    from bot.cli.folder import check_folder
    from sync.errors import UsageError

    if not arguments.dry_run and arguments.publish == "none" and arguments.output is None:
        message = "sync needs to know where the result goes: --output DIR, --publish branch, or --dry-run."
        raise UsageError(message)
    if arguments.max_characters is not None and arguments.max_characters < 0:
        message = f"--max-characters {arguments.max_characters}: cannot be negative."
        raise UsageError(message)
    if arguments.output is not None and not arguments.dry_run:
        check_folder(arguments.output)


@contextmanager
def _repositories(arguments: Namespace) -> Iterator[tuple[Repository, Repository]]:
    from sync.errors import UsageError
    from sync.repository import open_repository

    with open_repository(arguments.source) as source, open_repository(arguments.target) as target:
        if arguments.publish == "branch" and not target.writable:
            message = (
                f"{target.location}: a URL or a bundle gets no branch. Clone it first, or write files with --output."
            )
            raise UsageError(message)
        yield source, target


def _request(arguments: Namespace) -> Request:
    from sync.shelf import Request

    return Request(
        lang=arguments.lang,
        source_ref=arguments.source_ref,
        target_ref=arguments.target_ref,
        paths=tuple(arguments.path),
        baseline=arguments.baseline,
    )


def _update(book: Book, arguments: Namespace, console: Console) -> SyncReport:
    """The report of an update; of one with the null engine in a dry run."""
    from alignment.markdown import PROFILES
    from sync.bitext.sources import load_memory
    from sync.book import sync_book

    profile = PROFILES[arguments.profile]
    memory = load_memory(arguments.memory, book.lang, profile=profile) if arguments.memory else None
    with console.progress(f"Bringing {book.lang} up to date", len(book.pairs)) as advance:
        return sync_book(
            book,
            "echo" if arguments.dry_run else arguments.engine,
            memory=memory,
            max_characters=None if arguments.dry_run else arguments.max_characters,
            profile=profile,
            advance=advance,
        )


def _fields(report: SyncReport, source: Repository, target: Repository, arguments: Namespace) -> dict[str, Any]:
    """The result as a program reads it, after it was published as was asked."""
    from bot.pull_request import plan_pull_request
    from bot.records import report_fields

    fields = report_fields(report, engine=arguments.engine, dry_run=arguments.dry_run)
    if arguments.dry_run:
        return fields
    plan = plan_pull_request(report, source=source.name, command=_command(arguments, source, target))
    fields["pull_request"] = {"title": plan.title, "branch": plan.branch, "labels": plan.labels}
    if arguments.publish == "branch":
        fields["branch"] = _write_branch(report, plan, target)
    if arguments.output is not None:
        from bot.cli.folder import write_folder

        write_folder(arguments.output, plan.files, fields, plan.body)
        fields["output"] = str(arguments.output)
    return fields


def _write_branch(report: SyncReport, plan: PullRequestPlan, target: Repository) -> dict[str, Any]:
    from sync.branches import write_branch

    if not plan.files:
        return {"name": plan.branch, "commit": "", "new": False}
    base, source = report.target.id, report.source.id
    written = write_branch(target, plan.branch, plan.files, base=base, message=plan.message, source=source)
    return {"name": written.branch, "commit": written.commit, "new": written.new}


def _command(arguments: Namespace, source: Repository, target: Repository) -> str:
    """What was run, for people elsewhere: without passwords, and without the folders of this machine."""
    words = ["amts", "sync", "--source", source.public_name, "--target", target.public_name, "--lang", arguments.lang]
    for option in ("source_ref", "target_ref", "baseline"):
        value = getattr(arguments, option)
        words += [f"--{option.replace('_', '-')}", value] if value else []
    for glob in arguments.path:
        words += ["--path", glob]
    return shlex.join([*words, "--engine", arguments.engine, "--publish", "branch"])


def _end(book: Book, report: SyncReport, arguments: Namespace) -> None:
    """End red where a chapter failed, where nothing could be compared, or where a dry run found too much to send."""
    from sync.errors import BudgetError
    from sync.report import refuse_incomplete

    refuse_incomplete(book, report)
    if arguments.max_characters is not None and report.characters > arguments.max_characters:
        message = (
            f"{report.characters} characters would be sent to the engine, and {arguments.max_characters} are allowed."
        )
        raise BudgetError(message)
