"""Releases and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.github_server.hub import stamp
from tests.support.github_server.refusals import not_found
from tests.support.github_server.rendering.people import example, user
from tests.support.github_server.routing import endpoint, paged

if TYPE_CHECKING:
    from tests.support.github_server.model import Release
    from tests.support.github_server.routing import Call

TAGS = "refs/tags/"


def _rendered(call: Call, one: Release) -> dict[str, Any]:
    api = f"{call.hub.url}/repos/{call.repository.full_name}"
    page = f"{call.hub.url}/{call.repository.full_name}"
    return {
        **example(call.hub, "release", call.repository),
        "url": f"{api}/releases/{one.id}",
        "html_url": f"{page}/releases/tag/{one.tag}",
        "assets_url": f"{api}/releases/{one.id}/assets",
        "upload_url": f"{api}/releases/{one.id}/assets{{?name,label}}",
        "tarball_url": f"{api}/tarball/{one.tag}",
        "zipball_url": f"{api}/zipball/{one.tag}",
        "id": one.id,
        "node_id": call.hub.node("RE", one.id),
        "tag_name": one.tag,
        "target_commitish": call.repository.bare.default_branch(),
        "name": one.name,
        "body": one.body,
        "draft": one.draft,
        "prerelease": one.prerelease,
        "created_at": stamp(one.created_at),
        "published_at": None if one.draft else stamp(one.created_at),
        "author": user(call.hub, one.author),
        "assets": [],
    }


@endpoint("GET R/releases", "contents:read")
def releases(call: Call) -> Any:
    """The newest first."""
    found = [one for one in reversed(call.repository.releases) if not one.draft]
    return paged(call, found, lambda one: _rendered(call, one))


@endpoint("GET R/releases/latest", "contents:read")
def latest(call: Call) -> Any:
    """The newest that is neither draft nor prerelease."""
    found = [one for one in call.repository.releases if not one.draft and not one.prerelease]
    if not found:
        raise not_found()
    return _rendered(call, max(found, key=lambda one: (one.created_at, one.id)))


@endpoint("GET R/releases/tags/{tag}", "contents:read")
def of_tag(call: Call) -> Any:
    """That of a tag."""
    found = next((one for one in call.repository.releases if one.tag == call.params["tag"]), None)
    if found is None:
        raise not_found()
    return _rendered(call, found)


@endpoint("GET R/tags", "contents:read")
def tags(call: Call) -> Any:
    """All tags; GitHub's order is that of names, the last first."""
    bare = call.repository.bare
    names = sorted((name for name in bare.refs() if name.startswith(TAGS)), reverse=True)
    return paged(call, names, lambda name: _tag(call, name.removeprefix(TAGS)))


def _tag(call: Call, name: str) -> dict[str, Any]:
    api = f"{call.hub.url}/repos/{call.repository.full_name}"
    sha = call.repository.bare.resolve(f"{TAGS}{name}")
    return {
        "name": name,
        "commit": {"sha": sha, "url": f"{api}/commits/{sha}"},
        "zipball_url": f"{api}/zipball/{TAGS}{name}",
        "tarball_url": f"{api}/tarball/{TAGS}{name}",
        "node_id": f"REF_{name}",
    }
