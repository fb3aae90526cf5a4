"""The emulated GitHub: what goes wrong on order."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
import requests
from github import GithubException, GithubRetry, RateLimitExceededException

if TYPE_CHECKING:
    from github.Repository import Repository

    from tests.support.github_server import GitHubServer

BOOK = "book/zh"


@pytest.fixture
def book(github: GitHubServer) -> Repository:
    """A repository with an issue (1), as the bot sees it, which tries once."""
    github.repository(BOOK, {"a.md": "one\n"})
    found = github.client(github.token()).get_repo(BOOK)
    found.create_issue("An issue")
    return found


def test_the_second_call_fails_and_no_other(github: GitHubServer, book: Repository) -> None:
    github.fail("POST R/issues", 503, nth=2)
    assert book.create_issue("First").number == 2
    with pytest.raises(GithubException) as error:
        book.create_issue("Second")
    assert error.value.status == 503
    assert book.create_issue("Third").number == 3


def test_an_answer_is_lost_after_the_work_was_done(github: GitHubServer, book: Repository) -> None:
    github.fail("POST R/issues/*/comments", 502, after=True)
    with pytest.raises(GithubException) as error:
        book.get_issue(1).create_comment("Hello")
    assert error.value.status == 502
    assert [one.body for one in github.comments(BOOK, 1)] == ["Hello"]


def test_a_client_that_tries_again_after_502_does_things_twice(github: GitHubServer, book: Repository) -> None:
    github.fail("POST R/issues", 502, after=True)
    careless = github.client(github.token(), retry=GithubRetry(total=2, backoff_factor=0)).get_repo(BOOK)
    careless.create_issue("Twice")
    assert [one.title for one in github.issues(BOOK)] == ["An issue", "Twice", "Twice"]


@pytest.mark.parametrize("after", [False, True])
def test_the_connection_is_cut(github: GitHubServer, book: Repository, after: bool) -> None:
    github.cut("POST R/issues", after=after)
    with pytest.raises(requests.ConnectionError):
        book.create_issue("Cut off")
    assert len(github.issues(BOOK)) == 1 + after
    assert github.log[-1].status == 0


def test_a_secondary_limit_asks_to_wait(github: GitHubServer, book: Repository) -> None:
    github.limit("POST R/issues", "secondary", seconds=1)
    start = time.monotonic()
    github.client(github.token(), retry=GithubRetry(total=1)).get_repo(BOOK).create_issue("Late")
    assert time.monotonic() - start >= 1
    assert [one.status for one in github.calls("POST R/issues")][-2:] == [403, 201]


def test_a_primary_limit_says_when_it_ends(github: GitHubServer, book: Repository) -> None:
    github.limit("GET R/issues/1", "primary", seconds=60)
    with pytest.raises(RateLimitExceededException) as error:
        book.get_issue(1)
    assert (error.value.headers or {})["x-ratelimit-remaining"] == "0"


def test_a_token_runs_out_of_calls_for_an_hour(github: GitHubServer, book: Repository) -> None:
    client = github.client(github.token(limit=1))
    client.get_repo(BOOK)
    with pytest.raises(RateLimitExceededException):
        client.get_repo(BOOK)
    github.advance(3601)
    assert client.get_repo(BOOK).full_name == BOOK


def test_an_answer_comes_late(github: GitHubServer, book: Repository) -> None:
    github.slow("GET R/issues/1", 0.2)
    start = time.monotonic()
    assert book.get_issue(1).number == 1
    assert time.monotonic() - start >= 0.2


def test_lists_come_behind_what_is_written(github: GitHubServer, book: Repository) -> None:
    github.lag(reads=2)
    number = book.create_issue("New").number
    assert book.get_issue(number).title == "New"
    assert [[one.number for one in book.get_issues()] for _ in range(3)] == [[1], [1], [2, 1]]


def test_a_branch_moves_between_two_calls(github: GitHubServer, book: Repository) -> None:
    github.commit(BOOK, {"a.md": "two\n"}, branch="amts/x")
    github.pull(BOOK, head="amts/x")
    seen = book.get_pull(2).head.sha
    github.before("GET R/pulls/2", lambda: github.commit(BOOK, {"a.md": "by hand\n"}, branch="amts/x", login="alice"))
    assert book.get_pull(2).head.sha == github.tip(BOOK, "amts/x") != seen


def test_before_a_call_another_client_can_call(github: GitHubServer, book: Repository) -> None:
    other = github.client(github.token()).get_repo(BOOK)
    github.before("POST R/issues", lambda: other.get_issue(1).create_comment("First"))
    book.create_issue("Then")
    assert [one.body for one in github.comments(BOOK, 1)] == ["First"]


def test_a_request_for_what_is_known_costs_nothing(github: GitHubServer, book: Repository) -> None:
    assert book.update(), "an issue has come since"
    assert not book.update()
    assert github.log[-1].status == 304


def test_the_log_says_what_was_asked_and_by_whom(github: GitHubServer, book: Repository) -> None:
    (call,) = github.calls("POST R/issues")
    assert (call.login, call.status, call.body, call.points) == ("amts[bot]", 201, {"title": "An issue"}, 5)
    assert call.operation == "POST /repos/{owner}/{repo}/issues"
