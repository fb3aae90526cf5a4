"""What a changed segment is called before people: the first digits of the digest of its English. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignment.markdown.pending import digest
from bot.quoting import NO_WIDTH, code
from sync.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sync.model import Outcome

DIGITS: Final = 8
"""That are shown. Fewer will do where they are enough to tell two segments apart."""
LISTED: Final = 12

_ID = re.compile(r"[0-9a-f]{4,16}")


def segment_id(outcome: Outcome) -> str:
    """The digest of its new English, or of the old where it was removed."""
    return digest(outcome.new_source or outcome.old_source)


def short(outcome: Outcome) -> str:
    """What people see of it, as code."""
    return code(segment_id(outcome)[:DIGITS])


def as_typed(text: str) -> str:
    """A word without the signs of no width that it has where people copy it from what we wrote."""
    return text.replace(NO_WIDTH, "")


def choose(given: str, known: Iterable[str]) -> str:
    """The one of some ids that somebody means who gives its first digits.

    Raises:
        UsageError: it is no id, there is none such, or there are several.
    """
    ids = sorted(set(known))
    given = as_typed(given).lower()
    if not _ID.fullmatch(given):
        message = f"{given} is no id of a segment. The tables of the pull request have them: 4 to 16 of 0-9 and a-f."
        raise UsageError(message)
    found = [one for one in ids if one.startswith(given)]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(one[:DIGITS] for one in (found or ids)[:LISTED])
    which = f"More than one segment begins so: {listed}" if found else f"There are {listed or 'none'}"
    message = f"{given} names no one segment of this pull request that is in question here. {which}."
    raise UsageError(message)
