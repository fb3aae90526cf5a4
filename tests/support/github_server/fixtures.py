"""For ``conftest.py``: the emulated GitHub as a fixture, and one line that says why tests with it were skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.github_server.emulator import GitHubServer
from tests.support.github_server.packages import NotToBeHad

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def github() -> Iterator[GitHubServer]:
    """An empty GitHub. Fails a test after which something is unknown, not allowed by the description, or broken."""
    try:
        server = GitHubServer()
    except NotToBeHad as missing:
        pytest.skip(f"No emulated GitHub: {missing}")
    with server:
        yield server
