"""Examples with addresses of our own; users; repositories."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tests.support.github_server.access import at_least, role_of
from tests.support.github_server.hub import stamp
from tests.support.github_server.model import FOLDED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.github_server.hub import Hub
    from tests.support.github_server.model import Repository, Token, User

API = "https://api.github.com"
PAGES = "https://github.com"


def example(hub: Hub, name: str, repository: Repository | None = None, **words: object) -> dict[str, Any]:
    """GitHub's example of that name; ``words`` are replaced in its addresses, its repository by ours."""
    swaps = {str(old): str(new) for old, new in words.items()}
    full_name = None if repository is None else repository.full_name
    key = (name, full_name, *swaps.items())
    if key not in hub.examples:
        hub.examples[key] = readdressed(hub.description.example(name), hub.url, full_name, swaps)
    return dict(hub.examples[key])


def readdressed(node: Any, url: str, full_name: str | None, swaps: Mapping[str, str]) -> Any:
    """A copy of a node in which all addresses are ours."""
    if isinstance(node, dict):
        return {key: readdressed(value, url, full_name, swaps) for key, value in node.items()}
    if isinstance(node, list):
        return [readdressed(value, url, full_name, swaps) for value in node]
    if isinstance(node, str) and node.startswith(("https://", "http://")):
        return _address(node, url, full_name, swaps)
    return node


def _address(address: str, url: str, full_name: str | None, swaps: Mapping[str, str]) -> str:
    if full_name is not None:
        address = re.sub(rf"^{re.escape(API)}/repos/[^/]+/[^/{{?]+", f"{API}/repos/{full_name}", address)
        address = re.sub(rf"^{re.escape(PAGES)}/(?!images/)[^/]+/[^/{{?]+", f"{PAGES}/{full_name}", address)
    for old, new in swaps.items():
        address = address.replace(f"/{old.removeprefix('_')}", f"/{new}", 1)
    return address.replace(API, url).replace(PAGES, url)


def user(hub: Hub, one: User) -> dict[str, Any]:
    """A user as in the midst of other answers."""
    page = f"{hub.url}/apps/{one.login.removesuffix('[bot]')}" if one.type == "Bot" else f"{hub.url}/{one.login}"
    api = f"{hub.url}/users/{quote(one.login)}"
    return {
        "login": one.login,
        "id": one.id,
        "node_id": hub.node("U", one.id),
        "avatar_url": f"{hub.url}/avatars/u/{one.id}?v=4",
        "gravatar_id": "",
        "url": api,
        "html_url": page,
        "followers_url": f"{api}/followers",
        "following_url": f"{api}/following{{/other_user}}",
        "gists_url": f"{api}/gists{{/gist_id}}",
        "starred_url": f"{api}/starred{{/owner}}{{/repo}}",
        "subscriptions_url": f"{api}/subscriptions",
        "organizations_url": f"{api}/orgs",
        "repos_url": f"{api}/repos",
        "events_url": f"{api}/events{{/privacy}}",
        "received_events_url": f"{api}/received_events",
        "type": one.type,
        "site_admin": False,
    }


def profile(hub: Hub, one: User, name: str = "public-user-default-response") -> dict[str, Any]:
    """A user for himself."""
    return {**example(hub, name), **user(hub, one), "name": one.login, "email": None}


def association(one: User, repository: Repository) -> str:
    """As payloads freeze it; members whose membership is private show as contributors, as they do on GitHub."""
    if one is repository.owner:
        return "OWNER"
    return "COLLABORATOR" if repository.roles.get(one.login, "none") not in ("none", "read") else "NONE"


def permission(hub: Hub, one: User, repository: Repository) -> dict[str, Any]:
    """What a user may: the permission has fewer words than there are roles."""
    role = repository.role(one)
    rights = _rights(lambda least: at_least(role, least))
    return {
        "permission": FOLDED.get(role, role),
        "role_name": role,
        "user": {**user(hub, one), "permissions": rights, "role_name": role},
    }


def _rights(may: Any) -> dict[str, bool]:
    words = {"pull": "read", "triage": "triage", "push": "write", "maintain": "maintain", "admin": "admin"}
    return {word: may(least) for word, least in words.items()}


def short_repository(hub: Hub, one: Repository) -> dict[str, Any]:
    """A repository as in the midst of other answers."""
    found = {key: value for key, value in repository(hub, one).items() if key not in FULL}
    return {**found, "permissions": _rights(lambda least: least == "read")}


FULL = frozenset(
    ("organization", "parent", "source", "template_repository", "network_count", "subscribers_count", "code_of_conduct")
)
"""What only the answer to a question for one repository has."""


def repository(hub: Hub, one: Repository, token: Token | None = None) -> dict[str, Any]:
    """A repository for itself, as the holder of a token sees it."""
    role = "read" if token is None else role_of(token, one)
    found = {
        **example(hub, "full-repository-default-response", one),
        "id": one.id,
        "node_id": hub.node("R", one.id),
        "name": one.name,
        "full_name": one.full_name,
        "owner": user(hub, one.owner),
        "private": one.private,
        "visibility": "private" if one.private else "public",
        "description": one.description,
        "fork": one.parent is not None,
        "homepage": None,
        "language": None,
        "license": None,
        "topics": [],
        "web_commit_signoff_required": False,
        "custom_properties": {},
        "default_branch": one.bare.default_branch(),
        "clone_url": f"{hub.url}/{one.full_name}.git",
        "ssh_url": f"git@127.0.0.1:{one.full_name}.git",
        "svn_url": f"{hub.url}/{one.full_name}",
        "mirror_url": None,
        "git_url": f"git:{hub.url.removeprefix('http:')}/{one.full_name}.git",
        "created_at": stamp(one.created_at),
        "updated_at": stamp(one.created_at),
        "pushed_at": stamp(one.created_at),
        "permissions": _rights(lambda least: at_least(role, least)),
        **_settings(one),
    }
    for word in ("organization", "template_repository", "parent", "source"):
        found.pop(word, None)
    if one.parent is not None:
        found["parent"] = short_repository(hub, one.parent)
        found["source"] = short_repository(hub, one.root)
    return found


def _settings(one: Repository) -> dict[str, Any]:
    opened = sum(issue.state == "open" for issue in one.issues.values())
    return {
        "has_issues": one.settings.has_issues,
        "archived": one.settings.archived,
        "allow_squash_merge": one.settings.squash,
        "allow_merge_commit": one.settings.merge_commit,
        "allow_rebase_merge": one.settings.rebase,
        "allow_auto_merge": one.settings.auto_merge,
        "delete_branch_on_merge": one.settings.delete_branch_on_merge,
        "open_issues_count": opened,
        "open_issues": opened,
    }
