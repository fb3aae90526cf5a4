"""Asks GitHub what the checks judge. Nothing is changed: what is tried cannot be done; the refusal is the answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from bot.onboarding.facts import Forge, Holder
from bot.onboarding.workflow import FOLDER
from sync.errors import ForgeError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.client import Client

OURS: Final = "amts/sync"
"""A branch as ours are called."""
NOWHERE: Final = "amts/doctor-asks"
"""A branch and a label that there are none of."""
NO_COMMIT: Final = "0" * 40
NOT_PERMITTED: Final = "not permitted to create"
DONE: Final = 300
REFUSED: Final = 403
REFUSALS: Final = (403, 404)
"""What GitHub says to who may not; the second, where it would rather not say that there is something."""
ANSWERED: Final = {"contents": 422, "pull requests": 422, "issues": 404}
"""What it says to who may: that this cannot be done."""
_NOT_IN_PATHS: Final = re.compile(rb"[^A-Za-z0-9_.~-]")


def ask_github(client: Client, token: str, workflows: Iterable[str]) -> Forge:
    """What is known of a repository and of a token. ``workflows`` are the paths of those that take the action."""
    asked = _Asked(client)
    try:
        holder, token_error = _holder(client, asked) if token else (None, "")
        if token_error:
            return Forge(repository=client.name, token_error=token_error)
        status, about = asked.get("")
        if status >= DONE:
            return Forge(repository=client.name, error=f"GitHub says {status}: {_message(about)}.")
        return _forge(client, asked, about, holder, workflows)
    except ForgeError as error:
        return Forge(repository=client.name, error=str(error))


def _forge(
    client: Client, asked: _Asked, about: dict[str, Any], holder: Holder | None, workflows: Iterable[str]
) -> Forge:
    base = str(about["default_branch"])
    rights, creates_pulls = _tries(asked, base) if holder else ({}, None)
    if holder and holder.is_person and not about.get("permissions", {}).get("push"):
        rights = dict.fromkeys(rights, False)
    rules = asked.listed(f"/rules/branches/{_part(base)}")
    branch = asked.get(f"/branches/{_part(base)}")[1]
    return Forge(
        repository=client.name,
        holder=holder and Holder(login=holder.login, is_person=holder.is_person, may_write=rights),
        archived=bool(about.get("archived")),
        private=bool(about.get("private")),
        has_issues=bool(about.get("has_issues", True)),
        default_branch=base,
        creates_pulls=_may_create_pulls(asked) if creates_pulls is None else creates_pulls,
        branch_rules=_kinds(asked.listed(f"/rules/branches/{_part(OURS)}")),
        base_rules=_kinds(rules),
        required_checks=_checks(rules, branch),
        labels=frozenset(str(one["name"]) for one in asked.listed("/labels?per_page=100")),
        workflow_states={path: state for path in workflows if (state := _state(asked, path))},
    )


class _Asked:
    """Questions about one repository."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get(self, path: str) -> tuple[int, Any]:
        """Status and content."""
        return self.tried("GET", path)

    def listed(self, path: str) -> list[dict[str, Any]]:
        """A list; an empty one where it may not be seen."""
        found = self.get(path)[1]
        return found if isinstance(found, list) else []

    def tried(self, verb: str, path: str, **body: str) -> tuple[int, Any]:
        """The same for anything."""
        address = f"/repos/{self._client.name}{path}"
        status, _, content = self._client.ask(verb, address, "look at the repository", **body)
        return status, content


def _holder(client: Client, asked: _Asked) -> tuple[Holder | None, str]:
    """Who a token speaks for, or why it is good for nothing."""
    status, _, content = client.ask("GET", "/user", "ask who the token speaks for")
    if status == 401:
        return None, f"GitHub says 401: {_message(content)}."
    if status == REFUSED:  # apps and workflows are no users
        return Holder(login=client.viewer()), ""
    return Holder(login=str(content["login"]), is_person=True), ""


def _tries(asked: _Asked, base: str) -> tuple[dict[str, bool], bool | None]:
    """What the token may write, by permission, and whether it is forbidden pull requests because it is a workflow's."""
    tried = {
        "contents": asked.tried("POST", "/git/refs", ref=f"refs/heads/{NOWHERE}", sha=NO_COMMIT),
        "pull requests": asked.tried("POST", "/pulls", title="amts doctor", head=NOWHERE, base=base),
        "issues": asked.tried("PATCH", f"/labels/{_part(NOWHERE)}", description=""),
    }
    forbidden = NOT_PERMITTED in _message(tried["pull requests"][1])
    rights = {
        name: status == ANSWERED[name]
        for name, (status, content) in tried.items()
        if status in {ANSWERED[name], *REFUSALS} and "rate limit" not in _message(content)
    }
    return rights | ({"pull requests": True} if forbidden else {}), False if forbidden else None


def _may_create_pulls(asked: _Asked) -> bool | None:
    """As the settings say it, which only some may see."""
    status, content = asked.get("/actions/permissions/workflow")
    return bool(content["can_approve_pull_request_reviews"]) if status < DONE else None


def _state(asked: _Asked, path: str) -> str:
    status, content = asked.get(f"/actions/workflows/{_part(path.removeprefix(FOLDER))}")
    return str(content["state"]) if status < DONE else ""


def _part(name: str) -> str:
    """A name as one part of a path of the API."""
    return _NOT_IN_PATHS.sub(lambda byte: b"%%%02X" % ord(byte[0]), name.encode()).decode()


def _kinds(rules: Iterable[dict[str, Any]]) -> dict[str, str]:
    return {str(rule["type"]): str(rule.get("ruleset_source", "")) for rule in rules}


def _checks(rules: Iterable[dict[str, Any]], branch: Any) -> tuple[str, ...]:
    """Names of the checks that rules or the old branch protection ask for."""
    protection = branch.get("protection") or {} if isinstance(branch, dict) else {}
    old = (protection.get("required_status_checks") or {}).get("contexts") or []
    new = [
        check["context"]
        for rule in rules
        if rule["type"] == "required_status_checks"
        for check in rule.get("parameters", {}).get("required_status_checks", ())
    ]
    return tuple(dict.fromkeys([*map(str, old), *map(str, new)]))


def _message(content: Any) -> str:
    return str(content.get("message", "without a reason")) if isinstance(content, dict) else ""
