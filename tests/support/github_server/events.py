"""The payloads that GitHub tells of what happened: what a workflow finds in its event file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.github_server.bare import ZERO
from tests.support.github_server.model import Event
from tests.support.github_server.rendering import conversation, people, pulls

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.github_server.hub import Hub
    from tests.support.github_server.model import Comment, Issue, Label, Repository, Review, ReviewComment, Token, User

UNTOLD = frozenset(
    ("temp_clone_token", "subscribers_count", "network_count", "pinned_comment", "closed_by", "pin", "minimized")
)
DISPATCHES = ("workflow_dispatch", "repository_dispatch")


def tell(
    hub: Hub, name: str, repository: Repository, sender: User, payload: dict[str, Any], token: Token | None = None
) -> dict[str, Any]:
    """Records an event and returns its payload, with what all payloads have."""
    whole = _whole(hub, repository, sender, payload)
    _record(hub, name, repository, sender, lambda: whole, token)
    return whole


def tell_push(
    hub: Hub, repository: Repository, sender: User, ref: str, before: str, after: str, token: Token | None
) -> None:
    """Records a push; what it says is looked up when it is asked for, since commits do not change."""

    def make() -> dict[str, Any]:
        return _whole(hub, repository, sender, of_push(hub, repository, ref, before, after, sender))

    _record(hub, "push", repository, sender, make, token)


def _whole(hub: Hub, repository: Repository, sender: User, payload: dict[str, Any]) -> dict[str, Any]:
    about = {"repository": people.repository(hub, repository), "sender": people.user(hub, sender)}
    return told({**payload, **about})  # type: ignore[no-any-return]


def _record(
    hub: Hub, name: str, repository: Repository, sender: User, make: Callable[[], dict[str, Any]], token: Token | None
) -> None:
    quiet = token is not None and token.kind == "actions" and name not in DISPATCHES
    hub.events.append(
        Event(name=name, repository=repository.full_name, login=sender.login, make=make, starts_workflows=not quiet)
    )


def told(node: Any) -> Any:
    """A payload without what only the answers of the API say."""
    if isinstance(node, list):
        return [told(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {name: told(value) for name, value in node.items() if name not in UNTOLD}


def of_comment(hub: Hub, one: Comment, repository: Repository, action: str) -> dict[str, Any]:
    """``issue_comment``; on a pull request the issue has ``pull_request``."""
    return {
        "action": action,
        "issue": conversation.issue(hub, one.issue, repository),
        "comment": conversation.comment(hub, one, repository),
    }


def of_issue(hub: Hub, one: Issue, repository: Repository, action: str, label: Label | None = None) -> dict[str, Any]:
    """``issues``."""
    more = {} if label is None else {"label": conversation.label(hub, label, repository)}
    return {"action": action, "issue": conversation.issue(hub, one, repository), **more}


def of_pull(hub: Hub, one: Issue, action: str, **more: Any) -> dict[str, Any]:
    """``pull_request``."""
    found = pulls.whole(hub, one)
    for side in ("head", "base"):
        found[side] = {**found[side], "repo": found[side]["repo"]}
    return {"action": action, "number": one.number, "pull_request": found, **more}


def of_review(hub: Hub, one: Review, issue: Issue, repository: Repository) -> dict[str, Any]:
    """``pull_request_review``."""
    found = pulls.review(hub, one, issue, repository)
    return {
        "action": "submitted",
        "review": {**found, "state": found["state"].lower()},
        "pull_request": pulls.short(hub, issue),
    }


def of_review_comment(hub: Hub, one: ReviewComment, repository: Repository, action: str) -> dict[str, Any]:
    """``pull_request_review_comment``."""
    return {
        "action": action,
        "comment": conversation.review_comment(hub, one, repository),
        "pull_request": pulls.short(hub, one.issue),
    }


def of_push(hub: Hub, repository: Repository, ref: str, before: str, after: str, sender: User) -> dict[str, Any]:
    """``push``: ``before`` is zeros for a new ref, ``after`` for one taken away."""
    bare, gone = repository.bare, after == ZERO
    new = [] if gone else bare.between(before, after) if before != ZERO else [bare.resolve(after) or after]
    forced = ZERO not in (before, after) and not bare.contains(after, before)
    listed = [_pushed(hub, repository, sha) for sha in new[-2048:]]
    page = f"{hub.url}/{repository.full_name}"
    return {
        "ref": ref,
        "before": before,
        "after": after,
        "base_ref": None,
        "pusher": {"name": sender.login, "email": sender.email},
        "created": before == ZERO,
        "deleted": gone,
        "forced": forced,
        "compare": f"{page}/compare/{before[:12]}...{after[:12]}",
        "commits": listed,
        "head_commit": listed[-1] if listed else None,
    }


def _pushed(hub: Hub, repository: Repository, sha: str) -> dict[str, Any]:
    from tests.support.github_server.diffs import EMPTY, changes

    one = repository.bare.commit(sha)
    files = changes(repository.bare, one.parents[0] if one.parents else EMPTY, sha)

    def named(*words: str) -> list[str]:
        return [file.path for file in files if file.status in words]

    return {
        "id": sha,
        "tree_id": one.tree,
        "distinct": True,
        "message": one.message,
        "timestamp": one.committer.date,
        "url": f"{hub.url}/{repository.full_name}/commit/{sha}",
        "author": {"name": one.author.name, "email": one.author.email},
        "committer": {"name": one.committer.name, "email": one.committer.email},
        "added": named("added", "renamed", "copied"),
        "removed": named("removed"),
        "modified": named("modified", "changed"),
    }


def of_schedule(schedule: str) -> dict[str, Any]:
    """``schedule``: hardly anything."""
    return {"schedule": schedule}


def of_workflow_dispatch(path: str, ref: str, inputs: dict[str, str] | None) -> dict[str, Any]:
    """``workflow_dispatch``."""
    return {"inputs": inputs, "ref": f"refs/heads/{ref}", "workflow": path}


def of_repository_dispatch(kind: str, payload: dict[str, Any], branch: str) -> dict[str, Any]:
    """``repository_dispatch``."""
    return {"action": kind, "branch": branch, "client_payload": payload, "installation": {"id": 1, "node_id": "I_1"}}
