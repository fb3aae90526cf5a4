"""A runner for the workflows of the small book; without act, one line says that these tests were skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.act.harness import PROGRAM, Runner, copy_action
from tests.bot.conftest import book, github

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.github_server.emulator import GitHubServer

__all__ = ["book", "github"]


@pytest.fixture(scope="session")
def action(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the action, as it is released."""
    if not PROGRAM.exists():
        pytest.skip("act is not installed: the workflows were not run.")
    return copy_action(tmp_path_factory.mktemp("action"))


@pytest.fixture
def runner(action: Path, github: GitHubServer, tmp_path: Path) -> Runner:
    """A machine that runs workflows."""
    folder = tmp_path / "machine"
    folder.mkdir()
    return Runner(github=github, action=action, folder=folder)
