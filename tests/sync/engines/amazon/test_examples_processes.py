"""The account's one slot, shared by processes of which one may be killed. Their minutes last a fraction of a second."""

from __future__ import annotations

import multiprocessing
import time
from typing import TYPE_CHECKING

import pytest

from sync.engines.amazon.money import Rates
from sync.engines.amazon.resources.examples import ensure_examples
from sync.engines.amazon.resources.standing import look
from sync.engines.amazon.service.clients import open_clients
from sync.engines.amazon.service.patience import Time
from sync.engines.amazon.service.storage import S3Storage
from sync.engines.amazon.settings import Settings
from tests.support.translate_emulator import Clock, Pace

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.context import SpawnProcess

    from tests.support.service import Service

SPEED = 60.0
BEGAN = time.time()
DATA = "en,zh\nTea is hot.,茶是热的。\n".encode()
NAMES = ("amts-book-tr", "amts-book-zh")


@pytest.fixture
def service(open_account: Callable[..., Service], monkeypatch: pytest.MonkeyPatch) -> Service:
    """An account where time runs, and to which the environment of new processes leads."""
    found = open_account(clock=Clock(scale=SPEED), pace=Pace(parallel_data=40))
    for name, value in found.emulator.environment().items():
        monkeypatch.setenv(name, value)
    return found


def bring(bucket: str, name: str, began: float) -> None:
    """In a process of its own."""
    settings = Settings(region="us-east-1", bucket=bucket, role="", rates=Rates())
    clients = open_clients(settings)
    quick = Time(now=lambda: began + (time.time() - began) * SPEED, sleep=lambda seconds: time.sleep(seconds / SPEED))
    ensure_examples(
        clients,
        S3Storage(clients=clients, bucket=bucket, prefix="amts"),
        name,
        DATA,
        "csv",
        "one-digest",
        deadline=quick.now() + 60 * SPEED,
        report=lambda line: None,
        time=quick,
    )


def start(service: Service, name: str) -> SpawnProcess:
    process = multiprocessing.get_context("spawn").Process(target=bring, args=(service.bucket, name, BEGAN))
    process.start()
    return process


def created(service: Service) -> list[str]:
    """Names for which a creation was accepted, in order."""
    done = [
        one.parameters for one in service.emulator.exchanges if one.operation == "CreateParallelData" and not one.code
    ]
    return [one["Name"] for one in done]


def states(service: Service) -> list[str]:
    return [found.status for name in NAMES if (found := look(service.clients, name))]


@pytest.mark.slow
def test_two_runs_that_cannot_see_each_other_come_one_after_the_other(service: Service) -> None:
    processes = [start(service, name) for name in NAMES]
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert sorted(created(service)) == list(NAMES)
    assert states(service) == ["ACTIVE", "ACTIVE"]
    assert {one.code for one in service.emulator.exchanges if one.operation == "CreateParallelData"} == {""}


@pytest.mark.slow
def test_a_run_that_was_killed_keeps_nobody_from_the_slot_and_is_finished_by_the_next(service: Service) -> None:
    killed = start(service, NAMES[0])
    while not created(service):
        assert killed.is_alive()
        time.sleep(0.01)
    killed.kill()
    killed.join()
    after = [start(service, name) for name in NAMES]
    for process in after:
        process.join()
    assert [process.exitcode for process in after] == [0, 0]
    assert created(service) == list(NAMES)
    assert states(service) == ["ACTIVE", "ACTIVE"]
