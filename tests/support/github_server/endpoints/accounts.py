"""Users, the limits of a token, and search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.github_server.access import sees
from tests.support.github_server.refusals import Refusal, inaccessible, not_found
from tests.support.github_server.rendering import people
from tests.support.github_server.rendering.conversation import issue as rendered
from tests.support.github_server.routing import Reply, endpoint, page_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.github_server.model import Issue
    from tests.support.github_server.routing import Call


@endpoint("GET /user")
def myself(call: Call) -> Any:
    """Who the token is; the token of an app is nobody."""
    user = call.user
    assert call.token is not None
    if call.token.kind != "personal":
        raise inaccessible(call.token.kind, "")
    return people.profile(call.hub, user, "private-user-response-with-public-profile-information")


@endpoint("GET /users/{username}")
def somebody(call: Call) -> Any:
    """Anybody."""
    found = call.hub.users.get(call.params["username"].lower())
    if found is None:
        raise not_found()
    return people.profile(call.hub, found)


@endpoint("GET /rate_limit")
def limits(call: Call) -> Any:
    """How many calls are left; asking costs none."""
    found = call.hub.description.example("rate-limit-overview")
    token = call.token
    if token is None:
        return found
    now = {"limit": token.limit, "used": token.used, "remaining": token.limit - token.used, "reset": int(token.reset)}
    return {**found, "resources": {**found["resources"], "core": now}, "rate": now}


@endpoint("GET /search/issues")
def search(call: Call) -> Any:
    """By ``repo:``, ``is:``, ``state:``, ``label:``, ``author:``, ``in:`` and words of title or body."""
    words = str(call.query["q"]).split()
    terms = [word.partition(":")[::2] for word in words if ":" in word]
    text = [word.strip('"').lower() for word in words if ":" not in word]
    unknown = [name for name, _ in terms if name not in TERMS and name not in ("repo", "in")]
    if unknown:
        raise Refusal(422, f"The search term {unknown[0]}: is not emulated.")
    names = [value.lower() for name, value in terms if name == "repo"]
    found = [
        rendered(call.hub, issue, repository)
        for repository in call.hub.repositories.values()
        if sees(call.token, repository) and (not names or repository.full_name.lower() in names)
        for issue in call.hub.lag.seen(repository.issues.values())
        if all(_is(issue, name, value) for name, value in terms) and _has(issue, text)
    ]
    found.sort(key=lambda one: str(one["created_at"]), reverse=True)
    chosen, headers = page_of(call, found)
    items = [{**one, "score": 1.0} for one in chosen]
    about = {"total_count": len(found), "incomplete_results": False, "search_type": "lexical"}
    return Reply(body={**about, "items": items}, headers=headers)


TERMS: dict[str, Callable[[Issue, str], bool]] = {
    "state": lambda issue, value: issue.state == value,
    "author": lambda issue, value: issue.user.login.lower() == value.lower(),
    "label": lambda issue, value: value.strip('"').lower() in {label.name.lower() for label in issue.labels},
    "is": lambda issue, value: value in (issue.state, "issue" if issue.pull is None else "pr"),
    "type": lambda issue, value: value == ("issue" if issue.pull is None else "pr"),
}


def _is(issue: Issue, name: str, value: str) -> bool:
    return name not in TERMS or TERMS[name](issue, value)


def _has(issue: Issue, words: list[str]) -> bool:
    text = f"{issue.title} {issue.body or ''}".lower()
    return all(word in text for word in words)
