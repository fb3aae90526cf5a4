"""Every fault that can be ordered, once, as a client meets it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

from tests.support.conftest import CATS
from tests.support.translate_emulator import faults

if TYPE_CHECKING:
    from tests.support.conftest import Cloud

MARKED = (
    '<html><body><p id="s1">See <b>the cat</b> on <code translate="no" id="p0">x</code> &amp; mat.</p></body></html>'
)


@pytest.fixture
def page(cloud: Cloud) -> str:
    """A document of every job here."""
    return cloud.put("in/a.html", MARKED)


# On the wire


@pytest.mark.parametrize(
    ("effect", "code"),
    [
        (faults.error("ConflictException"), "ConflictException"),
        (faults.throttled(), "TooManyRequestsException"),
        (faults.throttled(code="ThrottlingException"), "ThrottlingException"),
        (faults.expired_token(), "ExpiredTokenException"),
        (faults.html(503), "503"),
        (faults.html(500), "500"),
    ],
)
def test_a_request_is_refused_though_nothing_is_wrong_with_it(effect: faults.Effect, code: str, cloud: Cloud) -> None:
    cloud.emulator.faults.add("CreateParallelData", effect)
    with pytest.raises(ClientError) as refused:
        cloud.create()
    assert refused.value.response["Error"]["Code"] == code
    assert cloud.create()["Status"] == "CREATING"


def test_a_throttled_client_is_told_how_long_to_wait(cloud: Cloud) -> None:
    cloud.emulator.faults.add("ListParallelData", faults.throttled(0.4))
    patient = cloud.emulator.client(config=cloud.config(2))
    began = time.monotonic()
    patient.list_parallel_data()
    assert time.monotonic() - began >= 0.4
    assert cloud.codes("ListParallelData") == ["TooManyRequestsException", ""]


@pytest.mark.parametrize("done", [False, True])
def test_a_connection_is_reset_before_the_work_or_after_it(done: bool, cloud: Cloud, page: str) -> None:
    cloud.emulator.faults.add("StartTextTranslationJob", faults.reset(done=done))
    with pytest.raises(ConnectionClosedError):
        cloud.start(ClientToken="plan")
    assert len(cloud.emulator.core.service.jobs.jobs) == int(done)
    cloud.start(ClientToken="plan")
    assert len(cloud.emulator.core.service.jobs.jobs) == 1


def test_half_of_an_answer_arrives(cloud: Cloud, page: str) -> None:
    cloud.emulator.faults.add("StartTextTranslationJob", faults.truncated())
    answer = cloud.translate.start_text_translation_job(**cloud.job())
    assert "JobId" not in answer  # botocore does not notice; its callers must
    assert len(cloud.emulator.core.service.jobs.jobs) == 1


def test_an_answer_takes_longer_than_the_client_waits(cloud: Cloud) -> None:
    cloud.emulator.faults.add("ListParallelData", faults.slow(0.5))
    hasty = cloud.emulator.client(config=cloud.config(1, read_timeout=0.1))
    with pytest.raises(ReadTimeoutError):
        hasty.list_parallel_data()
    assert hasty.list_parallel_data()["ParallelDataPropertiesList"] == []


def test_a_fault_meets_the_requests_that_match_after_some_and_so_many(cloud: Cloud) -> None:
    cloud.emulator.faults.add("Get*", faults.error("InternalServerException"), match={"Name": "c*"}, after=1, count=2)
    cloud.create()

    def outcome(name: str) -> str:
        try:
            cloud.parallel_data(name)
        except ClientError as error:
            return str(error.response["Error"]["Code"])
        return ""

    found = [outcome(name) for name in ("cats", "other", "cats", "cats", "cats")]
    assert found == ["", "ResourceNotFoundException", *["InternalServerException"] * 2, ""]


# Parallel data


def test_an_import_fails(cloud: Cloud) -> None:
    cloud.emulator.faults.add("CreateParallelData", faults.import_failed("It is too late in the day."))
    cloud.create()
    cloud.emulator.advance(160)
    found = cloud.parallel_data()
    assert (found["Status"], found["Message"]) == ("FAILED", "It is too late in the day.")


def test_an_update_fails_and_the_old_data_stays(cloud: Cloud) -> None:
    cloud.emulator.faults.add("UpdateParallelData", faults.import_failed())
    cloud.create()
    cloud.emulator.advance(160)
    cloud.update("en,zh\nA bird.,鸟。\n")
    cloud.emulator.advance(160)
    found = cloud.parallel_data()
    assert (found["Status"], found["LatestUpdateAttemptStatus"]) == ("ACTIVE", "FAILED")
    assert found["ImportedRecordCount"] == 2


@pytest.mark.parametrize(("seconds", "status"), [(1_000, "ACTIVE"), (float("inf"), "CREATING")])
def test_an_import_is_stuck_for_a_while_or_for_ever(seconds: float, status: str, cloud: Cloud) -> None:
    cloud.emulator.faults.add("CreateParallelData", faults.import_stuck(seconds))
    cloud.create()
    cloud.emulator.advance(1_000)
    assert cloud.parallel_data()["Status"] == "CREATING"
    cloud.emulator.advance(160)
    assert cloud.parallel_data()["Status"] == status


def test_an_import_leaves_records_out(cloud: Cloud) -> None:
    cloud.emulator.faults.add("CreateParallelData", faults.import_partial(1))
    cloud.create(text=CATS)
    cloud.emulator.advance(160)
    found = cloud.parallel_data()
    assert (found["Status"], found["ImportedRecordCount"], found["SkippedRecordCount"]) == ("ACTIVE", 1, 1)


# Jobs


def test_a_job_fails_with_a_message(cloud: Cloud, page: str) -> None:
    cloud.emulator.faults.add("StartTextTranslationJob", faults.job_failed("No."))
    job = cloud.finished()
    assert (job["JobStatus"], job["Message"], cloud.outputs(job)) == ("FAILED", "No.", [])


def test_a_job_leaves_documents_out(cloud: Cloud, page: str) -> None:
    cloud.put("in/deep/b.html", MARKED)
    cloud.emulator.faults.add("StartTextTranslationJob", faults.documents_failed("deep/*", message="Not today."))
    job = cloud.finished()
    assert job["JobStatus"] == "COMPLETED_WITH_ERROR"
    assert "zh.a.html" in cloud.outputs(job)
    assert "deep/zh.b.html" not in cloud.outputs(job)
    assert cloud.details(job)["details"][1]["auxiliaryData"]["error"]["errorMessage"] == "Not today."


def test_a_job_says_that_all_is_well_and_a_file_is_missing(cloud: Cloud, page: str) -> None:
    cloud.emulator.faults.add("StartTextTranslationJob", faults.output_missing("a.html"))
    job = cloud.finished()
    assert job["JobStatus"] == "COMPLETED"
    assert cloud.outputs(job) == ["details/zh.auxiliary-translation-details.json"]


def test_a_job_writes_what_nobody_asked_for(cloud: Cloud, page: str) -> None:
    cloud.emulator.faults.add("StartTextTranslationJob", faults.output_extra("zh.b.html"))
    assert "zh.b.html" in cloud.outputs(cloud.finished())


def test_output_is_listed_late(cloud: Cloud, page: str) -> None:
    cloud.emulator.faults.add("StartTextTranslationJob", faults.output_late(20))
    identity = cloud.start()
    cloud.emulator.advance(632)
    job = cloud.described(identity)
    assert job["JobStatus"] == "COMPLETED"
    assert "zh.a.html" not in cloud.outputs(job)
    cloud.emulator.advance(20)
    assert "zh.a.html" in cloud.outputs(job)


def test_a_bucket_denies_access(cloud: Cloud, page: str) -> None:
    cloud.emulator.faults.add("StartTextTranslationJob", faults.s3_denied("s3:GetObject", prefix="in/"))
    job = cloud.finished()
    assert job["JobStatus"] == "FAILED"
    assert "ACCESS_DENIED" in job["Message"]
    with pytest.raises(ClientError, match="403"):
        cloud.read("in/a.html")
    cloud.emulator.allow(cloud.bucket)
    assert cloud.read("in/a.html") == MARKED


def test_a_bucket_denies_access_to_parallel_data(cloud: Cloud) -> None:
    cloud.emulator.deny(cloud.bucket, "s3:GetObject", prefix="data/")
    cloud.create()
    cloud.emulator.advance(160)
    assert cloud.parallel_data()["Status"] == "FAILED"
    assert "403" in cloud.parallel_data()["Message"]


@pytest.mark.parametrize("profile", ["entities", "spaces", "dropped", "doubled"])
def test_markup_is_damaged(profile: str, cloud: Cloud, page: str) -> None:
    whole = cloud.output(cloud.finished(), "zh.a.html")
    cloud.emulator.faults.add("StartTextTranslationJob", faults.damaged(profile))
    harmed = [cloud.output(cloud.finished(), "zh.a.html")]
    cloud.emulator.faults.add("StartTextTranslationJob", faults.damaged(profile))
    harmed.append(cloud.output(cloud.finished(), "zh.a.html"))
    assert harmed[0] == harmed[1] != whole


@pytest.mark.parametrize("value", [{"kind": "earthquake"}, {"kind": "error", "colour": "red"}])
def test_only_faults_that_there_are_can_be_ordered(value: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        faults.Fault.of({"operation": "*", "effect": value})
