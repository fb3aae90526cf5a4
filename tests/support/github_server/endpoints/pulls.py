"""Pull requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.github_server.access import at_least
from tests.support.github_server.deeds import conversation
from tests.support.github_server.deeds import pulls as deeds
from tests.support.github_server.endpoints.issues import ordered
from tests.support.github_server.refusals import PULL, Refusal, invalid
from tests.support.github_server.rendering import commits, pulls
from tests.support.github_server.routing import Reply, created, endpoint, paged

if TYPE_CHECKING:
    from tests.support.github_server.model import Issue
    from tests.support.github_server.routing import Call


WAYS = {"merge": "Merge commits", "squash": "Squash merges", "rebase": "Rebase merges"}


@endpoint("GET R/pulls", "pull_requests:read")
def listed(call: Call) -> Any:
    """By ``state``, ``base`` and ``head``; a head without ``owner:`` filters nothing, as on GitHub."""
    state, base, head = (str(call.query.get(word, "")) for word in ("state", "base", "head"))
    found = [
        one
        for one in call.repository.issues.values()
        if one.pull is not None
        and (state == "all" or one.state == (state or "open"))
        and base in ("", one.pull.base_ref)
        and (":" not in head or head.lower() == one.pull.label.lower())
    ]
    return paged(call, ordered(call, found), lambda one: pulls.short(call.hub, one))


@endpoint("GET R/pulls/{pull_number}", "pull_requests:read")
def one(call: Call) -> Any:
    """One."""
    return pulls.whole(call.hub, call.pull())


@endpoint("POST R/pulls", "pull_requests:write")
def create(call: Call) -> Any:
    """A new one."""
    body, repository = call.body, call.repository
    assert call.token is not None
    if call.token.kind == "actions" and not repository.settings.actions_may_create_pulls:
        raise Refusal(403, "GitHub Actions is not permitted to create or approve pull requests.")
    _needs_push(call, str(body["head"]))
    if not body.get("title"):
        raise invalid(PULL, "title", "missing_field")
    made = deeds.open_pull(
        call.hub,
        repository,
        call.user,
        head=str(body["head"]),
        base=str(body["base"]),
        title=str(body["title"]),
        body=body.get("body"),
        draft=bool(body.get("draft", False)),
        maintainer_can_modify=bool(body.get("maintainer_can_modify", True)),
        token=call.token,
    )
    return created(pulls.whole(call.hub, made))


def _needs_push(call: Call, head: str) -> None:
    """Who opens a pull request writes in the repository that its branch is in."""
    source, _ = deeds.head_of(call.hub, call.repository, head)
    if call.user.type != "Bot" and not at_least(source.role(call.user), "write"):
        raise Refusal(403, f"{call.user.login} must have push access to {source.full_name} to create a pull request.")


@endpoint("PATCH R/pulls/{pull_number}", "pull_requests:write")
def change(call: Call) -> Any:
    """Title, text, state, base."""
    issue, body, repository = call.pull(), call.body, call.repository
    if issue.user is not call.user and call.user.type != "Bot" and not at_least(repository.role(call.user), "triage"):
        raise Refusal(403, "Must have admin rights to Repository.")
    title, text = str(body.get("title", issue.title)), body.get("body", issue.body)
    conversation.edited(call.hub, repository, issue, call.user, title, text, call.token)
    _retarget(issue, body.get("base"))
    state = body.get("state", issue.state)
    if state == "open" and issue.state == "closed":
        deeds.reopen(call.hub, repository, issue, call.user, call.token)
    elif state == "closed":
        conversation.set_state(call.hub, repository, issue, "closed", call.user, token=call.token)
    return pulls.whole(call.hub, issue)


def _retarget(issue: Issue, base: str | None) -> None:
    pull = issue.pull
    assert pull is not None
    if base is None or base == pull.base_ref:
        return
    tip = pull.repository.bare.tip(base)
    if tip is None:
        raise invalid(PULL, "base")
    pull.base_ref, pull.base = base, tip


@endpoint("GET R/pulls/{pull_number}/files", "pull_requests:read")
def files(call: Call) -> Any:
    """What it changes."""
    pull = call.pull().pull
    assert pull is not None
    return paged(
        call, pulls.changed(pull), lambda file: commits.changed_file(call.hub, file, call.repository, pull.head)
    )


@endpoint("GET R/pulls/{pull_number}/commits", "pull_requests:read")
def its_commits(call: Call) -> Any:
    """Its commits, the oldest first."""
    pull = call.pull().pull
    assert pull is not None
    found = call.repository.bare.between(*pulls.reach(pull))
    return paged(call, found, lambda sha: commits.commit(call.hub, sha, call.repository))


@endpoint("GET R/pulls/{pull_number}/merge", "pull_requests:read")
def is_merged(call: Call) -> Any:
    """Whether it is merged."""
    pull = call.pull().pull
    assert pull is not None
    if pull.merged_at is None:
        raise Refusal(404, "Not Found")
    return Reply(status=204)


@endpoint("PUT R/pulls/{pull_number}/merge", "contents:write", "write")
def merge(call: Call) -> Any:
    """Merges it."""
    issue, body = call.pull(), call.body or {}
    assert issue.pull is not None
    if body.get("sha") not in (None, issue.pull.head):
        raise Refusal(409, "Head branch was modified. Review and try the merge again.")
    message = "\n\n".join(part for part in (body.get("commit_title"), body.get("commit_message")) if part)
    way: deeds.Way = body.get("merge_method") or "merge"
    settings = call.repository.settings
    if not {"merge": settings.merge_commit, "squash": settings.squash, "rebase": settings.rebase}[way]:
        raise Refusal(405, f"{WAYS[way]} are not allowed on this repository.")
    tip = deeds.merge(call.hub, issue, call.user, way, message=message, token=call.token)
    return {"sha": tip, "merged": True, "message": "Pull Request successfully merged"}


@endpoint("PUT R/pulls/{pull_number}/update-branch", "pull_requests:write", "write")
def update_branch(call: Call) -> Any:
    """Merges the base into the branch."""
    issue, body = call.pull(), call.body or {}
    pull = issue.pull
    assert pull is not None
    bare, base = pull.head_repository.bare, pull.repository.bare.tip(pull.base_ref) or pull.base
    if body.get("expected_head_sha") not in (None, pull.head):
        raise Refusal(422, "expected head sha didn’t match current head ref.")
    bare.fetch(pull.repository.bare, base)
    if bare.contains(pull.head, base):
        raise Refusal(422, "There are no new commits on the base branch.")
    tree = bare.merged_tree(pull.head, base)
    if tree is None:
        raise Refusal(422, "merge conflict between base and head")
    message = f"Merge branch '{pull.base_ref}' into {pull.head_ref}"
    sha = bare.commit_tree(tree, (pull.head, base), message, call.user, call.hub.now().isoformat())
    bare.set_ref(f"refs/heads/{pull.head_ref}", sha, pull.head)
    deeds.follow(call.hub, pull.head_repository, call.user, call.token)
    url = f"{call.hub.url}/repos/{call.repository.full_name}/pulls/{issue.number}"
    return Reply(status=202, body={"message": "Updating pull request branch.", "url": url})
