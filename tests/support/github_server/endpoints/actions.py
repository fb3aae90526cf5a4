"""Workflows and what starts them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.support.github_server import events
from tests.support.github_server.refusals import Refusal, not_found
from tests.support.github_server.rendering.people import example
from tests.support.github_server.routing import Reply, endpoint, nothing, page_of

if TYPE_CHECKING:
    from tests.support.github_server.routing import Call

FOLDER = ".github/workflows/"
MOST_INPUTS = 25


def _files(call: Call, branch: str | None = None) -> list[str]:
    bare = call.repository.bare
    tip = bare.tip(branch or bare.default_branch())
    names = bare.git("ls-tree", "-r", "-z", "--name-only", tip, "--", FOLDER).split("\0") if tip else []
    return [name for name in names if name.endswith((".yml", ".yaml"))]


def _rendered(call: Call, path: str, number: int) -> dict[str, Any]:
    api = f"{call.hub.url}/repos/{call.repository.full_name}/actions/workflows/{number}"
    page = f"{call.hub.url}/{call.repository.full_name}"
    return {
        **example(call.hub, "workflow", call.repository),
        "id": number,
        "name": path.removeprefix(FOLDER),
        "path": path,
        "state": call.repository.workflow_states.get(path, "active"),
        "url": api,
        "html_url": f"{page}/blob/{call.repository.bare.default_branch()}/{path}",
        "badge_url": f"{page}/actions/workflows/{path.removeprefix(FOLDER)}/badge.svg",
    }


def _found(call: Call) -> tuple[str, int]:
    wanted = call.params["workflow_id"]
    for number, path in enumerate(_files(call), start=1):
        if wanted in (str(number), path.removeprefix(FOLDER)):
            return path, number
    raise not_found()


@endpoint("GET R/actions/workflows", "actions:read")
def workflows(call: Call) -> Any:
    """Those of the default branch."""
    found = [_rendered(call, path, number) for number, path in enumerate(_files(call), start=1)]
    chosen, headers = page_of(call, found)
    return Reply(body={"total_count": len(found), "workflows": chosen}, headers=headers)


@endpoint("GET R/actions/workflows/{workflow_id}", "actions:read")
def workflow(call: Call) -> Any:
    """One, by number or file name."""
    return _rendered(call, *_found(call))


@endpoint("POST R/actions/workflows/{workflow_id}/dispatches", "actions:write", "write")
def dispatch(call: Call) -> Any:
    """Starts one: recorded, not run."""
    path, _ = _found(call)
    ref = str(call.body["ref"]).removeprefix("refs/heads/")
    inputs, bare = call.body.get("inputs"), call.repository.bare
    tip = bare.tip(ref)
    if tip is None:
        raise Refusal(422, f"No ref found for: {ref}")
    text = bare.git("show", f"{tip}:{path}") if path in _files(call, ref) else ""
    if not re.search(r"\bworkflow_dispatch\b", text):
        raise Refusal(422, "Workflow does not have 'workflow_dispatch' trigger")
    if len(inputs or {}) > MOST_INPUTS:
        raise Refusal(422, f"you may only define up to {MOST_INPUTS} `inputs` for a `workflow_dispatch` event")
    payload = events.of_workflow_dispatch(path, ref, inputs)
    events.tell(call.hub, "workflow_dispatch", call.repository, call.user, payload, call.token)
    return nothing()


@endpoint("POST R/dispatches", "contents:write", "write")
def repository_dispatch(call: Call) -> Any:
    """Starts whatever waits for it: recorded, not run."""
    kind, payload = str(call.body["event_type"]), call.body.get("client_payload") or {}
    told = events.of_repository_dispatch(kind, payload, call.repository.bare.default_branch())
    events.tell(call.hub, "repository_dispatch", call.repository, call.user, told, call.token)
    return nothing()


@endpoint("GET R/actions/permissions/workflow", "administration:read", "admin")
def permissions(call: Call) -> Any:
    """What workflows may that say nothing of it."""
    settings = call.repository.settings
    return {
        "default_workflow_permissions": "write" if settings.actions_may_write else "read",
        "can_approve_pull_request_reviews": settings.actions_may_create_pulls,
    }
