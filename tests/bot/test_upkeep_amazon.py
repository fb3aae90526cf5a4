"""The action with Amazon Translate: one job for all pull requests of a run, and no run that waits more than once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from unittest import mock
from uuid import uuid4

import pytest

from tests.support.action import CONFIG, FORK, ICE, TEA, Book
from tests.support.amazon_fork import Turned, clock_of
from tests.support.s3 import S3Server
from tests.support.translate_emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.action import Ran

MINUTE = 60.0


@pytest.fixture(scope="module")
def s3() -> Iterator[S3Server]:
    with S3Server() as server:
        yield server


@pytest.fixture
def emulator(s3: S3Server) -> Iterator[Emulator]:
    with Emulator(s3.endpoint, translator=Turned()) as emulator:
        yield emulator


def run(book: Book, emulator: Emulator) -> Ran:
    known = {**os.environ, **emulator.environment()}
    with mock.patch.dict(os.environ, known), clock_of(emulator):
        return book.run(**emulator.environment())


def begin(book: Book, emulator: Emulator, s3: S3Server, *, minutes: int) -> None:
    """Two chapters with new prose, each for a pull request of its own, in a fork that has seen one before."""
    bucket = s3.bucket(f"book-{uuid4().hex[:12]}")
    account = f"amazon: {{bucket: {bucket}, role: '{emulator.role}', deadline-minutes: {minutes}}}\n"
    book.english(tea=TEA.replace("pot = 3", "pot = 4"))
    book.run()
    book.github.merge(FORK, book.pulls()[0].number, "squash")
    book.github.commit(FORK, {".amts.yml": f"{CONFIG}engine: amazon\n{account}"})
    book.inputs = {"group-by": "chapter"}
    news = "\nNobody who has been there ever forgets the taste of it.\n"
    book.english(tea=TEA.replace("pot = 3", "pot = 4") + news, ice=ICE + news.replace("taste", "sound"))


def started(emulator: Emulator) -> int:
    return sum(one.operation == "StartTextTranslationJob" and not one.code for one in emulator.exchanges)


def test_all_pull_requests_of_a_run_share_one_job(book: Book, emulator: Emulator, s3: S3Server) -> None:
    begin(book, emulator, s3, minutes=45)
    ran = run(book, emulator)
    assert ran.code == 0, ran.log
    assert len(book.pulls()) == 2
    assert started(emulator) == 1


def test_a_run_waits_for_the_service_once_and_the_next_one_goes_on(
    book: Book, emulator: Emulator, s3: S3Server
) -> None:
    begin(book, emulator, s3, minutes=4)
    began = emulator.clock.now()
    ran = run(book, emulator)
    assert ran.code == 0, ran.log
    assert emulator.clock.now() - began < 8 * MINUTE
    assert book.pulls() == []
    assert "waiting=" in ran.outputs.replace("<<", "=")
    emulator.advance(60 * MINUTE)
    ran = run(book, emulator)
    assert ran.code == 0, ran.log
    assert len(book.pulls()) == 2
    assert started(emulator) == 1
