"""Reactions to issues, comments and comments on lines: three addresses, one behaviour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.github_server.deeds.conversation import react
from tests.support.github_server.endpoints.comments import found_comment
from tests.support.github_server.endpoints.reviews import found_line
from tests.support.github_server.refusals import Refusal, not_found
from tests.support.github_server.rendering.conversation import reaction as rendered
from tests.support.github_server.routing import Reply, endpoint, nothing, paged

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.github_server.model import Reaction
    from tests.support.github_server.routing import Call

    Find = Callable[[Call], list[Reaction]]

PLACES: dict[str, tuple[str, Find]] = {
    "R/issues/{issue_number}": ("conversation", lambda call: call.issue().reactions),
    "R/issues/comments/{comment_id}": ("conversation", lambda call: found_comment(call).reactions),
    "R/pulls/comments/{comment_id}": ("pull_requests", lambda call: found_line(call).reactions),
}


def _enter(place: str, permission: str, find: Find) -> None:
    @endpoint(f"GET {place}/reactions", f"{permission}:read")
    def reactions(call: Call) -> Any:
        content = call.query.get("content")
        found = [one for one in find(call) if content in (None, one.content)]
        return paged(call, found, lambda one: rendered(call.hub, one))

    @endpoint(f"POST {place}/reactions", f"{permission}:write")
    def create(call: Call) -> Any:
        made, new = react(call.hub, find(call), call.user, str(call.body["content"]))
        return Reply(status=201 if new else 200, body=rendered(call.hub, made))

    @endpoint(f"DELETE {place}/reactions/{{reaction_id}}", f"{permission}:write")
    def delete(call: Call) -> Any:
        all_of_it, number = find(call), call.number("reaction_id")
        found = next((one for one in all_of_it if one.id == number), None)
        if found is None:
            raise not_found()
        if found.user is not call.user:
            raise Refusal(403, "Must have admin rights to Repository.")
        all_of_it.remove(found)
        return nothing()


for _place, (_permission, _find) in PLACES.items():
    _enter(_place, _permission, _find)
