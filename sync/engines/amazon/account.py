"""What the engine works with: one account, one bucket, and one fork's place in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sync.engines import Charge
from sync.engines.amazon import money
from sync.engines.amazon.keys import folder
from sync.engines.amazon.money import Entry
from sync.engines.amazon.service.clients import open_clients
from sync.engines.amazon.service.patience import Time
from sync.engines.amazon.service.storage import S3Storage

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from sync.engines import Service
    from sync.engines.amazon.service.clients import Clients
    from sync.engines.amazon.service.storage import Storage
    from sync.engines.amazon.settings import Settings

LEDGER: Final = "ledger/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The two services, and where a fork and language keep their things."""

    settings: Settings
    lang: str
    """BCP-47 tag of the fork."""
    clients: Clients
    storage: Storage
    folder: str
    """Of this fork and language, below the engine's prefix, with a slash at its end."""
    time: Time = field(default_factory=Time)
    say: Callable[[str], None] = field(default=lambda text: None)
    """Told what a person who waits wants to know."""
    charge: Callable[[Charge], None] = field(default=lambda charge: None)
    """Told what is spent."""

    @property
    def month(self) -> str:
        """The month of a bill, in UTC: ``2026-11``."""
        return datetime.fromtimestamp(self.time.now(), UTC).strftime("%Y-%m")

    def stamp(self) -> str:
        """The time, ISO 8601, in UTC."""
        return datetime.fromtimestamp(self.time.now(), UTC).isoformat(timespec="microseconds")

    def spent(self) -> Decimal:
        """Dollars that all forks of the account have spent this month, as far as it is known; else as estimated."""
        names = self.storage.names(f"{LEDGER}{self.month}/")
        lines = (money.read_ledger(self.storage.read(name) or b"", self.storage.uri(name)) for name in names)
        return money.spent((entry for found in lines for entry in found), self.month)

    def record(self, entry: Entry) -> None:
        """Put down what a plan costs, in the place of what was put down for it before."""
        name = f"{LEDGER}{entry.month}/{self.folder.replace('/', '-')}{entry.plan[:16]}.jsonl"
        self.storage.write(name, money.write_ledger([entry]))
        billed = entry.characters_billed
        self.charge(
            Charge(
                errand=entry.plan,
                characters=entry.characters_estimated if billed is None else billed,
                dollars=entry.dollars,
                settled=billed is not None,
            )
        )

    def cost(self, plan: str, kind: str, characters: int, *, month: str = "", billed: int | None = None) -> Entry:
        """What a plan costs: by our count, and by the service's own once that is known."""
        rate = self.settings.rates.of(kind)
        return Entry(
            month=month or self.month,
            plan=plan,
            lang=self.lang,
            kind=kind,
            characters_estimated=characters,
            dollars_estimated=money.estimate(characters, rate),
            characters_billed=billed,
            dollars_actual=None if billed is None else money.estimate(billed, rate),
        )


def open_account(settings: Settings, lang: str, service: Service) -> Account:
    """The account of a fork and language."""
    clients = open_clients(settings)
    return Account(
        settings=settings,
        lang=lang,
        clients=clients,
        storage=S3Storage(clients=clients, bucket=settings.bucket, prefix=settings.prefix),
        folder=folder(settings.book, lang),
        say=service.say,
        charge=service.charge,
    )
