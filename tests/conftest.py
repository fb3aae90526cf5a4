"""``pytest --update-golden`` writes what the program does now into the golden files; review reads the diff."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.github_fixture import tell_why_skipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.golden import Case


SHARED = Path(__file__).parents[2] / "shared"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not SHARED.is_dir():
        terminalreporter.write_line("The tests on recorded data of real forks were skipped: there is no ../shared.")
    tell_why_skipped(terminalreporter)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files instead of comparing")


@pytest.fixture
def expect(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Compares the last texts of a golden case with what came out; or writes them into its file."""

    def expect(case: Case, *actual: str) -> None:
        if request.config.getoption("--update-golden"):
            case.rewrite(*actual)
        else:
            assert actual == case.texts[-len(actual) :]

    return expect
