"""The emulated GitHub, and a book on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.action import Book
from tests.support.github_fixture import github

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.github_server.emulator import GitHubServer

__all__ = ["github"]


@pytest.fixture
def book(github: GitHubServer, tmp_path: Path) -> Book:
    """Two chapters in English, and their fork in Spanish, which follows them."""
    return Book(github, tmp_path).begin()
