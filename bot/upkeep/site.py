"""One fork on GitHub, and what it takes to work on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

from bot.pull_request import plan_pull_request
from bot.upkeep.credit import credit
from bot.upkeep.lanes import PREFIX
from bot.upkeep.ours import Claim, own
from sync.repositories.branches import write_branch
from sync.repositories.paths import state_path
from sync.repositories.remote import push

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.client import Client
    from bot.forge.pulls import Pull
    from bot.model import PullRequestPlan
    from bot.upkeep.decisions import Start
    from bot.upkeep.ours import Own
    from sync.config import Config
    from sync.report import Book, SyncReport
    from sync.repositories.repository import Repository
    from sync.repositories.revisions import FileChange

LOOKED_AT: Final = 300
"""Pull requests, open and closed, that are looked through for ours."""


class Update(Protocol):
    """Brings chapters of the fork up to date, as a value."""

    def __call__(
        self, *, paths: Sequence[str] = (), target: str = "", dry_run: bool = False, retry: bool = False
    ) -> tuple[Book, SyncReport]:
        """All chapters where no ``paths`` are given; from the commit ``target`` of the fork, or its default branch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One fork and language."""

    client: Client
    fork: Repository
    """A clone of it, which can push."""
    source: Repository
    """The English book."""
    update: Update
    config: Config
    lang: str
    login: str
    """Whom the client speaks for."""
    base: str
    """The branch that pull requests are for."""
    english: str
    """What the English repository is called before people."""
    command: str
    """By which anybody can have the same."""
    say: Callable[[str], None]
    asks_at_once: bool = False
    """Whether the engine is a service that takes its time, and wants to be asked for all chapters of a run at once."""

    @property
    def tip(self) -> str:
        """The commit that ``base`` is at."""
        return self.fork.resolve(f"refs/heads/{self.base}").id

    def own_pulls(self) -> tuple[Own, ...]:
        """Every pull request of ours, open or not, the one that changed last first."""
        found = self.client.pulls(state="all", base=self.base, most=LOOKED_AT)
        return own(found, self.client.name, self.login, self.lang)

    def branches(self) -> frozenset[str]:
        """The branches of ours that the fork has, with a pull request or without."""
        listing = self.fork.ask("for-each-ref", "--format=%(refname:lstrip=2)", f"refs/heads/{PREFIX}")
        return frozenset(listing.split())

    def commit_of(self, branch: str) -> str:
        """Where a branch is, as it was fetched; empty where there is none."""
        return self.fork.find(f"refs/heads/{branch}")

    def plan(self, book: Book, report: SyncReport, branch: str, start: Start | None = None) -> PullRequestPlan:
        """The pull request for a report, which says in its body which chapters it brings to which English.

        ``start`` has what people decided about it, if it was made from that.
        """
        decided, settled = (start.files, start.settled) if start else ((), frozenset[str]())
        paths = {chapter.result.path for chapter in report.chapters if chapter.files}
        chapters = {
            chapter.path: chapter.blob
            for chapter in book.chapters
            if chapter.path in paths or state_path(chapter.path) in settled
        }
        claim = Claim(lang=self.lang, source=report.source.id, chapters=chapters)
        plan = plan_pull_request(report, source=self.english, command=self.command, branch=branch, claim=claim)
        written = {file.path for file in plan.files}
        named = credit(self.source, book, report)
        return replace(
            plan,
            message=f"{plan.message}\n\n{named}" if named else plan.message,
            files=(*plan.files, *(file for file in decided if file.path not in written)),
        )

    def deliver(self, plan: PullRequestPlan, report: SyncReport, *, base: str, anew: bool = False) -> str:
        """Put the files of a plan on its branch, at the server. Returns its tip; empty where there is nothing to do.

        ``anew``: the branch is made again from ``base``, and what was on it is gone.

        Raises:
            BranchMoved: somebody else was at it; nothing was pushed.
            RepositoryError: it has commits of others, or cannot be pushed.
        """
        return self.commit(plan.branch, plan.files, base=base, message=plan.message, source=report.source.id, anew=anew)

    def commit(
        self, branch: str, files: Sequence[FileChange], *, base: str, message: str, source: str, anew: bool = False
    ) -> str:
        """The same for any files. ``source`` is the English commit that they come from."""
        before = self.commit_of(branch)
        written = write_branch(self.fork, branch, files, base=base, message=message, source=source, anew=anew)
        if written.new:
            try:
                push(self.fork, branch, written.commit, expected=before)
            except Exception:
                self._put_back(branch, before)
                raise
        return written.commit

    def _put_back(self, branch: str, commit: str) -> None:
        """Let the clone say again what the server says."""
        if commit:
            self.fork.ask("update-ref", f"refs/heads/{branch}", commit)
        else:
            self.fork.ask("update-ref", "-d", f"refs/heads/{branch}")

    def open(self, plan: PullRequestPlan) -> Pull:
        """Open the pull request of a branch that was delivered, or bring it up to date."""
        return self.client.open_pull(plan, self.base)
