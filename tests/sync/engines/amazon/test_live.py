"""What must hold of the service itself: on the emulator by default, on AWS with ``AMTS_LIVE=1``.

Live, it takes half an hour and costs some cents. It needs credentials, and the variables AWS_REGION, AMTS_AWS_BUCKET
and AMTS_AWS_ROLE (docs/aws.md); what it makes in the account is called ``amts-live-…`` and is deleted at the end.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from alignment.markdown import D2L
from sync.bitext.memory import Memory, Pair
from sync.engines import Aids, Service
from sync.engines.amazon.account import Account, open_account
from sync.engines.amazon.desk import Desk
from sync.engines.amazon.engine import Amazon
from sync.engines.amazon.resources.standing import look, remove
from sync.engines.amazon.service.patience import Time
from sync.engines.amazon.settings import Mode, Settings, read_settings
from sync.engines.amazon.supply import Supply
from sync.engines.local import Local
from sync.engines.verify import verified
from sync.model import Draft, Job
from tests.support.toybitext import toy_pairs
from tests.support.translate_emulator.content.translator import Translator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.support.service import Service as Emulated

LIVE = os.environ.get("AMTS_LIVE") == "1"
PAIRS = tuple(Pair(*pair, chapter="chapter_a/index.md") for pair in toy_pairs())
JOBS = tuple(
    Job(id=f"chapter_b/index.md:{number}:0", lang="pt", source=source)
    for number, source in enumerate(
        (
            "The dataset that a network stores has *many* numbers.",
            "We call `model()` with $x$ and see :numref:`fig_loss`.",
            "Does the function that we call store the loss?",
        )
    )
)


@dataclass
class Fork:
    """A fork that uses the account, in one run after the other."""

    account: Account
    wait: Callable[[], None]
    said: list[str] = field(default_factory=list)

    def run(self, jobs: Sequence[Job] = JOBS, mode: Mode = Mode.BATCH) -> dict[str, Draft]:
        account = replace(self.account, settings=replace(self.account.settings, mode=mode))
        memory = Memory(PAIRS)
        local = Local(("en", "pt"), memory, D2L, Aids())
        supply = Supply(account=account, memory=memory, chapters=None, terms=None, profile=D2L)
        engine = Amazon(local, Desk(account, supply, ("en", "pt"), local.pair))
        ticket = engine.submit(jobs)
        while (drafts := engine.collect(ticket)) is None:
            self.wait()
        return {draft.job: draft for draft in verified(jobs, drafts, D2L).values()}

    @property
    def jobs_known(self) -> int:
        """Jobs of this fork that the service lists."""
        found = self.account.clients.call("translate", "list_text_translation_jobs", MaxResults=100)
        book = self.account.settings.book
        return sum(one["JobName"].startswith(f"amts:{book}:") for one in found["TextTranslationJobPropertiesList"])


@pytest.fixture
def fork(open_account: Callable[..., Emulated]) -> Iterator[Fork]:
    found = live() if LIVE else emulated(open_account(translator=Translator({("en", "pt"): toy_pairs()[::2]})))
    yield found
    name = f"amts-{found.account.settings.book}-pt"
    if look(found.account.clients, name):
        remove(found.account.clients, name)
    for file in found.account.storage.names(found.account.folder):
        found.account.storage.delete(file)


def live() -> Fork:
    values = {"name": f"live-{uuid4().hex[:8]}", "max-usd-run": "0.50"}
    settings = read_settings(values, os.environ, "live")
    time = Time()
    account = open_account_of(settings)
    return Fork(account, lambda: time.sleep(settings.poll))


def open_account_of(settings: Settings) -> Account:
    return open_account(settings, "pt", Service(values={}, env=os.environ, book="live", say=print))


def emulated(service: Emulated) -> Fork:
    settings = read_settings(
        {"bucket": service.bucket, "role": service.emulator.role, "region": "us-east-1", "name": "live"}, {}, "live"
    )
    account = Account(
        settings=settings,
        lang="pt",
        clients=service.clients,
        storage=service.storage,
        folder="live/pt/",
        time=Time(now=service.now, sleep=service.advance, random=lambda: 0.5),
    )
    return Fork(account, lambda: service.advance(60.0))


def test_a_job_with_parallel_data_comes_back_with_all_markup(fork: Fork) -> None:
    drafts = fork.run()
    assert all(drafts[job.id].text for job in JOBS)
    assert all("with the fork's parallel data" in drafts[job.id].note for job in JOBS)


def test_a_second_run_starts_no_job_and_says_the_same(fork: Fork) -> None:
    first = fork.run()
    known = fork.jobs_known
    assert fork.run() == first
    assert fork.jobs_known == known == 1


def test_what_is_billed_is_what_was_estimated(fork: Fork) -> None:
    fork.run()
    estimated = sum(len(job.source) for job in JOBS)
    billed = fork.account.spent() / fork.account.settings.rates.act * 1_000_000
    assert abs(billed - estimated) <= Decimal("0.2") * estimated


def test_real_time_answers_at_once_without_parallel_data(fork: Fork) -> None:
    drafts = fork.run(mode=Mode.REAL_TIME)
    assert all(drafts[job.id].text for job in JOBS)
    assert fork.jobs_known == 0
