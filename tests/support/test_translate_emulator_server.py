"""The emulator of Amazon Translate through boto3: what becomes of parallel data, terminologies and jobs."""

from __future__ import annotations

import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from tests.support.conftest import CATS
from tests.support.translate_emulator import Limits, Pace, Switches
from tests.support.translate_emulator.model import service

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.conftest import Cloud

PAGE = '<html><body><p id="s1">The cat sleeps on the mat.</p><p id="s2">A bird sings.</p></body></html>'


def code_of(error: pytest.ExceptionInfo[ClientError]) -> str:
    return str(error.value.response["Error"]["Code"])


def fetch(location: dict[str, str]) -> bytes:
    with urllib.request.urlopen(location["Location"]) as answer:
        return bytes(answer.read())


def test_every_operation_of_the_model_is_there(cloud: Cloud) -> None:
    assert set(cloud.emulator.core.service.operations) == set(service().operation_names)


# Parallel data


def test_parallel_data_is_active_after_a_while_and_tells_what_was_imported(cloud: Cloud) -> None:
    assert cloud.create(text=CATS + ",空\nA bird.,+鸟\n")["Status"] == "CREATING"
    assert cloud.parallel_data()["Status"] == "CREATING"
    cloud.emulator.advance(160)
    found = cloud.parallel_data()
    counts = [found[f"{kind}RecordCount"] for kind in ("Imported", "Skipped", "Failed")]
    assert (found["Status"], counts) == ("ACTIVE", [2, 1, 1])
    assert (found["SourceLanguageCode"], found["TargetLanguageCodes"]) == ("en", ["zh"])


def test_its_files_can_be_fetched_for_half_an_hour(cloud: Cloud) -> None:
    cloud.create()
    cloud.emulator.advance(160)
    found = cloud.translate.get_parallel_data(Name="cats")
    assert fetch(found["DataLocation"]) == CATS.encode()
    assert b"record_error_count" in fetch(found["AuxiliaryDataLocation"])
    cloud.emulator.advance(1801)
    with pytest.raises(urllib.error.HTTPError, match="403"):
        fetch(found["DataLocation"])


def test_an_update_shows_in_the_attempt_and_not_in_the_status(cloud: Cloud) -> None:
    cloud.create(Description="old")
    cloud.emulator.advance(160)
    answer = cloud.update("en,zh\nA bird.,鸟。\n", Description="new")
    assert (answer["Status"], answer["LatestUpdateAttemptStatus"]) == ("ACTIVE", "UPDATING")
    assert cloud.parallel_data()["Description"] == "old"
    cloud.emulator.advance(160)
    found = cloud.parallel_data()
    assert (found["LatestUpdateAttemptStatus"], found["ImportedRecordCount"]) == ("ACTIVE", 1)
    assert found["LatestUpdateAttemptAt"] == answer["LatestUpdateAttemptAt"]
    assert found["Description"] == "new"


def test_an_update_that_fails_keeps_the_old_data(cloud: Cloud) -> None:
    cloud.create()
    cloud.emulator.advance(160)
    cloud.update("this is no table")
    cloud.emulator.advance(160)
    found = cloud.translate.get_parallel_data(Name="cats")
    properties = found["ParallelDataProperties"]
    assert (properties["Status"], properties["LatestUpdateAttemptStatus"]) == ("ACTIVE", "FAILED")
    assert properties["Message"]
    assert fetch(found["DataLocation"]) == CATS.encode()
    assert properties["Message"].encode() in fetch(found["LatestUpdateAttemptAuxiliaryDataLocation"])


def test_parallel_data_that_failed_can_be_updated(cloud: Cloud) -> None:
    cloud.translate.create_parallel_data(
        Name="cats", ParallelDataConfig={"S3Uri": cloud.at("nowhere.csv"), "Format": "CSV"}
    )
    cloud.emulator.advance(160)
    assert cloud.parallel_data()["Status"] == "FAILED"
    cloud.update(CATS)
    cloud.emulator.advance(160)
    assert cloud.parallel_data()["Status"] == "ACTIVE"


@pytest.mark.parametrize("busy", ["LimitExceededException", "ConcurrentModificationException"])
def test_one_creation_or_update_runs_at_a_time(busy: Any, make_cloud: Callable[..., Cloud]) -> None:
    cloud = make_cloud(switches=Switches(busy=busy))
    cloud.create("first")
    with pytest.raises(ClientError) as refused:
        cloud.create("second")
    assert code_of(refused) == busy
    cloud.emulator.advance(160)
    assert cloud.create("second")["Status"] == "CREATING"


def test_of_many_who_ask_at_once_one_gets_the_place(cloud: Cloud) -> None:
    config = cloud.config_of(CATS)

    def create(number: int) -> str:
        try:
            return str(cloud.translate.create_parallel_data(Name=f"cats{number}", ParallelDataConfig=config)["Status"])
        except ClientError as error:
            return str(error.response["Error"]["Code"])

    with ThreadPoolExecutor(8) as many:
        found = list(many.map(create, range(16)))
    assert sorted(found) == ["CREATING", *["LimitExceededException"] * 15]


def test_what_is_deleted_is_there_a_little_longer_and_can_be_made_again(cloud: Cloud) -> None:
    cloud.create(ClientToken="one")
    cloud.emulator.advance(160)
    cloud.translate.delete_parallel_data(Name="cats")
    assert cloud.parallel_data()["Status"] == "DELETING"
    cloud.emulator.advance(20)
    with pytest.raises(cloud.translate.exceptions.ResourceNotFoundException):
        cloud.parallel_data()
    assert cloud.create(ClientToken="one")["Status"] == "CREATING"
    assert cloud.parallel_data()["Status"] == "CREATING"


def test_the_same_token_is_the_same_request(cloud: Cloud) -> None:
    cloud.put("in/a.html", PAGE)
    first = cloud.start(ClientToken="plan")
    assert cloud.start(ClientToken="plan") == first
    with pytest.raises(cloud.translate.exceptions.InvalidParameterValueException):
        cloud.start(ClientToken="plan", JobName="another")
    assert len(cloud.translate.list_text_translation_jobs()["TextTranslationJobPropertiesList"]) == 1


# Jobs


def test_a_job_writes_its_documents_and_a_details_file_of_strings(cloud: Cloud) -> None:
    cloud.put("in/ch1/index.html", PAGE)
    cloud.put("in/readme.html", "<html><body><p>A bird sings.</p></body></html>")
    identity = cloud.start()
    states = [cloud.described(identity)["JobStatus"]]
    for seconds in (30, 604):
        cloud.emulator.advance(seconds)
        states.append(cloud.described(identity)["JobStatus"])
    assert states == ["SUBMITTED", "IN_PROGRESS", "COMPLETED"]
    job = cloud.described(identity)
    assert job["OutputDataConfig"]["S3Uri"] == cloud.at(f"out/123456789012-TranslateText-{identity}/")
    names = ["ch1/zh.index.html", "details/zh.auxiliary-translation-details.json", "zh.readme.html"]
    assert cloud.outputs(job) == names
    details = cloud.details(job)
    assert details["charactersTranslated"] == str(len("The cat sleeps on the mat.A bird sings.A bird sings."))
    assert details["documentCountWithCustomerError"] == "0"
    assert details["details"][0] == {
        "sourceFile": "ch1/index.html",
        "targetFile": "ch1/zh.index.html",
        "auxiliaryData": {},
    }
    assert details["outputDataPrefix"] == job["OutputDataConfig"]["S3Uri"]
    assert job["JobDetails"] == {
        "TranslatedDocumentsCount": 2,
        "DocumentsWithErrorsCount": 0,
        "InputDocumentsCount": 2,
    }


def test_parallel_data_changes_what_a_job_writes(cloud: Cloud) -> None:
    cloud.put("in/a.html", PAGE)
    cloud.create()
    cloud.emulator.advance(160)
    with_examples = cloud.output(cloud.finished(ParallelDataNames=["cats"]), "zh.a.html")
    without = cloud.output(cloud.finished(), "zh.a.html")
    assert "猫睡在垫子上。" in with_examples
    assert "猫睡在垫子上。" not in without
    assert [bill.with_examples for bill in cloud.emulator.bills] == [True, False]


def test_a_job_keeps_the_examples_that_it_was_started_with(cloud: Cloud) -> None:
    cloud.put("in/a.html", PAGE)
    cloud.create()
    cloud.emulator.advance(160)
    identity = cloud.start(ParallelDataNames=["cats"])
    cloud.update("en,zh\nA bird.,鸟。\n")
    cloud.emulator.advance(5_000)
    assert "猫睡在垫子上。" in cloud.output(cloud.described(identity), "zh.a.html")


def test_a_job_may_have_several_languages(cloud: Cloud) -> None:
    cloud.put("in/a.txt", "A bird sings.\n\nIt is small.\n")
    config = {"S3Uri": cloud.at("in/"), "ContentType": "text/plain"}
    job = cloud.finished(TargetLanguageCodes=["zh", "tr"], InputDataConfig=config)
    assert [name for name in cloud.outputs(job) if "details" not in name] == ["tr.a.txt", "zh.a.txt"]
    assert cloud.details(job, "tr")["targetLanguageCode"] == "tr"
    assert [bill.characters for bill in cloud.emulator.bills] == [28, 28]


def test_a_document_that_is_no_text_is_an_error_of_its_own(cloud: Cloud) -> None:
    cloud.put("in/bad.html", b"<html>\xff</html>")
    cloud.put("in/good.html", PAGE)
    job = cloud.finished()
    assert (job["JobStatus"], job["JobDetails"]["DocumentsWithErrorsCount"]) == ("COMPLETED_WITH_ERROR", 1)
    bad, good = cloud.details(job)["details"]
    assert bad["auxiliaryData"]["error"]["errorMessage"] == "Invalid utf-8 encoded texts detected"
    assert "targetFile" not in bad
    assert good["targetFile"] in cloud.outputs(job)


@pytest.mark.parametrize("folder", ["s3://no-such-bucket-anywhere/in/", "empty/"])
def test_input_that_is_not_there_fails_the_job_or_is_refused_as_a_switch_says(
    folder: str, make_cloud: Callable[..., Cloud]
) -> None:
    later, at_once = make_cloud(), make_cloud(switches=Switches(unreadable="at once"))
    where = folder if folder.startswith("s3:") else later.at(folder)
    config = {"S3Uri": where, "ContentType": "text/html"}
    job = later.finished(InputDataConfig=config)
    assert job["JobStatus"] == "FAILED"
    assert job["Message"]
    with pytest.raises(at_once.translate.exceptions.InvalidRequestException):
        at_once.start(InputDataConfig=config)


def test_a_job_is_stopped_unless_it_was_done_before(make_cloud: Callable[..., Cloud]) -> None:
    cloud = make_cloud(pace=Pace(queue=10, job=100, document=0, stop=30))
    cloud.put("in/a.html", PAGE)
    stop = cloud.translate.stop_text_translation_job
    waiting, running, winning = (cloud.start() for _ in range(3))
    assert stop(JobId=waiting)["JobStatus"] == "STOPPED"
    cloud.emulator.advance(20)
    assert stop(JobId=running)["JobStatus"] == "STOP_REQUESTED"
    cloud.emulator.advance(75)
    assert cloud.described(running)["JobStatus"] == "STOPPED"
    assert stop(JobId=winning)["JobStatus"] == "STOP_REQUESTED"
    cloud.emulator.advance(75)
    assert cloud.described(winning)["JobStatus"] == "COMPLETED"


def test_jobs_wait_for_a_place(make_cloud: Callable[..., Cloud]) -> None:
    cloud = make_cloud(limits=Limits(running=1, queued=1), pace=Pace(queue=0, job=100, document=0))
    cloud.put("in/a.html", PAGE)
    first = cloud.start()
    cloud.described(first)
    second = cloud.start()
    with pytest.raises(cloud.translate.exceptions.TooManyRequestsException):
        cloud.start()
    assert [cloud.described(one)["JobStatus"] for one in (first, second)] == ["IN_PROGRESS", "SUBMITTED"]
    cloud.emulator.advance(200)
    ends = [cloud.described(one)["EndTime"] for one in (first, second)]
    assert (ends[1] - ends[0]).total_seconds() == 100


def test_jobs_are_listed_newest_first_by_pages_and_by_one_filter(cloud: Cloud) -> None:
    cloud.put("in/a.html", PAGE)
    made = []
    for name in ("a", "b", "c"):
        made.append(cloud.start(JobName=name))
        cloud.emulator.advance(1)
    listing = cloud.translate.list_text_translation_jobs

    def names(**asked: Any) -> list[str]:
        return [one["JobName"] for one in listing(**asked)["TextTranslationJobPropertiesList"]]

    page = listing(MaxResults=2)
    assert [one["JobId"] for one in page["TextTranslationJobPropertiesList"]] == [made[2], made[1]]
    assert names(NextToken=page["NextToken"]) == ["a"]
    middle = cloud.described(made[1])["SubmittedTime"]
    assert names(Filter={"JobName": "b"}) == ["b"]
    assert names(Filter={"JobStatus": "FAILED"}) == []
    assert names(Filter={"SubmittedAfterTime": middle}) == ["c"]
    cloud.start(JobName="d")
    assert names(Filter={"SubmittedBeforeTime": middle.replace(year=middle.year + 1)}) == ["a", "b", "c", "d"]
