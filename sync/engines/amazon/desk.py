"""What was sent, what is at work, and what came back: the rounds that the segments of a run go through.

What the cache has is taken from it. The rest goes into one job, with parallel data; what came of no document goes into
a second one; what came back damaged, or with its markup in an order that its words do not bear out, is sent once more,
in real time. Every answer is kept as soon as it is there, so that a run may end anywhere.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from sync.engines.amazon import batch, keys, money
from sync.engines.amazon.cache import MISSING, Answer, better, read_answers
from sync.engines.amazon.plans import Plan
from sync.engines.amazon.real_time import KIND, TRIES, translate_now, worst_case
from sync.engines.amazon.settings import Mode
from sync.errors import BudgetError, EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignment.markdown import Profile
    from sync.engines.amazon.account import Account
    from sync.engines.amazon.plans import Manner
    from sync.engines.amazon.supply import Supply
    from sync.merge.prose.language_pair import LanguagePair
    from sync.model import Job

VERSION: Final = "1"
"""Of how segments are written for the service: what was written otherwise is translated otherwise."""
LOOKS: Final = 3
"""Looks at what a job wrote before a document that is not listed counts as missing."""


class Desk:
    """The segments of one fork and language on their way through the service."""

    def __init__(self, account: Account, supply: Supply, codes: tuple[str, str], pair: LanguagePair) -> None:
        self.account = account
        self.supply = supply
        self.codes = codes
        self.pair = pair
        self.profile = pair.profile
        self.deadline = account.time.now() + account.settings.deadline
        self._manner: Manner | None = None
        self._answers: dict[str, Answer] = {}
        self._running: dict[str, batch.Running] = {}
        self._looks: Counter[str] = Counter()
        self._allowed = Decimal(0)
        """Dollars of what this run has sent."""
        self._left: set[str] = set()
        """Keys of what would be too dear to be sent once more."""

    def answer(self, job: Job) -> Answer | None:
        """What came back for a segment; nothing where it was not sent."""
        return self._answers.get(self._key(job))

    @property
    def manner(self) -> Manner:
        """How segments are translated in this run."""
        return self._manner or self.supply.manner

    @property
    def at_work(self) -> tuple[str, ...]:
        """The ids of the jobs that are not done."""
        return tuple(running.job for running in self._running.values())

    # Before

    def take_up(self, jobs: Sequence[Job]) -> None:
        """Find what earlier runs have paid for, and what is still at work."""
        self._answers = read_answers(self.account.storage, self.account.folder)
        pinned = self._pinned(jobs)
        self._manner = pinned.manner if pinned else None
        for plan in batch.unfinished(self.account):
            running = batch.find_running(self.account, plan)
            if running:
                self._running[plan.digest] = running
                self._say(f"going on with job {running.job} ({running.state}).")

    def _pinned(self, jobs: Sequence[Job]) -> Plan | None:
        """The newest plan whose answers these segments still need: its parallel data stay in use until then.

        Otherwise a sentence that somebody mends elsewhere in the fork, meanwhile, would have all be paid for anew.
        """
        found = None
        for plan in batch.undelivered(self.account):
            needed = {self._key(job, plan.manner) for job in jobs} & set(plan.keys.values())
            if any(self._is_open(key) for key in needed):
                found = plan
            else:
                batch.mark_delivered(self.account, plan)
        return found

    def _is_open(self, key: str) -> bool:
        """Whether a segment that was sent has an answer that can be used, or may still get one."""
        answer = self._answers.get(key)
        return answer is None or bool(answer.text) or answer.tries < TRIES

    def check_costs(self, jobs: Sequence[Job]) -> None:
        """Say what is to be sent and what it costs.

        Raises:
            BudgetError: it is more than is allowed; nothing was sent.
        """
        sending = [job for job in jobs if self.answer(job) is None and not self._is_under_way(job)]
        if sending:
            self._allow(sending, self._kind(sending), f"Sending {len(sending):,} segments.")

    def _allow(self, jobs: Sequence[Job], kind: str, what: str) -> None:
        """Say what some segments cost, before they are sent. Raises BudgetError where that is too much."""
        settings = self.account.settings
        characters = _characters(jobs, self.profile)
        cost = money.cost_of(self.account.lang, kind, characters, settings.rates)
        repeated = f"; {worst_case(characters):,} characters if every answer is lost" if kind == KIND else ""
        self.account.say(f"{what} {cost.line()}{repeated}.")
        spent = self.account.spent() if settings.max_usd_month is not None else Decimal(0)
        money.check_caps(cost.dollars, spent, money.Caps(month=settings.max_usd_month))
        money.check_caps(self._allowed + cost.dollars, Decimal(0), money.Caps(run=settings.max_usd_run))
        self._allowed += cost.dollars

    def _allow_again(self, jobs: Sequence[Job], kind: str, why: str) -> list[Job]:
        """Those of some segments that may be sent. What was sent before is paid for again: within the limits, too."""
        again = [job for job in jobs if self.answer(job)]
        if again:
            what = f"{self.account.lang}: {len(again):,} segments {why}, so they are sent once more."
            try:
                self._allow(again, kind, what)
            except BudgetError as error:
                self._left |= {self._key(job) for job in again}
                self._say(f"they are not sent, and drafted without it. {error}")
        return [job for job in jobs if self._key(job) not in self._left]

    def _kind(self, jobs: Sequence[Job]) -> str:
        """The way that segments go, in the words of the price list."""
        return ("act" if self.manner.data else "batch") if self._goes_by_job(jobs) else KIND

    def _is_under_way(self, job: Job) -> bool:
        return any(self._key(job) in running.plan.keys.values() for running in self._running.values())

    # Rounds

    def advance(self, jobs: Sequence[Job], *, only_collect: bool = False) -> bool:
        """Take the next step. Returns whether all is there that can be had.

        Raises:
            EngineError: the service refused; what was paid for is kept.
        """
        if not self._read_finished():
            return False
        if only_collect:
            return True
        sending = [job for job in jobs if self._needs_job(job)]
        if sending and self._goes_by_job(sending):
            sending = self._allow_again(sending, self._kind(sending), "came in no document")
            if sending:
                self._start(sending)
                return False
        self._send_now([job for job in jobs if self._may_send_now(job)])
        return True

    def _read_finished(self) -> bool:
        """Read the jobs that are done. Returns whether none is at work."""
        for digest, known in list(self._running.items()):
            running = batch.look(self.account, known.plan, known.job)
            if running.is_at_work or self._may_come_yet(running):
                continue
            self._take(batch.harvest(self.account, running, self.pair, known.plan.tries))
            del self._running[digest]
            if running.state is not batch.State.COMPLETED:
                self._say(f"job {running.job} ended as {running.state}. {running.message}".rstrip())
        return not self._running

    def _may_come_yet(self, running: batch.Running) -> bool:
        """Whether a finished job lacks a document that a list may not know yet."""
        if running.state is not batch.State.COMPLETED or self._looks[running.job] == LOOKS:
            return False
        self._looks[running.job] += 1
        return batch.lacks_output(self.account, running, self.profile)

    def _take(self, answers: Iterable[Answer]) -> None:
        for answer in answers:
            self._answers[answer.key] = better(self._answers.get(answer.key), answer)

    def _needs_job(self, job: Job) -> bool:
        """Whether a segment was not sent, or its document did not come the first time."""
        answer = self.answer(job)
        if answer and self._key(job) in self._left:
            return False
        return answer is None or (answer.problem == MISSING and answer.tries == 1)

    def _goes_by_job(self, jobs: Sequence[Job]) -> bool:
        settings = self.account.settings
        size = sum(len(job.source.encode()) for job in jobs)
        return settings.mode is Mode.BATCH or (settings.mode is Mode.FAST and size > settings.fast_bytes)

    def _start(self, jobs: Sequence[Job]) -> None:
        if self._manner is None:
            self._manner = self.supply.ready(self.deadline)
        tries = 1 + max(answer.tries if (answer := self.answer(job)) else 0 for job in jobs)
        wanted = {job.id: self._key(job) for job in jobs}
        settings = dict(self.manner.settings) | {"tries": str(tries)}
        segments = [(wanted[job.id], job.source) for job in jobs]
        digest = keys.plan_digest(
            self.account.settings.book, self.account.lang, segments, self.manner.digest, settings, VERSION
        )
        plan = Plan(
            digest=digest,
            languages=self.codes,
            manner=self.manner,
            jobs=tuple(jobs),
            keys=wanted,
            tries=tries,
            made=self.account.stamp(),
            characters=_characters(jobs, self.profile),
        )
        self._running[digest] = running = batch.start(self.account, plan, self.profile)
        self._say(f"job {running.job} is at work on {len(jobs):,} segments.")

    def _may_send_now(self, job: Job) -> bool:
        answer = self.answer(job)
        if answer and self._key(job) in self._left:
            return False
        return answer is None or (not answer.text and answer.tries < TRIES)

    def _send_now(self, jobs: Sequence[Job]) -> None:
        problems = [answer.problem for job in jobs if (answer := self.answer(job))]
        why = f"came back damaged (the first: {problems[0]})" if problems else ""
        jobs = self._allow_again(jobs, KIND, why)
        wanted = {job.id: self._key(job) for job in jobs}
        try:
            if jobs and self._manner is None:
                self.supply.ready_at_once(self.deadline)
            self._take(translate_now(self.account, jobs, wanted, self.codes, self.manner, self.pair))
        except EngineError as error:
            if self.account.settings.mode is not Mode.BATCH:
                raise
            self._say(f"{len(jobs)} segments could not be sent once more, so they are drafted without it. {error}")

    def _key(self, job: Job, manner: Manner | None = None) -> str:
        way = manner or self.manner
        settings = dict(way.settings)
        return keys.draft_key(job.source, self.codes, way.data, way.digest, way.terms, settings, VERSION)

    def _say(self, text: str) -> None:
        self.account.say(f"{self.account.lang}: {text}")


def _characters(jobs: Sequence[Job], profile: Profile) -> int:
    return sum(document.characters for document in batch.documents_of(jobs, profile))
