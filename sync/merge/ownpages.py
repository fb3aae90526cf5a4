"""New English links to pages that every language has of its own: a translation does not get them, and keeps its own.

A tab that holds nothing else comes without them, as the place for the translation's own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alignment.ownpages import find_own_pages
from sync.merge.outcomes import tell
from sync.model import Fate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.merge.chapter import Chapter
    from sync.merge.groups import Group
    from sync.model import Outcome

NOT_COPIED: Final = "Every language has a page of its own there; the address of English's is not copied."


def leave_out(groups: Sequence[Group], chapter: Chapter) -> tuple[tuple[Group, ...], tuple[Outcome, ...]]:
    """The groups without such links that the translation lacks, and what is to be told of them."""
    own = find_own_pages(chapter.new, chapter.languages.profile)
    out = [group for group in groups if not group.target and group.new and own.issuperset(group.new)]
    told = (
        replace(tell("edited" if group.old else "added", Fate.CARRIED, group, chapter, note=NOT_COPIED), new_target="")
        for group in out
        if not group.kept
    )
    return tuple(group for group in groups if group not in out or group.kept), tuple(told)
