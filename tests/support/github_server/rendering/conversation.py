"""Issues, comments, labels and reactions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.github_server.hub import stamp
from tests.support.github_server.model import CONTENTS
from tests.support.github_server.rendering.people import association, example, user

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.support.github_server.hub import Hub
    from tests.support.github_server.model import Comment, Issue, Label, Reaction, Repository, ReviewComment


def label(hub: Hub, one: Label, repository: Repository) -> dict[str, Any]:
    """A label."""
    return {
        "id": one.id,
        "node_id": hub.node("LA", one.id),
        "url": f"{hub.url}/repos/{repository.full_name}/labels/{one.name}",
        "name": one.name,
        "color": one.color,
        "default": False,
        "description": one.description,
    }


def reaction(hub: Hub, one: Reaction) -> dict[str, Any]:
    """A reaction."""
    return {
        "id": one.id,
        "node_id": hub.node("REA", one.id),
        "user": user(hub, one.user),
        "content": one.content,
        "created_at": stamp(one.created_at),
    }


def rollup(address: str, all_of_it: Sequence[Reaction]) -> dict[str, Any]:
    """How often there is which reaction."""
    counts = {content: sum(one.content == content for one in all_of_it) for content in CONTENTS}
    return {"url": f"{address}/reactions", "total_count": len(all_of_it), **counts}


def comment(hub: Hub, one: Comment, repository: Repository) -> dict[str, Any]:
    """A comment on an issue or a pull request."""
    kind = "issues" if one.issue.pull is None else "pull"
    api = f"{hub.url}/repos/{repository.full_name}"
    address = f"{api}/issues/comments/{one.id}"
    return {
        **example(hub, "issue-comment", repository),
        "id": one.id,
        "node_id": hub.node("IC", one.id, one),
        "url": address,
        "html_url": f"{hub.url}/{repository.full_name}/{kind}/{one.issue.number}#issuecomment-{one.id}",
        "issue_url": f"{api}/issues/{one.issue.number}",
        "body": one.body,
        "user": user(hub, one.user),
        "created_at": stamp(one.created_at),
        "updated_at": stamp(one.updated_at),
        "author_association": association(one.user, repository),
        "performed_via_github_app": None,
        "reactions": rollup(address, one.reactions),
        "minimized": None if one.minimized is None else {"reason": one.minimized.lower()},
        "pin": None,
    }


def issue(hub: Hub, one: Issue, repository: Repository) -> dict[str, Any]:
    """An issue, or a pull request as one."""
    api = f"{hub.url}/repos/{repository.full_name}/issues/{one.number}"
    kind = "issues" if one.pull is None else "pull"
    found = {
        **example(hub, "issue", repository, _1347=one.number),
        **head(hub, one, repository),
        "id": one.id,
        "node_id": hub.node("I" if one.pull is None else "PR", one.id, one),
        "url": api,
        "html_url": f"{hub.url}/{repository.full_name}/{kind}/{one.number}",
        "comments": sum(comment.issue is one for comment in repository.comments.values()),
        "closed_by": None if one.closed_by is None else user(hub, one.closed_by),
        "state_reason": one.state_reason,
        "performed_via_github_app": None,
        "reactions": rollup(api, one.reactions),
        "pinned_comment": None,
    }
    del found["pull_request"]
    if one.pull is not None:
        page = f"{hub.url}/{repository.full_name}/pull/{one.number}"
        found["draft"] = one.pull.draft
        found["pull_request"] = {
            "url": f"{hub.url}/repos/{repository.full_name}/pulls/{one.number}",
            "html_url": page,
            "diff_url": f"{page}.diff",
            "patch_url": f"{page}.patch",
            "merged_at": None if one.pull.merged_at is None else stamp(one.pull.merged_at),
        }
    return found


def head(hub: Hub, one: Issue, repository: Repository) -> dict[str, Any]:
    """What an issue and a pull request say alike."""
    people = [user(hub, assignee) for assignee in one.assignees]
    return {
        "number": one.number,
        "state": one.state,
        "title": one.title,
        "body": one.body,
        "user": user(hub, one.user),
        "labels": [label(hub, each, repository) for each in one.labels],
        "assignee": people[0] if people else None,
        "assignees": people,
        "milestone": None,
        "locked": one.locked,
        "active_lock_reason": one.lock_reason,
        "created_at": stamp(one.created_at),
        "updated_at": stamp(one.updated_at),
        "closed_at": None if one.closed_at is None else stamp(one.closed_at),
        "author_association": association(one.user, repository),
    }


def review_comment(hub: Hub, one: ReviewComment, repository: Repository) -> dict[str, Any]:
    """A comment on a line."""
    number = one.issue.number
    address = f"{hub.url}/repos/{repository.full_name}/pulls/comments/{one.id}"
    pull = f"{hub.url}/repos/{repository.full_name}/pulls/{number}"
    page = f"{hub.url}/{repository.full_name}/pull/{number}#discussion_r{one.id}"
    found = {
        **example(hub, "pull-request-review-comment-2", repository, _1=number),
        "url": address,
        "pull_request_review_id": one.review,
        "id": one.id,
        "node_id": hub.node("PRRC", one.id, one),
        "diff_hunk": one.hunk,
        "path": one.path,
        "commit_id": one.commit,
        "original_commit_id": one.commit,
        "user": user(hub, one.user),
        "body": one.body,
        "created_at": stamp(one.created_at),
        "updated_at": stamp(one.updated_at),
        "html_url": page,
        "pull_request_url": pull,
        "author_association": association(one.user, repository),
        "_links": {"self": {"href": address}, "html": {"href": page}, "pull_request": {"href": pull}},
        "start_line": None,
        "original_start_line": None,
        "start_side": None,
        "line": one.line,
        "original_line": one.line,
        "side": one.side,
        "subject_type": "file" if one.line is None else "line",
        "reactions": rollup(address, one.reactions),
    }
    found.pop("in_reply_to_id", None)
    return found if one.answers is None else {**found, "in_reply_to_id": one.answers}
