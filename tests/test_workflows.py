"""The workflows, our own and those that are shipped, and the action: linted by four tools, and held to our own rules.

The same as a command, for ``make check``: ``python -m tests.test_workflows``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from docs.release import notes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[1]
TOOLS = Path(sys.executable).parent
"""Where the linters are, as everything of the project's environment."""
OWN = sorted((ROOT / ".github/workflows").glob("*.yml"))
SHIPPED = sorted((ROOT / "docs/workflows").glob("*.yml"))
WORKFLOWS = [*OWN, *SHIPPED]
ACTION = ROOT / "action.yml"
BAD = ROOT / "tests/workflows/bad.yml"
OURS = "AMTS_OWNER/amts@v1"
SCHEMAS = {"workflows": "vendor.github-workflows", "action": "vendor.github-actions"}


# Linters


def lint(tool: str, *arguments: str | Path) -> str:
    """What a linter has against files; empty if nothing. Raises ``FileNotFoundError`` where it is not installed."""
    path = f"{TOOLS}{os.pathsep}{os.environ['PATH']}"
    program = TOOLS / tool
    done = subprocess.run(
        [program, *arguments], capture_output=True, text=True, check=False, env={**os.environ, "PATH": path}
    )
    return (done.stdout + done.stderr) if done.returncode else ""


def actionlint(files: Sequence[Path]) -> str:
    return lint("actionlint", "-no-color", *files)


def schema(files: Sequence[Path]) -> str:
    """One schema for workflows, one for actions."""
    found = ""
    for kind in ("workflows", "action"):
        chosen = [file for file in files if (file.name == "action.yml") == (kind == "action")]
        found += lint("check-jsonschema", "--builtin-schema", SCHEMAS[kind], *chosen) if chosen else ""
    return found


def zizmor(files: Sequence[Path]) -> str:
    return lint("zizmor", "--offline", "--quiet", "--no-progress", "--config", ROOT / ".github/zizmor.yml", *files)


def shellcheck(files: Sequence[Path]) -> str:
    """Every command as the runner has it run, with a word in place of each expression."""
    with tempfile.TemporaryDirectory() as folder:
        scripts = []
        for file in files:
            for number, step in enumerate(steps(read(file))):
                script = Path(folder) / f"{file.stem}-{number}.sh"
                command = re.sub(r"\$\{\{.*?\}\}", "EXPRESSION", step.get("run", ""))
                script.write_text(f"set -eo pipefail\n{command}")
                scripts.append(script)
        return lint("shellcheck", "--shell=bash", *scripts)


LINTERS = {"actionlint": actionlint, "shellcheck": shellcheck, "check-jsonschema": schema, "zizmor": zizmor}
MAY_BE_ACTION = ("shellcheck", "check-jsonschema", "zizmor")


def everything(tool: str) -> list[Path]:
    return [*WORKFLOWS, *([ACTION] if tool in MAY_BE_ACTION else [])]


def skip_without(tool: str) -> None:
    if not (TOOLS / tool).exists():
        pytest.skip(f"{tool} is not installed: what it would say of the workflows is not known.")


@pytest.mark.parametrize("tool", LINTERS)
def test_linters_have_nothing_against_the_workflows_and_the_action(tool: str) -> None:
    skip_without(tool)
    assert LINTERS[tool](everything(tool)) == ""


@pytest.mark.parametrize(
    ("tool", "complaint"),
    [
        ("actionlint", "nobody"),
        ("actionlint", "potentially untrusted"),
        ("shellcheck", "SC2086"),
        ("check-jsonschema", "timeout-minute"),
        ("zizmor", "template-injection"),
        ("zizmor", "unpinned-uses"),
        ("zizmor", "dangerous-triggers"),
        ("zizmor", "excessive-permissions"),
    ],
)
def test_linters_reject_a_bad_workflow(tool: str, complaint: str) -> None:
    skip_without(tool)
    assert complaint in LINTERS[tool]([BAD])


# Our own rules


def read(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(file.read_text("utf-8"))
    return found


def steps(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Of all jobs of a workflow, or of an action."""
    for job in (*content.get("jobs", {}).values(), content.get("runs", {})):
        yield from job.get("steps", ())


def names(files: Sequence[Path]) -> list[str]:
    return [file.name for file in files]


every_workflow = pytest.mark.parametrize("file", WORKFLOWS, ids=names(WORKFLOWS))
every_shipped = pytest.mark.parametrize("file", SHIPPED, ids=names(SHIPPED))


@every_workflow
def test_secrets_are_never_at_hand_for_what_strangers_propose(file: Path) -> None:
    assert not {"pull_request_target", "workflow_run"} & set(read(file)["on"])


@every_workflow
def test_no_permission_is_given_to_all_jobs(file: Path) -> None:
    content = read(file)
    assert content["permissions"] == {}
    assert all("permissions" in job for job in content["jobs"].values())


@every_workflow
def test_every_job_has_an_end(file: Path) -> None:
    assert all(job["timeout-minutes"] <= 120 for job in read(file)["jobs"].values())


@pytest.mark.parametrize("file", [*WORKFLOWS, ACTION], ids=names([*WORKFLOWS, ACTION]))
def test_no_expression_stands_in_a_command(file: Path) -> None:
    assert not [step["run"] for step in steps(read(file)) if "${{" in step.get("run", "")]


@every_workflow
def test_other_actions_are_named_by_a_commit_with_its_version(file: Path) -> None:
    for line in re.findall(r"uses: (.*)", file.read_text("utf-8")):
        assert line in {OURS, "./"} or re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)


def test_an_action_has_the_same_commit_wherever_it_is_named() -> None:
    text = "\n".join(file.read_text("utf-8") for file in WORKFLOWS)
    pinned = set(re.findall(r"uses: ([\w-]+/[\w-]+@[0-9a-f]{40} # .*)", text))
    assert len({line.partition("@")[0] for line in pinned}) == len(pinned)


@every_shipped
def test_shipped_workflows_check_nothing_out(file: Path) -> None:
    assert not [step for step in steps(read(file)) if "checkout" in step.get("uses", "") or "run" in step]


@every_shipped
def test_shipped_workflows_trust_nothing_that_a_payload_says_of_its_author(file: Path) -> None:
    assert "author_association" not in file.read_text("utf-8")


@pytest.mark.parametrize("name", ["pull.yml", "pull-amazon.yml"])
def test_comments_are_answered_one_by_one_and_none_is_lost(name: str) -> None:
    job = read(ROOT / "docs/workflows" / name)["jobs"]["command"]
    assert job["concurrency"]["queue"] == "max"
    assert job["concurrency"]["cancel-in-progress"] is False
    assert "github.event.issue.number" in job["concurrency"]["group"]


def test_the_amazon_workflow_is_the_other_one_and_a_role() -> None:
    plain, amazon = (read(ROOT / "docs/workflows" / name)["jobs"] for name in ("pull.yml", "pull-amazon.yml"))
    for name, job in amazon.items():
        assert job["permissions"].pop("id-token") == "write"
        assert "configure-aws-credentials" in job["steps"].pop(0)["uses"]
        assert job["steps"][0]["with"].pop("engine") == "amazon"
        assert job == plain[name]


def test_a_language_that_fails_stops_no_other_and_an_empty_plan_starts_none() -> None:
    run = read(ROOT / "docs/workflows/push.yml")["jobs"]["run"]
    assert run["strategy"]["fail-fast"] is False
    assert "count != '0'" in run["if"]


# Releases


CHANGELOG = (
    "# Changelog\n\n## 1.1.0, 2026-01-02\n\n- New.\n\n## 1.0.0, 2026-01-01\n\n- First.\n\n## 0.9.0, unreleased\n\n- x\n"
)


def project(version: str) -> str:
    return f'[project]\nversion = "{version}"\n'


@pytest.mark.parametrize(("version", "section"), [("1.1.0", "- New.\n"), ("1.0.0", "- First.\n")])
def test_a_release_is_published_with_its_section_of_the_changelog(version: str, section: str) -> None:
    assert notes(CHANGELOG, project(version), version) == section


@pytest.mark.parametrize(
    ("given", "known", "reason"),
    [
        ("1.1", "1.1.0", "is no version"),
        ("1.1.0; id", "1.1.0", "is no version"),
        ("1.1.0", "1.0.0", "has version 1.0.0"),
        ("0.9.0", "0.9.0", "has nothing below"),
        ("2.0.0", "2.0.0", "has nothing below"),
    ],
)
def test_what_is_not_ready_is_not_released(given: str, known: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        notes(CHANGELOG, project(known), given)


def main() -> int:
    """Lint, as part of ``make check``."""
    worst = 0
    for tool, look in LINTERS.items():
        try:
            complaint = look(everything(tool))
        except FileNotFoundError:
            print(f"{tool} is not installed, and was not run.")
            continue
        print(complaint, end="")
        worst |= bool(complaint)
    return worst


if __name__ == "__main__":
    sys.exit(main())
