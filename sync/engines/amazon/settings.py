"""What the engine is told of an account: where, as whom, under which names, and for how much. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from sync.bitext.parallel_data.model import Granularity
from sync.engines.amazon.money import Rates
from sync.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

BUCKET: Final = re.compile(r"[a-z0-9][.\-a-z0-9]{1,61}[a-z0-9]")
REGION: Final = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
ROLE: Final = re.compile(r"arn:aws(-[^:]+)?:iam::[0-9]{12}:role/.+")
ACT_REGIONS: Final = frozenset({"us-east-1", "us-west-2", "eu-west-1"})
"""Regions that take parallel data with a job."""
VARIABLES: Final = {"region": "AWS_REGION", "bucket": "AMTS_AWS_BUCKET", "role": "AMTS_AWS_ROLE"}
"""What may be said by the environment, as an Action does that keeps names of accounts out of the fork."""


class Mode(StrEnum):
    """By which way segments are sent."""

    BATCH = "batch"
    """All in one job, with parallel data."""
    REAL_TIME = "real-time"
    """One request each, at once, without parallel data."""
    FAST = "fast"
    """As ``real-time`` where little changed, else as ``batch``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One account, bucket and way of working."""

    region: str
    bucket: str
    role: str
    """ARN of the role by which the service reads and writes the bucket."""
    prefix: str = "amts"
    """Below it is all that the engine keeps in the bucket."""
    book: str = "book"
    """Name of the fork, which parts its jobs and data from those of others in the account."""
    mode: Mode = Mode.BATCH
    granularity: Granularity = Granularity.SENTENCE
    parallel_data: bool = True
    formality: str = ""
    """``formal``, ``informal`` or nothing; only for languages that have it."""
    rates: Rates
    max_usd_run: Decimal | None = None
    max_usd_month: Decimal | None = None
    deadline: float = 45 * 60.0
    """Seconds that a run waits for a job before it ends as waiting."""
    poll: float = 20.0
    """Seconds between two looks at a job."""
    fast_bytes: int = 5_000
    """Up to which ``fast`` goes by real time."""


def read_settings(values: Mapping[str, Any], env: Mapping[str, str], book: str) -> Settings:
    """The settings that a configuration's ``amazon`` and the environment give; the configuration comes first.

    Raises:
        UsageError: something needed is missing, or is not what it should be; all faults in one message.
    """
    given = {name: str(values.get(name) or env.get(variable, "")) for name, variable in VARIABLES.items()}
    given["region"] = given["region"] or env.get("AWS_DEFAULT_REGION", "")
    mode = Mode(values.get("mode", Mode.BATCH))
    faults = [*_faults(given, mode, with_data=values.get("parallel-data", True)), *_money_faults(values)]
    if faults:
        lines = "\n".join(f"  {fault}" for fault in faults)
        message = f"Amazon Translate cannot be used as it is set up:\n{lines}\nThe steps are in docs/aws.md."
        raise UsageError(message)
    return Settings(
        region=given["region"],
        bucket=given["bucket"],
        role=given["role"],
        book=str(values.get("name") or book),
        mode=mode,
        prefix=str(values.get("prefix", "amts")),
        granularity=Granularity(values.get("granularity", Granularity.SENTENCE)),
        parallel_data=bool(values.get("parallel-data", True)),
        formality=str(values.get("formality", "")),
        rates=Rates(**{name.replace("-", "_"): Decimal(rate) for name, rate in values.get("rates", {}).items()}),
        max_usd_run=_dollars(values.get("max-usd-run")),
        max_usd_month=_dollars(values.get("max-usd-month")),
        deadline=60.0 * int(values.get("deadline-minutes", 45)),
        poll=float(values.get("poll-seconds", 20)),
    )


def _faults(given: Mapping[str, str], mode: Mode, *, with_data: bool) -> list[str]:
    faults = [_fault(name, pattern, given[name]) for name, pattern in (("region", REGION), ("bucket", BUCKET))]
    if mode is not Mode.REAL_TIME:
        faults.append(_fault("role", ROLE, given["role"]))
        if with_data and given["region"] and given["region"] not in ACT_REGIONS:
            faults.append(
                f"region: {given['region']} takes no parallel data. Choose {', '.join(sorted(ACT_REGIONS))}, "
                f"or set parallel-data to false."
            )
    return [fault for fault in faults if fault]


def _fault(name: str, pattern: re.Pattern[str], value: str) -> str:
    if not value:
        return f"{name} is missing: set amazon.{name} in .amts.yml, or {VARIABLES[name]} in the environment."
    return "" if pattern.fullmatch(value) else f"{name}: {value!r} is none. See docs/aws.md for its form."


def _money_faults(values: Mapping[str, Any]) -> list[str]:
    given = {name: values[name] for name in ("max-usd-run", "max-usd-month") if values.get(name) is not None}
    given |= {f"rates.{name}": rate for name, rate in values.get("rates", {}).items()}
    return [f"{name}: {value!r} is no amount of dollars." for name, value in given.items() if not _is_amount(value)]


def _is_amount(value: object) -> bool:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return False
    return amount.is_finite() and amount >= 0


def _dollars(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
