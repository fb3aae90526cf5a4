"""``amts sync --engine amazon`` and ``amts collect``: the real command line, on real repositories, by one clock."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.amazon_fork import Turned, amts, make_fork, settings
from tests.support.repositories import branches, snapshot
from tests.support.s3 import S3Server
from tests.support.service import Accounts
from tests.support.translate_emulator import Pace, faults
from tests.support.translate_emulator.signature import Keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.amazon_fork import Fork, Said
    from tests.support.service import Service

pytestmark = pytest.mark.slow
"""A whole command each; ``tests/sync/engines/amazon`` tries the same rules on the engine alone."""

HOURS = 3600.0
FEW = 5
"""Minutes that a run waits where it waits in vain."""


@pytest.fixture(scope="module")
def accounts() -> Iterator[Accounts]:
    with S3Server() as server, Accounts(server) as accounts:
        yield accounts


@pytest.fixture
def service(accounts: Accounts) -> Service:
    return accounts.open(translator=TURNED)


TURNED = Turned()


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Fork]:
    """Forks of one book, each made once."""
    made: dict[str, Fork] = {}

    def book(name: str) -> Fork:
        if name not in made:
            made[name] = make_fork(tmp_path_factory.mktemp(name))
        return made[name]

    return book


class Runs:
    """Runs of one command for one fork in one account, each with a folder of its own for the result."""

    def __init__(self, service: Service, fork: Fork, folder: Path) -> None:
        self.service = service
        self.fork = fork
        self.folder = folder
        self.number = 0
        self.place = folder
        folder.mkdir(exist_ok=True)

    def __call__(
        self, *arguments: str, command: str = "sync", env: dict[str, str] | None = None, **wanted: Any
    ) -> Said:
        """Of ``wanted``, settings that are other than usual; ``None`` leaves one out."""
        self.number += 1
        self.place = self.folder / f"result-{self.number}"
        config = self.folder / f"{self.number}.yml"
        given = {"bucket": self.service.bucket, "role": self.service.emulator.role, **wanted}
        config.write_text(settings(**given), "utf-8")
        engine = () if command == "collect" else ("--engine", "amazon")
        where = () if "--publish" in arguments or "--dry-run" in arguments else ("--output", self.place)
        return amts(
            self.service.emulator,
            command,
            *self.fork.arguments,
            *engine,
            "--config",
            config,
            *where,
            *arguments,
            env=env,
        )

    def result(self) -> dict[str, Any]:
        """What the last run says of itself."""
        found = json.loads((self.place / "result.json").read_text("utf-8"))
        assert isinstance(found, dict)
        return found

    def jobs(self) -> int:
        return self.service.accepted().count("StartTextTranslationJob")


@pytest.fixture
def run(service: Service, books: Callable[[str], Fork], tmp_path: Path) -> Runs:
    return Runs(service, books("plain"), tmp_path)


def test_all_chapters_go_in_one_job_with_the_examples_of_the_fork(run: Runs) -> None:
    said = run()
    assert said.code == 0, said.err
    assert run.result()["totals"] == {"kept": 8, "carried": 0, "drafted": 6, "pending": 0}
    started = [one for operation, one in run.service.emulator.requests if operation == "StartTextTranslationJob"]
    assert [one["ParallelDataNames"] for one in started] == [["amts-book-pt"]]
    assert "Gur tybj bs n gbja uvqrf *arneyl nyy*" in (run.place / "c/stars.md").read_text("utf-8")
    assert "`marks`" in (run.place / "c/tides.md").read_text("utf-8")


def test_what_it_costs_is_said_before_and_after(run: Runs) -> None:
    said = run()
    billed = sum(bill.characters for bill in run.service.emulator.bills)
    assert f"Sending 6 segments. pt: {billed} characters in a job with parallel data, about $" in said.err
    assert f"Billed: {billed} characters" in said.out
    assert run.result()["cost"]["billed"]["characters"] == billed


def test_a_second_run_asks_for_nothing_and_gives_the_same(run: Runs) -> None:
    run()
    files = {name: (run.place / name).read_bytes() for name in run.result()["files"]}
    asked = len(run.service.requests())
    assert run().code == 0
    assert {name: (run.place / name).read_bytes() for name in run.result()["files"]} == files
    assert run.service.requests()[asked:] == []


def test_a_dry_run_sends_nothing(run: Runs) -> None:
    said = run("--dry-run")
    assert said.code == 0
    assert "470 characters of 694" in said.out
    assert "Nothing was sent" in said.out
    assert run.service.requests() == []
    assert run.service.storage.names("") == ()


# A run that does not see the end


def slow(service: Service) -> None:
    """Jobs take longer than a run waits."""
    service.emulator.core.service.account.pace = Pace(job=10 * HOURS)


def test_a_run_that_cannot_wait_ends_well_and_says_how_to_go_on(run: Runs) -> None:
    slow(run.service)
    said = run(deadline_minutes=FEW)
    assert said.code == 0
    assert "Waiting: Amazon Translate is at work on job" in said.err
    assert "amts collect" in said.err
    assert not run.place.exists()


def test_collecting_finishes_what_waits_and_starts_nothing(run: Runs) -> None:
    slow(run.service)
    run(deadline_minutes=FEW)
    run.service.advance(12 * HOURS)
    said = run(command="collect")
    assert said.code == 0, said.err
    assert run.result()["totals"]["drafted"] == 6
    assert run.jobs() == 1


def test_collecting_before_the_job_is_done_is_no_failure(run: Runs) -> None:
    slow(run.service)
    run(deadline_minutes=FEW)
    said = run(command="collect", deadline_minutes=FEW)
    assert said.code == 0
    assert "Waiting" in said.err
    assert run.jobs() == 1


def test_the_next_run_finishes_what_waits_as_well(run: Runs) -> None:
    slow(run.service)
    run(deadline_minutes=FEW)
    run.service.advance(12 * HOURS)
    assert run().code == 0
    assert run.result()["totals"]["drafted"] == 6
    assert run.jobs() == 1


def test_a_branch_is_added_only_when_all_is_there(run: Runs, tmp_path: Path) -> None:
    run.fork = make_fork(tmp_path / "own")
    before = snapshot(run.fork.target)
    slow(run.service)
    run("--publish", "branch", deadline_minutes=FEW)
    assert snapshot(run.fork.target) == before
    run.service.advance(12 * HOURS)
    assert run("--publish", "branch", command="collect").code == 0
    assert len(branches(run.fork.target)) == 2


def test_a_program_reads_that_a_run_waits(run: Runs) -> None:
    slow(run.service)
    said = run("--json", deadline_minutes=FEW)
    assert said.code == 0
    found = json.loads(said.out)
    assert found["lang"] == "pt"
    assert "Amazon Translate is at work on job" in found["waiting"]


# Two forks in one account


def test_two_forks_bring_their_examples_one_after_the_other(
    run: Runs, books: Callable[[str], Fork], tmp_path: Path
) -> None:
    run.service.fault("CreateParallelData", faults.import_stuck(20 * 60.0))
    assert "Waiting" in run(name="one", deadline_minutes=FEW).err
    other = Runs(run.service, books("other"), tmp_path / "other")
    said = other(name="other")
    assert "amts-other-pt: the account is at work on other parallel data, so this one waits" in said.err
    assert other.result()["totals"]["drafted"] == 6
    assert run(name="one").code == 0
    assert run.result()["totals"]["drafted"] == 6
    assert run.service.accepted().count("CreateParallelData") == 2


# What goes wrong


def test_a_run_that_would_cost_too_much_ends_with_3(run: Runs) -> None:
    said = run(max_usd_run="0.000001")
    assert said.code == 3
    assert "amazon.max-usd-run" in said.err
    assert run.jobs() == 0
    assert not {"CreateParallelData", "ImportTerminology"} & set(run.service.requests())


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"bucket": None}, "set amazon.bucket in .amts.yml, or AMTS_AWS_BUCKET"),
        ({"role": None}, "set amazon.role in .amts.yml, or AMTS_AWS_ROLE"),
        ({"region": "eu-central-1"}, "Choose eu-west-1, us-east-1, us-west-2, or set parallel-data to false"),
    ],
    ids=["no bucket", "no role", "a region without parallel data"],
)
def test_a_set_up_that_cannot_work_says_what_to_set(run: Runs, wanted: dict[str, Any], told: str) -> None:
    said = run(**wanted)
    assert said.code == 2
    assert told in said.err
    assert run.service.requests() == []


def test_without_credentials_it_says_where_they_come_from(run: Runs) -> None:
    said = run(env={"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_SESSION_TOKEN": ""})
    assert said.code == 8
    assert "There are no AWS credentials. In GitHub Actions, let" in said.err
    assert "aws sso login" in said.err


def test_in_the_wrong_region_it_says_which_is_right(run: Runs, accounts: Accounts) -> None:
    run.service = accounts.open(translator=TURNED, keys=Keys(region="us-west-2"))  # the bucket is in us-east-1
    said = run(region="us-west-2")
    assert said.code == 8
    assert f"The bucket {run.service.bucket} is not in us-west-2" in said.err
    assert "set amazon.region to that of the bucket" in said.err


@pytest.mark.parametrize(
    ("operation", "effect"),
    [
        ("CreateParallelData", faults.reset(done=True)),
        ("StartTextTranslationJob", faults.reset(done=True)),
        ("StartTextTranslationJob", faults.html()),
        ("DescribeTextTranslationJob", faults.throttled(1.0)),
    ],
    ids=["data made, answer lost", "job started, answer lost", "a page with status 503", "throttled"],
)
def test_an_answer_that_is_lost_costs_nothing(run: Runs, operation: str, effect: faults.Effect) -> None:
    run.service.fault(operation, effect)
    said = run()
    assert said.code == 0, said.err
    assert run.result()["totals"]["drafted"] == 6
    jobs = run.service.emulator.core.state()["jobs"]
    assert len(jobs) == 1
    assert len(run.service.emulator.core.state()["parallel_data"]) == 1


@pytest.mark.parametrize("action", ["s3:GetObject", "s3:PutObject"])
def test_a_bucket_that_denies_access_is_told_and_nothing_is_lost(run: Runs, action: str) -> None:
    run.service.fault("StartTextTranslationJob", faults.s3_denied(action))
    said = run()
    assert said.code == 8
    assert "look for a Deny in the policy of the bucket" in said.err
    run.service.emulator.allow(run.service.bucket)
    assert run().code == 0
    assert run.result()["totals"]["drafted"] == 6


def test_markup_that_comes_back_damaged_reaches_no_file(run: Runs) -> None:
    run.service.emulator.faults.add("*", faults.damaged("dropped"), count=None)
    said = run()
    assert said.code == 0
    totals = run.result()["totals"]
    assert totals["drafted"] + totals["pending"] == 6
    assert totals["pending"] > 0
    assert "could not be used (it lost" in (run.place / "pull-request.md").read_text("utf-8")
