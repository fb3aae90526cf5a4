"""Checks of an account at AWS, as far as they cost nothing. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.onboarding.findings import Finding, ok, problem, skipped, warning
from sync.engines.amazon.resources.standing import ACTIVE, FAILED
from sync.engines.amazon.settings import ACT_REGIONS, Mode

if TYPE_CHECKING:
    from bot.onboarding.facts import Facts
    from sync.engines.amazon.settings import Settings

GUIDE: Final = "docs/aws.md has the steps."
NOT_USED: Final = "The engine is another."
NOT_ASKED: Final = "The account was not asked."


def account(facts: Facts) -> Finding:
    """Whether it is said which account, bucket and role."""
    if facts.amazon is None:
        return skipped(NOT_USED)
    if facts.amazon.faults:
        return problem(facts.amazon.faults, "Amazon Translate is the engine of this fork.", GUIDE)
    return ok(f"Region, bucket and role are said. {_about_region(facts.amazon.settings)}")


def _about_region(settings: Settings | None) -> str:
    """A region that takes no parallel data is a fault of the account where some are wanted."""
    if settings is None:
        return ""
    if settings.region in ACT_REGIONS:
        return f"{settings.region} takes parallel data."
    return f"{settings.region} takes no parallel data, and none is wanted."


def credentials(facts: Facts) -> Finding:
    """Whether the service answers."""
    if facts.amazon is None or facts.amazon.settings is None:
        return skipped(NOT_USED if facts.amazon is None else NOT_ASKED)
    if facts.amazon.error:
        return problem(facts.amazon.error, "Amazon Translate does not take this caller.", GUIDE)
    return ok("Amazon Translate answers.")


def bucket(facts: Facts) -> Finding:
    """Whether the bucket can be reached, in the region of the service."""
    settings = _answering(facts)
    if settings is None or facts.amazon is None:
        return skipped(NOT_USED if facts.amazon is None else NOT_ASKED)
    if facts.amazon.bucket_error:
        return problem(facts.amazon.bucket_error, "Everything that is sent and got goes through the bucket.", GUIDE)
    where = facts.amazon.bucket_region
    if where and where != settings.region:
        return problem(
            f"{settings.bucket} is in {where}, and the service is asked in {settings.region}.",
            "A job reads no bucket of another region.",
            f"amts config set amazon … with region {where}, or a bucket in {settings.region}.",
        )
    return ok(f"{settings.bucket} can be reached{f', in {where}' if where else ''}.")


def role(facts: Facts) -> Finding:
    """Whether the role could be passed, as far as earlier jobs tell."""
    settings = _answering(facts)
    if settings is None or facts.amazon is None:
        return skipped(NOT_USED if facts.amazon is None else NOT_ASKED)
    if settings.mode is Mode.REAL_TIME:
        return skipped("In real time no role is passed.")
    if facts.amazon.role_used:
        return ok(f"A job was started with {settings.role} on {facts.amazon.role_used[:10]}.")
    return warning(
        f"Whether {settings.role} can be passed is only known when a job is started, and none was yet.",
        "The caller needs iam:PassRole for it, and the role has to trust translate.amazonaws.com.",
        "See steps 4 and 5 of docs/aws.md; the first run tells.",
    )


def parallel_data(facts: Facts) -> Finding:
    """What became of the parallel data of this fork."""
    settings = _answering(facts)
    if settings is None or facts.amazon is None:
        return skipped(NOT_USED if facts.amazon is None else NOT_ASKED)
    if not settings.parallel_data or settings.mode is Mode.REAL_TIME:
        return skipped("None is used.")
    found = next((one for one in facts.amazon.resources if one.name == facts.amazon.resource), None)
    others = f" The region has {len(facts.amazon.resources)} in all."
    if found is None:
        return ok(f"{facts.amazon.resource} is made by the first run.{others}")
    if FAILED in (found.status, found.attempt):
        return problem(
            f"{found.name} has failed: {found.message or 'the service gives no reason'}.",
            "Jobs go without it, or with what it was before.",
            f"amts parallel-data show {found.name} says why.",
        )
    if found.status != ACTIVE:
        return ok(f"{found.name} is at work: {found.status}.{others}")
    return ok(f"{found.name} has {found.imported} examples, {found.skipped + found.failed} were not taken.{others}")


def limits(facts: Facts) -> Finding:
    """Whether there is an end to what a run, and a month, may cost."""
    settings = _settings(facts)
    if settings is None:
        return skipped(NOT_USED if facts.amazon is None else NOT_ASKED)
    missing = [
        name
        for name, value in (("max-usd-run", settings.max_usd_run), ("max-usd-month", settings.max_usd_month))
        if value is None
    ]
    if not missing:
        return ok(f"At most ${settings.max_usd_run} a run and ${settings.max_usd_month} a month.")
    return warning(
        f"There is no limit: {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set.",
        "A book that changed as a whole is paid for as a whole.",
        f"Set amazon.{missing[0]} in .amts.yml, and a budget with an alarm in AWS Billing.",
    )


def _settings(facts: Facts) -> Settings | None:
    return facts.amazon.settings if facts.amazon else None


def _answering(facts: Facts) -> Settings | None:
    """The settings of an account that answers."""
    return facts.amazon.settings if facts.amazon and not facts.amazon.error else None
