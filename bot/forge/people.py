"""What GitHub says of people at this moment: what somebody may do, and which commits are theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sync.errors import ForgeError

if TYPE_CHECKING:
    from bot.client import Client

PAGE: Final = 100
PAGES: Final = 3
"""GitHub lists 250 commits of a pull request."""
STRANGER: Final = ("none", "none")

_LOGIN = re.compile(r"[A-Za-z0-9_-]{1,100}")
"""It goes into an address."""


def permission(client: Client, login: str) -> tuple[str, str]:
    """What somebody may do here: ``permission`` and ``role_name``, as GitHub says now; ``none`` for strangers.

    Raises:
        ForgeError: GitHub does not say; then nobody may do anything.
    """
    if not _LOGIN.fullmatch(login):
        return STRANGER
    doing = f"ask what {login} may do"
    status, found = client.call("GET", f"/collaborators/{login}/permission", doing)
    if status == 404:
        return STRANGER
    if not isinstance(found, dict):
        message = f"GitHub was asked to {doing}, and gave no answer that can be read. Run again."
        raise ForgeError(message)
    return str(found.get("permission", "none")), str(found.get("role_name", "none"))


def commits_of_people(client: Client, number: int) -> tuple[str, ...]:
    """The commits of a pull request that are not ours, the oldest first: id, author and subject. Raises ForgeError."""
    rows: list[dict[str, Any]] = []
    for page in range(1, PAGES + 1):
        path = f"/pulls/{number}/commits?per_page={PAGE}&page={page}"
        _, found = client.call("GET", path, f"list the commits of pull request {number}")
        rows += found if isinstance(found, list) else []
        if len(rows) < page * PAGE:
            break
    return tuple(_named(row) for row in rows if not _is_ours(row["commit"]))


def _is_ours(commit: dict[str, Any]) -> bool:
    """As ``sync.repositories.branches.foreign_commits`` has it."""
    from sync.repositories.branches import IDENTITY, TRAILER

    by_us = (commit["committer"] or {}).get("email") == IDENTITY[1]
    return by_us and re.search(rf"^{TRAILER}: ", commit["message"], re.MULTILINE) is not None


def _named(row: dict[str, Any]) -> str:
    subject = row["commit"]["message"].partition("\n")[0]
    return f"{row['sha'][:7]} {subject!r} by {(row['commit']['author'] or {}).get('name', 'somebody')}"
