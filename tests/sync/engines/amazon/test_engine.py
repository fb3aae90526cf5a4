"""The engine: what is sent, once; what comes back; and how a run ends that cannot wait."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from alignment.markdown import D2L
from sync.bitext.memory import Memory, Pair
from sync.bitext.terminology.reading import read_terms
from sync.engines import Aids
from sync.engines.amazon.account import Account
from sync.engines.amazon.desk import Desk
from sync.engines.amazon.engine import WITH_DATA, Amazon
from sync.engines.amazon.money import Rates
from sync.engines.amazon.service.clients import Clients
from sync.engines.amazon.service.patience import Time
from sync.engines.amazon.settings import Mode, Settings
from sync.engines.amazon.supply import Supply
from sync.engines.local import Local
from sync.engines.verify import verified
from sync.errors import BudgetError, EngineError, Waiting
from sync.model import Draft, Job, Origin
from tests.support.toybitext import toy_pairs
from tests.support.translate_emulator import faults
from tests.support.translate_emulator.content.translator import Translator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sync.bitext.terminology.model import TermBase
    from tests.support.service import Service

MINUTE = 60.0


def glossary() -> TermBase:
    """What the fork calls a few things."""
    return read_terms("| English | Português |\n|---|---|\n| layer | camada |\n| loss | perda |\n", "pt")


class Killed(BaseException):
    """The process ends here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mortal(Clients):
    """Clients of a process that is killed after so many requests, when the last of them is done and not yet known."""

    left: list[int]

    def call(self, service: str, operation: str, *, expect: str = "", **parameters: Any) -> dict[str, Any]:
        answer = Clients.call(self, service, operation, expect=expect, **parameters)
        self.left[0] -= 1
        if self.left[0] == 0:
            raise Killed
        return answer


@cache
def pairs() -> tuple[Pair, ...]:
    return tuple(Pair(*pair, chapter="chapter_a/index.md") for pair in toy_pairs())


@dataclass
class Fork:
    """One fork that uses the account, run after run."""

    service: Service
    pairs: Sequence[Pair] = field(default_factory=pairs)
    settings: dict[str, Any] = field(default_factory=dict)
    terms: TermBase | None = None
    said: list[str] = field(default_factory=list)
    only_collect: bool = False

    def open(self, kill_after: int = 0) -> Amazon:
        clients = self.service.clients
        if kill_after:
            clients = Mortal(translate=clients.translate, s3=clients.s3, context=clients.context, left=[kill_after])
        settings = Settings(
            **{
                "region": "us-east-1",
                "bucket": self.service.bucket,
                "role": self.service.emulator.role,
                "rates": Rates(),
                "book": "book-pt",
                **self.settings,
            }
        )
        account = Account(
            settings=settings,
            lang="pt",
            clients=clients,
            storage=replace(self.service.storage, clients=clients),
            folder="book-pt/pt/",
            time=Time(now=self.service.now, sleep=self.service.advance, random=lambda: 0.5),
            say=self.said.append,
        )
        memory = Memory(tuple(self.pairs))
        supply = Supply(account=account, memory=memory, chapters=None, terms=self.terms, profile=D2L)
        local = Local(("en", "pt"), memory, D2L, Aids(terms=self.terms))
        return Amazon(local, Desk(account, supply, ("en", "pt"), local.pair), only_collect=self.only_collect)

    def run(self, jobs: Sequence[Job], *, kill_after: int = 0) -> dict[str, Draft]:
        """A run that waits until all is there."""
        engine = self.open(kill_after)
        ticket = engine.submit(jobs)
        while (drafts := engine.collect(ticket)) is None:
            self.service.advance(MINUTE)
        return {draft.job: draft for draft in drafts}


@pytest.fixture
def fork(open_account: Callable[..., Service]) -> Fork:
    return Fork(open_account(translator=translator()))


@cache
def translator() -> Translator:
    """One that knows a little of the languages before it is given any examples."""
    return Translator({("en", "pt"): toy_pairs()[::2]})


def job(number: int, source: str, **fields: Any) -> Job:
    return Job(id=f"chapter_b/index.md:{number}:0", lang="pt", source=source, **fields)


NEW = (
    job(1, "The dataset that a network stores has *many* numbers."),
    job(2, "We call `model()` with $x$ and see :numref:`fig_loss`."),
    job(3, "Does the function that we call store the loss?"),
)
ID = tuple(one.id for one in NEW)


def jobs_started(service: Service) -> int:
    return service.accepted().count("StartTextTranslationJob")


def test_new_sentences_come_back_translated_with_their_markup(fork: Fork) -> None:
    drafts = fork.run(NEW)
    assert all(drafts[name].text and drafts[name].origin is Origin.MACHINE for name in ID)
    assert all(draft.text for draft in verified(NEW, drafts.values(), D2L).values())
    assert "with the fork's parallel data" in drafts[ID[0]].note


def test_one_job_holds_all_chapters_and_one_document_each(fork: Fork) -> None:
    other = replace(NEW[2], id="chapter_c/index.md:4:0", source="Does the layer that we call store the loss?")
    fork.run([*NEW, other])
    assert jobs_started(fork.service) == 1
    assert len([name for name in fork.service.storage.names("book-pt/pt/jobs/") if "/in/" in name]) == 2


def test_what_the_translators_wrote_already_is_not_sent(fork: Fork) -> None:
    drafts = fork.run([job(1, "The layer returns the output.")])
    assert drafts[ID[0]].text == "A camada retorna a saída."
    assert drafts[ID[0]].origin is Origin.EXACT
    assert fork.service.requests() == []


def test_a_second_run_pays_for_nothing(fork: Fork) -> None:
    first = fork.run(NEW)
    bills = len(fork.service.emulator.bills)
    assert fork.run(NEW) == first
    assert (jobs_started(fork.service), len(fork.service.emulator.bills)) == (1, bills)


def test_only_what_is_new_is_sent_when_english_moves_on(fork: Fork) -> None:
    fork.run(NEW[:2])
    paid = sum(bill.characters for bill in fork.service.emulator.bills)
    drafts = fork.run(NEW)
    assert drafts[ID[2]].text
    assert sum(bill.characters for bill in fork.service.emulator.bills) - paid == len(NEW[2].source)


# A run that does not see the end


def test_a_run_ends_as_waiting_at_its_deadline_and_the_next_one_goes_on(fork: Fork) -> None:
    fork.settings = {"deadline": 5 * MINUTE}
    with pytest.raises(Waiting, match=r"job [0-9a-f]+ for pt\. The same command, or amts collect, goes on"):
        fork.run(NEW)
    fork.service.advance(60 * MINUTE)
    assert all(fork.run(NEW)[name].text for name in ID)
    assert jobs_started(fork.service) == 1


def test_a_job_at_work_is_waited_for_before_another_one_is_started(fork: Fork) -> None:
    fork.settings = {"deadline": 5 * MINUTE}
    with pytest.raises(Waiting):
        fork.run(NEW[:2])
    fork.settings = {}
    drafts = fork.run(NEW)
    assert all(drafts[name].text for name in ID)
    sent = [one for operation, one in fork.service.emulator.requests if operation == "StartTextTranslationJob"]
    assert len({one["JobName"] for one in sent}) == len(sent) == 2


def test_what_a_job_at_work_is_paid_for_is_used_though_the_fork_has_moved_on(fork: Fork) -> None:
    fork.settings = {"deadline": 5 * MINUTE}
    with pytest.raises(Waiting):
        fork.run(NEW)
    fork.service.advance(60 * MINUTE)
    fork.pairs = (*pairs(), Pair("Water is wet.", "A água é molhada.", "chapter_d.md"))
    assert all(fork.run(NEW)[name].text for name in ID)
    assert jobs_started(fork.service) == 1
    assert "UpdateParallelData" not in fork.service.requests()


def test_new_examples_are_used_as_soon_as_the_old_answers_stand_in_the_fork(fork: Fork) -> None:
    fork.run(NEW)
    fork.pairs = (*pairs(), Pair("Water is wet.", "A água é molhada.", "chapter_d.md"))
    fork.run([job(9, "Does the network that we call store the loss?")])
    assert fork.service.accepted().count("UpdateParallelData") == 1


def test_credentials_that_run_out_are_no_failure(fork: Fork) -> None:
    fork.service.fault("DescribeTextTranslationJob", faults.expired_token())
    with pytest.raises(Waiting, match="credentials for AWS ran out"):
        fork.run(NEW)
    assert all(fork.run(NEW)[name].text for name in ID)
    assert jobs_started(fork.service) == 1


def test_collecting_sends_nothing(fork: Fork) -> None:
    fork.only_collect = True
    assert fork.run(NEW) == {}
    assert set(fork.service.accepted()) <= {"ListTextTranslationJobs"}


@pytest.mark.slow
def test_a_run_killed_after_any_request_is_finished_by_the_next_without_a_second_job(fork: Fork) -> None:
    whole = fork.run(NEW)
    requests = 0
    while True:
        requests += 1
        again = Fork(replace(fork.service))
        fork.service.emulator.reset()
        for name in fork.service.storage.names(""):
            fork.service.storage.delete(name)
        try:
            again.run(NEW, kill_after=requests)
        except Killed:
            assert again.run(NEW) == whole, f"killed after {requests} requests"
            accepted = fork.service.accepted()
            assert accepted.count("CreateParallelData") == jobs_started(fork.service) == 1
        else:
            break
    assert requests > 10


# What goes wrong


def test_a_document_that_did_not_come_is_asked_for_once_more(fork: Fork) -> None:
    fork.service.fault("StartTextTranslationJob", faults.output_missing("*"))
    drafts = fork.run(NEW)
    assert all(drafts[name].text for name in ID)
    assert jobs_started(fork.service) == 2


def test_a_document_that_is_listed_late_is_waited_for(fork: Fork) -> None:
    fork.service.fault("StartTextTranslationJob", faults.output_late(90.0))
    assert all(fork.run(NEW)[name].text for name in ID)
    assert jobs_started(fork.service) == 1


def test_what_comes_back_damaged_is_sent_in_real_time_and_says_so(fork: Fork) -> None:
    fork.service.fault("StartTextTranslationJob", faults.damaged("dropped"))
    drafts = fork.run(NEW)
    assert "without parallel data" in drafts[ID[1]].note
    assert all(draft.text for draft in verified(NEW, drafts.values(), D2L).values())
    assert jobs_started(fork.service) == 1


MOVED = job(5, "The layer $a$ stores what the network `b` returns.")


def test_what_comes_back_with_formulas_exchanged_is_sent_in_real_time(fork: Fork) -> None:
    fork.service.fault("StartTextTranslationJob", faults.damaged("swapped"))
    draft = fork.run([MOVED])[MOVED.id]
    assert draft.text.index("$a$") < draft.text.index("`b`")
    assert "without parallel data" in draft.note
    assert fork.run([MOVED])[MOVED.id] == draft
    assert fork.service.accepted().count("TranslateDocument") == jobs_started(fork.service) == 1


@pytest.mark.parametrize("mode", [Mode.BATCH, Mode.REAL_TIME])
def test_what_always_comes_back_exchanged_reaches_no_file_and_is_not_sent_for_ever(fork: Fork, mode: Mode) -> None:
    fork.settings = {"mode": mode}
    fork.service.emulator.faults.add("*", faults.damaged("swapped"), count=None)
    first = fork.run([MOVED])
    sent = len(fork.service.accepted())
    assert fork.run([MOVED]) == first
    assert not {"StartTextTranslationJob", "TranslateDocument"} & set(fork.service.accepted()[sent:])
    assert all("Not by Amazon Translate" in draft.note for draft in first.values())


def test_what_never_comes_back_whole_is_not_sent_for_ever(fork: Fork) -> None:
    fork.service.emulator.faults.add("*", faults.damaged("dropped"), count=None)
    first = fork.run(NEW)
    sent = len(fork.service.requests())
    assert fork.run(NEW) == first
    assert "TranslateDocument" not in fork.service.requests()[sent:]
    assert ID[1] not in first or not first[ID[1]].text or "Not by Amazon Translate" in first[ID[1]].note


def test_a_failed_job_is_told_with_the_reason_and_tried_again(fork: Fork) -> None:
    fork.service.fault("StartTextTranslationJob", faults.job_failed("The role cannot read the bucket."))
    assert all(fork.run(NEW)[name].text for name in ID)
    assert any("FAILED. The role cannot read the bucket." in line for line in fork.said)
    assert jobs_started(fork.service) == 2


def test_an_answer_that_breaks_off_does_not_start_a_second_job(fork: Fork) -> None:
    fork.service.fault("StartTextTranslationJob", faults.truncated())
    with pytest.raises(EngineError, match="broke off"):
        fork.run(NEW)
    assert all(fork.run(NEW)[name].text for name in ID)
    assert jobs_started(fork.service) == 1


def test_a_job_that_the_service_does_not_show_yet_is_waited_for(fork: Fork) -> None:
    fork.service.fault("DescribeTextTranslationJob", faults.error("ResourceNotFoundException"))
    assert all(fork.run(NEW)[name].text for name in ID)
    assert jobs_started(fork.service) == 1


def test_a_job_that_the_service_has_forgotten_does_not_block_the_fork(fork: Fork) -> None:
    fork.settings = {"deadline": 5 * MINUTE}
    with pytest.raises(Waiting):
        fork.run(NEW)
    fork.service.emulator.core.service.jobs.jobs.clear()
    fork.service.advance(24 * 60 * MINUTE)
    fork.settings = {}
    assert all(fork.run(NEW)[name].text for name in ID)
    assert any("does not know it any more" in line for line in fork.said)


@pytest.mark.parametrize("operation", ["GetParallelData", "GetTerminology", "DescribeTextTranslationJob"])
def test_half_of_an_answer_is_no_error_of_ours(fork: Fork, operation: str) -> None:
    fork.terms = glossary()
    fork.service.fault(operation, faults.truncated())
    with pytest.raises(EngineError, match=r"broke off, .*\. Run the same command again"):
        fork.run(NEW)
    assert all(fork.run(NEW)[name].text for name in ID)


def test_what_is_sent_once_more_is_told_before(fork: Fork) -> None:
    fork.service.fault("StartTextTranslationJob", faults.output_missing("*"))
    fork.run(NEW)
    assert any("3 segments came in no document, so they are sent once more. pt: " in line for line in fork.said)


def test_what_came_back_damaged_is_told_before_it_is_sent_once_more(fork: Fork) -> None:
    fork.service.fault("StartTextTranslationJob", faults.damaged("dropped"))
    fork.run(NEW)
    said = next(line for line in fork.said if "came back damaged" in line)
    assert "it lost" in said
    assert "as documents in real time" in said
    assert "if every answer is lost" in said


def test_what_stays_without_a_draft_says_why(fork: Fork) -> None:
    fork.pairs = pairs()[:20]  # too few for a model of our own
    fork.service.emulator.faults.add("*", faults.damaged("dropped"), count=None)
    draft = fork.run(NEW)[ID[1]]
    assert draft.text == ""
    assert draft.note.startswith("Not by Amazon Translate, whose answer could not be used (it lost ")


def test_a_connection_that_is_cut_is_told_with_what_was_asked_for(fork: Fork) -> None:
    fork.service.fault("StartTextTranslationJob", faults.reset(done=True))
    with pytest.raises(
        EngineError, match=r"its answer to StartTextTranslationJob was lost\. Run the same command again"
    ):
        fork.run(NEW)
    assert all(fork.run(NEW)[name].text for name in ID)
    assert len(fork.service.emulator.core.state()["jobs"]) == 1


def test_a_role_that_may_not_be_passed_is_an_error_that_says_what_to_do(fork: Fork) -> None:
    fork.service.fault(
        "StartTextTranslationJob", faults.error("AccessDeniedException", "not authorized to perform: iam:PassRole")
    )
    with pytest.raises(EngineError, match="iam:PassRole"):
        fork.run(NEW)
    assert all(fork.run(NEW)[name].text for name in ID)


# Money


def test_nothing_is_sent_that_would_cost_more_than_a_run_may(fork: Fork) -> None:
    fork.settings = {"max_usd_run": Decimal("0.000001")}
    with pytest.raises(BudgetError, match="max-usd-run"):
        fork.run(NEW)
    assert set(fork.service.accepted()) <= {"ListTextTranslationJobs"}


def test_what_others_spent_this_month_counts(fork: Fork) -> None:
    fork.run(NEW[:1])
    fork.settings = {"max_usd_month": fork.open().desk.account.spent() + Decimal("0.000001")}
    with pytest.raises(BudgetError, match="max-usd-month"):
        fork.run(NEW)


def test_what_is_billed_is_what_was_said_before(fork: Fork) -> None:
    fork.run(NEW)
    billed = sum(bill.characters for bill in fork.service.emulator.bills)
    assert any(
        f"{billed:,} characters with parallel data" in line or f"{billed:,} characters in a job" in line
        for line in fork.said
    )


def test_sending_once_more_stays_within_what_a_run_may_cost(fork: Fork) -> None:
    fork.run(NEW)
    once = fork.open().desk.account.spent()
    fork.service.emulator.reset()
    fork.service.emulator.faults.add("StartTextTranslationJob", faults.output_missing("*"), count=None)
    for name in fork.service.storage.names(""):
        fork.service.storage.delete(name)
    fork.settings = {"max_usd_run": once * Decimal("1.5")}
    assert not any(draft.note == WITH_DATA for draft in fork.run(NEW).values())
    assert jobs_started(fork.service) == 1
    assert any("they are not sent, and drafted without it" in line for line in fork.said)


# In real time


def test_in_real_time_no_job_is_started_and_no_data_made(fork: Fork) -> None:
    fork.settings = {"mode": Mode.REAL_TIME}
    drafts = fork.run(NEW)
    assert all("without parallel data" in drafts[name].note for name in ID)
    assert set(fork.service.accepted()) == {"TranslateDocument"}


def test_documents_that_the_service_cannot_cope_with_are_sent_as_text(fork: Fork) -> None:
    fork.settings = {"mode": Mode.REAL_TIME}
    fork.service.emulator.faults.add("TranslateDocument", faults.error("InternalServerException"), count=None)
    assert all(fork.run(NEW)[name].text for name in ID)


def test_a_small_change_goes_fast_and_a_large_one_by_a_job(fork: Fork) -> None:
    fork.settings = {"mode": Mode.FAST, "fast_bytes": 60}
    fork.run(NEW[2:])
    assert jobs_started(fork.service) == 0
    fork.run(NEW[:2])
    assert jobs_started(fork.service) == 1


def test_a_glossary_is_there_before_it_is_used_in_real_time(fork: Fork) -> None:
    fork.settings, fork.terms = {"mode": Mode.REAL_TIME}, glossary()
    assert all(fork.run(NEW)[name].text for name in ID)
    assert fork.service.accepted().index("ImportTerminology") < fork.service.accepted().index("TranslateDocument")


def test_what_is_missing_is_called_by_its_name(fork: Fork) -> None:
    fork.settings, fork.terms = {"mode": Mode.REAL_TIME}, glossary()
    fork.service.fault("TranslateDocument", faults.error("ResourceNotFoundException"))
    with pytest.raises(EngineError, match="There is no terminology amts-book-pt-pt in us-east-1"):
        fork.run(NEW)


def test_a_page_in_the_place_of_a_document_is_no_end_either(fork: Fork) -> None:
    fork.settings = {"mode": Mode.REAL_TIME}
    fork.service.emulator.faults.add("TranslateDocument", faults.html(503), count=None)
    assert all(fork.run(NEW)[name].text for name in ID)
