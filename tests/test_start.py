"""``amts`` starts at once: it reads its arguments before it loads anything heavy."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from bot.cli.main import COMMANDS

GOAL = 0.3
"""Seconds."""
HEAVY = (
    "boto3",
    "git",
    "markdown_it",
    "mdit_py_plugins",
    "numpy",
    "rapidfuzz",
    "rich",
    "ruamel",
    "alignment.aligner",
    "sync.pipeline",
)


def run(*arguments: str) -> str:
    """What a new Python prints."""
    done = subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def test_help_is_there_before_anybody_waits() -> None:
    seconds = []
    for _ in range(5):
        began = time.perf_counter(), sum(os.times()[2:4])
        assert "COMMAND" in run("-m", "bot.cli.main", "--help")
        # The clock counts other work too, the processor's time leaves out what the program waits for.
        seconds.append(min(time.perf_counter() - began[0], 2 * (sum(os.times()[2:4]) - began[1])))
    assert min(seconds) < GOAL


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_loads_nothing_heavy(command: str) -> None:
    program = """
import contextlib, io, sys
from bot.cli.main import main
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
    main(sys.argv[1:])
print(*sys.modules)
"""
    loaded = run("-c", program, *([command] if command else []), "--help").split()
    assert not set(HEAVY) & set(loaded)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_examples(command: str) -> None:
    assert f"amts {command}" in run("-m", "bot.cli.main", command, "--help").partition("examples:")[2]
