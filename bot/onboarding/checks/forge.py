"""Checks of the repository on GitHub, and of the token for it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.onboarding.checks.workflow import uses_default_token
from bot.onboarding.findings import Finding, ok, problem, skipped, warning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.onboarding.facts import Facts, Forge

SETTING: Final = "Settings → Actions → General → Allow GitHub Actions to create and approve pull requests"
PERMISSIONS: Final = ("contents", "pull requests", "issues")
LABELS: Final = ("amts", "amts:paused", "amts:partial")
HINDER_BRANCHES: Final = {
    "creation": "no branch may be made",
    "update": "no branch may be pushed to",
    "non_fast_forward": "recreate may not rewrite a branch",
    "required_signatures": "commits have to be signed, and ours are not",
    "commit_message_pattern": "messages of commits have to have a form",
    "commit_author_email_pattern": "addresses of authors have to have a form",
    "committer_email_pattern": "addresses of committers have to have a form",
    "branch_name_pattern": "names of branches have to have a form",
    "pull_request": "every change has to come by a pull request, also to our branches",
    "required_status_checks": "checks have to be green before a branch is pushed to",
    "file_path_restriction": "some paths may not be changed",
}
"""Rules that stop a bot from pushing to a branch ``amts/…``, and what they ask."""
UNSIGNED: Final = "required_signatures"
QUEUE: Final = "merge_queue"


def repository(facts: Facts) -> Finding:
    """Whether the repository is there and may be written to."""
    if facts.forge is None:
        return skipped("It is not known where on GitHub the fork is.", "Say --repository owner/name.")
    if facts.forge.error:
        return problem(
            f"{facts.forge.repository}: {facts.forge.error}",
            "GitHub hides what a token does not reach.",
            "Look at the name, and at what the token may see.",
        )
    if facts.forge.archived:
        return problem(f"{facts.forge.repository} is archived.", "Nobody can write to it.", "Settings → Unarchive.")
    return ok(f"{facts.forge.repository}, its default branch is {facts.forge.default_branch or 'not known'}.")


def token(facts: Facts) -> Finding:
    """Whether the token is good, and whose it is."""
    forge = facts.forge
    if forge is None or forge.error:
        return skipped("The repository was not looked at.")
    if forge.token_error:
        return problem(forge.token_error, "The token is wrong, or has expired.", "Make a new one.")
    if forge.holder is None:
        return skipped("No token was given.", "Name the variable that has it: --token-env NAME.")
    if forge.holder.is_default:
        return warning(
            "It is the default token of a workflow.",
            "What it pushes and opens starts no checks.",
            "Nothing, if that is known; else take the token of a GitHub App (docs/action.md).",
        )
    return ok(f"It speaks for {forge.holder.login}.")


def permissions(facts: Facts) -> Finding:
    """Whether it may write what AMTS writes. A token of more than that is no finding: GitHub does not say."""
    holder = facts.forge and facts.forge.holder
    if not holder:
        return skipped("No token was tried.")
    refused = [name for name in PERMISSIONS if holder.may_write.get(name) is False]
    unknown = [name for name in PERMISSIONS if name not in holder.may_write]
    if refused:
        return problem(
            f"It may not write {_listed(refused)}.",
            "AMTS pushes branches, opens pull requests, and keeps issues, labels and reactions.",
            f"Give the token {_listed(refused)}, read and write; a person needs the role write in the repository.",
        )
    if unknown:
        return warning(
            f"Whether it may write {_listed(unknown)} could not be found out.",
            "GitHub put the question off.",
            "Run amts doctor again later.",
        )
    return ok(f"It may write {_listed(PERMISSIONS)}.")


def pull_requests(facts: Facts) -> Finding:
    """Whether workflows may open pull requests with their own token, where they have to."""
    forge = facts.forge
    if forge is None or forge.error or forge.token_error:
        return skipped("The repository was not looked at.")
    needed = uses_default_token(facts.fork) or bool(forge.holder and forge.holder.is_default)
    if not needed:
        return skipped("The workflow does not open them with the default token.")
    if forge.creates_pulls:
        return ok("Workflows may open pull requests.")
    why = "Then branches are pushed, and no pull request is opened for them."
    if forge.creates_pulls is None:
        return warning(
            "Whether workflows may open pull requests cannot be seen with this token.", why, f"Look at {SETTING}."
        )
    return problem("Workflows may not open pull requests.", why, f"{SETTING}; or take the token of a GitHub App.")


def issues(facts: Facts) -> Finding:
    """Whether there are issues."""
    if not _is_known(facts.forge):
        return skipped("The repository was not looked at.")
    if facts.forge and facts.forge.has_issues:
        return ok("Issues are on.")
    return problem(
        "Issues are off, as in every new fork.",
        "AMTS tells in issues what is behind and what failed.",
        "Settings → General → Features → Issues.",
    )


def labels(facts: Facts) -> Finding:
    """Whether the labels are there, or can be made."""
    forge = facts.forge
    if forge is None or not _is_known(forge):
        return skipped("The repository was not looked at.")
    wanted = (*LABELS, *([f"lang:{facts.fork.told_lang}"] if facts.fork and facts.fork.told_lang else []))
    there = {name.casefold() for name in forge.labels}
    missing = [name for name in wanted if name.casefold() not in there]
    if not missing:
        return ok("All labels are there.")
    if forge.holder and forge.holder.may_write.get("issues") is False:
        return warning(
            f"These labels are missing: {', '.join(missing)}.",
            "The token may not make them; pull requests are found again by them.",
            "Make them by hand, or give the token issues, read and write.",
        )
    return ok(f"The first run makes the labels {', '.join(missing)}.")


def branch_rules(facts: Facts) -> Finding:
    """Whether rules keep a bot from its branches."""
    forge = facts.forge
    if forge is None or not _is_known(forge):
        return skipped("The repository was not looked at.")
    hinder = {kind: HINDER_BRANCHES[kind] for kind in forge.branch_rules if kind in HINDER_BRANCHES}
    if not hinder:
        return ok("No rule holds for branches amts/….")
    sources = _listed(sorted({forge.branch_rules[kind] for kind in hinder} - {""}) or ["the repository"])
    return problem(
        f"Rules of {sources} hold for branches amts/…: {'; '.join(hinder.values())}.",
        "AMTS pushes commits to branches of these names.",
        "Settings → Rules → Rulesets: leave amts/** out, or let the bot bypass them.",
    )


def base_rules(facts: Facts) -> Finding:
    """Whether what is asked before a merge can be had for pull requests of a bot."""
    forge = facts.forge
    if forge is None or not _is_known(forge):
        return skipped("The repository was not looked at.")
    checks, never = forge.required_checks, uses_default_token(facts.fork)
    queue = " The merge queue waits for them as well." if QUEUE in forge.base_rules else ""
    if checks and never:
        return problem(
            f"Nothing is merged into {forge.default_branch} without {_listed(checks)}.{queue}",
            "These checks do not start on pull requests that the default token opened, so they stay waiting.",
            "Give the action the token of a GitHub App, or close and open each pull request by hand.",
        )
    if UNSIGNED in forge.base_rules:
        return warning(
            f"Commits on {forge.default_branch} have to be signed.",
            "Commits of AMTS are not; a squash merge makes a new one, which GitHub signs.",
            "Merge its pull requests by squash.",
        )
    return ok(f"What a merge asks for can be had{f': {_listed(checks)}' if checks else ''}.")


def _is_known(forge: Forge | None) -> bool:
    return forge is not None and not forge.error and not forge.token_error


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
