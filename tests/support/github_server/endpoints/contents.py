"""Files: read at any commit, written as a commit."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from tests.support.github_server.bare import GitFailed
from tests.support.github_server.endpoints.commits import resolved
from tests.support.github_server.refusals import Refusal, not_found
from tests.support.github_server.rendering import commits
from tests.support.github_server.routing import Reply, endpoint

if TYPE_CHECKING:
    from tests.support.github_server.routing import Call

KINDS = {"blob": "file", "tree": "dir", "commit": "submodule"}
WHOLE = 1024 * 1024
"""Bytes up to which the content comes along."""


@endpoint("GET R/contents/{path}", "contents:read")
def contents(call: Call) -> Any:
    """A file with its content, or a list of a folder."""
    path, name = call.params["path"].strip("/"), str(call.query.get("ref", "")) or call.repository.bare.default_branch()
    try:
        sha = resolved(call, name)
    except Refusal:
        raise Refusal(404, f"No commit found for the ref {name}") from None
    here = _listed(call, sha, path)
    if len(here) != 1 or here[0][3] != path:
        raise not_found()
    if here[0][1] == "tree":
        return [_entry(call, *one, ref=name) for one in _listed(call, sha, path + "/")]
    content = call.repository.bare.raw("cat-file", "blob", here[0][2])
    if "raw" in call.headers.get("accept", ""):
        return Reply(raw=content)
    encoded = base64.encodebytes(content).decode() if len(content) <= WHOLE else ""
    known = {"content": encoded, "encoding": "base64" if len(content) <= WHOLE else "none"}
    return {**_entry(call, *here[0], ref=name), **known}


def _listed(call: Call, sha: str, path: str) -> list[tuple[str, str, str, str]]:
    found = call.repository.bare.git("--literal-pathspecs", "ls-tree", "-z", sha, "--", path).split("\0")
    return [(*line.split("\t", 1)[0].split(" "), line.split("\t", 1)[1]) for line in found if line]  # type: ignore[misc]


def _entry(call: Call, mode: str, kind: str, sha: str, path: str, *, ref: str) -> dict[str, Any]:
    api = f"{call.hub.url}/repos/{call.repository.full_name}"
    page = f"{call.hub.url}/{call.repository.full_name}"
    word = "symlink" if mode == "120000" else KINDS[kind]
    size = int(call.repository.bare.git("cat-file", "-s", sha)) if kind == "blob" else 0
    address, seen = f"{api}/contents/{path}?ref={ref}", f"{page}/{'tree' if kind == 'tree' else 'blob'}/{ref}/{path}"
    under = f"{api}/git/{'trees' if kind == 'tree' else 'blobs'}/{sha}"
    return {
        "type": word,
        "size": size,
        "name": path.rpartition("/")[2],
        "path": path,
        "sha": sha,
        "url": address,
        "git_url": under,
        "html_url": seen,
        "download_url": f"{page}/raw/{ref}/{path}" if kind == "blob" else None,
        "_links": {"self": address, "git": under, "html": seen},
    }


@endpoint("PUT R/contents/{path}", "contents:write", "write")
def write(call: Call) -> Any:
    """A commit that writes one file; an existing one only with the id that it has now."""
    bare, path = call.repository.bare, call.params["path"]
    branch = str(call.body.get("branch", "")) or bare.default_branch()
    tip = bare.tip(branch)
    if tip is None:
        raise Refusal(404, f"Branch {branch} not found")
    old = bare.blob(tip, path)
    given = call.body.get("sha")
    if old is not None and given is None:
        raise Refusal(422, 'Invalid request.\n\n"sha" wasn\'t supplied.')
    if given is not None and given != old:
        raise Refusal(409, f"{path} does not match {given}")
    files, message = {path: base64.b64decode(call.body["content"])}, str(call.body["message"])
    sha = bare.commit_files(branch, tip, files, message, call.user, call.hub.now().isoformat())
    (entry,) = _listed(call, sha, path)
    body = {"content": _entry(call, *entry, ref=branch), "commit": _git_commit(call, sha)}
    return Reply(status=200 if old else 201, body=body)


def _git_commit(call: Call, sha: str) -> dict[str, Any]:
    found = commits.commit(call.hub, sha, call.repository)
    said = {key: value for key, value in found["commit"].items() if key not in ("comment_count", "url")}
    more = {key: found[key] for key in ("sha", "node_id", "url", "html_url", "parents")}
    return {**said, **more}


@endpoint("GET R/git/trees/{tree_sha}", "contents:read")
def tree(call: Call) -> Any:
    """A tree, with ``recursive`` all below it."""
    bare = call.repository.bare
    found = bare.resolve(call.params["tree_sha"], "tree") or bare.resolve(
        f"refs/heads/{call.params['tree_sha']}", "tree"
    )
    if found is None:
        raise not_found()
    deep = ["-r", "-t"] if call.query.get("recursive") else []
    lines = bare.git("ls-tree", "-z", "--long", *deep, found).split("\0")
    api = f"{call.hub.url}/repos/{call.repository.full_name}/git"
    listed = [_leaf(line, api) for line in lines if line]
    return {"sha": found, "url": f"{api}/trees/{found}", "tree": listed, "truncated": False}


def _leaf(line: str, api: str) -> dict[str, Any]:
    about, path = line.split("\t", 1)
    mode, kind, sha, size = about.split()
    more = {"size": int(size)} if kind == "blob" else {}
    return {"path": path, "mode": mode, "type": kind, "sha": sha, **more, "url": f"{api}/{kind}s/{sha}"}


@endpoint("GET R/git/blobs/{file_sha}", "contents:read")
def blob(call: Call) -> Any:
    """A file by its id."""
    sha = call.params["file_sha"]
    try:
        content = call.repository.bare.raw("cat-file", "blob", sha)
    except GitFailed:
        raise not_found() from None
    return {
        "sha": sha,
        "node_id": f"B_{sha}",
        "size": len(content),
        "url": f"{call.hub.url}/repos/{call.repository.full_name}/git/blobs/{sha}",
        "content": base64.encodebytes(content).decode(),
        "encoding": "base64",
    }
