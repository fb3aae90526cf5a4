"""Branches and refs."""

from __future__ import annotations

from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any

from tests.support.github_server.refusals import Refusal, not_found
from tests.support.github_server.rendering import commits
from tests.support.github_server.routing import created, endpoint, nothing, paged

if TYPE_CHECKING:
    from tests.support.github_server.routing import Call

HEADS = "refs/heads/"


@endpoint("GET R/branches", "contents:read")
def branches(call: Call) -> Any:
    """All branches by name."""
    found = [name for name in call.repository.bare.refs() if name.startswith(HEADS)]
    refs = call.repository.bare.refs()
    call.query.get("protected")
    return paged(
        call,
        found,
        lambda name: commits.branch(call.hub, name.removeprefix(HEADS), refs[name], call.repository),
    )


@endpoint("GET R/branches/{branch}", "contents:read")
def branch(call: Call) -> Any:
    """One branch with its commit."""
    name = call.params["branch"]
    sha = call.repository.bare.tip(name)
    if sha is None:
        raise Refusal(404, "Branch not found")
    return commits.branch(call.hub, name, sha, call.repository, whole=True)


@endpoint("GET R/rules/branches/{branch}")
def rules(call: Call) -> Any:
    """The rules of rulesets that hold for a branch, which need not be there."""
    found = [
        {"ruleset_source_type": "Repository", "ruleset_source": call.repository.full_name, "ruleset_id": 1, **rule}
        for glob, rules in call.repository.rules.items()
        if fnmatch(call.params["branch"], glob)
        for rule in rules
    ]
    return paged(call, found, lambda one: one)


def _found(call: Call, missing: Refusal) -> tuple[str, str]:
    name = f"refs/{call.params['ref']}"
    sha = call.repository.bare.refs().get(name)
    if sha is None:
        raise missing
    return name, sha


@endpoint("GET R/git/ref/{ref}", "contents:read")
def ref(call: Call) -> Any:
    """One ref by its whole name."""
    name, sha = _found(call, not_found())
    return commits.ref(call.hub, name, sha, call.repository)


@endpoint("GET R/git/matching-refs/{ref}", "contents:read")
def matching(call: Call) -> Any:
    """All refs that begin so."""
    start = f"refs/{call.params['ref']}"
    found = [one for one in call.repository.bare.refs().items() if one[0].startswith(start)]
    return paged(call, found, lambda one: commits.ref(call.hub, one[0], one[1], call.repository))


@endpoint("POST R/git/refs", "contents:write", "write")
def create(call: Call) -> Any:
    """A new ref."""
    name, sha, bare = str(call.body["ref"]), str(call.body["sha"]), call.repository.bare
    if not name.startswith("refs/") or name.count("/") < 2:
        raise Refusal(422, "Reference name must start with 'refs/' and have at least two slashes.")
    if name in bare.refs():
        raise Refusal(422, "Reference already exists")
    if bare.resolve(sha, "object") is None:
        raise Refusal(422, "Object does not exist")
    if any(one.startswith(f"{name}/") or name.startswith(f"{one}/") for one in bare.refs()):
        raise Refusal(422, "Reference update failed")
    bare.set_ref(name, sha)
    return created(commits.ref(call.hub, name, sha, call.repository))


@endpoint("PATCH R/git/refs/{ref}", "contents:write", "write")
def move(call: Call) -> Any:
    """Moves a ref on; elsewhere only with ``force``."""
    name, old = _found(call, Refusal(422, "Reference does not exist"))
    sha, bare = str(call.body["sha"]), call.repository.bare
    if bare.resolve(sha, "object") is None:
        raise Refusal(422, "Object does not exist")
    if not call.body.get("force", False) and not bare.contains(sha, old):
        raise Refusal(422, "Update is not a fast forward")
    bare.set_ref(name, sha, old)
    return commits.ref(call.hub, name, sha, call.repository)


@endpoint("DELETE R/git/refs/{ref}", "contents:write", "write")
def delete(call: Call) -> Any:
    """Takes a ref away."""
    name, _ = _found(call, Refusal(422, "Reference does not exist"))
    if name == HEADS + call.repository.bare.default_branch():
        raise Refusal(422, "Cannot delete the default branch")
    call.repository.bare.set_ref(name, None)
    return nothing()
