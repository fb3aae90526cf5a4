"""What is told of a group of blocks as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sync.model import Fate, Outcome

if TYPE_CHECKING:
    from sync.merge.chapter import Chapter
    from sync.merge.groups import Group

BETWEEN = "\n\n"
"""What stands between the blocks of a group in an outcome."""


def tell(op: str, fate: Fate, group: Group, chapter: Chapter, note: str = "") -> Outcome:
    """One outcome for a group of blocks."""
    olds = [chapter.old.blocks[index] for index in group.old]
    news = [chapter.new.blocks[index] for index in group.new]
    target = BETWEEN.join(chapter.target.blocks[index].text for index in group.target)
    return Outcome(
        op=op,
        fate=fate,
        line=(news or olds)[0].line,
        old_source=BETWEEN.join(block.text for block in olds),
        new_source=BETWEEN.join(block.text for block in news),
        old_target=target,
        new_target="" if op == "removed" and fate is Fate.CARRIED else target,
        note=note,
    )
