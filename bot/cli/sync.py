"""``amts sync``: forks brought up to date with English, onto a branch or into a folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bot.cli.options import add_account, add_engine, add_profile, cache_folder
from bot.cli.publication import add_publication
from bot.cli.settings import add_request
from bot.cli.sync_summary import tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping, Sequence

    from bot.cli.console import Console
    from bot.cli.sync_fork import Done

HELP: Final = "Bring translation forks up to date with English."
EPILOG: Final = """\
examples:
  amts sync --source en/ --target fork/ --lang zh --dry-run
  amts sync --source en.bundle --target fork.bundle --lang zh --output result/
  amts sync --source en/ --target fork/ --lang zh --publish branch --path chapter_preliminaries
  amts sync --source en/ --target zh/ --lang zh --target tr/ --lang tr --publish branch

REPO is a path (a clone, a folder in it, a bare repository), a URL or a bundle file. Without --memory the engine
learns from the fork's own chapters. The fork's files, index and HEAD are never touched: --publish branch adds a
branch amts/sync-COMMIT to it, --output writes files into a folder of their own.

What is not said here is taken from .amts.yml in the fork (amts config): source, what to follow, engine, limits, what
becomes of new and removed chapters.

Several forks are done side by side, each with its own result: below DIR/TAG with --output. One that fails stops no
other, and the run ends with its error. On a fork that is a repository here, a run that was killed is taken up
where it was by the same command, if it has neither --memory nor --max-characters.
"""


def configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--target", required=True, action="append", metavar="REPO", help="repository of a translation; may be repeated"
    )
    parser.add_argument(
        "--lang", required=True, action="append", metavar="TAG", help="its language, as a BCP-47 tag; one per --target"
    )
    add_request(parser)
    parser.add_argument(
        "--retry", action="store_true", help="offer again what is pending, also where English did not change since"
    )
    parser.add_argument("--max-characters", type=int, metavar="N", help="send no engine more than this, for each fork")
    add_publication(parser)
    add_engine(parser)
    add_account(parser)
    add_profile(parser)
    parser.set_defaults(engine=None, profile=None)  # then the fork's configuration says it


def run(arguments: Namespace, console: Console) -> int:
    forks = _forks(arguments)
    arguments.cache = arguments.cache or cache_folder(console.env)
    arguments.env = dict(console.env)
    done = _one(arguments, *forks[0], console) if len(forks) == 1 else _many(arguments, forks, console)
    if arguments.json:
        fields = [found for one in done if (found := _fields(one))]
        console.print(json.dumps(fields if len(forks) > 1 else fields[0], ensure_ascii=False)) if fields else None
    else:
        _tell(done, console)
    _end(done, console)
    return 0


def _fields(done: Done) -> Mapping[str, Any] | None:
    """What a program reads of a fork; nothing of one that ended with an error and no result."""
    from bot.records import waiting_fields
    from sync.errors import Waiting

    if done.fields is None and isinstance(done.error, Waiting):
        return waiting_fields(done.lang, str(done.error))
    return done.fields


def _end(done: Sequence[Done], console: Console) -> None:
    """Tell what did not end well; the last error is raised. That a service is at work is no error."""
    from sync.errors import Waiting

    errors = [one for one in done if one.error and not isinstance(one.error, Waiting)]
    for one in done:
        if isinstance(one.error, Waiting):
            console.note(str(one.error))
    for one in errors[:-1]:
        console.error(f"{one.lang}: {one.error}")
    if errors and errors[-1].error:
        raise errors[-1].error


def _forks(arguments: Namespace) -> tuple[tuple[str, str], ...]:
    """Repository and language of each fork, refused before any work is done if that cannot end well."""
    from bot.cli.publication import check_place
    from sync.errors import UsageError

    if len(arguments.target) != len(arguments.lang) or len(set(arguments.lang)) != len(arguments.lang):
        message = (
            f"{len(arguments.target)} --target and {len(set(arguments.lang))} different --lang: "
            "each fork needs one of both, in the same order."
        )
        raise UsageError(message)
    if arguments.max_characters is not None and arguments.max_characters < 0:
        message = f"--max-characters {arguments.max_characters}: cannot be negative."
        raise UsageError(message)
    check_place(arguments, "sync")
    return tuple(zip(arguments.target, arguments.lang, strict=True))


def _one(arguments: Namespace, target: str, lang: str, console: Console) -> tuple[Done, ...]:
    from bot.cli.sync_fork import sync_fork

    return (sync_fork(arguments, target, lang, console.progress, console.note),)


def _many(arguments: Namespace, forks: Sequence[tuple[str, str]], console: Console) -> tuple[Done, ...]:
    from bot.cli.side_by_side import sync_forks

    with console.progress(f"Bringing {len(forks)} forks up to date", 0) as advance:
        return sync_forks(arguments, forks, advance, console.note)


def _tell(done: Sequence[Done], console: Console) -> None:
    for one in done:
        if len(done) > 1:
            console.print(f"\n{one.lang}")
        if one.report is not None and one.fields is not None:
            tell(one.report, one.fields, console)
