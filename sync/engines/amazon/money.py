"""What a translation costs: estimates before anything is sent, limits, and what was spent, month by month. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from sync.errors import BudgetError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MILLION: Final = 1_000_000
CENT: Final = Decimal("0.01")
FINEST: Final = Decimal("0.000001")
"""Dollars that an amount is kept to: less than the price of one character counts for nothing."""
MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
LEDGER: Final = "amts-ledger-1"
"""The form of a line of the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """US dollars for a million characters. Configuration (``amazon.rates``): prices differ by region and change.

    The defaults were gathered from secondary sources. Check them at https://aws.amazon.com/translate/pricing/ and set
    your own: an estimate is only as right as they are.
    """

    real_time: Decimal = field(default=Decimal(15))
    """A text at a time."""
    batch: Decimal = field(default=Decimal(15))
    """A job without parallel data."""
    act: Decimal = field(default=Decimal(60))
    """A job with parallel data: Active Custom Translation."""
    document: Decimal = field(default=Decimal(15))
    """A document at a time, text or HTML."""

    def of(self, kind: str) -> Decimal:
        """The rate of one kind of translation, by its name in the configuration: ``real-time``, ``batch``, …"""
        return Decimal(getattr(self, kind.replace("-", "_")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one language is going to cost, or did."""

    lang: str
    kind: str
    """``real-time``, ``batch``, ``act`` or ``document``."""
    characters: int
    dollars: Decimal

    def line(self) -> str:
        """For a person: ``zh: 12,345 characters with parallel data, about $0.74``."""
        return f"{self.lang}: {self.characters:,} characters {WAYS[self.kind]}, about {money(self.dollars)}"


WAYS: Final = {
    "real-time": "in real time",
    "batch": "in a job without parallel data",
    "act": "in a job with parallel data",
    "document": "as documents in real time",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """Dollars that may be spent, by one run and in one month by all runs together. ``None`` is no limit."""

    run: Decimal | None = None
    month: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the ledger. A plan has one when it is started, and one more when it is known what was billed."""

    month: str
    """``2026-11``."""
    plan: str
    """Digest of what was asked for; two lines of one plan are about the same money."""
    lang: str
    kind: str
    characters_estimated: int
    dollars_estimated: Decimal
    characters_billed: int | None = None
    """By the service's own count; ``None`` while it is not known."""
    dollars_actual: Decimal | None = None

    @property
    def dollars(self) -> Decimal:
        """What counts against a limit: the actual figure once there is one."""
        return self.dollars_estimated if self.dollars_actual is None else self.dollars_actual


def estimate(characters: int, rate: Decimal) -> Decimal:
    """Dollars for so many characters at a rate per million, to a millionth of a dollar."""
    return (Decimal(characters) * rate / MILLION).quantize(FINEST)


def cost_of(lang: str, kind: str, characters: int, rates: Rates) -> Cost:
    """What so many characters of one language cost by one kind of translation."""
    return Cost(lang=lang, kind=kind, characters=characters, dollars=estimate(characters, rates.of(kind)))


def total(costs: Iterable[Cost]) -> Decimal:
    """Dollars of all of them."""
    return sum((cost.dollars for cost in costs), Decimal(0))


def money(dollars: Decimal) -> str:
    """For a person: cents, and more digits where it is less than one."""
    digits = f"{dollars:,.2f}" if dollars == 0 or dollars >= CENT else f"{dollars:.6f}".rstrip("0")
    return f"${digits}"


def check_caps(estimated: Decimal, spent_this_month: Decimal, caps: Caps) -> None:
    """Whether a run may begin. Nothing has been sent yet.

    Raises:
        BudgetError: it would cost more than one run, or all runs of a month, may.
    """
    if caps.run is not None and estimated > caps.run:
        message = (
            f"This run would cost about {money(estimated)}, and one run may cost {money(caps.run)} "
            f"(amazon.max-usd-run). Nothing was sent. Translate fewer chapters at once, or raise amazon.max-usd-run "
            f"in .amts.yml."
        )
        raise BudgetError(message)
    if caps.month is not None and spent_this_month + estimated > caps.month:
        message = (
            f"This run would cost about {money(estimated)}. With {money(spent_this_month)} already spent this month "
            f"that is more than the {money(caps.month)} of amazon.max-usd-month. Nothing was sent. Wait for the next "
            f"month, translate fewer chapters, or raise amazon.max-usd-month in .amts.yml."
        )
        raise BudgetError(message)


def spent(entries: Iterable[Entry], month: str) -> Decimal:
    """Dollars of one month; of each plan and language what is known best, so that one that is settled counts once."""
    best: dict[tuple[str, str, str], Entry] = {}
    for entry in entries:
        key = (entry.plan, entry.lang, entry.kind)
        if entry.month == month and (key not in best or entry.dollars_actual is not None):
            best[key] = entry
    return sum((entry.dollars for entry in best.values()), Decimal(0))


def write_ledger(entries: Iterable[Entry]) -> bytes:
    """The lines of a ledger, one JSON object each. Amounts are strings, so that no reader rounds them."""
    return "".join(json.dumps(_to_json(entry), sort_keys=True) + "\n" for entry in entries).encode()


def read_ledger(data: bytes, place: str = "the ledger") -> tuple[Entry, ...]:
    """The entries of a ledger, in their order. Blank lines are passed over.

    Raises:
        InputError: a line is damaged. Money is not guessed at: the run stops, and says which line to take out.
    """
    entries = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            try:
                entries.append(_from_json(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation) as error:
                message = (
                    f"Line {number} of {place} is damaged ({error}), so it is not known what was spent. Compare with "
                    f"the bill of AWS, then mend or delete the line."
                )
                raise InputError(message) from error
    return tuple(entries)


def _to_json(entry: Entry) -> dict[str, str | int | None]:
    return {
        "form": LEDGER,
        "month": entry.month,
        "plan": entry.plan,
        "lang": entry.lang,
        "kind": entry.kind,
        "characters_estimated": entry.characters_estimated,
        "dollars_estimated": str(entry.dollars_estimated),
        "characters_billed": entry.characters_billed,
        "dollars_actual": None if entry.dollars_actual is None else str(entry.dollars_actual),
    }


def _from_json(row: Any) -> Entry:
    if row["form"] != LEDGER:
        message = f"its form is {row['form']!r}, not {LEDGER!r}"
        raise ValueError(message)
    if not MONTH.fullmatch(row["month"]) or row["kind"] not in WAYS:
        message = f"{row['month']!r} is no month, or {row['kind']!r} no kind of translation"
        raise ValueError(message)
    billed, actual = row["characters_billed"], row["dollars_actual"]
    return Entry(
        month=row["month"],
        plan=_text(row["plan"]),
        lang=_text(row["lang"]),
        kind=row["kind"],
        characters_estimated=_count(row["characters_estimated"]),
        dollars_estimated=_amount(row["dollars_estimated"]),
        characters_billed=None if billed is None else _count(billed),
        dollars_actual=None if actual is None else _amount(actual),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        message = f"{value!r} is no text"
        raise TypeError(message)
    return value


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        message = f"{value!r} is no number of characters"
        raise ValueError(message)
    return value


def _amount(value: Any) -> Decimal:
    amount = Decimal(_text(value))
    if not amount.is_finite() or amount < 0:
        message = f"{value!r} is no amount of dollars"
        raise ValueError(message)
    return amount


def table(costs: Sequence[Cost]) -> str:
    """What a run is going to cost, a line for each language and one for the sum."""
    lines = [cost.line() for cost in costs]
    return "\n".join(
        [*lines, f"together: {sum(cost.characters for cost in costs):,} characters, {money(total(costs))}"]
    )
