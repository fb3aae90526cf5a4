"""What is looked at, one function a check: facts in, a finding out. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.onboarding.checks import amazon, book, forge, workflow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.onboarding.facts import Facts
    from bot.onboarding.findings import Finding

CHECKS: Final[Mapping[str, Callable[[Facts], Finding]]] = {
    "configuration": book.configuration,
    "language": book.language,
    "English": book.english,
    "baselines": book.baselines,
    "snapshots": book.snapshots,
    "workflow": workflow.workflow,
    "token of the workflow": workflow.token,
    "schedule": workflow.schedule,
    "reviews": workflow.reviews,
    "GitHub": forge.repository,
    "token": forge.token,
    "permissions": forge.permissions,
    "pull requests by Actions": forge.pull_requests,
    "issues": forge.issues,
    "labels": forge.labels,
    "rules for our branches": forge.branch_rules,
    "rules for merging": forge.base_rules,
    "account": amazon.account,
    "credentials": amazon.credentials,
    "bucket": amazon.bucket,
    "role": amazon.role,
    "parallel data": amazon.parallel_data,
    "limits": amazon.limits,
}
"""In the order in which people read them: what the later ones need comes first."""


def judge(facts: Facts) -> dict[str, Finding]:
    """The finding of every check."""
    return {name: check(facts) for name, check in CHECKS.items()}
