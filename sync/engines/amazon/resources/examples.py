"""The examples of a fork, brought to the service once for each change of them, and never twice.

Where the service refuses the new ones, the old ones stay in use, and that is said.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sync.engines.amazon.resources.attempts import Bringing, at_rest, bring
from sync.engines.amazon.resources.standing import ACTIVE, FAILED, download, reasons
from sync.engines.amazon.service.patience import Time
from sync.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sync.engines.amazon.resources.standing import Resource
    from sync.engines.amazon.service.clients import Clients
    from sync.engines.amazon.service.storage import Storage

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
    bringing = Bringing(
        clients=clients,
        storage=storage,
        name=name,
        digest=digest,
        form=form.lower(),
        time=time or Time(),
        deadline=deadline,
        report=report,
    )
    found = at_rest(bringing)
    if not (found and found.has(digest)):
        found = bring(bringing, data)
    return _in_use(bringing, found)


def has_example(data: bytes, form: str) -> bool:
    """Whether there is anything below the names of the languages."""
    if form.lower() == "tmx":
        return b"<tu>" in data or b"<tu " in data
    return sum(1 for line in data.splitlines() if line.strip()) > 1


# What came of it


def _in_use(bringing: Bringing, found: Resource) -> ExamplesInUse:
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


def _tell(bringing: Bringing, found: Resource, lines: Sequence[str], *, old: bool) -> None:
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
