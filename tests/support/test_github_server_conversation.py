"""The emulated GitHub through PyGithub: issues, comments, labels, reactions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from github import GithubException, UnknownObjectException

from tests.support.github_server import names

if TYPE_CHECKING:
    from github.Repository import Repository

    from tests.support.github_server import GitHubServer

BOOK = "book/zh"


@pytest.fixture
def book(github: GitHubServer) -> Repository:
    """A repository with a pull request (1) and an issue (2), as the bot sees it."""
    github.repository(BOOK, {"a.md": "one\n"})
    github.commit(BOOK, {"a.md": "two\n"}, branch="amts/x", login="amts[bot]")
    github.user("alice", {BOOK: "write"})
    github.pull(BOOK, head="amts/x", login="amts[bot]")
    found = github.client(github.token()).get_repo(BOOK)
    found.create_issue("An issue", "Its text")
    return found


def test_issues_and_pull_requests_share_their_numbers(github: GitHubServer, book: Repository) -> None:
    assert book.create_issue("Another").number == 3
    assert [one.number for one in book.get_issues()] == [3, 2, 1]
    assert book.get_issue(1).pull_request is not None
    assert book.get_issue(2).pull_request is None
    assert [one.number for one in book.get_pulls()] == [1]
    with pytest.raises(UnknownObjectException):
        book.get_pull(2)
    with pytest.raises(UnknownObjectException):
        book.get_issue(4)


def test_issues_are_found_by_label_state_and_creator(github: GitHubServer, book: Repository) -> None:
    book.get_issue(2).add_to_labels("amts", "lang:zh")
    assert [one.number for one in book.get_issues(labels=["AMTS", "lang:zh"], state="open")] == [2]
    assert list(book.get_issues(labels=["amts", "lang:ja"])) == []
    book.get_issue(2).edit(state="closed")
    assert list(book.get_issues(labels=["amts"])) == []
    bot, alice = (github.client(github.token()).get_user(login) for login in ("amts[bot]", "alice"))
    assert [one.number for one in book.get_issues(labels=["amts"], state="all", creator=bot)] == [2]
    assert list(book.get_issues(creator=alice)) == []
    assert [one.number for one in book.get_issues(sort="created", direction="asc", state="all")] == [1, 2]
    assert list(book.get_issues(since=github.now() + timedelta(hours=1))) == []


def test_an_issue_is_closed_and_opened_again(github: GitHubServer, book: Repository) -> None:
    issue = book.get_issue(2)
    issue.edit(title="Settled", body="All is well", state="closed", state_reason="not_planned")
    issue = book.get_issue(2)
    assert (issue.title, issue.state, issue.state_reason) == ("Settled", "closed", "not_planned")
    assert issue.closed_by
    assert issue.closed_by.login == "amts[bot]"
    issue.edit(state="open")
    issue = book.get_issue(2)
    assert (issue.state, issue.closed_by) == ("open", None)
    assert names(github.events)[-3:] == ["issues.edited", "issues.closed", "issues.reopened"]


def test_a_fork_has_no_issues_until_they_are_switched_on(github: GitHubServer, book: Repository) -> None:
    github.repository("eve/zh", fork_of=BOOK)
    fork = github.client(github.token("eve")).get_repo("eve/zh")
    assert (fork.has_issues, fork.parent.full_name) == (False, BOOK)
    with pytest.raises(GithubException, match="Issues has been disabled in this repository") as error:
        fork.create_issue("No")
    assert error.value.status == 410
    github.set("eve/zh", has_issues=True)
    assert fork.create_issue("Yes").number == 1


def test_labels_are_made_once_whatever_their_case(github: GitHubServer, book: Repository) -> None:
    made = book.create_label("amts:paused", "ededed", "The bot waits")
    assert (made.color, book.get_label("AMTS:Paused").description) == ("ededed", "The bot waits")
    with pytest.raises(GithubException) as error:
        book.create_label("AMTS:paused", "000000")
    assert error.value.data["errors"][0] == {"resource": "Label", "code": "already_exists", "field": "name"}
    made.edit("amts:waiting", "ffffff", "It waits")
    assert "amts:waiting" in [one.name for one in book.get_labels()]
    book.get_label("amts:waiting").delete()
    with pytest.raises(UnknownObjectException):
        book.get_label("amts:waiting")


def test_labels_are_put_on_and_taken_off(github: GitHubServer, book: Repository) -> None:
    pull = book.get_pull(1)
    pull.add_to_labels("amts", "lang:zh")
    pull.add_to_labels("amts")
    assert [one.name for one in pull.get_labels()] == ["amts", "lang:zh"]
    pull.remove_from_labels("lang:zh")
    with pytest.raises(GithubException, match="Label does not exist"):
        pull.remove_from_labels("lang:zh")
    pull.set_labels("other")
    assert [one.name for one in book.get_pull(1).labels] == ["other"]
    book.get_issue(2).edit(labels=["third"])
    assert [one.name for one in book.get_issue(2).labels] == ["third"]
    told = [one.removeprefix("pull_request.") for one in names(github.events) if one.startswith("pull_request.")]
    assert told == ["opened", "labeled", "labeled", "unlabeled", "labeled", "unlabeled"]


def test_only_those_with_a_role_are_assigned(github: GitHubServer, book: Repository) -> None:
    github.user("mallory")
    issue = book.get_issue(2)
    issue.add_to_assignees("alice", "mallory")
    assert [user.login for user in book.get_issue(2).assignees] == ["alice"], "GitHub drops the others in silence"
    issue.remove_from_assignees("alice")
    assert book.get_issue(2).assignees == []


def test_comments_are_made_changed_and_taken_away(github: GitHubServer, book: Repository) -> None:
    issue = book.get_issue(1)
    made = issue.create_comment("First")
    issue.create_comment("Second")
    made.edit("First, changed")
    assert [one.body for one in issue.get_comments()] == ["First, changed", "Second"]
    assert issue.get_comment(made.id).body == "First, changed"
    assert made.html_url == f"{github.url}/{BOOK}/pull/1#issuecomment-{made.id}"
    assert list(issue.get_comments(since=github.now() + timedelta(hours=1))) == []
    made.delete()
    with pytest.raises(UnknownObjectException):
        issue.get_comment(made.id)
    with pytest.raises(GithubException, match="Body cannot be blank"):
        issue.create_comment(" ")
    told = [one for one in names(github.events) if one.startswith("issue_comment")]
    assert told == [f"issue_comment.{word}" for word in ("created", "created", "edited", "deleted")]


def test_a_locked_conversation_is_only_for_writers(github: GitHubServer, book: Repository) -> None:
    book.get_issue(2).lock("resolved")
    stranger = github.client(github.token("mallory")).get_repo(BOOK).get_issue(2)
    assert (stranger.locked, stranger.active_lock_reason) == (True, "resolved")
    with pytest.raises(GithubException, match="Unable to create comment because issue is locked") as error:
        stranger.create_comment("But")
    assert error.value.status == 403
    assert github.client(github.token("alice")).get_repo(BOOK).get_issue(2).create_comment("Well").id
    book.get_issue(2).unlock()
    assert stranger.create_comment("At last").id


def test_a_reaction_is_there_once_for_each_user(github: GitHubServer, book: Repository) -> None:
    payload = github.comment(BOOK, 1, "alice", "/amts status")
    comment = book.get_issue(1).get_comment(payload["comment"]["id"])
    made, again = comment.create_reaction("eyes"), comment.create_reaction("eyes")
    assert made.id == again.id
    assert [one.status for one in github.calls("POST R/issues/comments/*/reactions")] == [201, 200]
    comment.create_reaction("rocket")
    assert [(one.content, one.user.login) for one in comment.get_reactions()] == [
        ("eyes", "amts[bot]"),
        ("rocket", "amts[bot]"),
    ]
    assert comment.delete_reaction(made.id)
    assert [one.content for one in comment.get_reactions()] == ["rocket"]
    (left,) = comment.get_reactions()
    assert (
        not github.client(github.token("alice"))
        .get_repo(BOOK)
        .get_issue(1)
        .get_comment(comment.id)
        .delete_reaction(left.id)
    )


def test_issues_have_reactions_too(github: GitHubServer, book: Repository) -> None:
    issue = book.get_issue(2)
    made = issue.create_reaction("+1")
    assert book.get_issue(2).raw_data["reactions"]["+1"] == 1
    assert [one.content for one in issue.get_reactions()] == ["+1"]
    assert issue.delete_reaction(made.id)
    assert not issue.delete_reaction(made.id)
    assert list(issue.get_reactions()) == []


def test_a_comment_is_folded_through_graphql(github: GitHubServer, book: Repository) -> None:
    comment = book.get_issue(1).create_comment("Old news")
    assert comment.minimize("OUTDATED")
    assert github.comments(BOOK, 1)[0].minimized == "OUTDATED"
    assert comment.unminimize()
    assert github.comments(BOOK, 1)[0].minimized is None
    reader = github.client(github.token("mallory")).get_repo(BOOK).get_issue(1).get_comment(comment.id)
    with pytest.raises(GithubException, match="does not have the correct permissions"):
        reader.minimize()


def test_a_comment_by_hand_comes_with_its_event(github: GitHubServer, book: Repository) -> None:
    payload = github.comment(BOOK, 1, "alice", "/amts help")
    told = (payload["action"], payload["comment"]["body"], payload["sender"]["login"])
    assert told == ("created", "/amts help", "alice")
    assert payload["issue"]["pull_request"]["url"] == f"{github.url}/repos/{BOOK}/pulls/1"
    edited = github.edit_comment(BOOK, payload["comment"]["id"], "alice", "/amts status")
    assert (edited["action"], edited["changes"]["body"]["from"]) == ("edited", "/amts help")
    assert "pull_request" not in github.comment(BOOK, 2, "alice", "Hello")["issue"]


def test_search_knows_labels_states_authors_and_words(github: GitHubServer, book: Repository) -> None:
    client = github.client(github.token())
    book.get_issue(2).add_to_labels("amts")
    assert [one.number for one in client.search_issues(f"repo:{BOOK} is:issue label:amts text")] == [2]
    assert [one.number for one in client.search_issues(f"repo:{BOOK} is:pr author:amts[bot] is:open")] == [1]
    assert client.search_issues(f"repo:{BOOK} label:none").totalCount == 0


def test_lists_come_in_pages(github: GitHubServer, book: Repository) -> None:
    issue = book.get_issue(2)
    for number in range(5):
        github.comment(BOOK, 2, "alice", str(number))
    client = github.client(github.token(), per_page=2)
    found = client.get_repo(BOOK).get_issue(2).get_comments()
    assert [one.body for one in found] == ["0", "1", "2", "3", "4"]
    assert found.totalCount == 5
    assert [one.body for one in found.get_page(1)] == ["2", "3"]
    assert len(github.calls("GET R/issues/2/comments")) >= 3
    assert issue.get_comments().totalCount == 5
