"""Commits and comparisons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.github_server.bare import GitFailed
from tests.support.github_server.deeds.pulls import head_of
from tests.support.github_server.refusals import Refusal, not_found
from tests.support.github_server.rendering import commits, pulls
from tests.support.github_server.routing import Reply, endpoint, page_of, paged

if TYPE_CHECKING:
    from tests.support.github_server.routing import Call


MOST_FILES = 300
MOST_COMMITS = 250
"""A page of a comparison, where nothing else is asked for."""


def resolved(call: Call, revision: str) -> str:
    """The commit that a name means. Raises the refusal of one that means none."""
    bare = call.repository.bare
    for name in (f"refs/heads/{revision}", f"refs/tags/{revision}", f"refs/{revision}", revision):
        if sha := bare.resolve(name):
            return sha
    raise Refusal(422, f"No commit found for SHA: {revision}")


@endpoint("GET R/commits", "contents:read")
def history(call: Call) -> Any:
    """The history of a branch or a commit, the newest first; of a path, an author, a span of time."""
    bare = call.repository.bare
    revision = str(call.query.get("sha", "")) or bare.default_branch()
    try:
        start = resolved(call, revision)
    except Refusal:
        raise not_found() from None
    options = [f"--{name}={call.query[name]}" for name in ("since", "until", "author") if name in call.query]
    path = ["--", str(call.query["path"])] if "path" in call.query else []
    found = bare.git("rev-list", *options, start, *path).split()
    return paged(call, found, lambda sha: commits.commit(call.hub, sha, call.repository))


@endpoint("GET R/commits/{ref}", "contents:read")
def commit(call: Call) -> Any:
    """One commit with its files."""
    sha = resolved(call, call.params["ref"])
    found = commits.commit(call.hub, sha, call.repository, whole=True)
    found["files"], headers = page_of(call, found["files"], size=MOST_FILES)
    return Reply(body=found, headers=headers)


@endpoint("GET R/git/commits/{commit_sha}", "contents:read")
def git_commit(call: Call) -> Any:
    """One commit as git has it."""
    sha = call.repository.bare.resolve(call.params["commit_sha"])
    if sha is None:
        raise not_found()
    found = commits.commit(call.hub, sha, call.repository)
    said = {key: value for key, value in found["commit"].items() if key != "comment_count"}
    return {**said, "sha": sha, "node_id": found["node_id"], "html_url": found["html_url"], "parents": found["parents"]}


@endpoint("GET R/compare/{basehead}", "contents:read")
def compare(call: Call) -> Any:
    """Two commits, ``base...head``; a head of a fork is ``owner:branch``."""
    span = call.params["basehead"]
    base, dots, head = span.partition("...")
    if not dots:
        raise not_found()
    try:
        ours, theirs = resolved(call, base.rpartition(":")[2]), _head(call, head)
        found = commits.comparison(call.hub, ours, theirs, call.repository, span)
    except (Refusal, GitFailed):
        raise not_found() from None
    if call.query.get("page", "1") != "1":
        found["files"] = []
    chosen, headers = page_of(call, found["commits"], size=MOST_COMMITS)
    found["commits"] = [commits.commit(call.hub, sha, call.repository) for sha in chosen]
    return Reply(body=found, headers=headers)


def _head(call: Call, head: str) -> str:
    if ":" not in head:
        return resolved(call, head)
    source, branch = head_of(call.hub, call.repository, head)
    tip = source.bare.tip(branch)
    if tip is None:
        raise not_found()
    call.repository.bare.fetch(source.bare, tip)
    return tip


@endpoint("GET R/commits/{commit_sha}/pulls", "pull_requests:read")
def pulls_of(call: Call) -> Any:
    """The pull requests that have a commit."""
    sha = resolved(call, call.params["commit_sha"])
    found = []
    for issue in call.repository.issues.values():
        pull = issue.pull
        if pull and (sha == pull.merge_commit or sha in call.repository.bare.between(*pulls.reach(pull))):
            found.append(issue)
    return paged(call, found, lambda one: pulls.short(call.hub, one))
