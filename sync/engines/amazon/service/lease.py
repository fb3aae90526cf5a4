"""What only one run may do at a time, among runs that see nothing of each other but one bucket.

The lease spares them refusals. It need not be perfect: where clocks differ or a holder sleeps too long, the service
still refuses the second of two, and the loser waits.
"""

from __future__ import annotations

import json
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from sync.engines.amazon.service.patience import Time
from sync.engines.amazon.service.storage import to_json
from sync.errors import EngineError, Waiting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.engines.amazon.service.storage import Storage

PARALLEL_DATA: Final = "leases/parallel-data.json"
"""The account's one slot for creating or updating parallel data."""
LIFE: Final = 180.0
"""Seconds after which a lease that is not renewed is anybody's."""
NEVER: Final = 1e11
"""Later than any clock that is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to one thing, as one run asks for it."""

    storage: Storage
    """Below a prefix that all who share the thing share, too."""
    purpose: str
    """What it is wanted for, told to those who wait."""
    time: Time = field(default_factory=Time)
    name: str = PARALLEL_DATA
    life: float = LIFE
    holder: str = field(default_factory=lambda: uuid4().hex)

    @contextmanager
    def hold(self, deadline: float) -> Iterator[Held]:
        """Wait for the lease, have it, and give it back.

        Raises:
            Waiting: others had it until the deadline (seconds since 1970).
        """
        held = self._wait(deadline)
        try:
            yield held
        finally:
            held.release()

    def take(self) -> Held | None:
        """The lease, if nobody has it now, or nobody has renewed it in time."""
        found = self.storage.tagged(self.name)
        if found and not _is_free(_read(found[0]), self.time.now()):
            return None
        if found:
            self.storage.write(self.name, self.claim(), if_tag=found[1])
        else:
            self.storage.write(self.name, self.claim(), only_new=True)
        tag = self.mine()
        return Held(self, tag) if tag else None

    def claim(self) -> bytes:
        """What is written to have it."""
        return to_json({"holder": self.holder, "purpose": self.purpose, "expires": self.time.now() + self.life})

    def mine(self) -> str:
        """The tag under which this run holds it, or nothing. Asked after every write, whatever the write said: an
        answer that was lost on its way is followed by a refusal."""
        found = self.storage.tagged(self.name)
        return found[1] if found and _read(found[0]).get("holder") == self.holder else ""

    def _wait(self, deadline: float) -> Held:
        attempt = 0
        while True:
            held = self.take()
            if held:
                return held
            try:
                self.time.pause(self.time.back_off(attempt), deadline, "")
            except Waiting as error:
                raise Waiting(self._whose()) from error
            attempt += 1

    def _whose(self) -> str:
        found = self.storage.tagged(self.name)
        said = _read(found[0]) if found else {}
        until = datetime.fromtimestamp(_expiry(said), UTC)
        return (
            f"Waiting: another run has {self.storage.uri(self.name)} until {until:%Y-%m-%d %H:%M:%S} UTC, for "
            f"{said.get('purpose') or 'an unknown purpose'}. A later run goes on from here."
        )


class Held:
    """A lease that this run has."""

    def __init__(self, lease: Lease, tag: str) -> None:
        self._lease = lease
        self._tag = tag
        self._since = lease.time.now()

    def renew(self) -> bool:
        """Have it for a while longer; false where somebody else has taken it over.

        Nothing is asked before half of its life is over: call it as often as you like.
        """
        now = self._lease.time.now()
        if self._tag and now >= self._since + self._lease.life / 2:
            self._since = now
            self._lease.storage.write(self._lease.name, self._lease.claim(), if_tag=self._tag)
            self._tag = self._lease.mine()
        return bool(self._tag)

    def release(self) -> None:
        """Give it back, unless it is somebody else's by now. What cannot be given back expires."""
        if self._tag:
            with suppress(EngineError):
                self._lease.storage.write(self._lease.name, to_json({"expires": 0.0}), if_tag=self._tag)
            self._tag = ""


def _read(data: bytes) -> dict[str, Any]:
    """What a lease says; nothing where it cannot be read, since nobody can be holding that."""
    try:
        found = json.loads(data)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _is_free(said: dict[str, Any], now: float) -> bool:
    return _expiry(said) <= now


def _expiry(said: dict[str, Any]) -> float:
    """Seconds since 1970; 0 where it is no time that a run would write."""
    expires = said.get("expires")
    return float(expires) if isinstance(expires, int | float) and 0 < expires < NEVER else 0.0
