"""One fork from its repositories to what is published: the work of ``amts sync`` without a word to anybody."""

from __future__ import annotations

import shlex
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator

    from bot.model import PullRequestPlan
    from sync.errors import AmtsError
    from sync.report import Book, SyncReport
    from sync.repository import Repository
    from sync.shelf import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How one fork ended."""

    lang: str
    report: SyncReport | None = None
    fields: dict[str, Any] | None = None
    """The result as a program reads it."""
    error: AmtsError | None = None
    """Why it ended red; a report may be there all the same."""


def sync_fork(arguments: Namespace, target: str, lang: str, progress: Callable[[str, int], Any]) -> Done:
    """Bring one fork up to date and publish the result as was asked.

    ``progress`` is given a title and a number of chapters, and returns a context that yields a function to call for
    each of them.
    """
    from sync.errors import AmtsError

    try:
        with _repositories(arguments, target) as (source, fork):
            book = _read(source, fork, arguments, lang)
            report = _update(book, arguments, progress)
            fields = _fields(report, source, fork, arguments)
    except AmtsError as error:
        return Done(lang=lang, error=error)
    return Done(lang=lang, report=report, fields=fields, error=_end(book, report, arguments))


@contextmanager
def _repositories(arguments: Namespace, target: str) -> Iterator[tuple[Repository, Repository]]:
    from bot.cli.publication import alone, check_writable
    from sync.repository import open_repository

    with open_repository(arguments.source) as source, open_repository(target) as fork, alone(arguments, fork):
        check_writable(arguments, fork)
        yield source, fork


def _read(source: Repository, fork: Repository, arguments: Namespace, lang: str) -> Book:
    from sync.shelf import read_book

    return read_book(source, fork, _request(arguments, lang))


def _request(arguments: Namespace, lang: str) -> Request:
    from sync.shelf import Request

    return Request(
        lang=lang,
        source_ref=arguments.source_ref,
        target_ref=arguments.target_ref,
        paths=tuple(arguments.path),
        baseline=arguments.baseline,
        retry=arguments.retry,
    )


def _update(book: Book, arguments: Namespace, progress: Callable[[str, int], Any]) -> SyncReport:
    """The report of an update; of one with the null engine in a dry run."""
    from alignment.markdown import PROFILES
    from sync.bitext.sources import load_memory
    from sync.book import sync_book

    profile = PROFILES[arguments.profile]
    memory = load_memory(arguments.memory, book.lang, profile=profile) if arguments.memory else None
    with progress(f"Bringing {book.lang} up to date", len(book.pairs)) as advance:
        return sync_book(
            book,
            "echo" if arguments.dry_run else arguments.engine,
            memory=memory,
            max_characters=None if arguments.dry_run else arguments.max_characters,
            profile=profile,
            advance=advance,
        )


def _fields(report: SyncReport, source: Repository, fork: Repository, arguments: Namespace) -> dict[str, Any]:
    """The result as a program reads it, after it was published as was asked."""
    from bot.pull_request import plan_pull_request
    from bot.records import report_fields

    fields = report_fields(report, engine=arguments.engine, dry_run=arguments.dry_run)
    if arguments.dry_run:
        return fields
    plan = plan_pull_request(report, source=source.name, command=_command(arguments, source, fork, report.lang))
    fields["pull_request"] = {"title": plan.title, "branch": plan.branch, "labels": plan.labels}
    if arguments.publish == "branch":
        fields["branch"] = _write_branch(report, plan, fork)
    if arguments.output is not None:
        from bot.cli.folder import write_folder

        write_folder(arguments.output, plan.files, fields, plan.body)
        fields["output"] = str(arguments.output)
    return fields


def _write_branch(report: SyncReport, plan: PullRequestPlan, fork: Repository) -> dict[str, Any]:
    from bot.cli.publication import write_changes

    return write_changes(
        fork, plan.files, branch=plan.branch, base=report.target.id, message=plan.message, source=report.source.id
    )


def _command(arguments: Namespace, source: Repository, fork: Repository, lang: str) -> str:
    """What was run, for people elsewhere: without passwords, and without the folders of this machine."""
    words = ["amts", "sync", "--source", source.public_name, "--target", fork.public_name, "--lang", lang]
    for option in ("source_ref", "target_ref", "baseline"):
        value = getattr(arguments, option)
        words += [f"--{option.replace('_', '-')}", value] if value else []
    for glob in arguments.path:
        words += ["--path", glob]
    return shlex.join([*words, "--engine", arguments.engine, "--publish", "branch"])


def _end(book: Book, report: SyncReport, arguments: Namespace) -> AmtsError | None:
    """Why it ends red: a chapter failed, nothing could be compared, or a dry run found too much to send."""
    from sync.errors import AmtsError, BudgetError
    from sync.report import refuse_incomplete

    try:
        refuse_incomplete(book, report)
    except AmtsError as error:
        return error
    if arguments.max_characters is None or report.characters <= arguments.max_characters:
        return None
    return BudgetError(
        f"{report.characters} characters would be sent to the engine, and {arguments.max_characters} are allowed."
    )
