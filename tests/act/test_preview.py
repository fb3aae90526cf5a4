"""The workflow that tells what an English pull request means for translators, as it is shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.action import ENGLISH, TEA

if TYPE_CHECKING:
    from tests.act.harness import Ran, Runner
    from tests.support.action import Book

pytestmark = pytest.mark.act

BRANCH = "x$(touch${IFS}pwn)"


def propose(runner: Runner, book: Book, files: dict[str, str]) -> Ran:
    """Somebody opens a pull request in the English repository, from a branch with an odd name."""
    runner.begin("preview.yml", {})
    book.github.commit(ENGLISH, files, branch=BRANCH, login="mallory")
    number = book.github.pull(ENGLISH, head=BRANCH, login="mallory", title='"; touch pwn; #').number
    payload = book.github.event("pull_request", ENGLISH, number=number, action="opened")
    token = book.github.token("github-actions[bot]", repositories=[ENGLISH], permissions={"contents": "read"})
    return runner.run("pull_request", payload, ENGLISH, token, actor="mallory")


def test_a_pull_request_in_english_gets_a_summary(runner: Runner, book: Book) -> None:
    ran = propose(runner, book, {"drinks/tea.md": TEA.replace("pot = 3", "pot = 4")})
    assert ran.code == 0
    assert "1 segment in 1 chapter, all mechanical" in ran.log
    assert not list(runner.folder.rglob("pwn*"))


def test_what_fails_there_is_not_its_author_s_doing(runner: Runner, book: Book) -> None:
    ran = propose(runner, book, {".amts-languages.yml": "{", "drinks/tea.md": "# Tea\n"})
    assert ran.code == 0
    assert "There is no preview for translators" in ran.log
