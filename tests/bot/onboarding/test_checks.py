"""Every check of ``amts doctor`` by its good and its bad cases: facts in, a finding out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.onboarding.checks import CHECKS, judge
from bot.onboarding.facts import Amazon, English, Facts, Forge, Holder
from bot.onboarding.findings import Level
from bot.onboarding.workflow import WORKFLOW, write_workflow
from sync.engines.amazon.settings import Mode
from tests.bot.onboarding.facts import (
    ACTION,
    CHECKED,
    SIGNED,
    TODAY,
    amazon,
    english,
    facts,
    forge,
    fork,
    holder,
    resource,
    settings,
    standing,
)
from tests.support.forks import NAME

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN = write_workflow("local", NAME, ACTION)


def workflows(own: str = OWN, **others: str) -> Facts:
    """A fork with these workflows."""
    known: Mapping[str, str] = {f".github/workflows/{name}.yml": text for name, text in others.items()}
    return facts(fork=fork(workflows={WORKFLOW: own, **known}))


def aged(date: str) -> Facts:
    found = fork()
    return facts(fork=replace(found, tip=replace(found.tip, date=f"{date}T12:00:00+00:00")))


BAD = {
    "a configuration with errors": (
        "configuration",
        facts(fork=None, fork_error=".amts.yml has an error"),
        "problem",
        "has an",
    ),
    "a key that nobody knows": ("configuration", facts(fork=fork("lnag: es\n")), "warning", "lnag"),
    "no language": ("language", facts(fork=fork("version: 1\n")), "problem", "It seems to be es"),
    "a language that is not the chapters'": (
        "language",
        facts(fork=fork("lang: tr\n")),
        "warning",
        "chapters are in es",
    ),
    "a language without rules": (
        "language",
        facts(fork=fork("lang: sw\n", spoken_lang="")),
        "warning",
        "knows no rules",
    ),
    "no English": ("English", facts(english=English(address="")), "problem", "source is"),
    "an English that is out of reach": (
        "English",
        facts(english=english(error="no such host")),
        "problem",
        "no such host",
    ),
    "an English that only the command line names": ("English", facts(fork=fork("lang: es\n")), "warning", "as you say"),
    "no translated chapter": (
        "baselines",
        facts(english=english(standing=standing(translated=0, gone=0, recorded=0, beside=0, fitted=0))),
        "warning",
        "None of the 10",
    ),
    "few chapters whose English is known": (
        "baselines",
        facts(english=english(standing=standing(recorded=0, unknown=3))),
        "warning",
        "5 of 8 chapters",
    ),
    "no chapter whose English is known": (
        "baselines",
        facts(english=english(standing=standing(recorded=0, beside=0, fitted=0, unknown=8))),
        "problem",
        "0 of 8 chapters",
    ),
    "stale snapshots": ("snapshots", facts(english=english(standing=standing(snapshots=3))), "warning", "3 chapters"),
    "no workflow": ("workflow", facts(fork=fork(workflows={})), "problem", "No workflow"),
    "a workflow as it was copied": ("workflow", workflows(write_workflow("local", NAME)), "problem", "AMTS_OWNER"),
    "a workflow of another version": (
        "workflow",
        workflows(re.sub("edition [0-9a-f]+", "edition 00000000", OWN)),
        "warning",
        "not of this version",
    ),
    "a workflow that was switched off": (
        "workflow",
        facts(forge=forge(workflow_states={WORKFLOW: "disabled_inactivity"})),
        "problem",
        "disabled_inactivity",
    ),
    "checks that do not start": ("token of the workflow", workflows(build=CHECKED), "warning", "build.yml"),
    "a fork that becomes quiet": ("schedule", aged("2026-03-12"), "warning", "50 days old"),
    "a quiet fork": ("schedule", aged("2026-03-01"), "problem", "61 days old"),
    "generated files in reviews": ("reviews", facts(fork=fork(attributes="")), "warning", ".gitattributes"),
    "a repository that is not there": ("GitHub", facts(forge=Forge(repository=NAME, error="404")), "problem", "404"),
    "an archive": ("GitHub", facts(forge=forge(archived=True)), "problem", "archived"),
    "a bad token": ("token", facts(forge=Forge(repository=NAME, token_error="401")), "problem", "401"),
    "the default token": (
        "token",
        facts(forge=forge(holder=Holder(login="github-actions[bot]"))),
        "warning",
        "default token",
    ),
    "a token of too little": (
        "permissions",
        facts(forge=forge(holder=holder(issues=False, contents=False))),
        "problem",
        "contents and issues",
    ),
    "permissions that GitHub does not tell": (
        "permissions",
        facts(forge=forge(holder=Holder(login="x", may_write={"contents": True, "issues": True}))),
        "warning",
        "pull requests",
    ),
    "no pull requests by workflows": (
        "pull requests by Actions",
        facts(forge=forge(creates_pulls=False)),
        "problem",
        "not",
    ),
    "a setting that cannot be seen": (
        "pull requests by Actions",
        facts(forge=forge(creates_pulls=None)),
        "warning",
        "cannot be seen",
    ),
    "no issues": ("issues", facts(forge=forge(has_issues=False)), "problem", "off"),
    "labels that cannot be made": (
        "labels",
        facts(forge=forge(labels=frozenset({"amts"}), holder=holder(issues=False))),
        "warning",
        "amts:paused, amts:partial, lang:es",
    ),
    "signed commits on our branches": (
        "rules for our branches",
        facts(forge=forge(branch_rules={"required_signatures": "clouds/rules"})),
        "problem",
        "clouds/rules",
    ),
    "checks that a merge waits for in vain": (
        "rules for merging",
        facts(forge=forge(required_checks=("build",), base_rules={"merge_queue": ""})),
        "problem",
        "without build. The merge queue",
    ),
    "signed commits on the default branch": (
        "rules for merging",
        facts(forge=forge(base_rules={"required_signatures": ""})),
        "warning",
        "signed",
    ),
    "an account of which nothing is said": (
        "account",
        facts(amazon=Amazon(faults="bucket is missing")),
        "problem",
        "bucket",
    ),
    "no credentials": ("credentials", facts(amazon=amazon(error="no credentials")), "problem", "no credentials"),
    "a bucket that is not there": ("bucket", facts(amazon=amazon(bucket_error="404")), "problem", "404"),
    "a bucket elsewhere": ("bucket", facts(amazon=amazon(bucket_region="us-west-2")), "problem", "us-west-2"),
    "a role that was never passed": ("role", facts(amazon=amazon(role_used="")), "warning", "only known when"),
    "parallel data that failed": (
        "parallel data",
        facts(amazon=amazon(resources=(resource(attempt="FAILED", message="bad file"),))),
        "problem",
        "bad file",
    ),
    "no limits": (
        "limits",
        facts(amazon=amazon(settings=settings(max_usd_run=None, max_usd_month=None))),
        "warning",
        "max-usd-run and max-usd-month",
    ),
    "one limit": ("limits", facts(amazon=amazon(settings=settings(max_usd_month=None))), "warning", "max-usd-month is"),
}


@pytest.mark.parametrize(("check", "given", "level", "words"), BAD.values(), ids=list(BAD))
def test_what_is_wrong_is_said_with_its_reason_and_what_to_do(check: str, given: Facts, level: str, words: str) -> None:
    found = CHECKS[check](given)
    assert found.level == level
    assert words in found.what
    assert found.why
    assert found.do


@pytest.mark.parametrize("check", CHECKS)
def test_where_all_is_well_every_check_says_so(check: str) -> None:
    assert CHECKS[check](facts()).level is Level.OK


def test_every_check_has_a_bad_case() -> None:
    assert {check for check, _, _, _ in BAD.values()} == set(CHECKS)


GOOD = {
    "the language and the English as the workflow says them": (
        ("language", "English"),
        facts(
            fork=fork(
                "version: 1\n",
                workflows={WORKFLOW: f"{OWN}          target-language: es\n          source-repo: clouds/clouds-en\n"},
            )
        ),
    ),
    "a workflow that people changed": (
        ("workflow",),
        workflows(OWN.replace("timeout-minutes: 90", "timeout-minutes: 9")),
    ),
    "checks that start, for an App": (
        ("token of the workflow", "rules for merging"),
        replace(workflows(SIGNED, build=CHECKED), forge=forge(required_checks=("build",))),
    ),
    "a region without parallel data, where none is wanted": (
        ("account",),
        facts(amazon=amazon(settings=settings(region="eu-central-1", parallel_data=False))),
    ),
    "an old commit in a private repository": (("schedule",), replace(aged("2025-01-01"), forge=forge(private=True))),
    "labels that the first run makes": (("labels",), facts(forge=forge(labels=frozenset()))),
    "rules that stop nobody": (
        ("rules for our branches", "rules for merging"),
        facts(forge=forge(branch_rules={"deletion": ""}, base_rules={"pull_request": ""})),
    ),
    "parallel data that is not made yet": (("parallel data",), facts(amazon=amazon(resources=()))),
    "parallel data at work": (("parallel data",), facts(amazon=amazon(resources=(resource(status="CREATING"),)))),
}


@pytest.mark.parametrize(("checks", "given"), GOOD.values(), ids=list(GOOD))
def test_what_is_not_wrong_is_not_complained_of(checks: tuple[str, ...], given: Facts) -> None:
    assert [CHECKS[check](given).level for check in checks] == [Level.OK] * len(checks)


def test_what_could_not_be_looked_at_is_no_finding() -> None:
    found = judge(Facts(today=TODAY, fork_error="gone"))
    assert [name for name, one in found.items() if one.level is not Level.SKIPPED] == ["configuration"]


def test_a_fork_with_another_engine_is_not_asked_for_an_account() -> None:
    found = judge(facts(amazon=None))
    assert {name for name, one in found.items() if one.level is Level.SKIPPED} == {
        "account",
        "credentials",
        "bucket",
        "role",
        "parallel data",
        "limits",
    }


def test_real_time_needs_neither_role_nor_parallel_data() -> None:
    found = judge(facts(amazon=amazon(settings=settings(mode=Mode.REAL_TIME), role_used="")))
    assert [found[name].level for name in ("role", "parallel data")] == [Level.SKIPPED] * 2


@pytest.mark.parametrize(
    "text",
    [
        "on: pull_request",
        "on: [push, pull_request]",
        "on:\n  pull_request:\n    branches: [main]",
        "'on':\n  - pull_request",
    ],
)
def test_workflows_that_pull_requests_start_are_known(text: str) -> None:
    assert "build.yml" in CHECKS["token of the workflow"](workflows(build=f"{text}\njobs: {{}}\n")).what


@pytest.mark.parametrize("text", ["on: push", "on:\n  push:\n", "on: push\nenv:\n  A: on pull_request\n"])
def test_workflows_that_pull_requests_do_not_start_are_not_named(text: str) -> None:
    assert CHECKS["token of the workflow"](workflows(build=text)).level is Level.OK


@pytest.mark.parametrize(
    ("expression", "level"),
    [("github.token", "warning"), ("secrets.GITHUB_TOKEN", "warning"), ("secrets.A || github.token", "ok")],
)
def test_a_token_of_its_own_is_known_by_its_expression(expression: str, level: str) -> None:
    found = workflows(OWN.replace("github.token", expression), build=CHECKED)
    assert CHECKS["token of the workflow"](found).level == level


def test_an_app_needs_no_setting_for_pull_requests_of_workflows() -> None:
    found = judge(replace(workflows(SIGNED), forge=forge(creates_pulls=False)))
    assert found["pull requests by Actions"].level is Level.SKIPPED
