"""Comments on issues and pull requests."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.support.github_server import events
from tests.support.github_server.access import at_least
from tests.support.github_server.deeds import conversation
from tests.support.github_server.refusals import Refusal, not_found
from tests.support.github_server.rendering.conversation import comment as rendered
from tests.support.github_server.routing import created, endpoint, nothing, paged

if TYPE_CHECKING:
    from tests.support.github_server.model import Comment
    from tests.support.github_server.routing import Call


@endpoint("GET R/issues/{issue_number}/comments", "conversation:read")
def comments(call: Call) -> Any:
    """Those of one conversation, the oldest first."""
    issue, since = call.issue(), call.query.get("since")
    found = [one for one in call.repository.comments.values() if one.issue is issue]
    if since:
        found = [one for one in found if one.updated_at >= datetime.fromisoformat(since)]
    return paged(call, found, lambda one: rendered(call.hub, one, call.repository))


@endpoint("POST R/issues/{issue_number}/comments", "conversation:write")
def create(call: Call) -> Any:
    """A new one."""
    may = call.user.type == "Bot" or at_least(call.repository.role(call.user), "write")
    made = conversation.comment(
        call.hub,
        call.repository,
        call.issue(),
        call.user,
        str(call.body["body"]),
        may_unlock=may,
        token=call.token,
    )
    return created(rendered(call.hub, made, call.repository))


def found_comment(call: Call) -> Comment:
    """The comment of the path."""
    found = call.repository.comments.get(call.number("comment_id"))
    if found is None:
        raise not_found()
    return found


def own(call: Call, one: Comment) -> None:
    """Refuses who has neither written a comment nor may write in the repository."""
    if one.user is not call.user and (
        call.user.type == "Bot" or not at_least(call.repository.role(call.user), "write")
    ):
        raise Refusal(403, "Must have admin rights to Repository.")


@endpoint("GET R/issues/comments/{comment_id}", "conversation:read")
def comment(call: Call) -> Any:
    """One."""
    return rendered(call.hub, found_comment(call), call.repository)


@endpoint("PATCH R/issues/comments/{comment_id}", "conversation:write")
def change(call: Call) -> Any:
    """Another text."""
    one = found_comment(call)
    own(call, one)
    conversation.rewrite(call.hub, call.repository, one, str(call.body["body"]), call.user, call.token)
    return rendered(call.hub, one, call.repository)


@endpoint("DELETE R/issues/comments/{comment_id}", "conversation:write")
def delete(call: Call) -> Any:
    """Takes it away."""
    one, repository = found_comment(call), call.repository
    own(call, one)
    payload = events.of_comment(call.hub, one, repository, "deleted")
    del repository.comments[one.id]
    events.tell(call.hub, "issue_comment", repository, call.user, payload, call.token)
    return nothing()
