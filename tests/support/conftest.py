"""The emulators of Amazon Translate and of GitHub, and an S3 server, for the tests of the emulators."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.github_fixture import github as github
from tests.support.s3 import S3Server
from tests.support.translate_emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NUMBERS = itertools.count()
CATS = "en,zh\nThe cat sleeps on the mat.,猫睡在垫子上。\nThe dog runs in the garden.,狗在花园里跑。\n"


@dataclass
class Cloud:
    """An emulator, a bucket of its own, and clients of both; what tests do often."""

    emulator: Emulator
    s3: Any
    bucket: str
    translate: Any = field(init=False)

    def __post_init__(self) -> None:
        self.translate = self.emulator.client(config=self.config(1))

    @staticmethod
    def config(attempts: int, **more: Any) -> Any:
        """So many attempts in all, and no long waits."""
        from botocore.config import Config

        return Config(retries={"mode": "standard", "total_max_attempts": attempts}, **more)

    def put(self, key: str, text: str | bytes) -> str:
        """Writes an object and returns its address."""
        data = text.encode() if isinstance(text, str) else text
        self.s3.put_object(Bucket=self.bucket, Key=key, Body=data)
        return self.at(key)

    def at(self, key: str) -> str:
        """The address of a key."""
        return f"s3://{self.bucket}/{key}"

    def read(self, key: str) -> str:
        """An object's text."""
        text: str = self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read().decode()
        return text

    def keys(self, prefix: str) -> list[str]:
        """Keys below a prefix, without it."""
        found = self.s3.list_objects_v2(Bucket=self.bucket, Prefix=prefix).get("Contents", [])
        return [one["Key"].removeprefix(prefix) for one in found]

    def config_of(self, text: str, key: str = "data/cats.csv") -> dict[str, str]:
        """Writes parallel data as CSV and returns how to ask for it."""
        return {"S3Uri": self.put(key, text), "Format": "CSV"}

    def create(self, name: str = "cats", text: str = CATS, **more: Any) -> Any:
        """Asks for parallel data."""
        return self.translate.create_parallel_data(Name=name, ParallelDataConfig=self.config_of(text), **more)

    def update(self, text: str, name: str = "cats", **more: Any) -> Any:
        """Asks for new parallel data of a name."""
        config = self.config_of(text, "data/new.csv")
        return self.translate.update_parallel_data(Name=name, ParallelDataConfig=config, **more)

    def parallel_data(self, name: str = "cats") -> dict[str, Any]:
        """Its properties."""
        found: dict[str, Any] = self.translate.get_parallel_data(Name=name)["ParallelDataProperties"]
        return found

    def job(self, **changes: Any) -> dict[str, Any]:
        """What a request for a job has; None takes a parameter away."""
        asked = {
            "JobName": "a job",
            "InputDataConfig": {"S3Uri": self.at("in/"), "ContentType": "text/html"},
            "OutputDataConfig": {"S3Uri": self.at("out/")},
            "DataAccessRoleArn": self.emulator.role,
            "SourceLanguageCode": "en",
            "TargetLanguageCodes": ["zh"],
            **changes,
        }
        return {name: value for name, value in asked.items() if value is not None}

    def start(self, **changes: Any) -> str:
        """Asks for a job and returns its id."""
        identity: str = self.translate.start_text_translation_job(**self.job(**changes))["JobId"]
        return identity

    def described(self, identity: str) -> dict[str, Any]:
        """A job's properties."""
        found: dict[str, Any] = self.translate.describe_text_translation_job(JobId=identity)[
            "TextTranslationJobProperties"
        ]
        return found

    def finished(self, **changes: Any) -> dict[str, Any]:
        """Runs a job to its end."""
        identity = self.start(**changes)
        self.emulator.advance(5_000)
        return self.described(identity)

    def output(self, job: dict[str, Any], name: str) -> str:
        """A file that a job wrote."""
        return self.read(job["OutputDataConfig"]["S3Uri"].removeprefix(self.at("")) + name)

    def outputs(self, job: dict[str, Any]) -> list[str]:
        """The files that a job wrote."""
        return self.keys(job["OutputDataConfig"]["S3Uri"].removeprefix(self.at("")))

    def details(self, job: dict[str, Any], language: str = "zh") -> dict[str, Any]:
        """The details file of a job."""
        found: dict[str, Any] = json.loads(self.output(job, f"details/{language}.auxiliary-translation-details.json"))
        return found

    def codes(self, operation: str) -> list[str]:
        """How the requests of an operation ended."""
        return [one.code for one in self.emulator.exchanges if one.operation == operation]


@pytest.fixture(scope="session")
def s3() -> Iterator[S3Server]:
    with S3Server() as server:
        yield server


@pytest.fixture(scope="session")
def buckets(s3: S3Server) -> Iterator[Any]:
    client = s3.client()
    yield client
    client.close()


@pytest.fixture
def make_cloud(s3: S3Server, buckets: Any) -> Iterator[Callable[..., Cloud]]:
    """Makes clouds with the settings of an emulator."""
    running: list[Emulator] = []

    def make(**settings: Any) -> Cloud:
        emulator = Emulator(s3.endpoint, **settings).start()
        running.append(emulator)
        bucket = f"books-{next(NUMBERS)}"
        buckets.create_bucket(Bucket=bucket)
        return Cloud(emulator, buckets, bucket)

    yield make
    for emulator in running:
        emulator.stop()
    assert not [complaint for emulator in running for complaint in emulator.complaints]


@pytest.fixture
def cloud(make_cloud: Callable[..., Cloud]) -> Cloud:
    return make_cloud()
