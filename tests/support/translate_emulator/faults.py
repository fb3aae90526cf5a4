"""Faults on order: which requests they meet, and what they do."""

from __future__ import annotations

import fnmatch
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

WIRE: Final = frozenset({"error", "throttled", "html", "reset", "truncated", "slow"})
"""Effects on the answer itself; all others stay with the parallel data or the job that the request makes."""
KINDS: Final = WIRE | {
    "import_failed",
    "import_stuck",
    "import_partial",
    "job_failed",
    "documents_failed",
    "output_missing",
    "output_extra",
    "output_late",
    "s3_denied",
    "damaged",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a fault does. The functions below make the ones there are."""

    kind: str
    code: str = ""
    message: str = ""
    status: int = 0
    seconds: float = 0.0
    names: tuple[str, ...] = ()
    """Files, as paths below the input folder, with ``*`` for any signs."""
    records: int = 0
    done: bool = False
    """Whether the work was done before the answer got lost."""
    profile: str = ""
    share: float = 1.0
    seed: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            reason = f"There is no effect {self.kind!r}; there are {', '.join(sorted(KINDS))}."
            raise ValueError(reason)
        object.__setattr__(self, "names", tuple(self.names))

    def names_file(self, path: str) -> bool:
        """Whether it is about a file."""
        return any(fnmatch.fnmatchcase(path, name) for name in self.names)


@dataclass(slots=True, kw_only=True)
class Fault:
    """Meets requests of an operation whose parameters match.

    ``match`` has a pattern with ``*`` for each parameter that matters, by its path: ``{"InputDataConfig.S3Uri":
    "*/zh/*"}``. A list matches when one of its members does.
    """

    operation: str
    effect: Effect
    match: Mapping[str, str] = field(default_factory=dict)
    after: int = 0
    """Requests that match and are let through first."""
    count: int | None = 1
    """Requests that it meets; None is for ever."""
    met: int = 0

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> Fault:
        """From JSON. Raises ``TypeError`` or ``ValueError`` for what is no fault."""
        return cls(**{**value, "effect": Effect(**value["effect"])})

    def meets(self, operation: str, parameters: Mapping[str, Any]) -> bool:
        """Counts a request that matches; whether it is one to spoil."""
        if not fnmatch.fnmatchcase(operation, self.operation):
            return False
        if not all(_matches(_at(parameters, path), pattern) for path, pattern in self.match.items()):
            return False
        self.met += 1
        return self.met > self.after and (self.count is None or self.met <= self.after + self.count)


class Faults:
    """The faults on order."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def add(
        self,
        operation: str,
        effect: Effect,
        *,
        match: Mapping[str, str] | None = None,
        after: int = 0,
        count: int | None = 1,
    ) -> Fault:
        """Orders a fault; ``*`` is any operation."""
        fault = Fault(operation=operation, effect=effect, match=match or {}, after=after, count=count)
        self.order(fault)
        return fault

    def order(self, fault: Fault) -> None:
        """Orders a fault."""
        with self._lock:
            self._faults.append(fault)

    def clear(self) -> None:
        """Takes all orders back. What a fault has done to a job or to parallel data stays."""
        with self._lock:
            self._faults.clear()

    def take(self, operation: str, parameters: Mapping[str, Any]) -> tuple[Effect, ...]:
        """The effects that a request meets."""
        with self._lock:
            return tuple(fault.effect for fault in self._faults if fault.meets(operation, parameters))

    def state(self) -> list[dict[str, Any]]:
        """The orders, and how many requests matched each so far."""
        with self._lock:
            return [asdict(fault) for fault in self._faults]


def _at(parameters: Any, path: str) -> Any:
    for name in path.split("."):
        parameters = parameters.get(name) if isinstance(parameters, Mapping) else None
    return parameters


def _matches(value: Any, pattern: str) -> bool:
    values = value if isinstance(value, list) else [value]
    return any(fnmatch.fnmatchcase(str(one), pattern) for one in values if one is not None)


def error(code: str, message: str = "It was ordered so.") -> Effect:
    """The request is refused with a code."""
    return Effect(kind="error", code=code, message=message)


def throttled(seconds: float = 0.0, code: str = "TooManyRequestsException") -> Effect:
    """The request is throttled; ``seconds`` is how long the client is asked to wait (x-amz-retry-after)."""
    return Effect(kind="throttled", code=code, message="Rate exceeded", seconds=seconds)


def expired_token() -> Effect:
    """The credentials are no longer good."""
    return error("ExpiredTokenException", "The security token included in the request is expired")


def html(status: int = 503) -> Effect:
    """Something in front of the service answers with a page."""
    return Effect(kind="html", status=status)


def reset(*, done: bool = False) -> Effect:
    """The connection is reset, before the work or when it is done."""
    return Effect(kind="reset", done=done)


def truncated() -> Effect:
    """The work is done, and half of the answer arrives."""
    return Effect(kind="truncated", done=True)


def slow(seconds: float) -> Effect:
    """The answer takes so many real seconds more."""
    return Effect(kind="slow", seconds=seconds)


def import_failed(message: str = "The parallel data could not be imported.") -> Effect:
    """Parallel data: the creation or update ends as FAILED."""
    return Effect(kind="import_failed", message=message)


def import_stuck(seconds: float = float("inf")) -> Effect:
    """Parallel data: the creation or update takes so many seconds of the clock more."""
    return Effect(kind="import_stuck", seconds=seconds)


def import_partial(records: int) -> Effect:
    """Parallel data: so many of the first records are skipped."""
    return Effect(kind="import_partial", records=records)


def job_failed(message: str = "Internal server error") -> Effect:
    """The job ends as FAILED."""
    return Effect(kind="job_failed", message=message)


def documents_failed(*names: str, message: str = "Invalid utf-8 encoded texts detected") -> Effect:
    """The job leaves documents out and ends as COMPLETED_WITH_ERROR."""
    return Effect(kind="documents_failed", names=names, code="InvalidRequestException", message=message)


def output_missing(*names: str) -> Effect:
    """The job says that all is well, and files are not there."""
    return Effect(kind="output_missing", names=names)


def output_extra(*names: str) -> Effect:
    """The job writes files that nobody asked for."""
    return Effect(kind="output_extra", names=names)


def output_late(seconds: float, *names: str) -> Effect:
    """Files appear only so many seconds of the clock after the job's end; all of them unless some are named."""
    return Effect(kind="output_late", seconds=seconds, names=names or ("*",))


def s3_denied(*actions: str, prefix: str = "") -> Effect:
    """A bucket policy denies ``s3:GetObject`` and the like from this request on, in the bucket that it names."""
    return Effect(kind="s3_denied", names=actions or ("s3:GetObject", "s3:PutObject"), message=prefix)


def damaged(profile: str, *, share: float = 1.0, seed: int = 0) -> Effect:
    """The job, or the answer in real time, does to markup what services do; the profiles are in content/damage.py."""
    return Effect(kind="damaged", profile=profile, share=share, seed=seed)
