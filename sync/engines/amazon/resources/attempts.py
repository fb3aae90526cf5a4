"""Examples on their way to the service, one attempt at a time.

The account has one slot for creating and updating, shared by a lease and, where that cannot reach, by waiting. An
update leaves the old examples in use while it runs and when it fails: the attempt is watched, and not the status.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sync.engines.amazon.keys import client_token
from sync.engines.amazon.resources.standing import AT_WORK, NOT_FOUND, described, listed, look
from sync.engines.amazon.service.clients import code_of
from sync.engines.amazon.service.lease import Lease
from sync.engines.amazon.service.patience import until_next_look
from sync.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sync.engines.amazon.resources.standing import Resource
    from sync.engines.amazon.service.clients import Clients
    from sync.engines.amazon.service.lease import Held
    from sync.engines.amazon.service.patience import Time
    from sync.engines.amazon.service.storage import Storage

FULL: Final = "LimitExceededException"
"""Both of the one slot and of the number of resources."""
BUSY: Final = frozenset({FULL, "ConflictException", "ConcurrentModificationException", NOT_FOUND})
"""Somebody else came first: look again, and try again."""
MOST_UNEXPLAINED: Final = 3
"""Refusals in a row, with nobody seen at work, before it is the number of resources that is at its limit."""
LONGEST: Final = 30 * 60.0
"""Seconds that one waits for one attempt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bringing:
    """One set of examples on its way."""

    clients: Clients
    storage: Storage
    name: str
    digest: str
    form: str
    time: Time
    deadline: float
    report: Callable[[str], None]


def at_rest(bringing: Bringing, held: Held | None = None) -> Resource | None:
    """The resource, as soon as nobody is at work on it."""
    looks = 0
    while True:
        found = look(bringing.clients, bringing.name)
        if not (found and found.at_work):
            return found
        looks = _rest(bringing, looks, held, found.attempt if found.attempt in AT_WORK else found.status)


def _rest(bringing: Bringing, looks: int, held: Held | None, status: str) -> int:
    """The time between two looks."""
    if not looks:
        bringing.report(f"{bringing.name}: the service is at work on the parallel data ({status}).")
    why = (
        f"Waiting: the service is still at work on the parallel data {bringing.name} ({status}). "
        f"A later run goes on from here."
    )
    bringing.time.pause(until_next_look(looks), bringing.deadline, why)
    if held:
        held.renew()
    return looks + 1


# Sending


def bring(bringing: Bringing, data: bytes) -> Resource:
    """Send the examples as soon as the slot is free, unless somebody else has done so by then."""
    uri = _upload(bringing, data)
    lease = Lease(storage=bringing.storage, purpose=f"the parallel data {bringing.name}", time=bringing.time)
    with lease.hold(bringing.deadline) as held:
        refusals = unexplained = 0
        while True:
            found = at_rest(bringing, held)
            if found and found.has(bringing.digest):
                return found
            try:
                sent = _send(bringing, found, uri)
            except EngineError as error:
                unexplained = 0 if _is_explained(bringing, error) else unexplained + 1
                _back_off(bringing, error, refusals, unexplained)
                held.renew()
                refusals += 1
            else:
                return _settled(bringing, held, sent)


def _upload(bringing: Bringing, data: bytes) -> str:
    """Where the service can read the file. Its name is its content, so it is there or not, and never half."""
    name = f"data/{hashlib.sha256(data).hexdigest()}.{bringing.form}"
    if name not in bringing.storage.names(name):
        bringing.storage.write(name, data, only_new=True)
    return bringing.storage.uri(name)


@dataclass(frozen=True, slots=True)
class Sent:
    """What the service has accepted."""

    update: bool
    at: datetime | None
    """Of an update: when the service counts it to have begun."""


def _send(bringing: Bringing, found: Resource | None, uri: str) -> Sent:
    answer = bringing.clients.call(
        "translate",
        "update_parallel_data" if found else "create_parallel_data",
        Name=bringing.name,
        Description=described(bringing.digest),
        ParallelDataConfig={"S3Uri": uri, "Format": bringing.form.upper()},
        ClientToken=_token(bringing, found, uri),
    )
    return Sent(found is not None, answer.get("LatestUpdateAttemptAt"))


def _token(bringing: Bringing, found: Resource | None, uri: str) -> str:
    """The same for the same step from the same state: repeated, it does nothing.

    Where there is no resource its name is what keeps it from being created twice. There the token is new each time:
    with the one from before a deletion, the service might repeat its old answer and create nothing.
    """
    since = (found.attempted or found.created) if found else bringing.time.now()
    step = f"{bringing.name}\n{bringing.digest}\n{uri}\n{since}"
    return client_token(hashlib.sha256(step.encode()).hexdigest(), "pd")


def _is_explained(bringing: Bringing, error: EngineError) -> bool:
    """Whether somebody else is seen to be what the service refuses for. Raises the error if it is none of that kind."""
    code = code_of(error)
    if code not in BUSY:
        raise error
    return code != FULL or any(one.at_work for one in listed(bringing.clients))


def _back_off(bringing: Bringing, error: EngineError, refusals: int, unexplained: int) -> None:
    name, code = bringing.name, code_of(error)
    if unexplained == MOST_UNEXPLAINED:
        message = (
            f"{name}: the account takes no more parallel data, and is at work on none. Look at what is there with "
            f"`amts parallel-data list`, and delete what is not needed with `amts parallel-data delete NAME`."
        )
        raise EngineError(message) from error
    if not refusals:
        bringing.report(f"{name}: the account is at work on other parallel data, so this one waits ({code}).")
    why = (
        f"Waiting: the account takes one change of parallel data at a time, and did not take that of {name} ({code}). "
        f"A later run tries again."
    )
    bringing.time.pause(bringing.time.back_off(refusals), bringing.deadline, why)


def _settled(bringing: Bringing, held: Held, sent: Sent) -> Resource:
    """The resource as soon as the attempt has come to its end, whatever that is."""
    soon = replace(bringing, deadline=min(bringing.deadline, bringing.time.now() + LONGEST))
    looks = 0
    while True:
        found = look(bringing.clients, bringing.name)
        if found and _is_over(found, sent):
            return found
        looks = _rest(soon, looks, held, "UPDATING" if sent.update else "CREATING")


def _is_over(found: Resource, sent: Sent) -> bool:
    """Whether an attempt has ended. An answer from before it began says nothing of it."""
    if not sent.update:
        return not found.at_work
    begun = found.attempted is not None and (sent.at is None or found.attempted >= sent.at)
    return begun and not found.at_work
