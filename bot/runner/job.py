"""The job that this run is, as the runner says it in the environment. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.quoting import printable
from sync.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

REPOSITORY: Final = r"[A-Za-z0-9][A-Za-z0-9-]{0,99}/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}"
_URL: Final = r"(?:https://[A-Za-z0-9.-]+|http://127\.0\.0\.1|http://localhost)(?::\d+)?(?:/[A-Za-z0-9._~/-]*)?"
"""A token goes there: in the clear only to this computer."""
_NUMBER: Final = r"[1-9][0-9]{0,19}"
_ANYTHING: Final = r"[^\x00-\x1f]+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Where a run happens, for whom, and the files by which it is told and tells."""

    server_url: str
    """Without a slash at its end, as are the others."""
    api_url: str
    repository: str
    """``owner/name``."""
    run_id: int
    """0 for a run outside of GitHub Actions."""
    attempt: int
    """1 for the first; a run may be started again."""
    actor: str
    event: str
    """Its name."""
    event_path: str
    sha: str
    ref: str
    """In full, as in ``refs/heads/main``; empty for events that have none."""
    workspace: str
    output_path: str
    """Where outputs go; empty if nobody reads them, as is the next."""
    summary_path: str

    @property
    def run_url(self) -> str:
        """Where people see the run; the repository, if it is on somebody's own computer."""
        place = f"{self.server_url}/{self.repository}"
        return f"{place}/actions/runs/{self.run_id}" if self.run_id else place


def read_job(env: Mapping[str, str]) -> Job:
    """The job of the environment. Raises ``InputError`` that names all variables that are missing or are not right."""
    needed = {field: env.get(variable, "") for field, (variable, _) in _NEEDED.items()}
    wrong = [
        f"{variable} is {_shown(needed[field])}"
        for field, (variable, pattern) in _NEEDED.items()
        if not re.fullmatch(pattern, needed[field])
    ]
    if wrong:
        message = (
            f"This is not a job of GitHub Actions, or not a whole one: {'; '.join(wrong)}. On your own computer, use "
            "amts sync."
        )
        raise InputError(message)
    attempt = env.get("GITHUB_RUN_ATTEMPT", "")
    return Job(
        server_url=needed.pop("server_url").rstrip("/"),
        api_url=needed.pop("api_url").rstrip("/"),
        run_id=int(needed.pop("run_id")),
        attempt=int(attempt) if re.fullmatch(_NUMBER, attempt) else 1,
        ref=env.get("GITHUB_REF", ""),
        output_path=env.get("GITHUB_OUTPUT", ""),
        summary_path=env.get("GITHUB_STEP_SUMMARY", ""),
        **needed,
    )


def _shown(value: str) -> str:
    return f"“{printable(value)[:80]}”" if value else "not set"


_NEEDED: Final = {
    "server_url": ("GITHUB_SERVER_URL", _URL),
    "api_url": ("GITHUB_API_URL", _URL),
    "repository": ("GITHUB_REPOSITORY", REPOSITORY),
    "run_id": ("GITHUB_RUN_ID", _NUMBER),
    "actor": ("GITHUB_ACTOR", _ANYTHING),
    "event": ("GITHUB_EVENT_NAME", r"[a-z_]+"),
    "event_path": ("GITHUB_EVENT_PATH", _ANYTHING),
    "sha": ("GITHUB_SHA", r"[0-9a-f]{40}|[0-9a-f]{64}"),
    "workspace": ("GITHUB_WORKSPACE", _ANYTHING),
}
