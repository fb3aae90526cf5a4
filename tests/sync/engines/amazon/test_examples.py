"""Parallel data: sent once for each change, waited for as an attempt, and shared by runs that cannot see each other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from sync.engines.amazon.resources.attempts import LONGEST
from sync.engines.amazon.resources.examples import ExamplesInUse, ensure_examples
from sync.engines.amazon.resources.standing import download, look
from sync.engines.amazon.service.lease import LIFE, Lease
from sync.engines.amazon.service.patience import Time
from sync.errors import EngineError, Waiting
from tests.support.translate_emulator import Limits, Switches, faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.service import Service

NAME = "amts-book-zh"
OTHER = "amts-book-tr"
HOUR = 3600.0
DESCRIPTIONS = [Switches(description="with the data"), Switches(description="at once")]
"""AWS does not say when an update changes the description."""
BUSY = [Switches(busy="LimitExceededException"), Switches(busy="ConcurrentModificationException")]
"""Nor how it refuses the second of two changes."""


def table(*pairs: str) -> bytes:
    return "\n".join(["en,zh", *pairs, ""]).encode()


OLD = table("Tea is hot.,茶是热的。", "Milk is white.,牛奶是白的。")
NEW = table("Tea is hot.,茶很烫。", "Milk is white.,牛奶是白的。", "Ice is cold.,冰是冷的。")


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Run:
    """One run, and what it reported."""

    service: Service
    said: list[str] = field(default_factory=list)
    pauses: int = 0
    killed_at: int | None = None
    """Number of the pause in which it is killed."""

    def bring(self, data: bytes, *, name: str = NAME, patience: float = HOUR) -> ExamplesInUse | None:
        return ensure_examples(
            self.service.clients,
            self.service.storage,
            name,
            data,
            "csv",
            digest(data),
            deadline=self.service.now() + patience,
            report=self.said.append,
            time=Time(now=self.service.now, sleep=self._sleep, random=lambda: 0.5),
        )

    def _sleep(self, seconds: float) -> None:
        if self.pauses == self.killed_at:
            raise Killed
        self.pauses += 1
        self.service.advance(seconds)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def bring(service: Service, data: bytes) -> ExamplesInUse:
    found = Run(service).bring(data)
    assert found
    return found


def changes(service: Service) -> list[str]:
    """What was changed, in order, and not refused."""
    return [one for one in service.accepted() if one.startswith(("Create", "Update", "Delete"))]


def in_use(service: Service, name: str = NAME) -> bytes:
    """The file of the examples that jobs are translated with."""
    found = look(service.clients, name)
    assert found
    return download(found)


def test_examples_are_created_once_and_used_when_they_are_active(service: Service) -> None:
    found = bring(service, OLD)
    assert found == ExamplesInUse(
        name=NAME, digest=digest(OLD), status="ACTIVE", imported=2, skipped=0, failed=0, reasons=(), used_old=False
    )
    assert changes(service) == ["CreateParallelData"]
    assert in_use(service) == OLD


def test_the_same_examples_are_not_sent_again(service: Service) -> None:
    first = bring(service, OLD)
    assert bring(service, OLD) == first
    assert changes(service) == ["CreateParallelData"]


def test_changed_examples_are_waited_for_though_the_old_ones_are_active_all_the_time(service: Service) -> None:
    bring(service, OLD)
    found = bring(service, NEW)
    assert (found.digest, found.imported, found.used_old) == (digest(NEW), 3, False)
    assert in_use(service) == NEW
    assert changes(service) == ["CreateParallelData", "UpdateParallelData"]


@pytest.mark.parametrize("switches", DESCRIPTIONS)
def test_a_failed_update_leaves_the_old_examples_in_use_and_says_why(
    switches: Switches, open_account: Callable[..., Service]
) -> None:
    service = open_account(switches=switches)
    bring(service, OLD)
    service.fault("UpdateParallelData", faults.import_failed("No room for it today."))
    run = Run(service)
    found = run.bring(NEW)
    assert found
    assert (found.digest, found.status, found.used_old) == (digest(OLD), "ACTIVE", True)
    assert found.reasons[0] == "No room for it today."
    assert any("those of before are" in line for line in run.said)
    assert any("No room for it today." in line for line in run.said)
    assert in_use(service) == OLD


@pytest.mark.parametrize("switches", DESCRIPTIONS)
def test_a_later_run_tries_once_more_what_failed(switches: Switches, open_account: Callable[..., Service]) -> None:
    service = open_account(switches=switches)
    bring(service, OLD)
    service.fault("UpdateParallelData", faults.import_failed())
    assert bring(service, NEW).used_old
    found = bring(service, NEW)
    assert (found.digest, found.used_old) == (digest(NEW), False)
    assert in_use(service) == NEW


def test_a_failed_creation_is_an_error_that_says_why(service: Service) -> None:
    service.fault("CreateParallelData", faults.import_failed("The columns are upside down."))
    with pytest.raises(EngineError, match=r"The columns are upside down\.") as raised:
        bring(service, OLD)
    assert f"data/{digest(OLD)}.csv" in str(raised.value)
    assert f"amts parallel-data show {NAME}" in str(raised.value)


def test_what_failed_when_it_was_created_is_updated_by_a_later_run(service: Service) -> None:
    service.fault("CreateParallelData", faults.import_failed())
    with pytest.raises(EngineError):
        bring(service, OLD)
    assert bring(service, OLD).digest == digest(OLD)
    assert changes(service) == ["CreateParallelData", "UpdateParallelData"]


def test_many_records_that_were_not_taken_are_told_with_reasons(service: Service) -> None:
    service.fault("CreateParallelData", faults.import_partial(1))
    run = Run(service)
    found = run.bring(OLD)
    assert found
    assert (found.imported, found.skipped, found.used_old) == (1, 1, False)
    assert found.reasons == ("Number 1 record: The record was skipped.",)
    assert run.said[-2:] == [f"{NAME}: 50% of the records were not taken. Why:", f"  {found.reasons[0]}"]


def test_few_records_that_were_not_taken_are_only_counted(service: Service) -> None:
    service.fault("CreateParallelData", faults.import_partial(1))
    run = Run(service)
    found = run.bring(table(*(f"Cup {number}.,第{number}杯。" for number in range(40))))
    assert found
    assert found.reasons == ()
    assert run.said[-1] == f"{NAME}: 39 examples in use, 1 skipped, 0 failed."


@pytest.mark.parametrize("data", [b"", b"en,zh\n", b"en,zh\n\n"])
def test_a_file_without_examples_is_not_sent(data: bytes, service: Service) -> None:
    run = Run(service)
    assert run.bring(data) is None
    assert run.said == [f"{NAME}: the file has no example, so no parallel data is used."]
    assert service.requests() == []


# Killed, and run again


@pytest.mark.parametrize("pause", [0, 1, 3, 6])
@pytest.mark.parametrize("switches", DESCRIPTIONS)
def test_a_run_that_was_killed_is_taken_up_and_nothing_is_sent_twice(
    pause: int, switches: Switches, open_account: Callable[..., Service]
) -> None:
    service = open_account(switches=switches)
    for data in (OLD, NEW):
        with pytest.raises(Killed):
            Run(service, killed_at=pause).bring(data)
        assert bring(service, data).digest == digest(data)
        assert in_use(service) == data
    assert changes(service) == ["CreateParallelData", "UpdateParallelData"]


@pytest.mark.parametrize("operation", ["CreateParallelData", "UpdateParallelData"])
def test_a_change_whose_answer_was_lost_is_not_sent_again(operation: str, service: Service) -> None:
    if operation == "UpdateParallelData":
        bring(service, OLD)
    service.fault(operation, faults.reset(done=True))
    with pytest.raises(EngineError):
        bring(service, NEW)
    assert bring(service, NEW).digest == digest(NEW)
    assert service.requests().count(operation) == 1


def test_examples_that_were_deleted_are_created_again(service: Service) -> None:
    bring(service, OLD)
    service.clients.call("translate", "delete_parallel_data", Name=NAME)
    assert bring(service, OLD).digest == digest(OLD)
    assert in_use(service) == OLD


# Somebody else


def create_other(service: Service) -> None:
    """Somebody who knows nothing of leases takes the account's slot."""
    uri = service.put("elsewhere/other.csv", OLD)
    config = {"S3Uri": uri, "Format": "CSV"}
    service.clients.call("translate", "create_parallel_data", Name=OTHER, ParallelDataConfig=config)


@pytest.mark.parametrize("switches", BUSY)
def test_who_finds_the_account_busy_waits_and_comes_next(
    switches: Switches, open_account: Callable[..., Service]
) -> None:
    service = open_account(switches=switches)
    create_other(service)
    run = Run(service)
    assert run.bring(OLD)
    assert f"{NAME}: the account is at work on other parallel data, so this one waits ({switches.busy})." in run.said


def test_who_finds_the_account_busy_for_too_long_is_waiting(service: Service) -> None:
    service.fault("CreateParallelData", faults.import_stuck())
    create_other(service)
    with pytest.raises(Waiting, match="one change of parallel data at a time") as raised:
        Run(service).bring(OLD, patience=600)
    assert raised.value.exit_code == 0
    assert look(service.clients, NAME) is None


def test_an_account_that_is_full_is_an_error_and_no_reason_to_wait(open_account: Callable[..., Service]) -> None:
    service = open_account(limits=Limits(parallel_data=1))
    bring(service, OLD)
    with pytest.raises(EngineError, match="amts parallel-data delete NAME"):
        Run(service).bring(OLD, name=OTHER)


def test_while_another_run_has_the_lease_nothing_is_sent(service: Service) -> None:
    lease = Lease(storage=service.storage, purpose="the book in Turkish", time=Time(now=service.now), life=HOUR)
    assert lease.take()
    with pytest.raises(Waiting, match="the book in Turkish"):
        Run(service).bring(OLD, patience=LIFE)
    assert changes(service) == []


def test_who_waited_for_the_lease_finds_what_the_other_has_brought(service: Service) -> None:
    bring(service, OLD)
    lease = Lease(storage=service.storage, purpose="the same", time=Time(now=service.now))
    held = lease.take()
    assert held

    def other(seconds: float) -> None:
        service.advance(seconds)
        if changes(service)[-1] == "CreateParallelData":
            uri = service.put("elsewhere/new.csv", NEW)
            config = {"S3Uri": uri, "Format": "CSV"}
            said = {"Description": f"amts sha256:{digest(NEW)}"}
            service.clients.call("translate", "update_parallel_data", Name=NAME, ParallelDataConfig=config, **said)

    found = ensure_examples(
        service.clients,
        service.storage,
        NAME,
        NEW,
        "csv",
        digest(NEW),
        deadline=service.now() + HOUR,
        report=lambda line: None,
        time=Time(now=service.now, sleep=other, random=lambda: 0.5),
    )
    assert found
    assert not found.used_old
    assert changes(service) == ["CreateParallelData", "UpdateParallelData"]


def test_what_is_being_deleted_is_waited_for_and_created_anew(service: Service) -> None:
    bring(service, OLD)
    service.clients.call("translate", "delete_parallel_data", Name=NAME)
    run = Run(service)
    assert run.bring(NEW)
    assert f"{NAME}: the service is at work on the parallel data (DELETING)." in run.said
    assert changes(service) == ["CreateParallelData", "DeleteParallelData", "CreateParallelData"]


def test_an_update_that_is_stuck_is_waited_for_half_an_hour_at_most(service: Service) -> None:
    bring(service, OLD)
    service.fault("UpdateParallelData", faults.import_stuck())
    began = service.now()
    with pytest.raises(Waiting, match="UPDATING"):
        Run(service).bring(NEW, patience=10 * HOUR)
    assert service.now() - began == pytest.approx(LONGEST)
    with pytest.raises(Waiting, match="UPDATING"):
        Run(service).bring(NEW, patience=600)
    assert changes(service) == ["CreateParallelData", "UpdateParallelData"]


@pytest.mark.parametrize("code", ["TooManyRequestsException", "InternalServerException"])
def test_what_passes_by_itself_is_asked_again_by_the_client(code: str, service: Service) -> None:
    service.fault("GetParallelData", faults.error(code))
    assert bring(service.patient(), OLD).digest == digest(OLD)
