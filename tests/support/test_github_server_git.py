"""The emulated GitHub through git itself."""

from __future__ import annotations

import base64
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.github_server import names
from tests.support.repositories import commit, git

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.github_server import GitHubServer

BOOK = "book/zh"


@pytest.fixture
def address(github: GitHubServer) -> str:
    """Of a repository with one file."""
    github.repository(BOOK, {"a.md": "one\n"})
    return f"{github.url}/{BOOK}.git"


def with_token(token: str) -> list[str]:
    """Options that show a token, as an action does: not in the address, and not in the configuration."""
    coded = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    return ["-c", f"http.extraHeader=Authorization: Basic {coded}"]


def cloned(tmp_path: Path, address: str, token: str = "") -> Path:
    git(tmp_path, *(with_token(token) if token else []), "clone", "--quiet", address, "clone")
    return tmp_path / "clone"


def said(error: pytest.ExceptionInfo[subprocess.CalledProcessError]) -> str:
    return bytes(error.value.stderr).decode()


def test_a_token_clones_and_pushes(github: GitHubServer, address: str, tmp_path: Path) -> None:
    folder, token = cloned(tmp_path, address), github.token()
    sha = commit(folder, {"a.md": "two\n"})
    git(folder, *with_token(token), "push", "--quiet", "origin", "HEAD:refs/heads/amts/x")
    assert (github.tip(BOOK, "amts/x"), github.text(BOOK, "a.md", "amts/x")) == (sha, "two\n")
    event = github.events[-1]
    assert (event.name, event.login, event.starts_workflows) == ("push", "amts[bot]", True)
    assert (event.payload["ref"], event.payload["after"], event.payload["created"]) == ("refs/heads/amts/x", sha, True)


def test_a_push_takes_the_pull_request_along(github: GitHubServer, address: str, tmp_path: Path) -> None:
    folder, token = cloned(tmp_path, address), github.token()
    commit(folder, {"a.md": "two\n"})
    push = [*with_token(token), "push", "--quiet", "origin", "HEAD:refs/heads/amts/x"]
    git(folder, *push)
    github.pull(BOOK, head="amts/x")
    sha = commit(folder, {"a.md": "three\n"})
    git(folder, *push)
    assert names(github.events)[-2:] == ["push", "pull_request.synchronize"]
    git(folder, "fetch", "--quiet", "origin", "refs/pull/1/head")
    assert git(folder, "rev-parse", "FETCH_HEAD") == sha


def test_a_workflow_token_starts_no_workflows(github: GitHubServer, address: str, tmp_path: Path) -> None:
    folder = cloned(tmp_path, address)
    commit(folder, {"a.md": "two\n"})
    git(folder, *with_token(github.token("github-actions[bot]")), "push", "--quiet", "origin", "HEAD:refs/heads/amts/x")
    assert not github.events[-1].starts_workflows


def test_without_a_token_only_what_is_public_is_read(github: GitHubServer, address: str, tmp_path: Path) -> None:
    folder = cloned(tmp_path, address)
    with pytest.raises(subprocess.CalledProcessError) as error:
        git(folder, "push", "--quiet", "origin", "HEAD:refs/heads/amts/x")
    assert "could not read Username" in said(error)
    assert github.log[-1].status == 401
    github.repository("book/secret", {"a.md": "one\n"}, private=True)
    with pytest.raises(subprocess.CalledProcessError) as error:
        git(tmp_path, "clone", f"{github.url}/book/secret.git", "secret")
    assert github.log[-1].status == 401
    git(tmp_path, *with_token(github.token()), "clone", "--quiet", f"{github.url}/book/secret.git", "secret")


def test_a_token_that_may_not_write_is_denied(github: GitHubServer, address: str, tmp_path: Path) -> None:
    folder = cloned(tmp_path, address)
    tokens = [
        github.token(permissions={"contents": "read"}),
        github.token(repositories=["book/ja"]),
        github.token("mallory"),
    ]
    for token in tokens:
        with pytest.raises(subprocess.CalledProcessError) as error:
            git(folder, *with_token(token), "push", "--quiet", "origin", "HEAD:refs/heads/amts/x")
        assert f"Permission to {BOOK}.git denied to" in said(error)
        assert github.log[-1].status == 403
    with pytest.raises(subprocess.CalledProcessError) as error:
        git(tmp_path, *with_token(github.token()), "clone", f"{github.url}/book/missing.git", "missing")
    assert "Repository not found." in said(error)


def test_a_lease_on_an_old_tip_is_refused_by_git(github: GitHubServer, address: str, tmp_path: Path) -> None:
    old = github.commit(BOOK, {"a.md": "two\n"}, branch="amts/x")
    folder, token = cloned(tmp_path, address), github.token()
    new = github.commit(BOOK, {"a.md": "by a translator\n"}, branch="amts/x")
    commit(folder, {"a.md": "two, drafted\n"})
    push = [*with_token(token), "push", "--porcelain", "origin", "HEAD:refs/heads/amts/x"]
    with pytest.raises(subprocess.CalledProcessError):
        git(folder, *push, f"--force-with-lease=refs/heads/amts/x:{old}")
    assert github.tip(BOOK, "amts/x") == new
    git(folder, *push, f"--force-with-lease=refs/heads/amts/x:{new}")
    assert github.events[-1].payload["forced"]


def test_the_refs_of_pull_requests_cannot_be_pushed(github: GitHubServer, address: str, tmp_path: Path) -> None:
    folder = cloned(tmp_path, address)
    with pytest.raises(subprocess.CalledProcessError) as error:
        git(folder, *with_token(github.token()), "push", "origin", "HEAD:refs/pull/9/head")
    assert "hidden ref" in said(error)


def test_large_pushes_and_partial_clones_work(github: GitHubServer, address: str, tmp_path: Path) -> None:
    folder = cloned(tmp_path, address)
    noise = "".join(f"{number * 7919 % 104729:x}\n" for number in range(600_000))
    commit(folder, {"big.txt": noise})
    git(folder, *with_token(github.token()), "push", "--quiet", "origin", "HEAD:main")
    git(tmp_path, "clone", "--quiet", "--depth=1", "--filter=blob:none", "--no-checkout", address, "partial")
    assert git(tmp_path / "partial", "show", "HEAD:a.md") == "one"
    assert github.text(BOOK, "big.txt") == noise


def test_a_push_can_meet_trouble_too(github: GitHubServer, address: str, tmp_path: Path) -> None:
    folder, token = cloned(tmp_path, address), github.token()
    commit(folder, {"a.md": "two\n"})
    push = [*with_token(token), "push", "--quiet", "origin", "HEAD:refs/heads/amts/x"]
    github.fail("POST /book/zh.git/git-receive-pack", 502)
    with pytest.raises(subprocess.CalledProcessError):
        git(folder, *push)
    assert github.tip(BOOK, "amts/x") is None
    github.fail("POST /book/zh.git/git-receive-pack", 502, after=True)
    with pytest.raises(subprocess.CalledProcessError):
        git(folder, *push)
    assert github.tip(BOOK, "amts/x") == git(folder, "rev-parse", "HEAD")
