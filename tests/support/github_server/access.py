"""Who asks, and whether they may."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from tests.support.github_server.model import ROLES
from tests.support.github_server.refusals import Refusal, inaccessible, not_found

if TYPE_CHECKING:
    from tests.support.github_server.hub import Hub
    from tests.support.github_server.model import Repository, Role, Token
    from tests.support.github_server.routing import Call, Endpoint


def token_of(hub: Hub, header: str | None) -> Token | None:
    """The token that an ``Authorization`` shows, ``None`` without one. Raises the refusal of a bad or an old one."""
    if not header:
        return None
    kind, _, value = header.partition(" ")
    if kind.lower() == "basic":
        value = base64.b64decode(value).decode("utf-8", "replace").partition(":")[2]
    found = hub.tokens.get(value.strip())
    if found is None or (found.expires is not None and found.expires <= hub.now()):
        raise Refusal(401, "Bad credentials")
    return found


def reaches(token: Token | None, repository: Repository) -> bool:
    """Whether a token is for a repository; a person's is for what the person may see."""
    if token is None:
        return False
    if token.repositories is not None and repository.full_name not in token.repositories:
        return False
    return token.user.type == "Bot" or repository.role(token.user) != "none"


def sees(token: Token | None, repository: Repository) -> bool:
    """Whether there is such a repository for the holder of a token."""
    return not repository.private or reaches(token, repository)


def role_of(token: Token, repository: Repository) -> Role:
    """What a token may at most, by its holder: what an app may is said by its permissions alone."""
    return "admin" if token.user.type == "Bot" else repository.role(token.user)


def at_least(role: Role, least: Role) -> bool:
    """Whether a role is that much."""
    return ROLES.index(role) >= ROLES.index(least)


def admit(call: Call, endpoint: Endpoint) -> None:
    """Raises the refusal of who may not. Only for operations on a repository."""
    repository, token = call.repository, call.token
    if not sees(token, repository):
        raise not_found()
    needs = _needed(call, endpoint.needs)
    permission, level = needs.split(":")
    if level == "read" and not repository.private and permission in READ_BY_ALL:
        return
    if token is None:
        raise Refusal(401, "Requires authentication")
    if not reaches(token, repository) or not token.may(permission, level):
        raise inaccessible(token.kind, needs)
    if repository.settings.archived and level == "write":
        raise Refusal(403, "Repository was archived so is read-only.")
    if not at_least(role_of(token, repository), endpoint.role):
        raise Refusal(403, f"Must have {RIGHTS[endpoint.role]} to Repository.")


READ_BY_ALL = frozenset({"metadata", "contents", "issues", "pull_requests", "checks", "statuses", "actions"})
"""What anybody reads in a public repository."""
RIGHTS = {"triage": "triage access", "write": "push access", "maintain": "maintain access", "admin": "admin rights"}


def _needed(call: Call, needs: str) -> str:
    """With the permission that the thing spoken of stands under."""
    if not needs.startswith("conversation:"):
        return needs
    issue = None
    if "issue_number" in call.params:
        issue = call.repository.issues.get(call.number("issue_number"))
    elif "comment_id" in call.params:
        comment = call.repository.comments.get(call.number("comment_id"))
        issue = comment.issue if comment else None
    pull = issue is not None and issue.pull is not None
    return needs.replace("conversation", "pull_requests" if pull else "issues")
