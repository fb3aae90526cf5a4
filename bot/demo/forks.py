"""Brings the forks of the demo up to date as ``amts sync`` does, and looks at what stayed and at a second run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alignment.markdown import D2L
from bot.pull_request import plan_pull_request
from sync.book import sync_book
from sync.chapters.shelf import Request, read_book
from sync.merge.chapter import read_chapter
from sync.repositories.branches import write_branch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from alignment.model import Block
    from bot.model import PullRequestPlan
    from sync.report import Book, SyncReport
    from sync.repositories.repository import Repository
    from sync.repositories.revisions import Written

ENGINE: Final = "local"
STEPS: Final = 3
"""How often ``bring`` says that it goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A block that the translation has and English never had."""

    path: str
    block: Block
    stayed: bool
    """The result has it, character for character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One synchronization, written to a branch."""

    book: Book
    report: SyncReport
    plan: PullRequestPlan
    written: Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A fork after its update."""

    first: Run
    again: Run
    """The same from the start."""
    rest: Run
    """From what the first run wrote, as if that were merged."""
    own: tuple[Own, ...]

    @property
    def lang(self) -> str:
        return self.first.report.lang


def bring(
    source: Repository,
    target: Repository,
    lang: str,
    *,
    command: str,
    advance: Callable[[str], None] = lambda step: None,
) -> Brought:
    """Bring a fork up to the newest English on a branch of its own; then once more, and once more from there.

    ``command`` is what the pull request says was run. ``advance`` is told of each of ``STEPS`` steps.
    """
    first = _run(source, target, lang, command)
    advance(f"{lang}, once more")
    again = _run(source, target, lang, command)
    advance(f"{lang}, from its result")
    rest = _run(source, target, lang, command, first.written.commit)
    advance(f"{lang}, compared")
    return Brought(first=first, again=again, rest=rest, own=tuple(_own(first)))


def _run(source: Repository, target: Repository, lang: str, command: str, revision: str = "") -> Run:
    book = read_book(source, target, Request(lang=lang, target_ref=revision))
    report = sync_book(book, ENGINE)
    plan = plan_pull_request(report, source=source.name, command=command)
    base, english = report.target.id, report.source.id
    written = write_branch(target, plan.branch, plan.files, base=base, message=plan.message, source=english)
    return Run(book=book, report=report, plan=plan, written=written)


def _own(run: Run) -> Iterator[Own]:
    """The blocks without a counterpart in the English that they were translated from."""
    results = {chapter.result.path: chapter.result.text for chapter in run.report.chapters}
    for pair in run.book.pairs:
        chapter = read_chapter(pair, D2L)
        numbers = sorted(i for link in chapter.alignment.links if not link.blocks.source for i in link.blocks.target)
        for block in (chapter.target.blocks[number] for number in numbers):
            yield Own(path=pair.path, block=block, stayed=block.text in results[pair.path])
