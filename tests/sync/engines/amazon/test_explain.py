"""Each refusal of AWS comes with what to do about it."""

from __future__ import annotations

import pytest

from sync.engines.amazon.service.advice import ADVICE, UNANSWERED
from sync.engines.amazon.service.explain import explain, is_expiry
from sync.errors import EngineError

CONTEXT = {
    "region": "eu-west-1",
    "bucket": "tea",
    "prefix": "amts/",
    "role": "arn:aws:iam::123456789012:role/amts-data",
    "name": "amts-tea-zh",
    "source": "en",
    "target": "xx",
}
START = "StartTextTranslationJob"
CREATE = "CreateParallelData"
IR, IPV = "InvalidRequestException", "InvalidParameterValueException"

CASES = {
    "PassRole, as IAM says it": (
        "AccessDeniedException",
        "User: arn:aws:sts::1:assumed-role/ci is not authorized to perform: iam:PassRole on resource: x",
        START,
        "iam:PassRole is missing",
    ),
    "PassRole, unsaid": (
        "AccessDeniedException",
        "",
        START,
        "or iam:PassRole for arn:aws:iam::1234",
    ),
    "no right to a call": ("AccessDeniedException", "no", "ListParallelData", "may not call ListParallelData"),
    "no right to the file of the data": ("AccessDeniedException", "Access denied", CREATE, "s3:GetObject"),
    "no right to the bucket": (
        "AccessDenied",
        "Access Denied",
        "PutObject",
        "s3://tea/amts/ may not be read",
    ),
    "the bucket, by number": ("403", "Forbidden", "HeadObject", "statements Files and Folder"),
    "a foreign branch": (
        "AccessDenied",
        "Not authorized",
        "AssumeRoleWithWebIdentity",
        "made after 15 July",
    ),
    "a key": ("AccessDeniedException", "kms:Decrypt is not allowed", "PutObject", "kms:Decrypt, GenerateDataKey"),
    "a bucket elsewhere, said by S3": ("PermanentRedirect", "use another endpoint", "PutObject", "not in eu-west-1"),
    "a bucket elsewhere, said by Translate": (
        IR,
        "The S3 bucket is in another region than the endpoint",
        START,
        "make one there, or set amazon.region",
    ),
    "no bucket": ("NoSuchBucket", "", "PutObject", "There is no bucket tea"),
    "files at the top": (IR, "Input files at the top level of the bucket", START, "in a folder of the bucket"),
    "a folder called details": (IR, "Sub-folder named details is not allowed", START, "may be called details"),
    "a bad role": (IPV, "Value at 'dataAccessRoleArn' failed", START, "data-role-trust.json"),
    "a quota": ("LimitExceededException", "", "ImportTerminology", "A quota of the account is reached"),
    "the one slot": ("LimitExceededException", "", "UpdateParallelData", "one at a time in each region"),
    "an expired token": ("ExpiredTokenException", "", START, "Run `amts collect`"),
    "an expired token of S3": ("ExpiredToken", "", "PutObject", "Run `amts collect`"),
    "no credentials": ("NoCredentialsError", "Unable to locate credentials", START, "configure-aws-credentials"),
    "wrong credentials": ("UnrecognizedClientException", "", START, "does not know the credentials"),
    "a wrong secret": ("SignatureDoesNotMatch", "", "PutObject", "clock of the machine"),
    "a region without it": (IR, "ParallelData is not supported in this region", START, "takes no parallel data"),
    "a region without the call": ("UnknownOperationException", "", CREATE, "us-east-1, us-west-2 or eu-west-1"),
    "a pair": ("UnsupportedLanguagePairException", "en to xx", START, "does not translate from en to xx"),
    "data of another account": (
        IR,
        "arn:aws:translate:r:999:parallel-data/x",
        START,
        "It must be of this account",
    ),
    "no such data": ("ResourceNotFoundException", "Parallel data not found", START, "amts parallel-data show"),
    "data that are busy": ("ConflictException", "", "DeleteParallelData", "Somebody else is changing"),
    "too many requests": ("TooManyRequestsException", "", START, "Run again later"),
    "a long text": ("TextSizeLimitExceededException", "", "TranslateText", "more than 10,000 bytes"),
    "a failure of AWS": ("InternalServerException", "", START, "failure of its own"),
    "no network": (UNANSWERED, "", START, "cannot be reached"),
    "another run was first": ("PreconditionFailed", "", "PutObject", "Another run has written"),
    "an account that is new": ("OptInRequired", "", START, "not signed up for Amazon Translate"),
    "data that cannot be taken": (IPV, "The file is empty", CREATE, "does not take the parallel data amts-tea-zh"),
    "a change at the same time": ("ConcurrentModificationException", "", "ImportTerminology", "at the same time"),
    "a file that is gone": ("NoSuchKey", "", "GetObject", "by its lifecycle rule"),
    "no terminology": ("ResourceNotFoundException", "", "TranslateText", "There is no terminology amts-tea-zh"),
    "no job": ("ResourceNotFoundException", "", "DescribeTextTranslationJob", "There is no amts-tea-zh in eu-west-1"),
    "something new": ("SurpriseException", "Oh!", "SomeCall", "AWS refused SomeCall"),
}


@pytest.mark.parametrize(("code", "message", "operation", "says"), CASES.values(), ids=CASES)
def test_a_refusal_says_what_helps(code: str, message: str, operation: str, says: str) -> None:
    error = explain(code, message, operation, CONTEXT)
    assert isinstance(error, EngineError)
    assert says in str(error)


@pytest.mark.parametrize(("code", "message", "operation", "_says"), CASES.values(), ids=CASES)
def test_the_words_of_aws_are_never_lost(code: str, message: str, operation: str, _says: str) -> None:
    text = str(explain(code, message, operation, CONTEXT))
    assert (f"AWS says to {operation}: {code}" in text) == (code != UNANSWERED)
    assert operation in text
    assert message in text
    assert "docs/aws.md" in text


@pytest.mark.parametrize("operation", [START, "PutObject", CREATE, ""])
@pytest.mark.parametrize("row", ADVICE, ids=lambda row: row.what[:30])
def test_what_is_not_known_is_said_to_be_so(row: object, operation: str) -> None:
    code = min(getattr(row, "codes", ()), default="X")
    text = str(explain(code, "{bucket} {0} %s", operation, {}))
    assert "{bucket} {0} %s" in text
    assert "{" not in text.replace("{bucket} {0} %s", "")


def test_a_request_that_was_not_signed_is_told_as_want_of_credentials() -> None:
    code = "MissingAuthenticationTokenException"
    assert "There are no AWS credentials" in str(explain(code, "Missing Authentication Token", START, {}))


def test_a_refusal_that_nobody_knows_says_what_to_do_too() -> None:
    assert "Run the same command again" in str(explain("SerializationException", "", "GetParallelData", {}))


def test_a_request_without_an_answer_is_not_told_as_a_word_of_aws() -> None:
    text = str(explain(UNANSWERED, "Connection reset by peer", "GetParallelData", {"region": "us-east-1"}))
    assert "its answer to GetParallelData was lost. Run the same command again" in text
    assert "Connection reset by peer" in text
    assert "AWS says" not in text


def test_only_expired_credentials_leave_a_run_waiting() -> None:
    assert is_expiry("ExpiredTokenException")
    assert not is_expiry("AccessDenied")


def test_every_advice_is_given_for_some_refusal() -> None:
    given = {
        row.what for case in CASES.values() for row in [next((r for r in ADVICE if r.fits(*case[:3])), None)] if row
    }
    assert {row.what for row in ADVICE} - given == set()
