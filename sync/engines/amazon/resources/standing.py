"""Parallel data as the service keeps it: what there is, what became of its records, and its end."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sync.engines.amazon.service.clients import code_of, pages
from sync.engines.amazon.service.presigned import fetch
from sync.errors import EngineError

if TYPE_CHECKING:
    from datetime import datetime

    from sync.engines.amazon.service.clients import Clients

OURS: Final = "amts-"
"""Begins the name of what AMTS has made."""
ACTIVE: Final = "ACTIVE"
FAILED: Final = "FAILED"
AT_WORK: Final = frozenset({"CREATING", "UPDATING", "DELETING"})
NOT_FOUND: Final = "ResourceNotFoundException"
MOST_NOTES: Final = 8 * 1024 * 1024
"""Bytes of a file that says why records were not taken."""
DIGEST: Final = re.compile(r"sha256:(\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One resource of parallel data."""

    name: str
    status: str
    """Of the data that are in use. An update that is under way or failed does not change it."""
    attempt: str
    """Status of the newest update; empty where there was none."""
    attempted: datetime | None
    description: str
    languages: tuple[str, ...]
    """The service's codes, source first."""
    form: str
    uri: str
    message: str
    size: int
    """Characters of the examples."""
    imported: int
    skipped: int
    failed: int
    created: datetime | None
    updated: datetime | None
    data: str = ""
    """Where the examples are fetched; good for half an hour. Empty in a list."""
    notes: str = ""
    """Where it is said why records were not taken; likewise."""

    @property
    def digest(self) -> str:
        """Of the examples that AMTS sent last; empty where somebody else did."""
        found = DIGEST.search(self.description)
        return found[1] if found else ""

    @property
    def at_work(self) -> bool:
        """Whether it cannot be changed now."""
        return self.status in AT_WORK or self.attempt in AT_WORK

    def has(self, digest: str) -> bool:
        """Whether these examples are what is in use, as far as it can be told.

        A description may be that of an update which failed (the service does not say which); then this is false.
        """
        return self.status == ACTIVE and self.attempt in {"", ACTIVE} and self.digest == digest


def described(digest: str) -> str:
    """The description of what AMTS makes."""
    return f"amts sha256:{digest}"


def look(clients: Clients, name: str) -> Resource | None:
    """The resource of this name, if there is one.

    Raises:
        EngineError: the service does not say.
    """
    try:
        answer = clients.call("translate", "get_parallel_data", expect="ParallelDataProperties", Name=name)
    except EngineError as error:
        if code_of(error) == NOT_FOUND:
            return None
        raise
    newest = answer.get("LatestUpdateAttemptAuxiliaryDataLocation") or answer.get("AuxiliaryDataLocation") or {}
    return _resource(
        answer["ParallelDataProperties"],
        data=answer.get("DataLocation", {}).get("Location", ""),
        notes=newest.get("Location", ""),
    )


def listed(clients: Clients) -> tuple[Resource, ...]:
    """All parallel data of the account in this region, by name."""

    def ask(**token: str) -> dict[str, Any]:
        return clients.call("translate", "list_parallel_data", expect="ParallelDataPropertiesList", **token)

    found = (_resource(one) for one in pages(ask, "ParallelDataPropertiesList"))
    return tuple(sorted(found, key=lambda one: one.name))


def remove(clients: Clients, name: str) -> str:
    """Delete it for good, and return its status.

    Raises:
        EngineError: it is not there, or it is at work.
    """
    return str(clients.call("translate", "delete_parallel_data", Name=name).get("Status", ""))


def download(resource: Resource) -> bytes:
    """The file of the examples that are in use.

    Raises:
        EngineError: there is none yet, or it cannot be had.
    """
    if not resource.data:
        message = f"{resource.name}: the service has no file of it ({resource.status})."
        raise EngineError(message)
    return fetch(resource.data)


def reasons(resource: Resource) -> tuple[str, ...]:
    """Why records of the newest file were not taken, in the service's own words, a line for each.

    Never raises: that the reasons cannot be read is a line, too.
    """
    if not resource.notes:
        return ()
    try:
        found = json.loads(fetch(resource.notes, MOST_NOTES))
    except EngineError as error:
        return (f"The reasons cannot be read: {error}",)
    except ValueError:
        return ("The reasons cannot be read: the service's file of them is no JSON.",)
    messages = found.get("messages") if isinstance(found, dict) else None
    return tuple(_line(one) for one in messages or () if isinstance(one, dict))


def _line(message: dict[str, Any]) -> str:
    parts = (" ".join(str(message.get(key, "")).split()) for key in ("content", "message"))
    return ": ".join(part for part in parts if part)


def _resource(properties: dict[str, Any], data: str = "", notes: str = "") -> Resource:
    config = properties.get("ParallelDataConfig", {})
    targets = properties.get("TargetLanguageCodes", ())
    return Resource(
        name=properties["Name"],
        status=properties.get("Status", ""),
        attempt=properties.get("LatestUpdateAttemptStatus", ""),
        attempted=properties.get("LatestUpdateAttemptAt"),
        description=properties.get("Description", ""),
        languages=tuple(code for code in (properties.get("SourceLanguageCode", ""), *targets) if code),
        form=config.get("Format", ""),
        uri=config.get("S3Uri", ""),
        message=properties.get("Message", ""),
        size=properties.get("ImportedDataSize", 0),
        imported=properties.get("ImportedRecordCount", 0),
        skipped=properties.get("SkippedRecordCount", 0),
        failed=properties.get("FailedRecordCount", 0),
        created=properties.get("CreatedAt"),
        updated=properties.get("LastUpdatedAt"),
        data=data,
        notes=notes,
    )
