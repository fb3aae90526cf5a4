"""Check runs and commit statuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.github_server.endpoints.commits import resolved
from tests.support.github_server.hub import stamp
from tests.support.github_server.model import Status
from tests.support.github_server.refusals import STATUS, Refusal, invalid, not_found
from tests.support.github_server.rendering import commits
from tests.support.github_server.rendering.people import example
from tests.support.github_server.routing import Reply, created, endpoint, page_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.github_server.routing import Call

MOST_STATUSES = 1000
PLAIN = ("name", "status", "conclusion", "details_url", "external_id", "started_at", "completed_at")


@endpoint("POST R/check-runs", "checks:write", "write")
def create(call: Call) -> Any:
    """A new check run, by an app."""
    assert call.token is not None
    if call.token.kind == "personal":
        raise Refusal(403, "You must authenticate via a GitHub App.")
    number, sha = call.hub.id("check"), str(call.body["head_sha"])
    if call.repository.bare.resolve(sha) is None:
        raise Refusal(422, f"No commit found for SHA: {sha}")
    api = f"{call.hub.url}/repos/{call.repository.full_name}"
    start = {
        **example(call.hub, "check-run", call.repository),
        "id": number,
        "node_id": call.hub.node("CR", number),
        "head_sha": sha,
        "external_id": "",
        "url": f"{api}/check-runs/{number}",
        "html_url": f"{call.hub.url}/{call.repository.full_name}/runs/{number}",
        "details_url": None,
        "status": "queued",
        "conclusion": None,
        "started_at": stamp(call.hub.now()),
        "completed_at": None,
        "pull_requests": [],
        "output": _output(f"{api}/check-runs/{number}", {}, {}),
    }
    call.repository.checks[number] = _changed(call, start)
    return created(call.repository.checks[number])


def _changed(call: Call, check: dict[str, Any]) -> dict[str, Any]:
    found = {**check, **{word: call.body[word] for word in PLAIN if word in call.body}}
    if found["conclusion"] is not None:
        found["status"] = "completed"
        found["completed_at"] = found["completed_at"] or stamp(call.hub.now())
    if "output" in call.body:
        found["output"] = _output(found["url"], check["output"], call.body["output"])
    return found


def _output(address: str, before: Mapping[str, Any], sent: Mapping[str, Any]) -> dict[str, Any]:
    notes = before.get("annotations_count", 0) + len(sent.get("annotations", ()))
    words = {word: sent.get(word, before.get(word)) for word in ("title", "summary", "text")}
    return {**words, "annotations_count": notes, "annotations_url": f"{address}/annotations"}


def _found(call: Call) -> int:
    number = call.number("check_run_id")
    if number not in call.repository.checks:
        raise not_found()
    return number


@endpoint("PATCH R/check-runs/{check_run_id}", "checks:write", "write")
def change(call: Call) -> Any:
    """How far it is."""
    number = _found(call)
    call.repository.checks[number] = _changed(call, call.repository.checks[number])
    return call.repository.checks[number]


@endpoint("GET R/check-runs/{check_run_id}", "checks:read")
def check(call: Call) -> Any:
    """One."""
    return call.repository.checks[_found(call)]


@endpoint("GET R/commits/{ref}/check-runs", "checks:read")
def of_commit(call: Call) -> Any:
    """Those of a commit."""
    sha, name = resolved(call, call.params["ref"]), call.query.get("check_name")
    found = [one for one in call.repository.checks.values() if one["head_sha"] == sha and name in (None, one["name"])]
    chosen, headers = page_of(call, found)
    return Reply(body={"total_count": len(found), "check_runs": chosen}, headers=headers)


@endpoint("POST R/statuses/{sha}", "statuses:write", "write")
def say(call: Call) -> Any:
    """A new status."""
    sha, body = call.params["sha"], call.body
    if call.repository.bare.resolve(sha) != sha:
        raise Refusal(422, f"No commit found for SHA: {sha}")
    context, text = body.get("context", "default"), body.get("description")
    if text is not None and len(text) > 140:
        raise invalid(STATUS, "description", "custom", message="description is too long (maximum is 140 characters)")
    if sum(one.sha == sha and one.context == context for one in call.repository.statuses) >= MOST_STATUSES:
        raise Refusal(422, "This SHA and context has reached the maximum number of statuses.")
    made = Status(
        id=call.hub.id("status"),
        sha=sha,
        state=str(body["state"]),
        context=context,
        description=text,
        target_url=body.get("target_url"),
        creator=call.user,
        created_at=call.hub.now(),
    )
    call.repository.statuses.append(made)
    return created(commits.status(call.hub, made, call.repository))


@endpoint("GET R/commits/{ref}/status", "statuses:read")
def combined(call: Call) -> Any:
    """The newest of each context."""
    return commits.combined(call.hub, resolved(call, call.params["ref"]), call.repository)
