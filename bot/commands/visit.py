"""What a command has to work with: the comment, its pull request, and the fork once it needs that."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Self

from bot.upkeep.ours import read_claim
from bot.upkeep.segments import as_typed
from sync.errors import RepositoryError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from types import TracebackType

    from bot.client import Client
    from bot.model import Commented
    from bot.upkeep.decisions import Start
    from bot.upkeep.ours import Own
    from bot.upkeep.site import Site
    from sync.report import Book, SyncReport

MOVED: Final = "the branch moved meanwhile"


class Visit:
    """One comment on one of our pull requests; to be used in a ``with``, after which the clone is gone."""

    def __init__(
        self, client: Client, own: Own, comment: Commented, open_site: Callable[[], AbstractContextManager[Site]]
    ) -> None:
        self.client = client
        self.own = own
        """The pull request, as it is after the commands that were done."""
        self.comment = comment
        self._open = open_site
        self._site: Site | None = None
        self._start: Start | None = None
        self._surveys: dict[tuple[str, ...], tuple[Book, SyncReport]] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def site(self) -> Site:
        """The fork, cloned when it is first asked for.

        Raises:
            RepositoryError: it cannot be cloned, or the pull request has other commits than when the comment was read.
            UsageError: it is in another language than the pull request.
        """
        if self._site is None:
            site = self._stack.enter_context(self._open())
            if site.lang != self.own.claim.lang:
                message = f"This pull request is for {self.own.claim.lang}, and the fork is set up for {site.lang}."
                raise UsageError(message)
            if site.commit_of(self.own.pull.branch) != self.own.pull.head:
                message = f"Nothing was done: {MOVED}. Look at its commits, and comment again."
                raise RepositoryError(message)
            self._site = site
        return self._site

    @property
    def start(self) -> Start:
        """What the pull request is made anew from: the default branch, and what people decided."""
        from bot.upkeep.decisions import start_of

        if self._start is None:
            self._start = start_of(self.site.fork, self.site.tip, self.own)
        return self._start

    @property
    def paths(self) -> tuple[str, ...]:
        """The chapters of the pull request."""
        return tuple(sorted(self.own.claim.chapters))

    def survey(self, paths: Sequence[str] = ()) -> tuple[Book, SyncReport]:
        """What would become of chapters of the pull request, all of them if none is named; nothing is drafted."""
        chosen = tuple(paths) or self.paths
        if chosen not in self._surveys:
            target = self.start.commit
            self._surveys[chosen] = self.site.update(paths=chosen, target=target, dry_run=True, retry=True)
        return self._surveys[chosen]

    def chosen(self, paths: Sequence[str]) -> tuple[str, ...]:
        """Chapters that somebody named, each once. Raises UsageError where one is not in the pull request."""
        named = tuple(dict.fromkeys(map(as_typed, paths)))
        unknown = [path for path in named if path not in self.own.claim.chapters]
        if unknown:
            message = f"Not in this pull request: {', '.join(unknown)}. It has {', '.join(self.paths)}."
            raise UsageError(message)
        return named

    def labels(self, labels: frozenset[str]) -> None:
        """Take note of the labels that the pull request has now."""
        self.own = replace(self.own, pull=replace(self.own.pull, labels=labels))

    def moved(self) -> None:
        """Take note that the branch or the text of the pull request is another one now."""
        pull = self.client.pull(self.own.pull.number)
        head = self.site.commit_of(pull.branch) or pull.head
        claim = read_claim(pull.body) or self.own.claim
        self.own = replace(self.own, pull=replace(pull, head=head), claim=claim)
        self._start = None
        self._surveys.clear()
