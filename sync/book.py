"""A whole book at once: every chapter whose English changed goes through the pipeline, within a budget."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from alignment.markdown import D2L
from sync.bitext.memory import Memory
from sync.bitext.parallel_data.model import ChapterPair
from sync.delivery import update_book
from sync.engines import ENGINES, UNTAUGHT, Aids, open_engine
from sync.errors import BudgetError
from sync.pipeline import update_chapters
from sync.state import ChapterState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from alignment.markdown import Profile
    from sync.bitext.terminology.model import TermBase
    from sync.engines import Engine, Service
    from sync.engines.models import Models
    from sync.journal import Journal
    from sync.model import ChapterResult, Draft, Job, RevisionPair
    from sync.report import Book, SyncReport


def sync_book(
    book: Book,
    engine: str,
    *,
    memory: Memory | None = None,
    max_characters: int | None = None,
    profile: Profile = D2L,
    advance: Callable[[str], None] = lambda step: None,
    journal: Callable[[Sequence[RevisionPair]], Journal] | None = None,
    terms: TermBase | None = None,
    models: Models | None = None,
    service: Service | None = None,
) -> SyncReport:
    """Bring a book up to date with the engine called ``engine``.

    ``memory`` is what the engine may learn from; without one it learns from the fork's own chapters, but for what an
    engine wrote there and nobody changed. ``advance`` is
    told the path of each chapter that was planned. ``journal`` opens what a run over some chapters has done so far.
    ``terms`` is the glossary that drafts should follow, ``models`` where an engine keeps what it has learned,
    ``service`` what an engine that is a service is told.

    Raises:
        BudgetError: an engine would be sent more than ``max_characters``; it has been sent nothing.
        UsageError: there is no such engine, or it is not set up.
        Waiting: a service is at work; a later run finishes it.
    """
    if engine not in ENGINES:
        open_engine(engine, book.lang, Memory())  # says which there are, before anything is read

    def open_late() -> Engine:
        if memory is not None or engine in UNTAUGHT:
            return open_engine(engine, book.lang, memory or Memory(), profile, aids=aids)
        known = Memory.of_chapters(book.translated, book.lang, profile).unlearning(book.machine_made)
        return open_engine(engine, book.lang, known, profile, aids=aids)

    chapters = None if memory is not None else lambda: _chapter_pairs(book)
    aids = Aids(models=models, terms=terms, chapters=chapters, service=service)
    frugal = Frugal(open_late, max_characters)

    def update(pairs: Sequence[RevisionPair]) -> tuple[ChapterResult, ...]:
        return update_chapters(
            [replace(pair, terms=terms) for pair in pairs],
            frugal,
            profile=profile,
            advance=advance,
            gone=book.gone,
            journal=journal and journal(pairs),
        )

    return update_book(book, update)


def _chapter_pairs(book: Book) -> tuple[ChapterPair, ...]:
    """Every chapter as parallel data are made of it."""
    states = book.states
    return tuple(
        ChapterPair(path=path, english=english, translation=translation, state=states.get(path, ChapterState()))
        for path, english, translation in book.translated
    )


class Frugal:
    """An engine that is opened when it is first asked, and asked for no more than is allowed."""

    def __init__(self, open_late: Callable[[], Engine], max_characters: int | None) -> None:
        self._open = open_late
        self._most = max_characters
        self._engine: Engine | None = None

    def submit(self, jobs: Sequence[Job]) -> str:
        """Hand over jobs. Raises BudgetError where they are too many; then nothing was handed over."""
        characters = sum(job.characters for job in jobs)
        if self._most is not None and characters > self._most:
            message = (
                f"{characters} characters would be sent to the engine, and {self._most} are allowed.\n"
                "Nothing was sent. Raise --max-characters, or choose fewer chapters with --path."
            )
            raise BudgetError(message)
        self._engine = self._engine or self._open()
        return self._engine.submit(jobs)

    def collect(self, ticket: str) -> tuple[Draft, ...] | None:
        """The drafts of a ticket; ``None`` while the engine is still at work."""
        assert self._engine is not None, "a ticket comes from submit"
        return self._engine.collect(ticket)
