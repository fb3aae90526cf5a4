"""What a test of the Amazon engine works against: the emulator, a bucket beside it, and clients of both."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from botocore.config import Config

from sync.engines.amazon.service.clients import Clients
from sync.engines.amazon.service.storage import S3Storage
from tests.support.translate_emulator import Emulator

if TYPE_CHECKING:
    from tests.support.s3 import S3Server
    from tests.support.translate_emulator.faults import Effect

ONCE: Final = Config(retries={"mode": "standard", "total_max_attempts": 1})
"""The client's own retries take real seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One account, whose clock stands still until somebody moves it."""

    emulator: Emulator
    clients: Clients
    bucket: str

    @property
    def storage(self) -> S3Storage:
        """What is below the engine's prefix."""
        return S3Storage(clients=self.clients, bucket=self.bucket, prefix="amts")

    def now(self) -> float:
        return self.emulator.clock.now()

    def advance(self, seconds: float) -> None:
        self.emulator.advance(seconds)

    def fault(self, operation: str, effect: Effect) -> None:
        """The next request of an operation meets it."""
        self.emulator.faults.add(operation, effect)

    def requests(self) -> list[str]:
        """The operations that were asked for, in order, with those that were refused."""
        return [operation for operation, _ in self.emulator.requests]

    def accepted(self) -> list[str]:
        """Those of them that were done."""
        return [one.operation for one in self.emulator.exchanges if not one.code]

    def put(self, key: str, data: bytes) -> str:
        """A file that somebody else has in the bucket; its address."""
        self.clients.call("s3", "put_object", Bucket=self.bucket, Key=key, Body=data)
        return f"s3://{self.bucket}/{key}"

    def patient(self) -> Service:
        """With a client that asks again by itself, in real seconds."""
        return replace(self, clients=replace(self.clients, translate=self.emulator.client("translate")))


class Accounts:
    """Accounts that tests get one after the other, fresh, for as long as this is open.

    Beginning an emulator and its clients takes longer than most tests, so those with the same settings are used again.
    """

    def __init__(self, server: S3Server) -> None:
        self._server = server
        self._open: dict[str, Service] = {}
        self._stack = ExitStack()

    def open(self, **settings: Any) -> Service:
        """An account with nothing in it; ``settings`` are those of ``Emulator``."""
        found = self._open.get(repr(settings))
        if found is None:
            found = self._open[repr(settings)] = self._begin(settings)
        found.emulator.reset()
        return replace(found, bucket=self._server.bucket(f"book-{uuid4().hex[:12]}"))

    def _begin(self, settings: dict[str, Any]) -> Service:
        emulator = self._stack.enter_context(Emulator(self._server.endpoint, **settings))
        translate = emulator.client("translate", config=ONCE)
        clients = Clients(translate=translate, s3=emulator.client("s3"), context={"region": "us-east-1"})
        return Service(emulator=emulator, clients=clients, bucket="")

    def __enter__(self) -> Accounts:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()
