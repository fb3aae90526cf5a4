"""The emulator without its server: the service and what a test may look at or change."""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from tests.support.translate_emulator.account import Account
from tests.support.translate_emulator.clock import Clock
from tests.support.translate_emulator.content.translator import Translator
from tests.support.translate_emulator.faults import Faults
from tests.support.translate_emulator.files import Files
from tests.support.translate_emulator.limits import Rates
from tests.support.translate_emulator.service import Service
from tests.support.translate_emulator.settings import Limits, Pace, Switches
from tests.support.translate_emulator.signature import Keys
from tests.support.translate_emulator.storage import Storage

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCOUNT = "123456789012"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request that was answered, or spoiled."""

    operation: str
    """Nothing where it could not be told."""
    parameters: Mapping[str, Any]
    code: str
    """Of the error, or the kind of the fault; nothing where all went well."""
    at: float
    """Seconds of the emulator's clock."""


class Core:
    """What the handle and the control addresses share."""

    def __init__(
        self,
        s3_endpoint: str,
        *,
        keys: Keys | None = None,
        account: str = ACCOUNT,
        limits: Limits | None = None,
        pace: Pace | None = None,
        switches: Switches | None = None,
        clock: Clock | None = None,
        roles: frozenset[str] | None = None,
        translator: Translator | None = None,
    ) -> None:
        self.keys = keys or Keys()
        self.clock = clock or Clock()
        self.limits = limits or Limits()
        self.faults = Faults()
        self.rates = Rates(self.limits.rates)
        self.storage = Storage(s3_endpoint, self.keys)
        self.files = Files(self.clock)
        self.exchanges: list[Exchange] = []
        self._account = {
            "number": account,
            "limits": self.limits,
            "pace": pace or Pace(),
            "switches": switches or Switches(),
            "roles": roles,
            "translator": translator or Translator(),
        }
        self._lock = threading.Lock()
        self.service = self._new()

    def _new(self) -> Service:
        account = Account(
            keys=self.keys,
            clock=self.clock,
            storage=self.storage,
            files=self.files,
            **self._account,  # type: ignore[arg-type]
        )
        return Service(account)

    def note(self, operation: str, parameters: Mapping[str, Any], code: str) -> None:
        """Writes a request into the log."""
        found = Exchange(operation=operation, parameters=parameters, code=code, at=self.clock.now())
        with self._lock:
            self.exchanges.append(found)

    def advance(self, seconds: float) -> None:
        """Moves the clock on and does what is due by then, in the order of time."""
        self.clock.advance(seconds)
        self.service.settle()

    def reset(self) -> None:
        """Forgets everything but its settings, models and complaints; the clock goes on from where it is."""
        complaints = self.service.complaints
        self.service = self._new()
        self.service.complaints = complaints
        self.faults.clear()
        with self._lock:
            self.exchanges.clear()

    def state(self) -> dict[str, Any]:
        """All of it, for JSON."""
        service = self.service
        with service.account.lock:
            return {
                "now": self.clock.now(),
                "parallel_data": [one.properties() for one in service.parallel_data.resources.values()],
                "terminologies": [one.properties() for one in service.terminologies.known.values()],
                "jobs": [one.properties() for one in service.jobs.jobs.values()],
                "bills": [asdict(one) for one in service.account.bills],
                "requests": [[one.operation, one.parameters, one.code] for one in self.exchanges],
                "complaints": list(service.complaints),
            }
