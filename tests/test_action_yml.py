"""``action.yml``: what it takes and gives, what it installs, and that nothing of the workspace is imported."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML

from bot.options import NAMES
from bot.upkeep.keeping import Upkeep
from bot.upkeep.lanes import Arrangement
from bot.upkeep.telling import outputs
from docs.tables import FOLDER, action_page

ROOT = Path(__file__).parents[1]
ACTION: dict[str, Any] = YAML(typ="safe", pure=True).load((ROOT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
PROGRAM = STEPS[-1]
LOCKS = ("requirements.lock", "installer.lock")
HOSTILE = ("github", "boto3", "runpy", "json", "secrets", "ruamel", "numpy", "sitecustomize", "usercustomize")
"""Modules that a fork may have a file for, to have it imported with the token in reach."""


# What it takes and gives


def test_every_input_that_the_program_reads_is_an_input_of_the_action() -> None:
    assert set(NAMES) <= set(ACTION["inputs"])


def test_every_input_reaches_the_program_under_its_name_and_by_the_environment() -> None:
    given = {f"INPUT_{name.upper().replace('-', '_')}": f"${{{{ inputs.{name} }}}}" for name in ACTION["inputs"]}
    given.pop("INPUT_PYTHON")
    assert {name: value for name, value in PROGRAM["env"].items() if name.startswith("INPUT_")} == given


def test_every_output_of_the_program_is_an_output_of_the_action() -> None:
    nothing = Upkeep(lang="zh", arrangement=Arrangement(lanes=(), later=(), rewritten=()))
    assert set(outputs(nothing)) <= set(ACTION["outputs"])


def test_every_output_comes_from_the_step_that_writes_it() -> None:
    for name, about in ACTION["outputs"].items():
        assert about["value"] == f"${{{{ steps.amts.outputs.{name} }}}}"


def test_the_tables_of_the_documentation_are_current() -> None:
    page = (FOLDER / "action.md").read_text("utf-8")
    assert page == action_page(page), "run make docs"


# What it runs


def test_no_expression_stands_in_a_command() -> None:
    assert not [step["name"] for step in STEPS if "${{" in step["run"]]


def test_it_takes_no_other_action() -> None:
    assert not [step for step in STEPS if "uses" in step]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A fork that has a file for modules that the program imports, each of which leaves a trace when it is."""
    folder = tmp_path / "workspace"
    (folder / "bot").mkdir(parents=True)
    trace = f"open({str(tmp_path / 'imported')!r}, 'a').write(__name__)\n"
    for name in (*HOSTILE, "bot/__init__", "bot/__main__"):
        (folder / f"{name}.py").write_text(trace)
    return folder


def environment(workspace: Path, **more: str) -> dict[str, str]:
    """What the runner sets, for a comment that has been deleted: an event that is read and then let be."""
    temporary = workspace.parent / "temp"
    temporary.mkdir(exist_ok=True)
    event = temporary / "event.json"
    event.write_text('{"action": "deleted"}')
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(workspace.parent),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_ACTOR": "somebody",
        "GITHUB_API_URL": "http://127.0.0.1:9",
        "GITHUB_EVENT_NAME": "issue_comment",
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_REPOSITORY": "book/zh",
        "GITHUB_RUN_ID": "1",
        "GITHUB_SERVER_URL": "http://127.0.0.1:9",
        "GITHUB_SHA": "a" * 40,
        "GITHUB_WORKSPACE": str(workspace),
        "RUNNER_TEMP": str(temporary),
        "AMTS_PYTHON": sys.executable,
        "PYTHONPATH": str(workspace),
        **more,
    }


def run(command: list[str], workspace: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=workspace, env=environment(workspace, **more), capture_output=True, text=True, check=False
    )


def shell(step: dict[str, Any], workspace: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """A step as the runner runs it: from the workspace, with bash."""
    return run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], workspace, **more)


def test_the_program_runs_and_imports_nothing_of_the_workspace(workspace: Path) -> None:
    done = shell(PROGRAM, workspace)
    assert "Nothing to do: only new comments are read" in done.stdout, done.stderr
    assert done.returncode == 0
    assert not (workspace.parent / "imported").exists()


def test_run_without_isolation_it_would_import_the_workspace(workspace: Path) -> None:
    """The trace is left, so that the test above could fail."""
    run([sys.executable, "-m", "bot"], workspace)
    assert (workspace.parent / "imported").exists()


def test_how_the_program_ends_is_how_the_step_ends(workspace: Path) -> None:
    assert shell(PROGRAM, workspace, GITHUB_EVENT_PATH="/nowhere").returncode not in {0, 1}


def test_an_older_python_of_the_runner_is_told_from_a_failure(workspace: Path) -> None:
    """A python3 that says of every condition that it does not hold."""
    programs = workspace.parent / "programs"
    programs.mkdir()
    (programs / "python3").write_text("#!/bin/sh\nexit 1\n")
    (programs / "python3").chmod(0o755)
    done = shell(STEPS[0], workspace, PATH=f"{programs}:{os.environ['PATH']}")
    assert done.returncode == 2
    assert "give the input python" in done.stdout


# What it installs


def pins(lock: str) -> dict[str, tuple[Requirement, int]]:
    """The requirements of a lock by their names, each with the number of its hashes."""
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    lines = [line.split(" --hash=sha256:") for line in text.splitlines()]
    return {canonicalize_name((pin := Requirement(line[0].strip())).name): (pin, len(line) - 1) for line in lines}


def version(pin: Requirement) -> str:
    return str(pin.specifier).removeprefix("==")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_one_version_with_its_hashes(lock: str) -> None:
    assert pins(lock)
    for pin, hashes in pins(lock).values():
        assert re.fullmatch(r"==[^*,]+", str(pin.specifier))
        assert hashes


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_says_where_packages_come_from(lock: str) -> None:
    assert not re.search(r"https?:|index|find-links", (ROOT / lock).read_text("utf-8"))


def test_the_lock_has_what_the_project_needs() -> None:
    locked = pins("requirements.lock")
    with (ROOT / "pyproject.toml").open("rb") as file:
        needed = [Requirement(text) for text in tomllib.load(file)["project"]["dependencies"]]
    for requirement in needed:
        pin, _ = locked[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version(pin)), "run make lock"


def test_the_lock_has_the_versions_that_the_tests_run_with() -> None:
    text = (ROOT / "constraints.txt").read_text("utf-8")
    tested = dict(line.split("==") for line in text.splitlines() if "==" in line)
    known = {canonicalize_name(name): number for name, number in tested.items()}
    locked = {canonicalize_name(name): version(pin) for name, (pin, _) in pins("requirements.lock").items()}
    assert not {name for name in locked.keys() & known if locked[name] != known[name]}, "run make lock"
