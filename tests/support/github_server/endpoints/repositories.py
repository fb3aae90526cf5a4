"""A repository, and who may what in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.github_server.refusals import not_found
from tests.support.github_server.rendering import people
from tests.support.github_server.routing import endpoint, nothing, paged

if TYPE_CHECKING:
    from tests.support.github_server.model import User
    from tests.support.github_server.routing import Call


@endpoint("GET R")
def repository(call: Call) -> Any:
    """The repository."""
    return people.repository(call.hub, call.repository, call.token)


@endpoint("GET R/forks")
def forks(call: Call) -> Any:
    """Its forks, the newest first."""
    call.query.get("sort")
    found = [one for one in call.hub.repositories.values() if one.parent is call.repository]
    return paged(call, reversed(found), lambda one: people.short_repository(call.hub, one))


def _named(call: Call) -> User:
    found = call.hub.users.get(call.params["username"].lower())
    if found is None:
        raise not_found()
    return found


@endpoint("GET R/collaborators/{username}/permission")
def permission(call: Call) -> Any:
    """What a user may here; ``none`` and ``read`` are answers, not refusals."""
    return people.permission(call.hub, _named(call), call.repository)


@endpoint("GET R/collaborators/{username}", role="write")
def collaborator(call: Call) -> Any:
    """Whether a user was made a collaborator."""
    user = _named(call)
    if user is not call.repository.owner and call.repository.roles.get(user.login, "none") == "none":
        raise not_found()
    return nothing()
