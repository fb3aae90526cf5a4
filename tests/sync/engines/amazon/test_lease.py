"""One thing at a time, among runs that only see a bucket: who has the lease, who waits, and who takes it over."""

from __future__ import annotations

import multiprocessing
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from sync.engines.amazon.service.clients import Clients
from sync.engines.amazon.service.lease import LIFE, PARALLEL_DATA, Lease
from sync.engines.amazon.service.patience import LONGEST, Time, until_next_look
from sync.engines.amazon.service.storage import S3Storage
from sync.errors import EngineError, Waiting
from tests.support.s3 import KEY, SECRET, S3Server
from tests.support.storage import MemoryStorage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.engines.amazon.service.storage import Storage

ROUNDS = 4
COUNTER = "counter"


@dataclass
class Hours:
    """Time that passes only where somebody sleeps."""

    at: float = 1_000_000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds

    def time(self, random: float = 0.5) -> Time:
        return Time(now=lambda: self.at, sleep=self.sleep, random=lambda: random)


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture(scope="module")
def server() -> Iterator[S3Server]:
    with S3Server() as server:
        server.bucket("shared")
        yield server


def lease(storage: Storage, hours: Hours, purpose: str = "zh") -> Lease:
    return Lease(storage=storage, purpose=purpose, time=hours.time())


def open_storage(endpoint: str) -> S3Storage:
    import boto3

    session = boto3.session.Session(aws_access_key_id=KEY, aws_secret_access_key=SECRET, region_name="us-east-1")
    clients = Clients(translate=None, s3=session.client("s3", endpoint_url=endpoint), context={})
    return S3Storage(clients=clients, bucket="shared", prefix="amts")


def test_a_lease_is_had_by_one_and_free_again_after_it(hours: Hours) -> None:
    storage = MemoryStorage()
    with lease(storage, hours).hold(hours.at):
        assert lease(storage, hours).take() is None
    assert lease(storage, hours).take()


def test_a_lease_is_given_back_when_the_work_fails(hours: Hours) -> None:
    storage = MemoryStorage()
    with pytest.raises(EngineError), lease(storage, hours).hold(hours.at):
        raise EngineError
    assert lease(storage, hours).take()


def test_who_waits_too_long_is_told_who_has_it_and_until_when(hours: Hours) -> None:
    storage = MemoryStorage()
    with lease(storage, hours, "the data of zh").hold(hours.at), pytest.raises(Waiting) as raised:  # noqa: SIM117
        with lease(storage, hours).hold(hours.at + 60):
            pytest.fail("two have it")
    assert "the data of zh" in str(raised.value)
    assert "1970-01-12 13:49:40 UTC" in str(raised.value)
    assert raised.value.exit_code == 0
    assert hours.at == 1_000_060


def test_the_lease_of_a_holder_that_died_is_taken_over_when_its_time_is_over(hours: Hours) -> None:
    storage = MemoryStorage()
    died = lease(storage, hours).take()
    with lease(storage, hours).hold(hours.at + 10 * LIFE) as held:
        assert LIFE <= sum(hours.slept) <= LIFE + LONGEST
        assert died
        assert not died.renew()
        assert held.renew()


def test_who_lost_a_lease_does_not_give_back_that_of_another(hours: Hours) -> None:
    storage = MemoryStorage()
    slow = lease(storage, hours).take()
    hours.at += LIFE
    assert lease(storage, hours).take()
    assert slow
    slow.release()
    assert lease(storage, hours).take() is None


def test_a_lease_that_is_renewed_outlives_its_first_time(hours: Hours) -> None:
    storage = MemoryStorage()
    held = lease(storage, hours).take()
    hours.at += LIFE - 1
    assert held
    assert held.renew()
    hours.at += LIFE - 1
    assert lease(storage, hours).take() is None


def test_a_lease_is_not_written_again_before_half_of_its_life_is_over(hours: Hours) -> None:
    storage = MemoryStorage()
    held = lease(storage, hours).take()
    written = storage.read(PARALLEL_DATA)
    hours.at += LIFE / 2 - 1
    assert held
    assert held.renew()
    assert storage.read(PARALLEL_DATA) == written
    hours.at += 1
    assert held.renew()
    assert storage.read(PARALLEL_DATA) != written


@pytest.mark.parametrize(
    "said", [b"", b"[]", b"{", b'{"expires": "soon"}', b'{"expires": Infinity}', b'{"expires": NaN}']
)
def test_a_lease_that_nobody_can_have_written_holds_nobody_up(said: bytes, hours: Hours) -> None:
    storage = MemoryStorage({PARALLEL_DATA: said})
    assert lease(storage, hours).take()


class Deaf(MemoryStorage):
    """Writes, and its answer is lost: the client asks again and is refused."""

    def write(self, name: str, data: bytes, *, only_new: bool = False, if_tag: str = "") -> bool:
        super().write(name, data, only_new=only_new, if_tag=if_tag)
        return False


def test_a_write_whose_answer_was_lost_counts(hours: Hours) -> None:
    held = lease(Deaf(), hours).take()
    assert held
    hours.at += LIFE / 2
    assert held.renew()


def test_waiting_grows_from_a_window_of_15_seconds_to_one_of_120(hours: Hours) -> None:
    assert [hours.time(1.0).back_off(attempt) for attempt in (0, 1, 2, 3, 4, 5000)] == [15, 30, 60, 120, 120, 120]
    assert hours.time(0.0).back_off(3) == 0


def test_looks_are_5_to_30_seconds_apart() -> None:
    assert [until_next_look(looks) for looks in (0, 1, 5, 5000)] == [5, 7.5, 30, 30]


def test_of_two_that_take_over_at_once_one_wins_in_s3(server: S3Server, hours: Hours) -> None:
    storage = open_storage(server.endpoint)
    assert lease(storage, hours).take()
    hours.at += LIFE
    seen = storage.tagged(PARALLEL_DATA)
    assert seen
    first, second = lease(storage, hours), lease(storage, hours)
    assert storage.write(PARALLEL_DATA, first.claim(), if_tag=seen[1])
    assert not storage.write(PARALLEL_DATA, second.claim(), if_tag=seen[1])
    assert first.mine()
    assert not second.mine()


def count_up(endpoint: str) -> None:
    """In a process of its own: read a number and write the next one, slowly, as nobody may do at the same time."""
    storage = open_storage(endpoint)
    quick = Time(sleep=lambda seconds: time.sleep(seconds / 500))
    for _ in range(ROUNDS):
        with Lease(storage=storage, purpose="counting", time=quick).hold(time.time() + 60):
            number = int(storage.read(COUNTER) or b"0")
            time.sleep(0.03)
            storage.write(COUNTER, str(number + 1).encode())


def test_two_processes_never_have_it_at_the_same_time(server: S3Server) -> None:
    storage = open_storage(server.endpoint)
    storage.delete(PARALLEL_DATA)
    apart = multiprocessing.get_context("spawn")
    counters = [apart.Process(target=count_up, args=(server.endpoint,)) for _ in range(2)]
    for counter in counters:
        counter.start()
    for counter in counters:
        counter.join()
    assert [counter.exitcode for counter in counters] == [0, 0]
    assert storage.read(COUNTER) == str(2 * ROUNDS).encode()
