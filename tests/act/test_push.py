"""The workflow of the English repository, as it is shipped: a job for each fork, and one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.act.stubs import write_stubs
from tests.support.action import CONFIG, ENGLISH, FORK, TEA, TEA_ES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.act.harness import Ran, Runner
    from tests.support.action import Book

pytestmark = pytest.mark.act

OTHER = "elsewhere/es-mx"
LIST = f"- {{language: es, repository: {FORK}}}\n- {{language: es-MX, repository: {OTHER}}}\n"


class English:
    """The English repository with the shipped workflow, and two forks of which one app has tokens."""

    def __init__(self, runner: Runner, book: Book, folder: Path) -> None:
        self.runner = runner
        self.book = book
        self.folder = folder / "stubs"
        (self.folder / "tokens").mkdir(parents=True)
        files = {".amts.yml": CONFIG, "drinks/tea.md": TEA_ES, "drinks/tea_origin.md": TEA}
        book.github.repository(OTHER, files)
        book.english(tea=TEA.replace("pot = 3", "pot = 4"))
        runner.begin("push.yml", {})
        self.options = runner.stand_in(write_stubs(folder / "actions"))

    def lists(self, text: str) -> None:
        self.book.github.commit(ENGLISH, {".amts-languages.yml": text})

    def install(self, repository: str, **permissions: str) -> None:
        """The app may work in a fork."""
        token = self.book.github.token(repositories=[repository], permissions=permissions or None)
        (self.folder / "tokens" / repository.replace("/", "-")).write_text(token)

    def push(self) -> Ran:
        github = self.book.github
        payload = github.event("push", ENGLISH)
        token = github.token("github-actions[bot]", repositories=[ENGLISH], permissions={"contents": "read"})
        sha = ("--env", f"GITHUB_SHA={github.tip(ENGLISH)}")
        return self.runner.run("push", payload, ENGLISH, token, *self.options, *sha, "--env", f"STUBS={self.folder}")

    def pulls(self, repository: str) -> int:
        return len(self.book.github.issues(repository, pulls=True))


@pytest.fixture
def english(runner: Runner, book: Book, tmp_path: Path) -> English:
    return English(runner, book, tmp_path)


def test_every_fork_gets_its_pull_request(english: English) -> None:
    english.lists(LIST)
    english.install(FORK)
    english.install(OTHER)
    ran = english.push()
    assert ran.code == 0
    assert english.pulls(FORK) == english.pulls(OTHER) == 1
    assert "2 forks, none failed" in ran.job("Report")


def test_a_fork_that_fails_stops_no_other_and_the_report_is_red(english: English) -> None:
    english.lists(LIST)
    english.install(FORK)
    english.install(OTHER, contents="read")
    ran = english.push()
    assert ran.code != 0
    assert (english.pulls(FORK), english.pulls(OTHER)) == (1, 0)
    assert "2 forks, 1 failed" in ran.job("Report")
    assert "Not done: es-MX." in ran.job("Report")


def test_a_job_that_crashes_is_missed_by_the_report(english: English) -> None:
    english.lists(LIST)
    english.install(FORK)
    ran = english.push()
    assert ran.code != 0
    assert english.pulls(FORK) == 1
    assert "nothing was heard of it" in ran.job("Report")


def test_without_a_list_there_is_nothing_to_do(english: English) -> None:
    ran = english.push()
    assert ran.code == 0
    assert "0 forks, none failed" in ran.job("Report")
    assert "Answer" not in ran.log
