"""The faults of ``benchmarks.amazon_faults``: what is ordered, and how a run that meets it has to end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from tests.support.translate_emulator import Emulator, faults
from tests.support.translate_emulator.content.damage import PROFILES
from tests.support.translate_emulator.errors import OF_THE_FRONT
from tests.support.translate_emulator.model import errors_of
from tests.support.translate_emulator.settings import Pace

if TYPE_CHECKING:
    from tests.support.translate_emulator.faults import Effect

DONE: Final = 0
USAGE, BUDGET, ENGINE = 2, 3, 8
START, DESCRIBE, JOBS = "StartTextTranslationJob", "DescribeTextTranslationJob", "ListTextTranslationJobs"
GET, CREATE, UPDATE = "GetParallelData", "CreateParallelData", "UpdateParallelData"
IMPORT, TERMS = "ImportTerminology", "GetTerminology"
DOCUMENT, TEXT = "TranslateDocument", "TranslateText"
OPERATIONS: Final = (TERMS, IMPORT, GET, CREATE, UPDATE, JOBS, START, DESCRIBE, DOCUMENT, TEXT)
PASSING: Final = frozenset(
    {
        "TooManyRequestsException",
        "ThrottlingException",
        "LimitExceededException",
        "InternalServerException",
        "ServiceUnavailableException",
    }
)
"""What the client asks again after by itself."""
BUSY: Final = frozenset({"ConflictException", "ConcurrentModificationException"})
BROKEN: Final = frozenset({"InternalServerException", "ServiceUnavailableException"})
MISSING: Final = "ResourceNotFoundException"
ELSEWHERE: Final = "books-elsewhere"
LATER: Final = 10 * 3600.0
"""Seconds: longer than any run waits."""

Order = Callable[[Emulator, str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A fault and what is right."""

    group: str
    name: str
    order: Order
    """Given the emulator and the bucket, before the first run. What it orders is lifted before the second."""
    code: int = DONE
    """Exit code of the first run."""
    waits: bool = False
    """Whether it ends as waiting."""
    has_older: bool = False
    """Whether the service has older examples of the fork, so that they are updated."""
    repeats: float = 0.0
    """How often all of it may be paid for again: where the service was paid and gave nothing that can be used."""
    jobs: int = 1
    """That may be started."""
    attempts: int = 1
    """At bringing the examples."""
    gives_up: bool = False
    """Whether sentences may stay without a draft for good, with the reason: the service never gave them back whole."""
    settings: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    env: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def cases() -> Iterator[Case]:
    """All of them, by group."""
    yield from _refusals()
    yield from _lost_replies()
    yield from _denials()
    yield from _imports()
    yield from _jobs()
    yield from _damage()
    yield from _settings()


def _order(operation: str, effect: Effect, *, count: int | None = 1, after: int = 0) -> Order:
    return lambda emulator, bucket: emulator.faults.add(operation, effect, count=count, after=after)


def _ways(operation: str) -> dict[str, object]:
    """The settings with which a run uses an operation."""
    return {"mode": "real-time"} if operation in (DOCUMENT, TEXT) else {}


def _on(operation: str, order: Order) -> Order:
    """With what else has to go wrong for an operation to be used."""
    if operation != TEXT:
        return order

    def both(emulator: Emulator, bucket: str) -> None:
        emulator.faults.add(DOCUMENT, faults.error("InternalServerException"), count=None)
        order(emulator, bucket)

    return both


# Refusals, code by code


def _refusals() -> Iterator[Case]:
    for operation in OPERATIONS:
        for code in sorted({*errors_of(operation), *OF_THE_FRONT}):
            for often, count in (("once", 1), *((("always", None),) if _is_asked_again(operation, code) else ())):
                yield Case(
                    group=f"refused: {operation}",
                    name=f"{code} {often}",
                    order=_on(operation, _order(operation, faults.error(code), count=count)),
                    code=_exit_code(operation, code, always=count is None),
                    waits=_waits(operation, code, always=count is None),
                    has_older=operation == UPDATE,
                    settings=_ways(operation),
                )


def _is_asked_again(operation: str, code: str) -> bool:
    """Whether a refusal for ever is another fault than one refusal."""
    return code in PASSING | BUSY or (code == MISSING and operation in (GET, TERMS, UPDATE, DESCRIBE))


def _exit_code(operation: str, code: str, *, always: bool) -> int:
    if _waits(operation, code, always=always) or _is_no_matter(operation, code, always=always):
        return DONE
    return ENGINE


def _waits(operation: str, code: str, *, always: bool) -> bool:
    if code == "ExpiredTokenException":
        return True
    return always and (
        (operation in (CREATE, UPDATE, IMPORT) and code in BUSY)
        or (operation in (GET, TERMS, UPDATE, DESCRIBE) and code == MISSING)
    )


def _is_no_matter(operation: str, code: str, *, always: bool) -> bool:
    """Whether a run does all the same what it should."""
    if operation == DOCUMENT and code in BROKEN:
        return True  # then it is sent as text
    if always:
        return False
    return _is_asked_again(operation, code)


# Replies that do not arrive


def _lost_replies() -> Iterator[Case]:
    effects = {
        "reset before the work": faults.reset(),
        "reset after the work": faults.reset(done=True),
        "a page with status 503": faults.html(),
        "throttled for a second": faults.throttled(1.0),
    }
    for operation in OPERATIONS:
        paid = 5.0 if operation in (DOCUMENT, TEXT) else 0.0
        case = partial(Case, group=f"no answer: {operation}", has_older=operation == UPDATE, settings=_ways(operation))
        for name, effect in effects.items():
            order = _on(operation, _order(operation, effect))
            yield case(name=f"{name}, once", order=order, repeats=paid)
            order = _on(operation, _order(operation, effect, count=None))
            ends = DONE if operation == DOCUMENT and effect.kind == "html" else ENGINE
            yield case(name=f"{name}, always", order=order, repeats=paid, code=ends)
        order = _on(operation, _order(operation, faults.truncated()))
        ends = DONE if operation in (IMPORT, CREATE, UPDATE) else ENGINE  # of these, what is there is looked at anyway
        yield case(name="half of it", order=order, repeats=paid, code=ends)
    yield Case(group=f"no answer: {START}", name="later than one waits", order=_order(START, faults.slow(31.0)))


# S3


def _deny(action: str, prefix: str) -> Order:
    return lambda emulator, bucket: emulator.deny(bucket, action, prefix=prefix)


def _denials() -> Iterator[Case]:
    places = {"": "everywhere", "amts/book/pt/jobs/": "jobs", "amts/book/pt/cache/": "cache", "amts/data/": "examples"}
    for action in ("s3:GetObject", "s3:PutObject"):
        for prefix, name in places.items():
            unused = (action, name) == ("s3:GetObject", "cache")
            yield Case(
                group="S3 says 403",
                name=f"{action}, {name}",
                order=_deny(action, prefix),
                code=DONE if unused else ENGINE,
                attempts=2 if (action, name) == ("s3:GetObject", "examples") else 1,
            )
    for action in ("s3:GetObject", "s3:PutObject"):
        yield Case(
            group="S3 says 403",
            name=f"{action}, once the job is started",
            order=_order(START, faults.s3_denied(action)),
            code=ENGINE,
            jobs=2,
        )


# Parallel data


def _imports() -> Iterator[Case]:
    for has_older, operation in ((False, CREATE), (True, UPDATE)):
        case = partial(Case, group=f"parallel data: {operation}", has_older=has_older)
        stuck = _order(operation, faults.import_stuck(LATER))
        yield case(name="stuck", order=stuck, waits=True)
        slow = _order(operation, faults.import_stuck(600.0))
        yield case(name="slow", order=slow)
        failed = _order(operation, faults.import_failed("A record could not be read."))
        ends = DONE if has_older else ENGINE
        yield case(name="failed", order=failed, code=ends, attempts=2)
        for records in (2, 10_000):
            order = _order(operation, faults.import_partial(records))
            ends = DONE if has_older or records == 2 else ENGINE
            yield case(name=f"{records} skipped", order=order, code=ends, attempts=2)


# Jobs


def _jobs() -> Iterator[Case]:
    one, every = "0000.html", "*"
    group = "jobs"
    yield Case(group=group, name="stuck", order=_stuck, waits=True)
    for often, count in (("once", 1), ("always", None)):
        failed = _order(START, faults.job_failed("The role cannot be used."), count=count)
        yield Case(group=group, name=f"failed, {often}", order=failed, jobs=2)
        for name in (one, every):
            order = _order(START, faults.documents_failed(name), count=count)
            yield Case(group=group, name=f"documents failed: {name}, {often}", order=order, jobs=2)
            order = _order(START, faults.output_missing(name), count=count)
            yield Case(group=group, name=f"files missing: {name}, {often}", order=order, jobs=2, repeats=2)
    yield Case(group=group, name="files late, by a minute", order=_order(START, faults.output_late(60.0)))
    later = _order(START, faults.output_late(LATER))
    yield Case(group=group, name="files late, by hours", order=later, jobs=2, repeats=1)
    for extra in ("pt.0009.html", "other/pt.0000.html", "notes.txt", "details/pt.0000.html"):
        yield Case(group=group, name=f"extra file {extra}", order=_order(START, faults.output_extra(extra)))


def _stuck(emulator: Emulator, bucket: str) -> None:
    emulator.core.service.account.pace = Pace(job=LATER)


# Markup


def _damage() -> Iterator[Case]:
    for profile in PROFILES:
        once = _order(START, faults.damaged(profile))
        yield Case(group="markup damaged", name=f"{profile}, in the job", order=once, repeats=1)
        always = _order("*", faults.damaged(profile), count=None)
        yield Case(group="markup damaged", name=f"{profile}, always", order=always, repeats=2, gives_up=True)


# The set-up


def _settings() -> Iterator[Case]:
    def nothing(emulator: Emulator, bucket: str) -> None:
        """The fault is in the settings."""

    wrong: dict[str, dict[str, object]] = {
        "no bucket": {"bucket": None},
        "no role": {"role": None},
        "a region without parallel data": {"region": "eu-central-1"},
        "a region that is none": {"region": "Virginia"},
    }
    for name, settings in wrong.items():
        yield Case(group="set-up", name=name, order=nothing, code=USAGE, settings=settings)
    others: dict[str, dict[str, object]] = {
        "a bucket that is not there": {"bucket": "nobody-made-this"},
        "a role of another account": {"role": "arn:aws:iam::999999999999:role/translate-data"},
    }
    for name, settings in others.items():
        yield Case(group="set-up", name=name, order=nothing, code=ENGINE, settings=settings)
    elsewhere = {"bucket": ELSEWHERE}
    yield Case(group="set-up", name="a bucket elsewhere", order=_make_elsewhere, code=ENGINE, settings=elsewhere)
    keys = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_SESSION_TOKEN": ""}
    yield Case(group="set-up", name="no credentials", order=nothing, code=ENGINE, env=keys)
    other = {"AWS_ACCESS_KEY_ID": "somebody"}
    yield Case(group="set-up", name="credentials of somebody else", order=nothing, code=ENGINE, env=other)
    for cap in ("max_usd_run", "max_usd_month"):
        yield Case(group="set-up", name=f"more than {cap}", order=nothing, code=BUDGET, settings={cap: "0.000001"})


def _make_elsewhere(emulator: Emulator, bucket: str) -> None:
    client = emulator.client("s3", region_name="eu-west-1")
    client.create_bucket(Bucket=ELSEWHERE, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    client.close()
