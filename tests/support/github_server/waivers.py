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


WAIVERS: tuple[Waiver, ...] = (
    Waiver(
        operation="POST /repos/{owner}/{repo}/issues/{issue_number}/labels",
        side="request",
        place="",
        reason="GitHub takes a bare list of names, and clients send one; its description has objects alone in a list.",
        proof=["amts"],
    ),
)


def unwaived(violations: Iterable[Violation]) -> list[Violation]:
    """Those that no waiver covers."""
    return [one for one in violations if not any(waiver.covers(one) for waiver in WAIVERS)]
