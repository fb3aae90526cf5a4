"""The few mutations that have no address of their own, and one query."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.support.github_server import events
from tests.support.github_server.access import at_least, reaches, role_of
from tests.support.github_server.model import Comment, Issue
from tests.support.github_server.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.github_server.hub import Hub
    from tests.support.github_server.model import Repository, Token

CLASSIFIERS = ("SPAM", "ABUSE", "OFF_TOPIC", "OUTDATED", "DUPLICATE", "RESOLVED", "LOW_QUALITY")
MUTATION = re.compile(r"\s*mutation\b[^{]*\{\s*(?P<name>\w+)\s*\([^)]*\)\s*(?P<wanted>\{.*\})\s*\}\s*", re.DOTALL)

VIEWER = re.compile(r"\s*(query\s*)?\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*")
"""The one question: it also says who the token of an app is, for whom there is no ``GET /user``."""


class Wrong(Exception):
    """An error of GraphQL: it is told with status 200."""

    def __init__(self, *, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def answer(hub: Hub, token: Token | None, body: Any) -> dict[str, Any]:
    """The answer to a mutation, which may be errors. Raises the refusal of nobody, and of what is no query."""
    if token is None:
        raise Refusal(403, "This endpoint requires you to be authenticated.")
    if not isinstance(body, dict) or not isinstance(body.get("query"), str):
        raise Refusal(400, "A query attribute must be specified and must be a string.")
    if VIEWER.fullmatch(body["query"]):
        return {"data": {"viewer": {"login": token.user.login}}}
    found = MUTATION.fullmatch(body["query"])
    name = found["name"] if found else ""
    if found is None or name not in MUTATIONS:
        hub.complaints.append(f"GraphQL: {body['query'][:200]!r} is not emulated")
        return {"data": None, "errors": [{"type": "UNKNOWN", "message": f"{name or 'This'} is not emulated"}]}
    sent = dict(body.get("variables", {}).get("input", {}))
    try:
        done = {**MUTATIONS[name](hub, token, sent), "clientMutationId": sent.get("clientMutationId")}
        return {"data": {name: selected(done, iter(re.findall(r"[{}]|\w+", found["wanted"])[1:]))}}
    except Wrong as wrong:
        error = {"type": wrong.kind, "path": [name], "locations": [{"line": 1, "column": 1}], "message": str(wrong)}
        return {"data": {name: None}, "errors": [error]}


def selected(value: Any, words: Iterator[str]) -> dict[str, Any]:
    """The fields of ``value`` that a selection names, up to its closing brace."""
    found: dict[str, Any] = {}
    last = ""
    for word in words:
        if word == "}":
            break
        if word == "{":
            found[last] = selected(value[last], words)
            continue
        if word not in value:
            raise Wrong(kind="undefinedField", message=f"Field '{word}' doesn't exist, or is not emulated")
        last, found[word] = word, value[word]
    return found


def _subject(hub: Hub, token: Token, node: str, permission: str) -> tuple[Any, Repository]:
    thing = hub.nodes.get(node)
    issue = thing.issue if isinstance(thing, Comment) else thing
    repository = next(
        (
            one
            for one in hub.repositories.values()
            if isinstance(issue, Issue) and one.issues.get(issue.number) is issue
        ),
        None,
    )
    if repository is None or (repository.private and not reaches(token, repository)):
        raise Wrong(kind="NOT_FOUND", message=f"Could not resolve to a node with the global id of '{node}'")
    if not reaches(token, repository) or not token.may(permission, "write"):
        holder = "personal access token" if token.kind == "personal" else "integration"
        raise Wrong(kind="FORBIDDEN", message=f"Resource not accessible by {holder}")
    if not at_least(role_of(token, repository), "write"):
        raise Wrong(
            kind="FORBIDDEN", message=f"{token.user.login} does not have the correct permissions to execute this"
        )
    return thing, repository


def _fold(hub: Hub, token: Token, sent: dict[str, Any]) -> dict[str, Any]:
    if sent.get("classifier") not in CLASSIFIERS:
        raise Wrong(kind="argumentLiteralsIncompatible", message="classifier is none of ReportedContentClassifiers")
    return {"minimizedComment": _folded(hub, token, sent, sent["classifier"])}


def _unfold(hub: Hub, token: Token, sent: dict[str, Any]) -> dict[str, Any]:
    return {"unminimizedComment": _folded(hub, token, sent, None)}


def _folded(hub: Hub, token: Token, sent: dict[str, Any], reason: str | None) -> dict[str, Any]:
    thing = hub.nodes.get(sent["subjectId"])
    pull = isinstance(thing, Comment) and thing.issue.pull is not None
    comment, _ = _subject(hub, token, sent["subjectId"], "pull_requests" if pull else "issues")
    comment.minimized = reason
    return {"isMinimized": reason is not None, "minimizedReason": reason and reason.lower().replace("_", "-")}


def _draft(draft: bool) -> Callable[[Hub, Token, dict[str, Any]], dict[str, Any]]:
    def change(hub: Hub, token: Token, sent: dict[str, Any]) -> dict[str, Any]:
        issue, repository = _subject(hub, token, sent["pullRequestId"], "pull_requests")
        if issue.pull.draft is not draft:
            issue.pull.draft = draft
            action = "converted_to_draft" if draft else "ready_for_review"
            events.tell(hub, "pull_request", repository, token.user, events.of_pull(hub, issue, action), token)
        return {"pullRequest": {"isDraft": draft, "number": issue.number, "id": sent["pullRequestId"]}}

    return change


def _automatic(hub: Hub, token: Token, sent: dict[str, Any]) -> dict[str, Any]:
    issue, repository = _subject(hub, token, sent["pullRequestId"], "contents")
    if not repository.settings.auto_merge:
        raise Wrong(kind="UNPROCESSABLE", message="Auto merge is not allowed for this repository")
    issue.pull.auto_merge = {
        "enabled_by": token.user,
        "merge_method": sent.get("mergeMethod", "MERGE").lower(),
        "commit_title": sent.get("commitHeadline") or issue.title,
        "commit_message": sent.get("commitBody") or "",
    }
    return _by(hub, token)


def _by_hand(hub: Hub, token: Token, sent: dict[str, Any]) -> dict[str, Any]:
    issue, _ = _subject(hub, token, sent["pullRequestId"], "contents")
    if issue.pull.auto_merge is None:
        raise Wrong(kind="UNPROCESSABLE", message="Can't disable auto-merge for this pull request.")
    issue.pull.auto_merge = None
    return _by(hub, token)


def _by(hub: Hub, token: Token) -> dict[str, Any]:
    login = token.user.login
    return {
        "actor": {
            "avatarUrl": f"{hub.url}/avatars/u/{token.user.id}",
            "login": login,
            "resourcePath": f"/{login}",
            "url": f"{hub.url}/{login}",
        }
    }


MUTATIONS: dict[str, Callable[[Hub, Token, dict[str, Any]], dict[str, Any]]] = {
    "minimizeComment": _fold,
    "unminimizeComment": _unfold,
    "convertPullRequestToDraft": _draft(draft=True),
    "markPullRequestReadyForReview": _draft(draft=False),
    "enablePullRequestAutoMerge": _automatic,
    "disablePullRequestAutoMerge": _by_hand,
}
