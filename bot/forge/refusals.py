"""What went wrong with GitHub, in words that say what to do. Pure but for the library's own exceptions."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from github import GithubException

from sync.errors import ForgeError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LONGEST_WAIT: Final = 900
"""Seconds that a limit of requests is waited for."""
ADVICE: Final = {
    401: "The token is wrong or has expired. Look at the secret that it comes from.",
    403: "The token lacks a permission. It needs contents, pull requests and issues to write.",
    404: "There is no such thing, or the token does not reach it. Look at the name, and at what the token may see.",
    410: "Issues are turned off, or the conversation is locked.",
}
NO_PULLS_BY_ACTIONS: Final = (
    "The repository forbids pull requests by Actions: Settings → Actions → General → Allow GitHub Actions to create "
    "and approve pull requests. Or give AMTS a token of an App."
)

USED_UP: Final = "It has been asked too often for now, by this or by others with the same token. Run again in an hour."


def put_off(error: Exception, now: Callable[[], float] = time.time) -> float | None:
    """Seconds to wait where GitHub did nothing and says when to come again.

    Of the limit of an hour it says the second in which that ends, by a clock that need not be ours.
    """
    if not isinstance(error, GithubException) or error.status not in {403, 429}:
        return None
    headers = _headers(error)
    wait, end = headers.get("retry-after", ""), headers.get("x-ratelimit-reset", "")
    if not wait.isdecimal() and _is_used_up(headers) and end.isdecimal():
        wait = str(max(1, round(int(end) - now()) + 1))
    return float(wait) if wait.isdecimal() and float(wait) <= LONGEST_WAIT else None


def _headers(error: GithubException) -> Mapping[str, str]:
    return {name.casefold(): value for name, value in (error.headers or {}).items()}


def _is_used_up(headers: Mapping[str, str]) -> bool:
    return headers.get("x-ratelimit-remaining") == "0"


def told(error: Exception, doing: str) -> ForgeError:
    """What went wrong, and what to do."""
    if not isinstance(error, GithubException):
        return ForgeError(f"GitHub could not be reached to {doing}: {type(error).__name__}. Run again.")
    data = error.data if isinstance(error.data, dict) else {}
    said = "; ".join([str(data.get("message") or ""), *_details(data)]).strip("; ")
    if "not permitted to create" in said:
        advice = NO_PULLS_BY_ACTIONS
    elif error.status in {403, 429} and (_is_used_up(_headers(error)) or "rate limit" in said):
        advice = USED_UP
    else:
        advice = ADVICE.get(error.status, "Run again." if error.status >= 500 else "")
    return ForgeError(f"GitHub refused to {doing} ({error.status}: {said or 'without a reason'}). {advice}".rstrip())


def _details(data: dict[str, Any]) -> list[str]:
    errors = data.get("errors")
    found = errors if isinstance(errors, list) else []
    return [str(one.get("message") or one.get("code") or "") if isinstance(one, dict) else str(one) for one in found]
