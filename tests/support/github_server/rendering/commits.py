"""Commits, branches, refs, files and comparisons, as git has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.github_server.diffs import EMPTY, changes
from tests.support.github_server.rendering.people import example, short_repository, user

if TYPE_CHECKING:
    from tests.support.github_server.bare import Commit, Person
    from tests.support.github_server.diffs import FileChange
    from tests.support.github_server.hub import Hub
    from tests.support.github_server.model import Repository, Status

SHA = "_6dcb09b5b57875f334f61aebed695e2e4193db5e"
UNSIGNED = {"verified": False, "reason": "unsigned", "signature": None, "payload": None, "verified_at": None}


def utc(date: str) -> str:
    """A date of git as the API writes it: in tests all are in UTC."""
    return date.replace("+00:00", "Z")


def commit(hub: Hub, sha: str, repository: Repository, whole: bool = False) -> dict[str, Any]:
    """A commit; ``whole`` with its files."""
    one = repository.bare.commit(sha)
    api = f"{hub.url}/repos/{repository.full_name}"
    page = f"{hub.url}/{repository.full_name}/commit"
    found = {
        **example(hub, "commit", repository, **{SHA: sha}),
        "sha": sha,
        "node_id": f"C_{sha}",
        "url": f"{api}/commits/{sha}",
        "html_url": f"{page}/{sha}",
        "comments_url": f"{api}/commits/{sha}/comments",
        "commit": _said(hub, one, api),
        "author": _owner(hub, one.author),
        "committer": _owner(hub, one.committer),
        "parents": [
            {"sha": parent, "url": f"{api}/commits/{parent}", "html_url": f"{page}/{parent}"} for parent in one.parents
        ],
    }
    found.pop("stats", None)
    found.pop("files", None)
    return {**found, **_weight(hub, one, repository)} if whole else found


def _said(hub: Hub, one: Commit, api: str) -> dict[str, Any]:
    return {
        "url": f"{api}/git/commits/{one.sha}",
        "author": person(one.author),
        "committer": person(one.committer),
        "message": one.message,
        "tree": {"sha": one.tree, "url": f"{api}/git/trees/{one.tree}"},
        "comment_count": 0,
        "verification": dict(UNSIGNED),
    }


def person(one: Person) -> dict[str, str]:
    """Who made a commit, and when."""
    return {"name": one.name, "email": one.email, "date": utc(one.date)}


def _owner(hub: Hub, one: Person) -> dict[str, Any] | None:
    found = hub.by_email(one.email)
    return None if found is None else user(hub, found)


def _weight(hub: Hub, one: Commit, repository: Repository) -> dict[str, Any]:
    files = changes(repository.bare, one.parents[0] if one.parents else EMPTY, one.sha)
    added, gone = sum(file.additions for file in files), sum(file.deletions for file in files)
    return {
        "stats": {"additions": added, "deletions": gone, "total": added + gone},
        "files": [changed_file(hub, file, repository, one.sha) for file in files],
    }


def changed_file(hub: Hub, one: FileChange, repository: Repository, sha: str) -> dict[str, Any]:
    """A file of a comparison or of a pull request."""
    page = f"{hub.url}/{repository.full_name}"
    found = {
        "sha": one.blob,
        "filename": one.path,
        "status": one.status,
        "additions": one.additions,
        "deletions": one.deletions,
        "changes": one.additions + one.deletions,
        "blob_url": f"{page}/blob/{sha}/{one.path}",
        "raw_url": f"{page}/raw/{sha}/{one.path}",
        "contents_url": f"{hub.url}/repos/{repository.full_name}/contents/{one.path}?ref={sha}",
    }
    if one.previous is not None:
        found["previous_filename"] = one.previous
    if one.patch is not None:
        found["patch"] = one.patch
    return found


def comparison(hub: Hub, base: str, head: str, repository: Repository, span: str) -> dict[str, Any]:
    """How two commits stand to each other; ``span`` is how they were named. Its commits are bare ids, to be paged."""
    bare = repository.bare
    shared = bare.merge_base(base, head)
    ahead, behind = bare.between(base, head), bare.between(head, base)
    word = {(False, False): "identical", (True, False): "ahead", (False, True): "behind"}
    files = changes(bare, shared or base, head)
    page = f"{hub.url}/{repository.full_name}/compare/{span}"
    return {
        **example(hub, "commit-comparison", repository),
        "url": f"{hub.url}/repos/{repository.full_name}/compare/{span}",
        "html_url": page,
        "permalink_url": page,
        "diff_url": f"{page}.diff",
        "patch_url": f"{page}.patch",
        "base_commit": commit(hub, base, repository),
        "merge_base_commit": commit(hub, shared or base, repository),
        "status": word.get((bool(ahead), bool(behind)), "diverged"),
        "ahead_by": len(ahead),
        "behind_by": len(behind),
        "total_commits": len(ahead),
        "commits": ahead,
        "files": [changed_file(hub, file, repository, head) for file in files[:300]],
    }


def ref(hub: Hub, name: str, sha: str, repository: Repository) -> dict[str, Any]:
    """A ref, which may be an annotated tag."""
    api = f"{hub.url}/repos/{repository.full_name}/git"
    kind = repository.bare.git("cat-file", "-t", sha)
    return {
        "ref": name,
        "node_id": f"REF_{name}",
        "url": f"{api}/{name}",
        "object": {"sha": sha, "type": kind, "url": f"{api}/{kind}s/{sha}"},
    }


def branch(hub: Hub, name: str, sha: str, repository: Repository, whole: bool = False) -> dict[str, Any]:
    """A branch."""
    api = f"{hub.url}/repos/{repository.full_name}"
    checks = list(repository.protected.get(name, ()))
    level = {"enforcement_level": "non_admins" if checks else "off"}
    short = {
        "name": name,
        "commit": {"sha": sha, "url": f"{api}/commits/{sha}"},
        "protected": name in repository.protected,
        "protection": {
            "enabled": name in repository.protected,
            "required_status_checks": {
                **level,
                "contexts": checks,
                "checks": [{"context": check, "app_id": None} for check in checks],
            },
        },
        "protection_url": f"{api}/branches/{name}/protection",
    }
    if not whole:
        return short
    links = {"self": f"{api}/branches/{name}", "html": f"{hub.url}/{repository.full_name}/tree/{name}"}
    return {**example(hub, "branch-get", repository), **short, "commit": commit(hub, sha, repository), "_links": links}


def status(hub: Hub, one: Status, repository: Repository) -> dict[str, Any]:
    """A commit status."""
    from tests.support.github_server.hub import stamp

    return {
        **example(hub, "status", repository, **{SHA: one.sha}),
        "url": f"{hub.url}/repos/{repository.full_name}/statuses/{one.sha}",
        "id": one.id,
        "node_id": hub.node("SC", one.id),
        "state": one.state,
        "description": one.description,
        "target_url": one.target_url,
        "context": one.context,
        "creator": user(hub, one.creator),
        "created_at": stamp(one.created_at),
        "updated_at": stamp(one.created_at),
    }


def combined(hub: Hub, sha: str, repository: Repository) -> dict[str, Any]:
    """The newest status of each context, and what they come to."""
    newest = {one.context: one for one in repository.statuses if one.sha == sha}
    states = {one.state for one in newest.values()}
    state = "failure" if states & {"failure", "error"} else "success" if states == {"success"} else "pending"
    return {
        **example(hub, "combined-commit-status", repository, **{SHA: sha}),
        "state": state,
        "statuses": [status(hub, one, repository) for one in newest.values()],
        "sha": sha,
        "total_count": len(newest),
        "repository": short_repository(hub, repository),
        "commit_url": f"{hub.url}/repos/{repository.full_name}/commits/{sha}",
        "url": f"{hub.url}/repos/{repository.full_name}/commits/{sha}/status",
    }
