"""The buckets, through boto3 as everybody sees them."""

from __future__ import annotations

import ipaddress
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.support.translate_emulator import sessions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.support.translate_emulator.signature import Keys


class Unreadable(Exception):
    """A place in S3 that cannot be read or written; the message is for the client."""


@dataclass(frozen=True, slots=True)
class Place:
    """A bucket and a key or the beginning of keys."""

    bucket: str
    key: str

    @classmethod
    def of(cls, uri: str) -> Place:
        """From ``s3://bucket/key``."""
        bucket, _, key = uri.removeprefix("s3://").partition("/")
        return cls(bucket, key)

    @classmethod
    def folder(cls, uri: str) -> Place:
        """From the address of a folder, with a slash at its end or without."""
        place = cls.of(uri)
        return cls(place.bucket, place.key.rstrip("/") + "/" if place.key.strip("/") else "")

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.key}"


class Storage:
    """Reads and writes objects. Raises :class:`Unreadable` wherever S3 says no."""

    def __init__(self, endpoint: str, keys: Keys) -> None:
        """Raises ``ValueError`` for an endpoint that is not on this machine: the emulator never leaves it."""
        if not _is_loopback(urlsplit(endpoint).hostname or ""):
            reason = f"The S3 endpoint must be on this machine, and {endpoint} is not."
            raise ValueError(reason)
        self._endpoint = endpoint
        self._keys = keys
        self._client: Any = None

    def _s3(self) -> Any:
        if self._client is None:
            from botocore.config import Config

            config = Config(retries={"mode": "standard", "total_max_attempts": 2}, s3={"addressing_style": "path"})
            self._client = sessions.client(self._keys, "s3", self._endpoint, config=config)
        return self._client

    def connect(self) -> None:
        """Makes the client ready, so that no request has to wait for it."""
        self._s3()

    def close(self) -> None:
        """Lets the connections go."""
        if self._client is not None:
            self._client.close()

    def size(self, place: Place) -> int:
        """Bytes of an object."""
        found: int = self._ask(place, "head_object", Bucket=place.bucket, Key=place.key)["ContentLength"]
        return found

    def read(self, place: Place) -> bytes:
        """An object."""
        found: bytes = self._ask(place, "get_object", Bucket=place.bucket, Key=place.key)["Body"].read()
        return found

    def write(self, place: Place, data: bytes) -> None:
        """Puts an object there."""
        self._ask(place, "put_object", Bucket=place.bucket, Key=place.key, Body=data)

    def listed(self, folder: Place) -> list[tuple[str, int]]:
        """Path below the folder and size of each object in it, sorted; without the folders' own objects."""
        found: list[tuple[str, int]] = []
        more: dict[str, str] = {}
        while True:
            page = self._ask(folder, "list_objects_v2", Bucket=folder.bucket, Prefix=folder.key, **more)
            found += [(one["Key"].removeprefix(folder.key), one["Size"]) for one in page.get("Contents", ())]
            if not page.get("IsTruncated"):
                return sorted((path, size) for path, size in found if path and not path.endswith("/"))
            more = {"ContinuationToken": page["NextContinuationToken"]}

    def region(self, bucket: str) -> str:
        """Where a bucket is."""
        found = self._ask(Place(bucket, ""), "get_bucket_location", Bucket=bucket)["LocationConstraint"]
        return found or "us-east-1"

    def deny(self, bucket: str, actions: Iterable[str], prefix: str = "") -> None:
        """Sets a policy that denies actions to everybody, below a prefix."""
        statement = {
            "Effect": "Deny",
            "Principal": "*",
            "Action": list(actions),
            "Resource": f"arn:aws:s3:::{bucket}/{prefix}*",
        }
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        self._ask(Place(bucket, ""), "put_bucket_policy", Bucket=bucket, Policy=policy)

    def allow(self, bucket: str) -> None:
        """Takes the policy away."""
        self._ask(Place(bucket, ""), "delete_bucket_policy", Bucket=bucket)

    def _ask(self, place: Place, operation: str, **parameters: Any) -> Any:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return getattr(self._s3(), operation)(**parameters)
        except ClientError as error:
            reason = f"{place}: {error.response['Error']['Code']} ({operation})"
            raise Unreadable(reason) from error
        except BotoCoreError as error:
            reason = f"{place}: {error}"
            raise Unreadable(reason) from error


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
