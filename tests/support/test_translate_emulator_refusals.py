"""Every reason for which the emulator refuses a request, once."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from tests.support.conftest import CATS
from tests.support.translate_emulator import RATES, Keys, Limits, Pace, Switches

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.conftest import Cloud

ROLE = "arn:aws:iam::123456789012:role/translate-data"
HTML = "text/html"
MANY = ("de", "fr", "it", "ja", "ko", "zh", "tr", "vi", "pt", "es", "ru")


def refused(code: str, call: Callable[..., Any], /, **parameters: Any) -> Any:
    """The error that a call ends with, a ClientError whose code must be the one given."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    assert caught.value.response["Error"]["Code"] == code, caught.value
    return caught.value


# What botocore leaves to the service


@pytest.mark.parametrize(
    "changes",
    [
        {"JobName": "no ! here"},
        {"JobName": "a" * 257},
        {"DataAccessRoleArn": "arn:aws:iam::12:role/too-short"},
        {"OutputDataConfig": {"S3Uri": "https://example.com/out"}},
        {"InputDataConfig": {"S3Uri": "s3://books/in/", "ContentType": "html"}},
        {"TargetLanguageCodes": ["chinese"]},
        {"ParallelDataNames": ["a__b"]},
        {"ClientToken": "under_score"},
        {"Settings": {"Formality": "POLITE"}},
    ],
)
def test_patterns_maxima_and_enumerations_of_the_model(changes: dict[str, Any], cloud: Cloud) -> None:
    error = refused("ValidationException", cloud.translate.start_text_translation_job, **cloud.job(**changes))
    assert "1 validation error detected: Value" in str(error)


def test_what_an_unchecked_client_sends_is_checked_by_the_server(cloud: Cloud) -> None:
    careless = cloud.emulator.client(config=cloud.config(1, parameter_validation=False))
    assert "Name" in str(refused("ValidationException", careless.get_parallel_data))
    refused("ValidationException", careless.get_parallel_data, Name="")
    refused("SerializationException", careless.get_parallel_data, Name=["a"])


# Jobs


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("InvalidRequestException", {"TargetLanguageCodes": [*MANY]}),
        ("InvalidRequestException", {"TargetLanguageCodes": ["zh", "zh"]}),
        ("UnsupportedLanguagePairException", {"TargetLanguageCodes": ["zh", "xx"]}),
        ("UnsupportedLanguagePairException", {"SourceLanguageCode": "vn"}),
        ("InvalidRequestException", {"InputDataConfig": {"S3Uri": "BUCKET/in/", "ContentType": "text/markdown"}}),
        ("InvalidRequestException", {"InputDataConfig": {"S3Uri": "BUCKET", "ContentType": HTML}}),
        ("InvalidRequestException", {"InputDataConfig": {"S3Uri": "BUCKET/", "ContentType": HTML}}),
        ("InvalidRequestException", {"InputDataConfig": {"S3Uri": "BUCKET/with-details/", "ContentType": HTML}}),
        ("InvalidRequestException", {"Settings": {"Brevity": "ON"}}),
        ("InvalidParameterValueException", {"ParallelDataNames": ["a", "b"]}),
        ("InvalidParameterValueException", {"TerminologyNames": ["a", "b"]}),
        ("ResourceNotFoundException", {"ParallelDataNames": ["nobody"]}),
        ("ResourceNotFoundException", {"TerminologyNames": ["nobody"]}),
        ("InvalidRequestException", {"ParallelDataNames": ["cats"], "TargetLanguageCodes": ["zh", "tr"]}),
        ("InvalidRequestException", {"ParallelDataNames": ["cats"], "SourceLanguageCode": "de"}),
        ("AccessDeniedException", {"DataAccessRoleArn": "arn:aws:iam::999999999999:role/translate-data"}),
        ("AccessDeniedException", {"DataAccessRoleArn": "arn:aws:iam::123456789012:role/somebody-else"}),
    ],
)
def test_a_job_that_may_not_start(code: str, changes: dict[str, Any], make_cloud: Callable[..., Cloud]) -> None:
    cloud = make_cloud(roles=frozenset({ROLE}))
    cloud.create()
    cloud.put("with-details/details/a.html", "<html></html>")
    cloud.emulator.advance(200)
    if "InputDataConfig" in changes:
        where = changes["InputDataConfig"]
        changes = {"InputDataConfig": {**where, "S3Uri": where["S3Uri"].replace("BUCKET", f"s3://{cloud.bucket}")}}
    error = refused(code, cloud.translate.start_text_translation_job, **cloud.job(**changes))
    if code == "UnsupportedLanguagePairException":
        assert "TargetLanguageCode" in error.response


@pytest.mark.parametrize("code", ["InvalidRequestException", "ResourceNotFoundException"])
def test_parallel_data_that_is_not_active_yet(code: Any, make_cloud: Callable[..., Cloud]) -> None:
    cloud = make_cloud(switches=Switches(inactive=code))
    cloud.create()
    refused(code, cloud.translate.start_text_translation_job, **cloud.job(ParallelDataNames=["cats"]))


def test_a_bucket_in_another_region(make_cloud: Callable[..., Cloud]) -> None:
    cloud = make_cloud(keys=Keys(region="eu-west-1"))
    start, create = cloud.translate.start_text_translation_job, cloud.translate.create_parallel_data
    assert "us-east-1" in str(refused("InvalidRequestException", start, **cloud.job()))
    config = cloud.config_of(CATS)
    refused("InvalidRequestException", create, Name="cats", ParallelDataConfig=config)


def test_a_job_that_is_not_there(cloud: Cloud) -> None:
    error = refused("ResourceNotFoundException", cloud.translate.describe_text_translation_job, JobId="0" * 32)
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 404
    refused("ResourceNotFoundException", cloud.translate.stop_text_translation_job, JobId="0" * 32)


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("InvalidFilterException", {"Filter": {"JobName": "a", "JobStatus": "FAILED"}}),
        ("InvalidRequestException", {"NextToken": "whatever"}),
        ("ValidationException", {"MaxResults": 501}),
    ],
)
def test_a_list_that_cannot_be_had(code: str, asked: dict[str, Any], cloud: Cloud) -> None:
    refused(code, cloud.translate.list_text_translation_jobs, **asked)


# Parallel data, terminologies, tags


def test_parallel_data_that_cannot_be_asked_for(make_cloud: Callable[..., Cloud]) -> None:
    cloud = make_cloud(limits=Limits(parallel_data=1))
    create, update = cloud.translate.create_parallel_data, cloud.translate.update_parallel_data
    config = cloud.config_of(CATS)
    refused("InvalidParameterValueException", create, Name="cats", ParallelDataConfig={"Format": "CSV"})
    refused("ResourceNotFoundException", update, Name="cats", ParallelDataConfig=config)
    cloud.create()
    error = refused("ConcurrentModificationException", update, Name="cats", ParallelDataConfig=config)
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 409
    refused("ConcurrentModificationException", cloud.translate.delete_parallel_data, Name="cats")
    cloud.emulator.advance(160)
    refused("ConflictException", create, Name="cats", ParallelDataConfig=config)
    refused("LimitExceededException", create, Name="dogs", ParallelDataConfig=config)
    refused("ResourceNotFoundException", cloud.translate.get_parallel_data, Name="dogs")


def test_parallel_data_where_there_is_none(make_cloud: Callable[..., Cloud]) -> None:
    cloud = make_cloud(limits=Limits(batch_examples=frozenset({"us-west-2"})))
    config = cloud.config_of(CATS)
    refused("InvalidRequestException", cloud.translate.create_parallel_data, Name="cats", ParallelDataConfig=config)


def test_terminologies_that_are_not_taken(make_cloud: Callable[..., Cloud]) -> None:
    cloud = make_cloud(limits=Limits(terminologies=1))
    bring = cloud.translate.import_terminology
    good = {"File": b"en,zh\ncat,\xe7\x8c\xab\n", "Format": "CSV"}
    bad = {"File": b"nothing of the kind", "Format": "CSV"}
    refused("InvalidParameterValueException", bring, Name="a", MergeStrategy="OVERWRITE", TerminologyData=bad)
    bring(Name="a", MergeStrategy="OVERWRITE", TerminologyData=good)
    refused("LimitExceededException", bring, Name="b", MergeStrategy="OVERWRITE", TerminologyData=good)
    refused("ResourceNotFoundException", cloud.translate.get_terminology, Name="b")
    get = cloud.translate.get_terminology
    refused("InvalidParameterValueException", get, Name="a", TerminologyDataFormat="TMX")
    refused("InvalidParameterValueException", cloud.translate.list_terminologies, NextToken="whatever")


def test_tags_have_an_end_and_belong_to_something(cloud: Cloud) -> None:
    cloud.create()
    arn = cloud.parallel_data()["Arn"]
    many = [{"Key": str(number), "Value": ""} for number in range(51)]
    error = refused("TooManyTagsException", cloud.translate.tag_resource, ResourceArn=arn, Tags=many)
    assert error.response["ResourceArn"] == arn
    refused("ResourceNotFoundException", cloud.translate.list_tags_for_resource, ResourceArn=arn + "-not")
    refused("InvalidParameterValueException", cloud.translate.list_tags_for_resource, ResourceArn="cats")


# Texts


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("TextSizeLimitExceededException", {"Text": "猫" * 3334}),
        ("UnsupportedLanguagePairException", {"TargetLanguageCode": "xx"}),
        ("UnsupportedLanguagePairException", {"TargetLanguageCode": "auto"}),
        ("DetectedLanguageLowConfidenceException", {"SourceLanguageCode": "auto", "Text": "123"}),
        ("ResourceNotFoundException", {"TerminologyNames": ["nobody"]}),
        ("InvalidRequestException", {"TerminologyNames": ["a", "b"]}),
    ],
)
def test_a_text_that_is_not_translated(code: str, changes: dict[str, Any], cloud: Cloud) -> None:
    asked = {"Text": "A cat.", "SourceLanguageCode": "en", "TargetLanguageCode": "zh", **changes}
    refused(code, cloud.translate.translate_text, **asked)


def test_a_long_text_says_how_long_and_fails_as_a_switch_says(make_cloud: Callable[..., Cloud]) -> None:
    cloud = make_cloud(switches=Switches(long_text="ValidationException"), limits=Limits(text=10))
    asked = {"Text": "A cat is here.", "SourceLanguageCode": "en", "TargetLanguageCode": "zh"}
    assert "14 bytes" in str(refused("ValidationException", cloud.translate.translate_text, **asked))


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("LimitExceededException", {"Document": {"Content": b"a" * 100_001, "ContentType": HTML}}),
        ("InvalidRequestException", {"Document": {"Content": b"a", "ContentType": "text/markdown"}}),
        ("InvalidRequestException", {"Document": {"Content": b"\xff", "ContentType": HTML}}),
        ("UnsupportedLanguagePairException", {"SourceLanguageCode": "zh", "TargetLanguageCode": "tr"}),
        ("InvalidRequestException", {"Settings": {"Formality": "FORMAL"}}),
    ],
)
def test_a_document_that_is_not_translated(code: str, changes: dict[str, Any], cloud: Cloud) -> None:
    document = {"Content": b"<html></html>", "ContentType": HTML}
    asked = {"Document": document, "SourceLanguageCode": "en", "TargetLanguageCode": "zh", **changes}
    refused(code, cloud.translate.translate_document, **asked)


def test_languages_in_a_language_that_they_are_not_named_in(cloud: Cloud) -> None:
    error = refused("UnsupportedDisplayLanguageCodeException", cloud.translate.list_languages, DisplayLanguageCode="tr")
    assert error.response["DisplayLanguageCode"] == "tr"


def test_more_requests_a_second_than_the_service_takes(make_cloud: Callable[..., Cloud]) -> None:
    cloud = make_cloud(limits=Limits(rates={**RATES, "ListParallelData": 2}), pace=Pace())
    cloud.translate.list_parallel_data()
    cloud.translate.list_parallel_data()
    refused("TooManyRequestsException", cloud.translate.list_parallel_data)
    cloud.translate.list_terminologies()


# The front


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        (Keys(key="somebody"), "UnrecognizedClientException"),
        (Keys(token=""), "UnrecognizedClientException"),
        (Keys(secret="guessed"), "InvalidSignatureException"),
        (Keys(region="eu-west-1"), "InvalidSignatureException"),
    ],
)
def test_a_request_that_is_signed_by_somebody_else(keys: Keys, code: str, cloud: Cloud) -> None:
    from tests.support.translate_emulator.sessions import client

    stranger = client(keys, "translate", cloud.emulator.endpoint, config=cloud.config(1))
    refused(code, stranger.list_parallel_data)


def test_a_request_that_was_changed_on_its_way(cloud: Cloud) -> None:
    def change(request: Any, **_: Any) -> None:
        request.body = request.body.replace(b"cats", b"dogs")

    cloud.translate.meta.events.register("before-send.translate.GetParallelData", change)
    refused("InvalidSignatureException", cloud.translate.get_parallel_data, Name="cats")


@pytest.mark.parametrize(
    ("headers", "code"),
    [({}, "MissingAuthenticationTokenException"), ({"Authorization": "Basic abc"}, "InvalidSignatureException")],
)
def test_a_request_that_is_not_signed(headers: dict[str, str], code: str, cloud: Cloud) -> None:
    connection = http.client.HTTPConnection(cloud.emulator.endpoint.removeprefix("http://"))
    connection.request("POST", "/", b"{}", headers)
    assert code.encode() in connection.getresponse().read()
    connection.close()
