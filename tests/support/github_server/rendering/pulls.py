"""Pull requests and their reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.github_server.diffs import FileChange, changes
from tests.support.github_server.hub import stamp
from tests.support.github_server.rendering.commits import SHA
from tests.support.github_server.rendering.conversation import head as said
from tests.support.github_server.rendering.people import association, example, short_repository, user

if TYPE_CHECKING:
    from tests.support.github_server.hub import Hub
    from tests.support.github_server.model import Issue, Pull, Repository, Review


def reach(pull: Pull) -> tuple[str, str]:
    """The two commits between which a pull request changes something."""
    bare = pull.repository.bare
    base = pull.base if pull.merged_at else (bare.tip(pull.base_ref) or pull.base)
    return bare.merge_base(base, pull.head) or base, pull.head


def changed(pull: Pull) -> list[FileChange]:
    """The files of a pull request."""
    return changes(pull.repository.bare, *reach(pull))


def short(hub: Hub, one: Issue) -> dict[str, Any]:
    """A pull request as lists have it."""
    pull = one.pull
    assert pull is not None
    words = {SHA: pull.head, "_1347": one.number}
    return {
        **example(hub, "pull-request-simple-items", pull.repository, **words),
        **said(hub, one, pull.repository),
        "id": one.id,
        "node_id": hub.node("PR", one.id, one),
        "_links": example(hub, "pull-request", pull.repository, **words)["_links"],
        "merged_at": None if pull.merged_at is None else stamp(pull.merged_at),
        "merge_commit_sha": pull.merge_commit,
        "requested_reviewers": [user(hub, reviewer) for reviewer in pull.reviewers],
        "requested_teams": [],
        "head": _side(hub, pull.head_repository, pull.head_ref, pull.head),
        "base": _side(hub, pull.repository, pull.base_ref, pull.base),
        "auto_merge": pull.auto_merge and {**pull.auto_merge, "enabled_by": user(hub, pull.auto_merge["enabled_by"])},
        "draft": pull.draft,
    }


def whole(hub: Hub, one: Issue) -> dict[str, Any]:
    """A pull request for itself."""
    pull = one.pull
    assert pull is not None
    start, end = reach(pull)
    files = changes(pull.repository.bare, start, end)
    return {
        **short(hub, one),
        "merged": pull.merged_at is not None,
        **_mergeable(pull),
        "merged_by": None if pull.merged_by is None else user(hub, pull.merged_by),
        "comments": sum(comment.issue is one for comment in pull.repository.comments.values()),
        "review_comments": sum(comment.issue is one for comment in pull.repository.review_comments.values()),
        "maintainer_can_modify": pull.maintainer_can_modify,
        "commits": len(pull.repository.bare.between(start, end)),
        "additions": sum(file.additions for file in files),
        "deletions": sum(file.deletions for file in files),
        "changed_files": len(files),
    }


def _mergeable(pull: Pull) -> dict[str, Any]:
    bare = pull.repository.bare
    base = bare.tip(pull.base_ref)
    if pull.merged_at is not None or base is None:
        return {"mergeable": None, "rebaseable": None, "mergeable_state": "unknown"}
    clean = bare.merged_tree(base, pull.head) is not None
    state = "dirty" if not clean else "draft" if pull.draft else "clean"
    return {"mergeable": clean, "rebaseable": clean, "mergeable_state": state}


def _side(hub: Hub, repository: Repository, name: str, sha: str) -> dict[str, Any]:
    return {
        "label": f"{repository.owner.login}:{name}",
        "ref": name,
        "sha": sha,
        "user": user(hub, repository.owner),
        "repo": short_repository(hub, repository),
    }


def review(hub: Hub, one: Review, issue: Issue, repository: Repository) -> dict[str, Any]:
    """A review."""
    pull = f"{hub.url}/repos/{repository.full_name}/pulls/{issue.number}"
    page = f"{hub.url}/{repository.full_name}/pull/{issue.number}#pullrequestreview-{one.id}"
    return {
        **example(hub, "pull-request-review", repository),
        "id": one.id,
        "node_id": hub.node("PRR", one.id),
        "user": user(hub, one.user),
        "body": one.body,
        "state": one.state,
        "html_url": page,
        "pull_request_url": pull,
        "_links": {"html": {"href": page}, "pull_request": {"href": pull}},
        "submitted_at": stamp(one.submitted_at),
        "commit_id": one.commit,
        "author_association": association(one.user, repository),
    }
