"""The examples of a fork, brought to the service once for each change of them, and never twice.

An update is an *attempt*: the old examples stay in use while it runs and when it fails, so the attempt is what is
watched. The account has one slot for creating and updating, shared by a lease and, where that cannot reach, by waiting.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sync.engines.amazon.clients import code_of
from sync.engines.amazon.keys import client_token
from sync.engines.amazon.lease import Lease
from sync.engines.amazon.patience import Time, until_next_look
from sync.engines.amazon.resources import (
    ACTIVE,
    AT_WORK,
    FAILED,
    NOT_FOUND,
    described,
    download,
    listed,
    look,
    reasons,
)
from sync.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sync.engines.amazon.clients import Clients
    from sync.engines.amazon.lease import Held
    from sync.engines.amazon.resources import Resource
    from sync.engines.amazon.storage import Storage

FULL: Final = "LimitExceededException"
"""Both of the one slot and of the number of resources."""
BUSY: Final = frozenset({FULL, "ConflictException", "ConcurrentModificationException", NOT_FOUND})
"""Somebody else came first: look again, and try again."""
MOST_UNEXPLAINED: Final = 3
"""Refusals in a row, with nobody seen at work, before it is the number of resources that is at its limit."""
LONGEST: Final = 30 * 60.0
"""Seconds that one waits for one attempt."""
MANY: Final = 0.05
"""From this share on, records that were not taken are told one by one."""
MOST_REASONS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamplesInUse:
    """What a job will be translated with."""

    name: str
    digest: str
    """Of the examples in use: as asked for, or with ``used_old`` the sha256 of their file (empty if not to be had)."""
    status: str
    imported: int
    skipped: int
    failed: int
    """Records of the newest file that the service took or refused."""
    reasons: tuple[str, ...] = ()
    """Why records, or the whole update, were not taken."""
    used_old: bool = False
    """The update failed, so the examples of before stay in use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bringing:
    """One set of examples on its way."""

    clients: Clients
    storage: Storage
    name: str
    digest: str
    form: str
    time: Time
    deadline: float
    report: Callable[[str], None]


def ensure_examples(
    clients: Clients,
    storage: Storage,
    name: str,
    data: bytes,
    form: str,
    digest: str,
    *,
    deadline: float,
    report: Callable[[str], None],
    time: Time | None = None,
) -> ExamplesInUse | None:
    """See to it that the service has these examples under this name, and wait until they are in use.

    A run that was killed on the way is taken up: what the service is at work on is waited for and not sent again.

    Args:
        storage: below the prefix that all forks of the account share, where the lease is.
        data: a whole file in ``form``: csv, tsv or tmx.
        digest: sha256 of the examples, in hexadecimal.
        deadline: until when to wait, in seconds since 1970.
        report: told, in lines, what a reader of the run wants to know.

    Returns:
        What is in use; ``None`` where the file has no example.

    Raises:
        Waiting: the service or another run was at work until the deadline.
        EngineError: the service refuses, or there is nothing to use since the first attempt failed.
    """
    if not has_example(data, form):
        report(f"{name}: the file has no example, so no parallel data is used.")
        return None
    bringing = _Bringing(
        clients=clients,
        storage=storage,
        name=name,
        digest=digest,
        form=form.lower(),
        time=time or Time(),
        deadline=deadline,
        report=report,
    )
    found = _at_rest(bringing)
    if not (found and found.has(digest)):
        found = _bring(bringing, data)
    return _in_use(bringing, found)


def has_example(data: bytes, form: str) -> bool:
    """Whether there is anything below the names of the languages."""
    if form.lower() == "tmx":
        return b"<tu>" in data or b"<tu " in data
    return sum(1 for line in data.splitlines() if line.strip()) > 1


def _at_rest(bringing: _Bringing, held: Held | None = None) -> Resource | None:
    """The resource, as soon as nobody is at work on it."""
    looks = 0
    while True:
        found = look(bringing.clients, bringing.name)
        if not (found and found.at_work):
            return found
        looks = _rest(bringing, looks, held, found.attempt if found.attempt in AT_WORK else found.status)


def _rest(bringing: _Bringing, looks: int, held: Held | None, status: str) -> int:
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


def _bring(bringing: _Bringing, data: bytes) -> Resource:
    """Send the examples as soon as the slot is free, unless somebody else has done so by then."""
    uri = _upload(bringing, data)
    lease = Lease(storage=bringing.storage, purpose=f"the parallel data {bringing.name}", time=bringing.time)
    with lease.hold(bringing.deadline) as held:
        refusals = unexplained = 0
        while True:
            found = _at_rest(bringing, held)
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


def _upload(bringing: _Bringing, data: bytes) -> str:
    """Where the service can read the file. Its name is its content, so it is there or not, and never half."""
    name = f"data/{hashlib.sha256(data).hexdigest()}.{bringing.form}"
    if name not in bringing.storage.names(name):
        bringing.storage.write(name, data, only_new=True)
    return bringing.storage.uri(name)


@dataclass(frozen=True, slots=True)
class _Sent:
    """What the service has accepted."""

    update: bool
    at: datetime | None
    """Of an update: when the service counts it to have begun."""


def _send(bringing: _Bringing, found: Resource | None, uri: str) -> _Sent:
    answer = bringing.clients.call(
        "translate",
        "update_parallel_data" if found else "create_parallel_data",
        Name=bringing.name,
        Description=described(bringing.digest),
        ParallelDataConfig={"S3Uri": uri, "Format": bringing.form.upper()},
        ClientToken=_token(bringing, found, uri),
    )
    return _Sent(found is not None, answer.get("LatestUpdateAttemptAt"))


def _token(bringing: _Bringing, found: Resource | None, uri: str) -> str:
    """The same for the same step from the same state: repeated, it does nothing.

    Where there is no resource its name is what keeps it from being created twice. There the token is new each time:
    with the one from before a deletion, the service might repeat its old answer and create nothing.
    """
    since = (found.attempted or found.created) if found else datetime.fromtimestamp(bringing.time.now(), UTC)
    step = f"{bringing.name}\n{bringing.digest}\n{uri}\n{since and since.timestamp()}"
    return client_token(hashlib.sha256(step.encode()).hexdigest(), "pd")


def _is_explained(bringing: _Bringing, error: EngineError) -> bool:
    """Whether somebody else is seen to be what the service refuses for. Raises the error if it is none of that kind."""
    code = code_of(error)
    if code not in BUSY:
        raise error
    return code != FULL or any(one.at_work for one in listed(bringing.clients))


def _back_off(bringing: _Bringing, error: EngineError, refusals: int, unexplained: int) -> None:
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


def _settled(bringing: _Bringing, held: Held, sent: _Sent) -> Resource:
    """The resource as soon as the attempt has come to its end, whatever that is."""
    soon = replace(bringing, deadline=min(bringing.deadline, bringing.time.now() + LONGEST))
    looks = 0
    while True:
        found = look(bringing.clients, bringing.name)
        if found and _is_over(found, sent):
            return found
        looks = _rest(soon, looks, held, "UPDATING" if sent.update else "CREATING")


def _is_over(found: Resource, sent: _Sent) -> bool:
    """Whether an attempt has ended. An answer from before it began says nothing of it."""
    if not sent.update:
        return not found.at_work
    begun = found.attempted is not None and (sent.at is None or found.attempted >= sent.at)
    return begun and not found.at_work


# What came of it


def _in_use(bringing: _Bringing, found: Resource) -> ExamplesInUse:
    old = not found.has(bringing.digest)
    why = reasons(found) if old or found.status != ACTIVE or _left_out(found) > MANY else ()
    lines = tuple(line for line in (_message(found) if old else "", *why) if line)
    if found.status != ACTIVE:
        message = (
            f"{bringing.name}: the service made no parallel data of the examples: {'; '.join(lines[:MOST_REASONS])}. "
            f"The file is {found.uri}. `amts parallel-data show {bringing.name}` tells all that is known of it."
        )
        raise EngineError(message)
    _tell(bringing, found, lines, old=old)
    return ExamplesInUse(
        name=found.name,
        digest=_digest_of(found) if old else bringing.digest,
        status=found.status,
        imported=found.imported,
        skipped=found.skipped,
        failed=found.failed,
        reasons=lines,
        used_old=old,
    )


def _message(found: Resource) -> str:
    """Why the examples that were sent are not those in use."""
    if found.attempt != FAILED and found.status == ACTIVE:
        return "another run has put other examples there since"
    return found.message or "the service gives no reason"


def _left_out(found: Resource) -> float:
    """The share of records that were not taken."""
    left = found.skipped + found.failed
    return left / (left + found.imported) if left else 0.0


def _tell(bringing: _Bringing, found: Resource, lines: Sequence[str], *, old: bool) -> None:
    name, counts = found.name, f"{found.skipped:,} skipped, {found.failed:,} failed"
    if old:
        bringing.report(f"{name}: the new examples are not in use, those of before are. Why:")
    else:
        bringing.report(f"{name}: {found.imported:,} examples in use, {counts}.")
    if lines and not old:
        bringing.report(f"{name}: {_left_out(found):.0%} of the records were not taken. Why:")
    for line in lines[:MOST_REASONS]:
        bringing.report(f"  {line}")
    if len(lines) > MOST_REASONS:
        bringing.report(f"  and {len(lines) - MOST_REASONS:,} more: amts parallel-data show {name}")


def _digest_of(found: Resource) -> str:
    """Of the examples in use, by their file: after a failed update the description may be that of the new ones."""
    try:
        return hashlib.sha256(download(found)).hexdigest()
    except EngineError:
        return ""
