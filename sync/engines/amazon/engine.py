"""The engine: what the translators know first, then the service, and what the service cannot do marked as such."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Final

from sync.bitext.parallel_data.limits import amazon_codes
from sync.engines.amazon.account import open_account
from sync.engines.amazon.desk import Desk
from sync.engines.amazon.service.clients import code_of
from sync.engines.amazon.service.explain import is_expiry
from sync.engines.amazon.settings import read_settings
from sync.engines.amazon.supply import Supply
from sync.engines.local import Local
from sync.errors import EngineError, UsageError, Waiting
from sync.model import Draft, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.markdown import Profile
    from sync.bitext.memory import Memory
    from sync.engines import Aids
    from sync.model import Job

CONFIDENCE: Final = 0.5
"""Of a draft by the service, which does not say how sure it is."""
WITH_DATA: Final = "Translated by Amazon Translate with the fork's parallel data."
WITHOUT_DATA: Final = "Translated by Amazon Translate without parallel data."
INSTEAD: Final = "Not by Amazon Translate, whose answer could not be used ({})."


@dataclass(slots=True)
class Round:
    """What a ticket is about."""

    drafts: tuple[Draft, ...]
    """Those that need no service."""
    jobs: tuple[Job, ...]
    """The others."""
    next_look: float = 0.0


class Amazon:
    """Drafts from Amazon Translate."""

    def __init__(self, local: Local, desk: Desk, *, only_collect: bool = False) -> None:
        self.local = local
        self.desk = desk
        self.only_collect = only_collect
        self.tickets = count(1)
        self.rounds: dict[str, Round] = {}

    def submit(self, jobs: Sequence[Job]) -> str:
        """Hand over jobs. What they cost is said, and checked, before anything is sent.

        Raises:
            BudgetError: they would cost more than is allowed.
            EngineError: the account cannot be used.
            Waiting: its credentials ran out.
        """
        known = {job.id: draft for job in jobs if (draft := self.local.recall(job))}
        left = tuple(job for job in jobs if job.id not in known)
        if left:
            with _patience():
                self.desk.take_up(left)
                if not self.only_collect:
                    self.desk.check_costs(left)
        ticket = str(next(self.tickets))
        self.rounds[ticket] = Round(drafts=tuple(known.values()), jobs=left)
        return ticket

    def collect(self, ticket: str) -> tuple[Draft, ...] | None:
        """The drafts of a ticket, once; ``None`` while the service is at work.

        Raises:
            EngineError: it cannot go on; what was paid for is kept.
            Waiting: the run's time is over, or its credentials ran out. The next run goes on.
        """
        found = self.rounds[ticket]
        time = self.desk.account.time
        if time.now() < found.next_look:
            return None
        found.next_look = time.now() + self.desk.account.settings.poll
        with _patience():
            if found.jobs and not self.desk.advance(found.jobs, only_collect=self.only_collect):
                self._check_time()
                return None
        del self.rounds[ticket]
        return (*found.drafts, *(draft for job in found.jobs if (draft := self._draft(job))))

    def _check_time(self) -> None:
        if self.desk.account.time.now() < self.desk.deadline:
            return
        message = (
            f"Waiting: Amazon Translate is at work on job {', '.join(self.desk.at_work)} for "
            f"{self.desk.account.lang}. The same command, or amts collect, goes on from here; nothing is sent again."
        )
        raise Waiting(message)

    def _draft(self, job: Job) -> Draft | None:
        answer = self.desk.answer(job)
        if answer is None:
            return None
        if answer.text:
            has_data = answer.kind == "batch" and self.desk.manner.data
            note = WITH_DATA if has_data else WITHOUT_DATA
            return Draft(job=job.id, text=answer.text, origin=Origin.MACHINE, confidence=CONFIDENCE, note=note)
        draft, why = self.local.translate(job), INSTEAD.format(answer.problem)
        if draft is None:
            return Draft(job=job.id, text="", origin=Origin.MACHINE, confidence=0.0, note=why)
        return replace(draft, note=f"{why} {draft.note}")


@contextmanager
def _patience() -> Iterator[None]:
    """Credentials live for an hour, and a job may take longer: that they ran out is no failure."""
    try:
        yield
    except EngineError as error:
        if not is_expiry(code_of(error)):
            raise
        message = f"Waiting: the credentials for AWS ran out. The same command goes on from here. ({error})"
        raise Waiting(message) from error


def open_engine(languages: tuple[str, str], memory: Memory, profile: Profile, aids: Aids) -> Amazon:
    """The engine for one language of one fork.

    Raises:
        UsageError: it is not said which account to use, or the service does not have a language.
    """
    if aids.service is None:
        message = "The engine amazon needs an account. It is set up in .amts.yml under `amazon`: see docs/aws.md."
        raise UsageError(message)
    service = aids.service
    source, target = amazon_codes(languages)
    settings = read_settings(service.values, service.env, service.book)
    account = open_account(settings, languages[1], service)
    supply = Supply(account=account, memory=memory, chapters=aids.chapters, terms=aids.terms, profile=profile)
    local = Local(languages, memory, profile, aids)
    desk = Desk(account, supply, (source, target), local.pair)
    return Amazon(local, desk, only_collect=service.only_collect)
