"""Labels of a repository, and of an issue or pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.github_server.deeds.conversation import GREY, add_label, label_of, set_labels
from tests.support.github_server.refusals import LABEL, Refusal, invalid, not_found
from tests.support.github_server.rendering.conversation import label as rendered
from tests.support.github_server.routing import created, endpoint, nothing, paged

if TYPE_CHECKING:
    from tests.support.github_server.model import Label
    from tests.support.github_server.routing import Call


def _named(call: Call) -> Label:
    found = call.repository.labels.get(call.params["name"].lower())
    if found is None:
        raise not_found()
    return found


@endpoint("GET R/labels", "issues:read")
def labels(call: Call) -> Any:
    """All, by name."""
    found = sorted(call.repository.labels.values(), key=lambda one: one.name.lower())
    return paged(call, found, lambda one: rendered(call.hub, one, call.repository))


@endpoint("GET R/labels/{name}", "issues:read")
def label(call: Call) -> Any:
    """One."""
    return rendered(call.hub, _named(call), call.repository)


@endpoint("POST R/labels", "issues:write", "write")
def create(call: Call) -> Any:
    """A new one."""
    color = str(call.body.get("color", GREY))
    if len(color) != 6:
        raise invalid(LABEL, "color")
    made = add_label(call.hub, call.repository, str(call.body["name"]), color.lower(), call.body.get("description"))
    return created(rendered(call.hub, made, call.repository))


@endpoint("PATCH R/labels/{name}", "issues:write", "write")
def change(call: Call) -> Any:
    """Another name, colour or description."""
    one = _named(call)
    del call.repository.labels[one.name.lower()]
    one.name = call.body.get("new_name", one.name)
    one.color = call.body.get("color", one.color)
    one.description = call.body.get("description", one.description)
    call.repository.labels[one.name.lower()] = one
    return rendered(call.hub, one, call.repository)


@endpoint("DELETE R/labels/{name}", "issues:write", "write")
def delete(call: Call) -> Any:
    """Takes it away, also from all issues."""
    one = _named(call)
    del call.repository.labels[one.name.lower()]
    for issue in call.repository.issues.values():
        issue.labels = [label for label in issue.labels if label is not one]
    return nothing()


def _wanted(call: Call) -> list[Label]:
    """The labels of a body, which is a list or has one."""
    listed = call.body if isinstance(call.body, list) else call.body["labels"]
    names = [one["name"] if isinstance(one, dict) else one for one in listed]
    return [label_of(call.hub, call.repository, name) for name in names]


def _all(call: Call) -> Any:
    return [rendered(call.hub, one, call.repository) for one in call.issue().labels]


@endpoint("GET R/issues/{issue_number}/labels", "conversation:read")
def of_issue(call: Call) -> Any:
    """Those of one issue."""
    return paged(call, call.issue().labels, lambda one: rendered(call.hub, one, call.repository))


@endpoint("POST R/issues/{issue_number}/labels", "conversation:write", "triage")
def add(call: Call) -> Any:
    """More of them."""
    issue = call.issue()
    set_labels(call.hub, call.repository, issue, [*issue.labels, *_wanted(call)], call.user, call.token)
    return _all(call)


@endpoint("PUT R/issues/{issue_number}/labels", "conversation:write", "triage")
def replace(call: Call) -> Any:
    """Others."""
    set_labels(call.hub, call.repository, call.issue(), _wanted(call), call.user, call.token)
    return _all(call)


@endpoint("DELETE R/issues/{issue_number}/labels/{name}", "conversation:write", "triage")
def remove(call: Call) -> Any:
    """One less."""
    issue, name = call.issue(), call.params["name"].lower()
    left = [one for one in issue.labels if one.name.lower() != name]
    if len(left) == len(issue.labels):
        raise Refusal(404, "Label does not exist")
    set_labels(call.hub, call.repository, issue, left, call.user, call.token)
    return _all(call)
