"""The emulated GitHub: who may what, and what those hear who may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from github import BadCredentialsException, Github, GithubException, UnknownObjectException

if TYPE_CHECKING:
    from collections.abc import Callable

    from github.Repository import Repository

    from tests.support.github_server import GitHubServer
    from tests.support.github_server.model import Role

BOOK = "book/zh"
BRANCH = "amts/x"
INTEGRATION = "Resource not accessible by integration"


@pytest.fixture
def book(github: GitHubServer) -> None:
    github.repository(BOOK, {"a.md": "one\n"})
    github.commit(BOOK, {"a.md": "two\n"}, branch=BRANCH)
    github.pull(BOOK, head=BRANCH)
    github.commit(BOOK, {"a.md": "three\n"}, branch="amts/y")


def seen(github: GitHubServer, token: str) -> Repository:
    return github.client(token).get_repo(BOOK)


def open_pull(found: Repository) -> object:
    return found.create_pull(base="main", head="amts/y", title="Another")


def comment(found: Repository) -> object:
    return found.get_issue(1).create_comment("Hello")


def add_label(found: Repository) -> None:
    found.get_issue(1).add_to_labels("amts")


def make_ref(found: Repository) -> object:
    return found.create_git_ref("refs/heads/new", found.get_branch("main").commit.sha)


@pytest.mark.usefixtures("book")
def test_bad_and_old_tokens_are_refused(github: GitHubServer) -> None:
    with pytest.raises(BadCredentialsException, match="Bad credentials"):
        seen(github, "ghs_nobody")
    token = github.token(expires_in=3600)
    assert seen(github, token).full_name == BOOK
    github.advance(3601)
    with pytest.raises(BadCredentialsException, match="Bad credentials"):
        seen(github, token)


@pytest.mark.usefixtures("book")
def test_everybody_reads_what_is_public(github: GitHubServer) -> None:
    found = Github(base_url=github.url, retry=None, seconds_between_requests=0).get_repo(BOOK)
    assert found.get_pull(1).head.ref == BRANCH
    with pytest.raises(GithubException, match="Requires authentication") as error:
        found.get_issue(1).create_comment("Hello")
    assert error.value.status == 401


@pytest.mark.usefixtures("book")
def test_what_is_private_is_not_there_for_others(github: GitHubServer) -> None:
    github.repository("book/secret", {"a.md": "one\n"}, private=True)
    github.user("alice", {"book/secret": "read"})
    for token in (github.token("mallory"), github.token(repositories=[BOOK])):
        with pytest.raises(UnknownObjectException):
            github.client(token).get_repo("book/secret")
    assert github.client(github.token("alice")).get_repo("book/secret").private
    assert github.client(github.token(repositories=["book/secret"])).get_repo("book/secret").private


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("act", "needs"),
    [(open_pull, "pull_requests"), (comment, "pull_requests"), (add_label, "pull_requests"), (make_ref, "contents")],
)
def test_a_token_does_what_its_permissions_say(
    github: GitHubServer, act: Callable[[Repository], object], needs: str
) -> None:
    every = {name: "write" for name in ("contents", "pull_requests", "issues", "checks", "actions")}
    with pytest.raises(GithubException, match=INTEGRATION) as error:
        act(seen(github, github.token(permissions={**every, needs: "read"})))
    assert error.value.status == 403
    assert (error.value.headers or {})["x-accepted-github-permissions"] == f"{needs}=write"
    with pytest.raises(GithubException, match=INTEGRATION):
        act(seen(github, github.token(permissions=every, repositories=["book/ja"])))
    act(seen(github, github.token(permissions={needs: "write"})))


@pytest.mark.usefixtures("book")
def test_issues_and_pull_requests_are_two_permissions(github: GitHubServer) -> None:
    found = seen(github, github.token(permissions={"issues": "write"}))
    assert found.create_issue("An issue").create_comment("Hello").id
    with pytest.raises(GithubException, match=INTEGRATION):
        comment(found)


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("role", "permission"),
    [
        ("none", "read"),
        ("read", "read"),
        ("triage", "read"),
        ("write", "write"),
        ("maintain", "write"),
        ("admin", "admin"),
    ],
)
def test_roles_are_folded_into_permissions(github: GitHubServer, role: Role, permission: str) -> None:
    github.user("alice", {BOOK: role} if role != "none" else {})
    found = seen(github, github.token())
    assert found.get_collaborator_permission("alice") == permission
    assert found.get_collaborator_role_name("alice") == ("read" if role == "none" else role)


@pytest.mark.usefixtures("book")
def test_strangers_of_a_private_repository_have_no_permission(github: GitHubServer) -> None:
    github.repository("book/secret", {"a.md": "one\n"}, private=True)
    github.user("mallory")
    found = github.client(github.token()).get_repo("book/secret")
    assert found.get_collaborator_permission("mallory") == "none"
    assert not found.has_in_collaborators("mallory")
    assert found.has_in_collaborators("book")
    with pytest.raises(UnknownObjectException):
        found.get_collaborator_permission("nobody")


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("act", "least"), [(comment, "read"), (add_label, "triage"), (open_pull, "write"), (make_ref, "write")]
)
def test_people_do_what_their_role_says(github: GitHubServer, act: Callable[[Repository], object], least: Role) -> None:
    below: dict[Role, Role] = {"triage": "read", "write": "triage"}
    github.user("alice", {BOOK: least})
    if least in below:
        github.user("bob", {BOOK: below[least]})
        with pytest.raises(GithubException) as error:
            act(seen(github, github.token("bob")))
        assert error.value.status == 403
    act(seen(github, github.token("alice")))


@pytest.mark.usefixtures("book")
def test_an_owner_says_whether_workflows_open_pull_requests(github: GitHubServer) -> None:
    found = seen(github, github.token("github-actions[bot]"))
    github.set(BOOK, actions_may_create_pulls=False)
    with pytest.raises(GithubException, match="GitHub Actions is not permitted to create or approve pull requests"):
        open_pull(found)
    with pytest.raises(GithubException, match="GitHub Actions is not permitted to approve pull requests") as error:
        found.get_pull(1).create_review(event="APPROVE")
    assert error.value.status == 422
    github.set(BOOK, actions_may_create_pulls=True)
    assert open_pull(found)


@pytest.mark.usefixtures("book")
def test_the_settings_of_workflows_are_for_administrators(github: GitHubServer) -> None:
    address = f"/repos/{BOOK}/actions/permissions/workflow"
    _, found = github.client(github.token("book")).requester.requestJsonAndCheck("GET", address)
    assert (found["default_workflow_permissions"], found["can_approve_pull_request_reviews"]) == ("read", True)
    with pytest.raises(GithubException, match=INTEGRATION):
        github.client(github.token(permissions={"contents": "write"})).requester.requestJsonAndCheck("GET", address)


@pytest.mark.usefixtures("book")
def test_nothing_is_written_in_an_archive(github: GitHubServer) -> None:
    github.set(BOOK, archived=True)
    with pytest.raises(GithubException, match="archived so is read-only"):
        comment(seen(github, github.token()))


@pytest.mark.usefixtures("book")
def test_the_token_of_an_app_is_no_user(github: GitHubServer) -> None:
    with pytest.raises(GithubException, match=INTEGRATION):
        assert github.client(github.token()).get_user().login


@pytest.mark.usefixtures("book")
def test_others_words_are_not_changed(github: GitHubServer) -> None:
    github.user("alice", {BOOK: "read"})
    github.user("bob", {BOOK: "read"})
    payload = github.comment(BOOK, 1, "alice", "Mine")
    theirs = seen(github, github.token("bob")).get_issue(1).get_comment(payload["comment"]["id"])
    for act in (
        theirs.delete,
        lambda: theirs.edit("Yours"),
        lambda: seen(github, github.token("bob")).get_issue(1).edit("No"),
    ):
        with pytest.raises(GithubException, match="Must have admin rights") as error:
            act()
        assert error.value.status == 403
