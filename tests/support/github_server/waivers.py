"""Where GitHub and its description are known to differ: each with a reason, and a proof that they still do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that the description does not allow."""

    operation: str
    side: str
    """``query``, ``request`` or ``answer STATUS``."""
    place: str
    """JSON pointer into what was looked at."""
    message: str

    def __str__(self) -> str:
        return f"{self.operation}, {self.side}{self.place and ' at '}{self.place}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """Allows what its patterns match."""

    operation: str
    side: str
    place: str
    """Pattern of the whole JSON pointer."""
    reason: str
    proof: Any
    """Something that GitHub takes or gives and the description refuses; when it no longer does, the waiver goes."""

    def covers(self, violation: Violation) -> bool:
        """Whether this is what is waived."""
        return (self.operation, self.side) == (violation.operation, violation.side) and bool(
            re.fullmatch(self.place, violation.place)
        )


REFUSAL = {"message": "No.", "documentation_url": "https://docs.github.com/rest", "status": "422"}

WAIVERS: tuple[Waiver, ...] = (
    *(
        Waiver(
            operation=f"{method} /repos/{{owner}}/{{repo}}/issues/{{issue_number}}/labels",
            side="request",
            place="",
            reason="GitHub takes a bare list of names, and clients send one; described are only lists of objects.",
            proof=["amts"],
        )
        for method in ("POST", "PUT")
    ),
    Waiver(
        operation="GET /search/issues",
        side="answer 200",
        place=r"/items/\d+/body",
        reason="An issue without a text has null there, as in all other answers.",
        proof={"items": [{"body": None}]},
    ),
    Waiver(
        operation="PUT /repos/{owner}/{repo}/contents/{path}",
        side="answer 409",
        place="",
        reason="The description says one of two forms, and each plain refusal is of both.",
        proof=REFUSAL,
    ),
    Waiver(
        operation="POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches",
        side="answer 422",
        place="",
        reason="GitHub refuses so a branch that is not there, and a workflow that cannot be started; not described.",
        proof=REFUSAL,
    ),
    Waiver(
        operation="POST /repos/{owner}/{repo}/statuses/{sha}",
        side="answer 422",
        place="",
        reason="GitHub refuses so the 1001st status, and a long description; not described.",
        proof=REFUSAL,
    ),
)


def unwaived(violations: Iterable[Violation]) -> list[Violation]:
    """Those that no waiver covers."""
    return [one for one in violations if not any(waiver.covers(one) for waiver in WAIVERS)]
