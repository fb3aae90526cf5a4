"""The glossary of a fork, brought to the service when it has changed, and used once the service uses it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from sync.bitext.terminology.amazon import MOST_FILE_BYTES
from sync.engines.amazon.resources.standing import DIGEST, NOT_FOUND, described
from sync.engines.amazon.service.clients import code_of
from sync.engines.amazon.service.patience import Time, until_next_look
from sync.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sync.engines.amazon.service.clients import Clients

BUSY: Final = frozenset({"ConcurrentModificationException"})
SPREAD: Final = 600.0
"""Seconds until a version that replaced another is used everywhere: "up to 10 minutes", says the service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """A custom terminology as the service keeps it."""

    name: str
    digest: str
    """Of its file; empty where somebody else made it."""
    terms: int
    skipped: int
    message: str
    created: datetime | None
    updated: datetime | None

    @property
    def used_from(self) -> float:
        """When translations have these terms for sure, in seconds since 1970. The first version is there at once."""
        if self.updated is None or self.updated == self.created:
            return 0.0
        return self.updated.timestamp() + SPREAD


def ensure_terminology(
    clients: Clients,
    name: str,
    data: bytes,
    form: str,
    digest: str,
    *,
    deadline: float,
    report: Callable[[str], None],
    time: Time | None = None,
) -> str:
    """See to it that translations use this glossary under this name, and return the name.

    The same as ``import_terminology`` and then ``await_terminology``; between the two there is time for other things.

    Raises:
        Waiting: it was not in use until ``deadline``, in seconds since 1970.
        EngineError: the service refuses it.
    """
    time = time or Time()
    found = import_terminology(clients, name, data, form, digest, deadline=deadline, report=report, time=time)
    await_terminology(found, deadline=deadline, report=report, time=time)
    return name


def import_terminology(
    clients: Clients,
    name: str,
    data: bytes,
    form: str,
    digest: str,
    *,
    deadline: float,
    report: Callable[[str], None],
    time: Time,
    directionality: str = "UNI",
) -> Glossary:
    """Send the glossary, unless the service has it.

    Args:
        data: a whole file in ``form``: csv, tsv or tmx; at most 10 MB.
        digest: sha256 of the glossary, in hexadecimal.

    Raises:
        Waiting: somebody else was at work on it, or it did not show, until ``deadline``.
        EngineError: the service refuses it, or it is too large.
    """
    if len(data) > MOST_FILE_BYTES:
        message = f"{name}: a glossary of {len(data):,} bytes; the service takes {MOST_FILE_BYTES:,}. Leave terms out."
        raise EngineError(message)
    found = find_terminology(clients, name)
    if found and found.digest == digest:
        return found
    _send(
        clients,
        {
            "Name": name,
            "MergeStrategy": "OVERWRITE",
            "Description": described(digest),
            "TerminologyData": {"File": data, "Format": form.upper(), "Directionality": directionality},
        },
        time,
        deadline,
    )
    found = _shown(clients, name, digest, time, deadline)
    said = f": {found.message}" if found.message else "."
    report(f"{name}: a glossary of {found.terms:,} terms was sent, and {found.skipped:,} of them not taken{said}")
    return found


def await_terminology(found: Glossary, *, deadline: float, report: Callable[[str], None], time: Time) -> None:
    """Wait until translations use this version for sure, and not the one before it.

    Raises:
        Waiting: that is later than ``deadline``.
    """
    left = found.used_from - time.now()
    if left > 0:
        report(f"{found.name}: the service uses the new glossary in {left / 60:.0f} minutes at the latest.")
    while time.now() < found.used_from:
        why = f"Waiting: the service does not use the new glossary {found.name} yet. A later run goes on from here."
        time.pause(found.used_from - time.now(), deadline, why)


def find_terminology(clients: Clients, name: str) -> Glossary | None:
    """The terminology of this name, if there is one.

    Raises:
        EngineError: the service does not say.
    """
    try:
        answer = clients.call("translate", "get_terminology", expect="TerminologyProperties", Name=name)
    except EngineError as error:
        if code_of(error) == NOT_FOUND:
            return None
        raise
    properties = answer["TerminologyProperties"]
    digest = DIGEST.search(properties.get("Description", ""))
    return Glossary(
        name=name,
        digest=digest[1] if digest else "",
        terms=properties.get("TermCount", 0),
        skipped=properties.get("SkippedTermCount", 0),
        message=properties.get("Message", ""),
        created=properties.get("CreatedAt"),
        updated=properties.get("LastUpdatedAt"),
    )


def _send(clients: Clients, request: Mapping[str, Any], time: Time, deadline: float) -> None:
    """Sent twice, it would do the same: so whoever comes second sends it again."""
    for attempt in count():
        try:
            clients.call("translate", "import_terminology", **request)
        except EngineError as error:
            if code_of(error) not in BUSY:
                raise
            why = f"Waiting: somebody else changes the glossary {request['Name']}. A later run sends it again."
            time.pause(time.back_off(attempt), deadline, why)
        else:
            return


def _shown(clients: Clients, name: str, digest: str, time: Time, deadline: float) -> Glossary:
    found, looks = find_terminology(clients, name), 0
    while found is None or found.digest != digest:
        why = f"Waiting: the service does not show the glossary {name} that it took. A later run goes on from here."
        time.pause(until_next_look(looks), deadline, why)
        found, looks = find_terminology(clients, name), looks + 1
    return found
