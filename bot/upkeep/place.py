"""Opens a fork on GitHub for work: its clone, its English, its configuration, and the pipeline between them."""

from __future__ import annotations

from argparse import Namespace
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from bot.cli.options import cache_folder
from bot.cli.settings import book_name, read_settings
from bot.cli.sync_fork import update_fork
from bot.upkeep.site import Site
from sync.config.load import DEFAULT
from sync.engines import SERVICES, Service
from sync.errors import UsageError
from sync.repositories.follow import RELEASE, releases_of
from sync.repositories.remote import access
from sync.repositories.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bot.client import Client
    from bot.options import Options
    from bot.runner.job import Job
    from sync.config import Config
    from sync.report import Book, SyncReport
    from sync.repositories.repository import Repository

COMMAND: Final = "amts sync --source {source} --target {target} --lang {lang} --publish branch"


@contextmanager
def open_site(
    job: Job,
    options: Options,
    client: Client,
    env: Mapping[str, str],
    say: Callable[[str], None],
    *,
    only_collect: bool = False,
) -> Iterator[Site]:
    """The fork that a job is for, ready to be worked on; its clones are gone afterwards.

    Raises:
        UsageError: it is not said which language or which English book.
        RepositoryError: one of the two repositories cannot be fetched.
        ForgeError: GitHub does not answer.
    """
    target = f"{job.server_url}/{client.name}.git"
    with open_repository(target, env=access(options.token, job.server_url)) as fork:
        base = client.default_branch()
        config = read_settings(Namespace(target_ref=f"refs/heads/{base}"), fork)
        lang = options.lang or config.lang
        if not lang:
            message = "Which language is this fork in? Say `lang` in .amts.yml, or the input target-language."
            raise UsageError(message)
        address = _address(options.source or config.source, job)
        with open_repository(address, env=access("", job.server_url)) as source:
            config = _with_releases(config, source)
            yield Site(
                client=client,
                fork=fork,
                source=source,
                update=_Update(source, fork, config, lang, base, options, env, say, only_collect),
                config=config,
                lang=lang,
                login=client.login(),
                base=base,
                english=source.name,
                command=COMMAND.format(source=source.public_name, target=fork.public_name, lang=lang),
                say=say,
                asks_at_once=(options.engine or config.engine) in SERVICES,
            )


def _with_releases(config: Config, source: Repository) -> Config:
    """Where nobody says what is followed: releases, where the book has them. Volunteers need not read every draft."""
    is_said = any(origin.key == "follow" and origin.place != DEFAULT for origin in config.origins)
    return config if is_said or not releases_of(source.tags()) else replace(config, follow=RELEASE)


def _address(source: str, job: Job) -> str:
    """Where the English book is. It is read as everybody may read it: no token goes there."""
    if not source:
        message = "Where is the English book? Say `source` in .amts.yml, or the input source-repo."
        raise UsageError(message)
    if source.startswith(("https://", f"{job.server_url}/")):
        return source
    if source.count("/") == 1 and "://" not in source and not source.startswith((".", "/")):
        return f"{job.server_url}/{source}.git"
    message = f"The English book is said to be at {source!r}, which is no address. Give owner/name, or https://…"
    raise UsageError(message)


class _Update:
    """See ``bot.upkeep.site.Update``."""

    def __init__(
        self,
        source: Repository,
        fork: Repository,
        config: Config,
        lang: str,
        base: str,
        options: Options,
        env: Mapping[str, str],
        say: Callable[[str], None],
        only_collect: bool,
    ) -> None:
        self._source = source
        self._fork = fork
        self._config = config
        self._lang = lang
        self._base = base
        self._options = options
        self._env = env
        self._say = say
        self._service = Service(values=config.amazon, env=env, book=book_name(fork), say=say, only_collect=only_collect)

    def __call__(
        self, *, paths: Sequence[str] = (), target: str = "", dry_run: bool = False, retry: bool = False
    ) -> tuple[Book, SyncReport]:
        inputs = self._options.inputs
        most = self._config.max_characters if inputs.max_characters is None else inputs.max_characters
        arguments = Namespace(
            source_ref=inputs.ref,
            target_ref=target or f"refs/heads/{self._base}",
            path=list(paths or inputs.paths),
            baseline="",
            engine=self._options.engine or self._config.engine,
            memory=[],
            max_characters=most,
            dry_run=dry_run or inputs.dry_run,
            retry=retry,
            profile=None,
            config=None,
            cache=cache_folder(self._env),
        )
        return update_fork(arguments, self._source, self._fork, self._config, self._lang, self._progress, self._service)

    def _progress(self, title: str, total: int) -> Any:
        return nullcontext(lambda step: None)
