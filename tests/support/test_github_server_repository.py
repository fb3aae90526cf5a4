"""The emulated GitHub through PyGithub: what git has, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from github import GithubException, UnknownObjectException

from tests.support.github_server import names
from tests.support.repositories import make_repository

if TYPE_CHECKING:
    from pathlib import Path

    from github.Repository import Repository

    from tests.support.github_server import GitHubServer

BOOK = "book/zh"
WORKFLOW = "on:\n  workflow_dispatch:\n"


@pytest.fixture
def book(github: GitHubServer) -> Repository:
    """A repository as the bot sees it."""
    github.repository(BOOK, {"a.md": "one\n", "chapter/b.md": "two\n", ".github/workflows/amts.yml": WORKFLOW})
    return github.client(github.token()).get_repo(BOOK)


def test_a_repository_says_what_it_is(github: GitHubServer, book: Repository) -> None:
    assert (book.full_name, book.owner.login, book.default_branch, book.private) == (BOOK, "book", "main", False)
    assert book.clone_url == f"{github.url}/{BOOK}.git"
    assert (book.fork, book.has_issues, book.archived) == (False, True, False)
    github.repository("eve/zh", fork_of=BOOK)
    assert [one.full_name for one in book.get_forks()] == ["eve/zh"]
    with pytest.raises(UnknownObjectException):
        github.client(github.token()).get_repo("book/missing")


def test_a_repository_has_all_that_another_has(github: GitHubServer, tmp_path: Path) -> None:
    make_repository(tmp_path / "git", {"a.md": "one\n"}, {"a.md": "two\n"})
    github.repository("book/en", bare=tmp_path / "git")
    found = github.client(github.token()).get_repo("book/en")
    assert [one.commit.message for one in found.get_commits()] == ["revision 2", "revision 1"]
    github.commit("book/en", {"a.md": "three\n"})
    assert (tmp_path / "git" / "a.md").read_text() == "two\n"


def test_branches_and_refs_are_made_moved_and_taken_away(github: GitHubServer, book: Repository) -> None:
    first = str(github.tip(BOOK))
    second = github.commit(BOOK, {"a.md": "1\n"})
    made = book.create_git_ref("refs/heads/amts/x", first)
    assert (made.object.sha, made.object.type) == (first, "commit")
    assert [one.name for one in book.get_branches()] == ["amts/x", "main"]
    made.edit(second)
    assert book.get_branch("amts/x").commit.sha == second
    assert [one.ref for one in book.get_git_matching_refs("heads/amts/")] == ["refs/heads/amts/x"]
    with pytest.raises(GithubException, match="Update is not a fast forward"):
        made.edit(first)
    made.edit(first, force=True)
    assert book.get_git_ref("heads/amts/x").object.sha == first
    made.delete()
    assert github.tip(BOOK, "amts/x") is None
    with pytest.raises(GithubException, match="Branch not found"):
        book.get_branch("amts/x")


@pytest.mark.parametrize(
    ("name", "sha", "message"),
    [
        ("refs/heads/main", "", "Reference already exists"),
        ("refs/heads/new", "0" * 40, "Object does not exist"),
        ("refs/main", "", "must start with 'refs/'"),
        ("refs/heads/main/below", "", "Reference update failed"),
    ],
)
def test_refs_that_cannot_be_are_refused(
    github: GitHubServer, book: Repository, name: str, sha: str, message: str
) -> None:
    with pytest.raises(GithubException, match=message) as error:
        book.create_git_ref(name, sha or str(github.tip(BOOK)))
    assert error.value.status == 422


def test_what_is_not_there_is_not_moved_or_taken_away(github: GitHubServer, book: Repository) -> None:
    ref = book.create_git_ref("refs/heads/new", str(github.tip(BOOK)))
    ref.delete()
    for act in (ref.delete, lambda: ref.edit(str(github.tip(BOOK)))):
        with pytest.raises(GithubException, match="Reference does not exist") as error:
            act()
        assert error.value.status == 422
    with pytest.raises(UnknownObjectException):
        book.get_git_ref("heads/new")


def test_files_are_read_at_any_commit(github: GitHubServer, book: Repository) -> None:
    first = str(github.tip(BOOK))
    github.commit(BOOK, {"a.md": "1\n"})
    now, then = book.get_contents("a.md"), book.get_contents("a.md", ref=first)
    assert not isinstance(now, list)
    assert not isinstance(then, list)
    assert (now.decoded_content, then.decoded_content) == (b"1\n", b"one\n")
    listed = book.get_contents("chapter")
    assert isinstance(listed, list)
    assert [(one.path, one.type) for one in listed] == [("chapter/b.md", "file")]
    with pytest.raises(UnknownObjectException):
        book.get_contents("missing.md")
    with pytest.raises(GithubException, match="No commit found for the ref nowhere"):
        book.get_contents("a.md", ref="nowhere")


def test_files_are_written_as_commits(github: GitHubServer, book: Repository) -> None:
    made = book.create_file("c.md", "Add it", "three\n", branch="main")
    assert github.text(BOOK, "c.md") == "three\n"
    assert made["commit"].sha == github.tip(BOOK)
    book.update_file("c.md", "Change it", "3\n", made["content"].sha)
    assert github.text(BOOK, "c.md") == "3\n"
    with pytest.raises(GithubException, match="does not match") as error:
        book.update_file("c.md", "Change it", "IV\n", made["content"].sha)
    assert error.value.status == 409
    with pytest.raises(GithubException, match="wasn't supplied"):
        book.create_file("c.md", "Add it again", "three\n")
    assert names(github.events)[-2:] == ["push", "push"]


def test_trees_and_blobs_are_those_of_git(github: GitHubServer, book: Repository) -> None:
    tree = book.get_git_tree("main", recursive=True)
    found = {one.path: one for one in tree.tree}
    assert found["chapter"].type == "tree"
    assert book.get_git_blob(found["chapter/b.md"].sha).size == 4
    assert book.get_git_commit(str(github.tip(BOOK))).tree.sha == tree.sha


def test_two_commits_are_compared(github: GitHubServer, book: Repository) -> None:
    github.commit(BOOK, {"a.md": "1\n", "new.md": "x\n", "chapter/b.md": None}, branch="amts/x")
    github.commit(BOOK, {"other.md": "y\n"})
    found = book.compare("main", "amts/x")
    assert (found.status, found.ahead_by, found.behind_by) == ("diverged", 1, 1)
    assert sorted((one.filename, one.status) for one in found.files) == [
        ("a.md", "modified"),
        ("chapter/b.md", "removed"),
        ("new.md", "added"),
    ]
    assert [one.sha for one in found.commits] == [github.tip(BOOK, "amts/x")]
    with pytest.raises(UnknownObjectException):
        book.compare("main", "missing")


def test_the_history_is_that_of_git(github: GitHubServer, book: Repository) -> None:
    github.user("alice")
    sha = github.commit(BOOK, {"a.md": "1\n"}, login="alice", message="A change\n\nAMTS-Source: 123")
    assert next(iter(book.get_commits(path="a.md"))).sha == sha
    assert book.get_commits(path="chapter/b.md").totalCount == 1
    found = book.get_commit(sha)
    assert (found.author.login, found.commit.message) == ("alice", "A change\n\nAMTS-Source: 123")
    assert (found.stats.additions, [one.filename for one in found.files]) == (1, ["a.md"])
    with pytest.raises(GithubException, match="No commit found for SHA: missing") as error:
        book.get_commit("missing")
    assert error.value.status == 422


def test_releases_and_tags(github: GitHubServer, book: Repository) -> None:
    first = github.tip(BOOK)
    github.release(BOOK, "v1.0.0")
    github.commit(BOOK, {"a.md": "1\n"})
    github.release(BOOK, "v1.1.0-rc", prerelease=True)
    assert [one.tag_name for one in book.get_releases()] == ["v1.1.0-rc", "v1.0.0"]
    assert book.get_latest_release().tag_name == "v1.0.0"
    assert book.get_release("v1.1.0-rc").prerelease
    assert {one.name: one.commit.sha for one in book.get_tags()}["v1.0.0"] == first
    with pytest.raises(UnknownObjectException):
        book.get_release("v9")


def test_a_repository_without_a_release_has_no_latest(book: Repository) -> None:
    with pytest.raises(UnknownObjectException):
        book.get_latest_release()


def test_check_runs_are_of_apps(github: GitHubServer, book: Repository) -> None:
    sha = str(github.tip(BOOK))
    made = book.create_check_run("amts", sha, status="in_progress")
    made.edit(conclusion="success", output={"title": "Good", "summary": "All is well"})
    found = book.get_check_run(made.id)
    assert (found.status, found.conclusion, found.output.title) == ("completed", "success", "Good")
    assert [one.name for one in book.get_commit(sha).get_check_runs()] == ["amts"]
    person = github.client(github.token("book")).get_repo(BOOK)
    with pytest.raises(GithubException, match="You must authenticate via a GitHub App"):
        person.create_check_run("amts", sha)
    with pytest.raises(GithubException, match="Invalid request"):
        made.edit(output={"title": "Long", "summary": "x" * 65536})
    github.expect("is longer than 65535 characters")


def test_the_newest_status_of_each_context_counts(github: GitHubServer, book: Repository) -> None:
    commit = book.get_commit(str(github.tip(BOOK)))
    assert commit.get_combined_status().state == "pending"
    commit.create_status("failure", context="amts", description="No")
    commit.create_status("success", context="amts", target_url="https://example.org/report")
    assert commit.get_combined_status().state == "success"
    with pytest.raises(GithubException, match="maximum is 140"):
        commit.create_status("success", description="x" * 141)


def test_dispatches_are_recorded(github: GitHubServer, book: Repository) -> None:
    assert book.create_repository_dispatch("amts-sync", {"language": "zh"})
    (workflow,) = book.get_workflows()
    assert workflow.path == ".github/workflows/amts.yml"
    assert book.get_workflow("amts.yml").create_dispatch("main", {"mode": "plan"})
    told = [(one.name, one.payload) for one in github.events[-2:]]
    assert [name for name, _ in told] == ["repository_dispatch", "workflow_dispatch"]
    assert told[0][1]["client_payload"] == {"language": "zh"}
    assert told[1][1]["inputs"] == {"mode": "plan"}


def test_dispatches_that_cannot_be_are_refused(github: GitHubServer, book: Repository) -> None:
    github.commit(BOOK, {".github/workflows/push.yml": "on: push\n"})
    with pytest.raises(UnknownObjectException):
        book.get_workflow("missing.yml")
    with pytest.raises(GithubException, match="does not have 'workflow_dispatch'"):
        book.get_workflow("push.yml").create_dispatch("main", throw=True)
    with pytest.raises(GithubException, match="No ref found for: no"):
        book.get_workflow("amts.yml").create_dispatch("no", throw=True)
    assert not book.create_repository_dispatch("amts", {str(number): number for number in range(11)})
    github.expect("has more than 10 properties")


def test_people_are_known_by_their_login(github: GitHubServer, book: Repository) -> None:
    github.user("alice", {BOOK: "triage"})
    client = github.client(github.token("alice"))
    assert client.get_user().login == "alice"
    assert client.get_user("amts[bot]").type == "Bot"
    with pytest.raises(UnknownObjectException):
        client.get_user("nobody")


def test_calls_are_counted(github: GitHubServer, book: Repository) -> None:
    client = github.client(github.token(limit=3))
    assert client.get_rate_limit().rate.remaining == 3
    client.get_repo(BOOK)
    assert (client.get_rate_limit().rate.remaining, client.rate_limiting) == (2, (2, 3))
    before = github.points
    book.get_labels().get_page(0)
    book.create_label("amts", "ededed")
    assert github.points - before == 6
