"""Issues, and what pull requests have of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.support.github_server.access import at_least
from tests.support.github_server.deeds import conversation
from tests.support.github_server.deeds.pulls import reopen
from tests.support.github_server.refusals import Refusal
from tests.support.github_server.rendering.conversation import issue as rendered
from tests.support.github_server.routing import created, endpoint, nothing, paged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.support.github_server.model import Issue, User
    from tests.support.github_server.routing import Call


def ordered(call: Call, issues: Iterable[Issue]) -> list[Issue]:
    """As ``sort`` and ``direction`` have it: by default those that were made last first."""
    by_update = call.query.get("sort", "created") == "updated"
    down = call.query.get("direction", "desc") == "desc"
    return sorted(issues, key=lambda one: (one.updated_at if by_update else one.created_at, one.number), reverse=down)


@endpoint("GET R/issues", "issues:read")
def issues(call: Call) -> Any:
    """Issues and pull requests, with all of ``labels``, in a ``state``, by a ``creator``, ``since`` a time."""
    names = {name.lower() for name in str(call.query.get("labels", "")).split(",") if name}
    state, creator, assignee = (call.query.get(word) for word in ("state", "creator", "assignee"))
    since = call.query.get("since")
    moment = datetime.fromisoformat(since) if since else datetime.min.replace(tzinfo=UTC)
    found = [
        one
        for one in call.repository.issues.values()
        if (state == "all" or one.state == (state or "open"))
        and names <= {label.name.lower() for label in one.labels}
        and creator in (None, one.user.login)
        and assignee in (None, "*", *(user.login for user in one.assignees))
        and one.updated_at >= moment
    ]
    return paged(call, ordered(call, found), lambda one: rendered(call.hub, one, call.repository))


@endpoint("GET R/issues/{issue_number}", "conversation:read")
def issue(call: Call) -> Any:
    """One."""
    return rendered(call.hub, call.issue(), call.repository)


@endpoint("POST R/issues", "issues:write")
def create(call: Call) -> Any:
    """A new one; labels and assignees of a stranger are silently dropped."""
    body, repository = call.body, call.repository
    made = conversation.open_issue(
        call.hub, repository, call.user, str(body["title"]), body.get("body"), token=call.token
    )
    labels, people = body.get("labels") or [], body.get("assignees") or []
    if _writes(call):
        chosen = [conversation.label_of(call.hub, repository, str(name)) for name in labels]
        conversation.set_labels(call.hub, repository, made, chosen, call.user, call.token)
        made.assignees = _assignable(call, people)
    return created(rendered(call.hub, made, repository))


def _writes(call: Call) -> bool:
    return call.user.type == "Bot" or at_least(call.repository.role(call.user), "triage")


@endpoint("PATCH R/issues/{issue_number}", "conversation:write")
def change(call: Call) -> Any:
    """Title, text, state, labels, assignees."""
    one, body, repository = call.issue(), call.body, call.repository
    if one.user is not call.user and not _writes(call):
        raise Refusal(403, "Must have admin rights to Repository.")
    title, text = body.get("title", one.title), body.get("body", one.body)
    conversation.edited(call.hub, repository, one, call.user, str(title), text, call.token)
    if body.get("labels") is not None:
        chosen = [conversation.label_of(call.hub, repository, str(name)) for name in body["labels"]]
        conversation.set_labels(call.hub, repository, one, chosen, call.user, call.token)
    if body.get("assignees") is not None:
        one.assignees = _assignable(call, body["assignees"])
    _set_state(call, one, body.get("state", one.state), body.get("state_reason"))
    return rendered(call.hub, one, repository)


def _set_state(call: Call, one: Issue, state: str, reason: str | None) -> None:
    if one.pull is not None and state == "open" and one.state == "closed":
        reopen(call.hub, call.repository, one, call.user, call.token)
    elif state in ("open", "closed"):
        conversation.set_state(call.hub, call.repository, one, state, call.user, reason=reason, token=call.token)  # type: ignore[arg-type]


def _assignable(call: Call, logins: Iterable[str]) -> list[User]:
    """Those who can be assigned: GitHub silently drops the others."""
    known = (call.hub.users.get(login.lower()) for login in logins)
    return [user for user in known if user is not None and at_least(call.repository.role(user), "triage")]


@endpoint("POST R/issues/{issue_number}/assignees", "conversation:write", "triage")
def assign(call: Call) -> Any:
    """More assignees."""
    one = call.issue()
    one.assignees = list(dict.fromkeys([*one.assignees, *_assignable(call, call.body["assignees"])]))
    return created(rendered(call.hub, one, call.repository))


@endpoint("DELETE R/issues/{issue_number}/assignees", "conversation:write", "triage")
def unassign(call: Call) -> Any:
    """Fewer assignees."""
    one, gone = call.issue(), {login.lower() for login in call.body["assignees"]}
    one.assignees = [user for user in one.assignees if user.login.lower() not in gone]
    return rendered(call.hub, one, call.repository)


@endpoint("PUT R/issues/{issue_number}/lock", "conversation:write", "write")
def lock(call: Call) -> Any:
    """Ends the conversation."""
    one = call.issue()
    one.locked, one.lock_reason = True, call.body.get("lock_reason") if call.body else None
    return nothing()


@endpoint("DELETE R/issues/{issue_number}/lock", "conversation:write", "write")
def unlock(call: Call) -> Any:
    """Goes on with it."""
    one = call.issue()
    one.locked, one.lock_reason = False, None
    return nothing()
