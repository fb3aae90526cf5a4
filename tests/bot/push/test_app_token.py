"""The token of an app, which may not ask ``GET /user`` who it is: its own pull requests are known all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.action import FORK, TEA

if TYPE_CHECKING:
    from tests.support.action import Book


def test_a_second_run_with_the_token_of_an_app_finds_what_the_first_one_did(book: Book) -> None:
    book.english(tea=TEA.replace("pot = 3", "pot = 4"))
    token = book.github.token("translations[bot]", repositories=[FORK])
    for _ in range(2):
        assert book.run(INPUT_GITHUB_TOKEN=token).code == 0
        assert [pull.user.login for pull in book.pulls()] == ["translations[bot]"]
