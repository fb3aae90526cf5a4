"""The emulated GitHub through PyGithub: pull requests, their reviews, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from github import GithubException

from tests.support.github_server import names

if TYPE_CHECKING:
    from github.Repository import Repository

    from tests.support.github_server import GitHubServer

BOOK = "book/zh"
BRANCH = "amts/mechanical"


@pytest.fixture
def book(github: GitHubServer) -> Repository:
    """A repository with a branch that is one commit ahead, as the bot sees it."""
    github.repository(BOOK, {"a.md": "one\n", "b.md": "two\n"})
    github.commit(BOOK, {"a.md": "one\nmore\n"}, branch=BRANCH, login="amts[bot]")
    github.user("alice", {BOOK: "write"})
    return github.client(github.token()).get_repo(BOOK)


def refusal(error: pytest.ExceptionInfo[GithubException]) -> tuple[int, str]:
    data = error.value.data
    assert isinstance(data, dict)
    first = (data.get("errors") or [{}])[0]
    return error.value.status, (
        first if isinstance(first, str) else first.get("message") or first.get("field") or data["message"]
    )


def test_a_pull_request_has_what_git_has(github: GitHubServer, book: Repository) -> None:
    made = book.create_pull(base="main", head=BRANCH, title="A change", body="Why")
    assert (made.number, made.head.sha, made.base.sha) == (1, github.tip(BOOK, BRANCH), github.tip(BOOK))
    assert (made.commits, made.changed_files, made.additions, made.deletions) == (1, 1, 1, 0)
    assert (made.mergeable, made.merged, made.draft, made.user.login) == (True, False, False, "amts[bot]")
    assert made.html_url == f"{github.url}/{BOOK}/pull/1"
    (file,) = made.get_files()
    assert (file.filename, file.status, file.patch) == ("a.md", "modified", "@@ -1 +1,2 @@\n one\n+more")
    assert [one.sha for one in made.get_commits()] == [github.tip(BOOK, BRANCH)]
    assert names(github.events)[-1] == "pull_request.opened"


def test_pull_requests_are_found_by_head_base_and_state(github: GitHubServer, book: Repository) -> None:
    made = book.create_pull(base="main", head=BRANCH, title="A change")
    wanted = f"book:{BRANCH}"
    assert [one.number for one in book.get_pulls(head=wanted, base="main", state="open")] == [1]
    assert [one.number for one in book.get_pulls(head="book:other")] == []
    assert [one.number for one in book.get_pulls(base="other")] == []
    made.edit(state="closed")
    assert [one.number for one in book.get_pulls(head=wanted)] == []
    assert [one.number for one in book.get_pulls(head=wanted, state="all")] == [1]
    assert [one.number for one in book.get_pulls(head="no-owner", state="all")] == [1], "GitHub filters nothing here"


@pytest.mark.parametrize(
    ("head", "base", "message"),
    [
        (BRANCH, "main", f"A pull request already exists for book:{BRANCH}."),
        ("same", "main", "No commits between main and same"),
        ("missing", "main", "head"),
        (BRANCH, "missing", "base"),
    ],
)
def test_what_is_no_pull_request_is_refused(
    github: GitHubServer, book: Repository, head: str, base: str, message: str
) -> None:
    book.create_pull(base="main", head=BRANCH, title="A change")
    book.create_git_ref("refs/heads/same", str(github.tip(BOOK)))
    with pytest.raises(GithubException) as error:
        book.create_pull(base=base, head=head, title="Another")
    assert refusal(error) == (422, message)


def test_texts_over_the_limit_are_refused(github: GitHubServer, book: Repository) -> None:
    long = "x" * 65537
    with pytest.raises(GithubException) as error:
        book.create_pull(base="main", head=BRANCH, title="A change", body=long)
    assert refusal(error) == (422, "body is too long (maximum is 65536 characters)")
    made = book.create_pull(base="main", head=BRANCH, title="A change", body=long[1:])
    with pytest.raises(GithubException) as error:
        made.edit(body=long)
    assert refusal(error) == (422, "body is too long (maximum is 65536 characters)")
    with pytest.raises(GithubException) as error:
        made.create_issue_comment(long)
    assert refusal(error) == (422, "Body is too long (maximum is 65536 characters)")


def test_a_pull_request_is_edited_and_turned_to_another_base(github: GitHubServer, book: Repository) -> None:
    made = book.create_pull(base="main", head=BRANCH, title="A change")
    github.commit(BOOK, {"c.md": "three\n"}, branch="next")
    made.edit(title="Another title", body="Because", base="next")
    made = book.get_pull(1)
    assert (made.title, made.body, made.base.ref, made.base.sha) == (
        "Another title",
        "Because",
        "next",
        github.tip(BOOK, "next"),
    )


def test_a_push_moves_the_head_and_its_ref(github: GitHubServer, book: Repository) -> None:
    made = book.create_pull(base="main", head=BRANCH, title="A change")
    github.commit(BOOK, {"b.md": "2\n"}, branch=BRANCH, login="alice")
    made.update()
    assert (made.head.sha, made.commits) == (github.tip(BOOK, BRANCH), 2)
    assert github.hub.repository(BOOK).bare.refs()["refs/pull/1/head"] == made.head.sha
    assert names(github.events)[-1] == "pull_request.synchronize"


def test_it_is_closed_when_its_branch_goes_and_keeps_its_commits(github: GitHubServer, book: Repository) -> None:
    book.create_pull(base="main", head=BRANCH, title="A change")
    sha = github.tip(BOOK, BRANCH)
    book.get_git_ref(f"heads/{BRANCH}").delete()
    found = book.get_pull(1)
    assert (found.state, found.merged, found.head.sha) == ("closed", False, sha)
    assert [file.filename for file in found.get_files()] == ["a.md"]
    assert github.hub.repository(BOOK).bare.refs()["refs/pull/1/head"] == sha
    with pytest.raises(GithubException) as error:
        found.edit(state="open")
    assert error.value.status == 422


def test_closed_ones_are_reopened_by_the_api_and_by_hand(github: GitHubServer, book: Repository) -> None:
    made = book.create_pull(base="main", head=BRANCH, title="A change")
    made.edit(state="closed")
    made.edit(state="open")
    github.close(BOOK, 1, "alice")
    assert book.get_pull(1).state == "closed"
    github.reopen(BOOK, 1, "alice")
    assert book.get_pull(1).state == "open"
    github.close(BOOK, 1)
    other = book.create_pull(base="main", head=BRANCH, title="Another")
    with pytest.raises(GithubException) as error:
        made.edit(state="open")
    assert (other.number, error.value.status) == (2, 422)


@pytest.mark.parametrize(("how", "parents", "commits"), [("merge", 2, 3), ("squash", 1, 2), ("rebase", 1, 2)])
def test_it_is_merged_in_three_ways(
    github: GitHubServer, book: Repository, how: str, parents: int, commits: int
) -> None:
    made = book.create_pull(base="main", head=BRANCH, title="A change")
    before = github.tip(BOOK)
    sha = github.merge(BOOK, 1, how, "alice")  # type: ignore[arg-type]
    made.update()
    assert (made.merged, made.state, made.merge_commit_sha, made.merged_by.login) == (True, "closed", sha, "alice")
    assert (github.tip(BOOK), github.text(BOOK, "a.md")) == (sha, "one\nmore\n")
    assert len(book.get_commit(sha).parents) == parents
    assert book.get_commits(sha="main").totalCount == commits
    assert (made.commits, [file.filename for file in made.get_files()]) == (1, ["a.md"])
    assert made.base.sha == before
    assert made.is_merged()


def test_the_api_merges_what_has_not_moved(github: GitHubServer, book: Repository) -> None:
    made = book.create_pull(base="main", head=BRANCH, title="A change")
    with pytest.raises(GithubException) as error:
        made.merge(sha=str(github.tip(BOOK)))
    assert refusal(error) == (409, "Head branch was modified. Review and try the merge again.")
    github.set(BOOK, rebase=False)
    with pytest.raises(GithubException) as error:
        made.merge(merge_method="rebase")
    assert refusal(error) == (405, "Rebase merges are not allowed on this repository.")
    assert made.merge(commit_title="Take it", merge_method="squash", delete_branch=False).merged
    assert book.get_branch("main").commit.commit.message == "Take it"


def test_conflicts_are_seen_and_not_merged(github: GitHubServer, book: Repository) -> None:
    made = book.create_pull(base="main", head=BRANCH, title="A change")
    github.commit(BOOK, {"a.md": "something else\n"})
    made.update()
    assert (made.mergeable, made.mergeable_state) == (False, "dirty")
    with pytest.raises(GithubException) as error:
        made.merge()
    assert refusal(error) == (405, "Pull Request is not mergeable")
    assert not made.update_branch()


def test_the_base_is_merged_into_the_branch(github: GitHubServer, book: Repository) -> None:
    made = book.create_pull(base="main", head=BRANCH, title="A change")
    assert not made.update_branch()
    github.commit(BOOK, {"b.md": "two and more\n"})
    assert made.update_branch()
    assert github.text(BOOK, "b.md", BRANCH) == "two and more\n"
    assert book.get_pull(1).commits == 2


def test_a_push_of_its_commits_to_the_base_merges_it(github: GitHubServer, book: Repository) -> None:
    book.create_pull(base="main", head=BRANCH, title="A change")
    github.point(BOOK, "main", BRANCH, "alice")
    assert book.get_pull(1).merged


def test_the_branch_goes_after_the_merge_where_that_is_set(github: GitHubServer, book: Repository) -> None:
    book.create_pull(base="main", head=BRANCH, title="A change")
    github.set(BOOK, delete_branch_on_merge=True)
    github.merge(BOOK, 1, "squash")
    assert (github.tip(BOOK, BRANCH), book.get_pull(1).merged) == (None, True)


def test_a_pull_request_comes_from_a_fork(github: GitHubServer, book: Repository) -> None:
    github.repository("eve/zh", fork_of=BOOK)
    github.commit("eve/zh", {"a.md": "mine\n"}, branch="patch", login="eve")
    eve = github.client(github.token("eve")).get_repo(BOOK)
    made = eve.create_pull(base="main", head="eve:patch", title="Mine")
    assert (made.head.repo.full_name, made.base.repo.full_name) == ("eve/zh", BOOK)
    assert made.head.repo.fork
    assert [one.number for one in book.get_pulls(head="eve:patch")] == [1]
    assert book.compare("main", "eve:patch").ahead_by == 1
    with pytest.raises(GithubException) as error:
        eve.create_pull(base="main", head=BRANCH, title="Not mine")
    assert error.value.status == 403


def test_only_collaborators_are_asked_for_a_review(github: GitHubServer, book: Repository) -> None:
    github.user("mallory")
    made = book.create_pull(base="main", head=BRANCH, title="A change")
    made.create_review_request(reviewers=["alice"])
    assert [user.login for user in made.get_review_requests()[0]] == ["alice"]
    with pytest.raises(GithubException, match="not a collaborator of the book/zh repository"):
        made.create_review_request(reviewers=["mallory"])
    with pytest.raises(GithubException, match="cannot be requested from pull request author"):
        made.create_review_request(reviewers=["amts[bot]"])
    made.delete_review_request(reviewers=["alice"])
    assert list(made.get_review_requests()[0]) == []


def test_reviews_and_comments_on_lines(github: GitHubServer, book: Repository) -> None:
    made = book.create_pull(base="main", head=BRANCH, title="A change")
    alice = github.client(github.token("alice")).get_repo(BOOK).get_pull(1)
    commit = book.get_commit(made.head.sha)
    assert alice.create_review(body="Good", event="APPROVE").state == "APPROVED"
    line = alice.create_review_comment("Why?", commit, "a.md", line=2)
    answer = made.create_review_comment_reply(line.id, "Because")
    assert [one.body for one in made.get_review_comments()] == ["Why?", "Because"]
    assert (answer.in_reply_to_id, answer.path, line.line) == (line.id, "a.md", 2)
    line.edit("Why so?")
    assert made.get_review_comment(line.id).body == "Why so?"
    reaction = line.create_reaction("eyes")
    assert [one.content for one in line.get_reactions()] == ["eyes"]
    assert line.delete_reaction(reaction.id)
    line.delete()
    assert [one.state for one in made.get_reviews()] == ["APPROVED"]
    assert [one.id for one in made.get_review_comments()] == [answer.id]
    with pytest.raises(GithubException, match="Can not approve your own pull request"):
        made.create_review(event="APPROVE")
    with pytest.raises(GithubException, match="Validation Failed"):
        alice.create_review_comment("Where?", commit, "b.md", line=1)


def test_drafts_and_automatic_merges_are_graphql(github: GitHubServer, book: Repository) -> None:
    made = book.create_pull(base="main", head=BRANCH, title="A change", draft=True)
    made.mark_ready_for_review()
    assert not book.get_pull(1).draft
    made.convert_to_draft()
    assert book.get_pull(1).draft
    with pytest.raises(GithubException, match="Auto merge is not allowed"):
        made.enable_automerge("SQUASH")
    github.set(BOOK, auto_merge=True)
    made.enable_automerge("SQUASH")
    assert book.get_pull(1).raw_data["auto_merge"]["merge_method"] == "squash"
    made.disable_automerge()
    assert book.get_pull(1).raw_data["auto_merge"] is None


def test_pull_requests_of_a_commit(github: GitHubServer, book: Repository) -> None:
    made = book.create_pull(base="main", head=BRANCH, title="A change")
    assert [one.number for one in book.get_commit(made.head.sha).get_pulls()] == [1]
    assert list(book.get_commit(str(github.tip(BOOK))).get_pulls()) == []
