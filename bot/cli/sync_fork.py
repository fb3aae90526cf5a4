"""One fork from its repositories to what is published: the work of ``amts sync`` without a word to anybody."""

from __future__ import annotations

import shlex
from argparse import Namespace
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.cli.folder import write_folder
from bot.cli.options import service_values
from bot.cli.publication import alone, check_writable, write_changes
from bot.cli.settings import book_name, make_request, open_source, profile_of, read_glossary, read_settings
from bot.pull_request import plan_pull_request
from bot.records import report_fields
from sync.bitext.sources import load_memory
from sync.book import sync_book
from sync.chapters.beside import complete
from sync.chapters.shelf import read_book
from sync.delivery import refuse_incomplete
from sync.engines import SERVICES, Service
from sync.engines.models import Models
from sync.errors import AmtsError, BudgetError
from sync.journal import Journal
from sync.repositories.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.model import PullRequestPlan
    from sync.bitext.terminology.model import TermBase
    from sync.config import Config
    from sync.engines import Charge
    from sync.model import RevisionPair
    from sync.report import Book, SyncReport
    from sync.repositories.repository import Repository


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How one fork ended."""

    lang: str
    report: SyncReport | None = None
    fields: dict[str, Any] | None = None
    """The result as a program reads it."""
    error: AmtsError | None = None
    """Why it ended red; a report may be there all the same."""


def sync_fork(
    arguments: Namespace, target: str, lang: str, progress: Callable[[str, int], Any], say: Callable[[str], None]
) -> Done:
    """Bring one fork up to date and publish the result as was asked.

    ``progress`` is given a title and a number of chapters, and returns a context that yields a function to call for
    each of them; ``say`` is told, in lines, what takes its time or costs something.
    """
    try:
        with _opened(arguments, target) as (source, fork, config):
            given = _given(arguments, config)
            journals: list[Journal] = []
            service = _service(given, config, fork, say)
            book, report = update_fork(
                given, source, fork, config, lang, progress, service, journal=_journal(fork, given, journals)
            )
            fields = _fields(report, source, fork, given) | {"warnings": config.warnings}
            for journal in journals:
                journal.close()
    except AmtsError as error:
        return Done(lang=lang, error=error)
    return Done(lang=lang, report=report, fields=fields, error=_end(book, report, given))


def update_fork(
    arguments: Namespace,
    source: Repository,
    fork: Repository,
    config: Config,
    lang: str,
    progress: Callable[[str, int], Any],
    service: Service,
    *,
    journal: Callable[[Sequence[RevisionPair]], Journal] | None = None,
) -> tuple[Book, SyncReport]:
    """What becomes of the chapters that the arguments name, and all files that it takes; nothing is written."""
    book = read_book(source, fork, make_request(arguments, config, source, fork, lang))
    terms = read_glossary(arguments, config, fork, lang)
    charges: dict[str, Charge] = {}
    service = replace(service, charge=lambda charge: charges.update({charge.errand: charge}))
    report = _update(book, arguments, config, progress, journal, terms, service)
    report = replace(report, charges=tuple(charges.values()))
    if not arguments.dry_run:
        report = complete(report, book, source, fork, bibliography=config.bibliography)
    return book, report


@contextmanager
def _opened(arguments: Namespace, target: str) -> Iterator[tuple[Repository, Repository, Config]]:
    with open_repository(target) as fork, alone(arguments, fork):
        check_writable(arguments, fork)
        config = read_settings(arguments, fork)
        with open_source(arguments, config) as source:
            yield source, fork, config


def _given(arguments: Namespace, config: Config) -> Namespace:
    """The arguments with what the configuration says where they say nothing."""
    most = config.max_characters if arguments.max_characters is None else arguments.max_characters
    return Namespace(**vars(arguments) | {"engine": arguments.engine or config.engine, "max_characters": most})


def _update(
    book: Book,
    arguments: Namespace,
    config: Config,
    progress: Callable[[str, int], Any],
    journal: Callable[[Sequence[RevisionPair]], Journal] | None,
    terms: TermBase | None,
    service: Service,
) -> SyncReport:
    """The report of an update; of one with the null engine in a dry run."""
    profile = profile_of(arguments, config)
    memory = load_memory(arguments.memory, book.lang, profile=profile) if arguments.memory else None
    with progress(f"Bringing {book.lang} up to date", len(book.pairs)) as advance:
        return sync_book(
            book,
            "echo" if arguments.dry_run else arguments.engine,
            memory=memory,
            max_characters=None if arguments.dry_run else arguments.max_characters,
            profile=profile,
            advance=advance,
            journal=journal,
            terms=terms,
            models=Models(folder=arguments.cache, say=service.say),
            service=service,
        )


def _service(arguments: Namespace, config: Config, fork: Repository, say: Callable[[str], None]) -> Service:
    """What an engine that is a service is told of this fork."""
    return Service(
        values={**config.amazon, **service_values(arguments)},
        env=arguments.env,
        book=book_name(fork),
        say=say,
        only_collect=getattr(arguments, "only_collect", False),
    )


def _journal(
    fork: Repository, arguments: Namespace, opened: list[Journal]
) -> Callable[[Sequence[RevisionPair]], Journal] | None:
    """Where a run keeps what it has done: with the fork's own git. A budget has to be known before anything is done."""
    if arguments.dry_run or not fork.writable or arguments.max_characters is not None or arguments.memory:
        return None
    if arguments.engine in SERVICES:
        return None  # it keeps what it did itself, and is asked for all chapters at once
    base = fork.resolve(arguments.target_ref).id

    def journal(pairs: Sequence[RevisionPair]) -> Journal:
        opened.append(Journal(fork.folder / "amts-runs" / pairs[0].lang, pairs, (arguments.engine, base)))
        return opened[-1]

    return journal


def _fields(report: SyncReport, source: Repository, fork: Repository, arguments: Namespace) -> dict[str, Any]:
    """The result as a program reads it, after it was published as was asked."""
    fields = report_fields(report, engine=arguments.engine, dry_run=arguments.dry_run)
    if arguments.dry_run:
        return fields
    plan = plan_pull_request(report, source=source.name, command=_command(arguments, source, fork, report.lang))
    fields["pull_request"] = {"title": plan.title, "branch": plan.branch, "labels": plan.labels}
    if arguments.publish == "branch":
        fields["branch"] = _write_branch(report, plan, fork)
    if arguments.output is not None:
        write_folder(arguments.output, plan.files, fields, plan.body)
        fields["output"] = str(arguments.output)
    return fields


def _write_branch(report: SyncReport, plan: PullRequestPlan, fork: Repository) -> dict[str, Any]:
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
    try:
        refuse_incomplete(book, report)
    except AmtsError as error:
        return error
    if arguments.max_characters is None or report.characters <= arguments.max_characters:
        return None
    return BudgetError(
        f"{report.characters} characters would be sent to the engine, and {arguments.max_characters} are allowed."
    )
