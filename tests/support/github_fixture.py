"""For ``conftest.py``: the emulated GitHub as a fixture, and the line that says why tests with it were skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.github_server import GitHubServer

WHY = "No emulated GitHub"


@pytest.fixture
def github() -> Iterator[GitHubServer]:
    """An empty GitHub. Fails a test after which something is unknown, not allowed by the description, or broken."""
    with opened() as server:
        yield server


def opened() -> GitHubServer:
    """A GitHub that is not yet running; skips the test where GitHub's description cannot be had."""
    from tests.support.github_server import GitHubServer, NotToBeHad

    try:
        return GitHubServer()
    except NotToBeHad as missing:
        pytest.skip(f"{WHY}: {missing}")


def tell_why_skipped(reporter: pytest.TerminalReporter) -> None:
    """One line, if tests were skipped because there is no emulated GitHub. For ``pytest_terminal_summary``."""
    reasons = [str(report.longrepr[-1]) for report in reporter.stats.get("skipped", ())]
    found = [reason for reason in reasons if WHY in reason]
    if found:
        reporter.write_line(f"{len(found)} tests were skipped: {found[0].removeprefix('Skipped: ')}.")
