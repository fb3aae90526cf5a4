"""What the engine keeps in its bucket: bytes by name below one prefix, some of which only one run may write."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from sync.engines.amazon.service.clients import code_of
from sync.errors import EngineError

if TYPE_CHECKING:
    from sync.engines.amazon.service.clients import Clients

MISSING: Final = frozenset({"NoSuchKey", "404", "NotFound"})
TAKEN: Final = frozenset({"PreconditionFailed", "412", "ConditionalRequestConflict", "409"})
"""Somebody else wrote first."""


class Storage(Protocol):
    """Names are relative to the prefix; they have no leading slash."""

    def uri(self, name: str) -> str:
        """Where the service finds it."""

    def read(self, name: str) -> bytes | None:
        """The bytes; ``None`` where there are none."""

    def tagged(self, name: str) -> tuple[bytes, str] | None:
        """The bytes and the tag of this version of them."""

    def write(self, name: str, data: bytes, *, only_new: bool = False, if_tag: str = "") -> bool:
        """Write; say whether it was done: with ``only_new`` not over anything, with a tag not over another version."""

    def names(self, prefix: str) -> tuple[str, ...]:
        """All names that begin so, sorted."""

    def delete(self, name: str) -> None:
        """Delete it, if it is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Storage:
    """A ``Storage`` in S3."""

    clients: Clients
    bucket: str
    prefix: str

    def key(self, name: str) -> str:
        return f"{self.prefix}/{name}" if self.prefix else name

    def uri(self, name: str) -> str:
        """Where the service finds it."""
        return f"s3://{self.bucket}/{self.key(name)}"

    def read(self, name: str) -> bytes | None:
        """The bytes; ``None`` where there are none. Raises EngineError where they cannot be had."""
        found = self.tagged(name)
        return found and found[0]

    def tagged(self, name: str) -> tuple[bytes, str] | None:
        """The bytes and the tag of this version of them."""
        try:
            answer = self.clients.call("s3", "get_object", Bucket=self.bucket, Key=self.key(name))
        except EngineError as error:
            if code_of(error) in MISSING:
                return None
            raise
        return answer["Body"].read(), answer["ETag"]

    def write(self, name: str, data: bytes, *, only_new: bool = False, if_tag: str = "") -> bool:
        """Write; say whether it was done: with ``only_new`` not over anything, with a tag not over another version."""
        condition = {"IfNoneMatch": "*"} if only_new else {"IfMatch": if_tag} if if_tag else {}
        try:
            self.clients.call("s3", "put_object", Bucket=self.bucket, Key=self.key(name), Body=data, **condition)
        except EngineError as error:
            if condition and code_of(error) in TAKEN | MISSING:
                return False
            raise
        return True

    def names(self, prefix: str) -> tuple[str, ...]:
        """All names that begin so, sorted."""
        found: list[str] = []
        token: dict[str, str] = {}
        while True:
            answer = self.clients.call("s3", "list_objects_v2", Bucket=self.bucket, Prefix=self.key(prefix), **token)
            found += [one["Key"] for one in answer.get("Contents", ())]
            if not answer.get("NextContinuationToken"):
                return tuple(sorted(name.removeprefix(self.key("")) for name in found))
            token = {"ContinuationToken": answer["NextContinuationToken"]}

    def delete(self, name: str) -> None:
        """Delete it, if it is there."""
        self.clients.call("s3", "delete_object", Bucket=self.bucket, Key=self.key(name))


def read_json(storage: Storage, name: str) -> dict[str, Any] | None:
    """What a file of the engine's own says; ``None`` where there is none.

    Raises:
        EngineError: it is no JSON object: somebody else wrote it.
    """
    data = storage.read(name)
    if data is None:
        return None
    try:
        found = json.loads(data)
    except ValueError:
        found = None
    if isinstance(found, dict):
        return found
    message = f"{storage.uri(name)} is not what AMTS writes. Look at it, and delete it if it is not needed."
    raise EngineError(message)


def to_json(value: Any) -> bytes:
    """The same value is always the same bytes."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
