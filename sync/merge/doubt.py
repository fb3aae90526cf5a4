"""Links that are not sure: nothing that hangs on one of them is edited in silence.

Below ``DOUBTFUL`` a link is as likely wrong as right; what it links stays as it is, and the change is told as pending.
Up to ``SURE`` the edit is made, and a warning says how sure it is that it was made in the right place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sync.merge.pieces import Note
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sync.merge.groups import Group

DOUBTFUL: Final = 0.5
SURE: Final = 0.8

NOT_EDITED: Final = "It is not sure that this is the translation of what English changed; it was left as it is."


def is_doubtful(group: Group) -> bool:
    """Whether what English changed here may be linked with something else's translation."""
    return bool(group.old and group.target) and group.confidence < DOUBTFUL


def note_doubt(edited: Iterable[Group]) -> tuple[Note, ...]:
    """A warning for the weakest of these groups, all of which were edited, unless all are sure."""
    weakest = min((group.confidence for group in edited if group.old and group.target), default=1.0)
    if weakest >= SURE:
        return ()
    message = f"It is only {weakest:.0%} sure that this is the translation of what English changed; compare them."
    return (Note(rule="doubtful-link", severity=Severity.WARNING, message=message),)
