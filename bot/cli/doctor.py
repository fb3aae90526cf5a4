"""``amts doctor``: looks at a fork, its English, its repository and its account, and says what will not work."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping

    from bot.cli.console import Console
    from bot.onboarding.facts import Facts
    from bot.onboarding.findings import Finding

HELP: Final = "Say whether a fork can be kept in step: configuration, English, GitHub, AWS; and what to do."
EPILOG: Final = """\
examples:
  amts doctor --target fork/                                        what can be seen without GitHub's word
  GITHUB_TOKEN=… amts doctor --repository clouds/clouds-es          all of it
  amts doctor --target fork/ --repository clouds/clouds-es --token-env APP_TOKEN --json

Every check is ok, a warning (it works, but not as people expect), a problem (it will not work), or skipped (it does not
apply, or could not be looked at). Nothing is changed and nothing costs. To see what a token may, three things are tried
that cannot be done: a branch at no commit, a pull request of no branch, a change of no label; GitHub says no in each
case, and how it says no is the answer.

Try it with the token that the workflow will use. With the engine amazon, credentials are taken from the usual places.
exit codes: 0 no problem, 1 problems, 2 wrong usage
"""
SIGNS: Final = {"ok": "ok", "warning": "warning", "problem": "PROBLEM", "skipped": "-"}
WORDS: Final = {"problem": "problems", "warning": "warnings", "ok": "ok", "skipped": "not looked at"}


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--target", default="", metavar="REPO", help="repository of the translation")
    parser.add_argument("--repository", default="", metavar="OWNER/NAME", help="what it is called on GitHub")
    parser.add_argument(
        "--token-env",
        default="GITHUB_TOKEN",
        metavar="NAME",
        help="the variable of the environment that has a token for it (default: GITHUB_TOKEN)",
    )
    parser.add_argument(
        "--source", default="", metavar="REPO", help="repository of the English book, if not as configured"
    )
    parser.add_argument("--all", action="store_true", help="tell also what was skipped")
    parser.add_argument("--json", action="store_true", help="print the findings for a program")


def run(arguments: Namespace, console: Console) -> int:
    from bot.onboarding.checks import judge
    from bot.onboarding.findings import Level

    _check(arguments, console.env)
    findings = judge(_gather(arguments, console.env))
    if arguments.json:
        rows = [_fields(name, one) for name, one in findings.items()]
        console.print(json.dumps({"findings": rows, **_counts(findings)}, ensure_ascii=False))
    else:
        _tell(findings, console, every=arguments.all)
    return int(any(one.level is Level.PROBLEM for one in findings.values()))


def _check(arguments: Namespace, env: Mapping[str, str]) -> None:
    """Raises UsageError for what says nothing, or what there is not."""
    from bot.onboarding.places import is_name
    from sync.errors import UsageError

    if not arguments.target and not arguments.repository:
        message = "Which fork? Say --target REPO, --repository owner/name, or both."
        raise UsageError(message)
    if arguments.repository and not is_name(arguments.repository):
        message = f"--repository {arguments.repository}: give it as owner/name."
        raise UsageError(message)
    if arguments.token_env != "GITHUB_TOKEN" and not env.get(arguments.token_env):
        message = f"--token-env {arguments.token_env}: the environment has no such variable, or it is empty."
        raise UsageError(message)


def _gather(arguments: Namespace, env: Mapping[str, str]) -> Facts:
    from datetime import UTC, datetime

    from bot.onboarding.asking import Where, gather

    where = Where(
        target=arguments.target,
        repository=arguments.repository,
        source=arguments.source,
        token=env.get(arguments.token_env, "").strip(),
    )
    return gather(where, env, datetime.now(UTC).date())


def _fields(name: str, finding: Finding) -> dict[str, str]:
    return {
        "check": name,
        "level": str(finding.level),
        "what": finding.what,
        "why": finding.why,
        "do": finding.do,
    }


def _counts(findings: Mapping[str, Finding]) -> dict[str, Any]:
    from bot.onboarding.findings import Level

    levels = [one.level for one in findings.values()]
    return {str(level): levels.count(level) for level in Level}


def _tell(findings: Mapping[str, Finding], console: Console, *, every: bool) -> None:
    from bot.onboarding.findings import Level

    for name, one in findings.items():
        if one.level is Level.SKIPPED and not every:
            continue
        console.print(f"{SIGNS[one.level]:<8} {name}: {one.what}")
        for lead, text in (("", one.why), ("→ ", one.do)):
            if text:
                console.print(f"         {lead}{text}")
    counts = _counts(findings)
    told = ", ".join(f"{counts[level]} {word}" for level, word in WORDS.items())
    console.print(f"\n{told}{'' if every else ' (--all says why)'}.")
