"""Checks of the workflow of a fork, and of what it will and will not start. Pure."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from bot.onboarding.attributes import with_generated
from bot.onboarding.checks.book import UNREAD
from bot.onboarding.findings import Finding, ok, problem, skipped, warning
from bot.onboarding.workflow import (
    DEFAULT_TOKEN,
    OWNER,
    WORKFLOW,
    actions_in,
    shipped_editions,
    tokens_in,
    written_edition,
)

if TYPE_CHECKING:
    from bot.onboarding.facts import Facts
    from bot.onboarding.fork import Fork

QUIET: Final = 60
"""Days without a commit after which GitHub disables schedules of a public repository."""
SOON: Final = 45
_ON_PULLS = re.compile(
    r"""^\s*(?:-\s*)?["']?pull_request(?:_target)?\b|^["']?on["']?:.*\bpull_request(?:_target)?\b""", re.MULTILINE
)
"""A workflow that pull requests start, as far as a line tells."""
_SCHEDULE = re.compile(r"^\s*-\s*cron:", re.MULTILINE)


def workflow(facts: Facts) -> Finding:
    """Whether there is a workflow, whether it can run, and whether it is of this version."""
    if facts.fork is None:
        return skipped(UNREAD)
    if not facts.fork.own_workflows:
        return problem("No workflow takes the action.", "Nothing runs by itself.", "amts setup --target … writes one.")
    path = facts.fork.own_workflows[0]
    text = facts.fork.workflows[path]
    if any(action.startswith(f"{OWNER}/") for action in actions_in(text)):
        return problem(
            f"{path} still has {OWNER}.",
            "It stands for the account that you have AMTS from, and there is none of that name.",
            f"Replace {OWNER} in {path}.",
        )
    state = facts.forge.workflow_states.get(path, "active") if facts.forge else "active"
    if state != "active":
        return problem(
            f"GitHub does not run {path}: {state}.",
            "Forks begin with workflows off; schedules go off after 60 quiet days; people can switch one off.",
            "Actions → AMTS → Enable workflow.",
        )
    if written_edition(text) in shipped_editions():
        return ok(f"{path} is of this version.")
    return warning(
        f"{path} is not of this version, or was changed in more than its times.",
        "An input or a permission that this version needs may be missing.",
        f"Compare it with docs/workflows; or move it away and run amts setup, which writes {WORKFLOW} anew.",
    )


def token(facts: Facts) -> Finding:
    """What the token that the workflow gives the action does not start."""
    used = _workflow_token(facts.fork)
    if facts.fork is None or used is None:
        return skipped("No workflow takes the action.")
    checks = [path for path, text in facts.fork.workflows.items() if _ON_PULLS.search(text) and not actions_in(text)]
    if used:
        return ok("A token of its own: its pull requests start your checks.")
    if not checks:
        return ok("The default token. It starts no checks on pull requests, and there are none to start.")
    return warning(
        f"The default token: these workflows will not run on pull requests of AMTS: {', '.join(checks)}.",
        "GitHub starts no workflow for what a workflow's own token does.",
        "Close and open a pull request to start them, or give the action the token of a GitHub App (docs/action.md).",
    )


def uses_default_token(fork: Fork | None) -> bool:
    """Whether the workflow that takes the action gives it GitHub's own token."""
    return _workflow_token(fork) == frozenset()


def _workflow_token(fork: Fork | None) -> frozenset[str] | None:
    """The tokens of their own that workflows give the action; ``None`` where none takes it."""
    if fork is None or not fork.own_workflows:
        return None
    return frozenset().union(*(tokens_in(fork.workflows[path]) for path in fork.own_workflows)) - DEFAULT_TOKEN


def schedule(facts: Facts) -> Finding:
    """Whether GitHub is about to switch the schedule off."""
    if facts.fork is None or not any(_SCHEDULE.search(facts.fork.workflows[one]) for one in facts.fork.own_workflows):
        return skipped("No workflow with a schedule takes the action.")
    days = (facts.today - date.fromisoformat(facts.fork.tip.date[:10])).days
    told = f"The last commit is {days} days old."
    if (facts.forge and facts.forge.private) or days < SOON:
        return ok(told)
    why = f"After {QUIET} days without one, GitHub disables schedules of a public repository, and says so by e-mail."
    if days < QUIET:
        return warning(told, why, "Merge a pull request of AMTS; that is a commit.")
    return problem(told, why, "Actions → AMTS → Enable workflow, then merge something.")


def reviews(facts: Facts) -> Finding:
    """Whether generated files are folded in reviews."""
    if facts.fork is None:
        return skipped(UNREAD)
    if with_generated(facts.fork.attributes, keeps_english=facts.fork.keeps_english) == facts.fork.attributes:
        return ok("Generated files are folded.")
    return warning(
        ".gitattributes does not say which files are generated.",
        "Every pull request shows the English and the state of its chapters as if they were to be read.",
        "amts setup --target … adds the lines.",
    )
