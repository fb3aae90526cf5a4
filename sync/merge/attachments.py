"""New headings and pictures with the label or width right below them, for neither can stand alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sync.merge.pieces import Prose, Verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sync.merge.chapter import Chapter
    from sync.merge.pieces import Placed


def attach(placed: Sequence[Placed], chapter: Chapter) -> Iterator[Placed]:
    """The pieces, with new labels in the pieces of what they name."""
    waiting: Placed | None = None
    for one in placed:
        joined = waiting and _attached(waiting, one, chapter)
        if joined is None and waiting is not None:
            yield waiting
        waiting = joined or one
    if waiting is not None:
        yield waiting


def _attached(head: Placed, label: Placed, chapter: Chapter) -> Placed | None:
    """Both as one piece; ``None`` where they do not belong together."""
    if head.targets or label.targets or not isinstance(head.piece, Prose) or not isinstance(label.piece, Verbatim):
        return None
    if not head.news or not label.news or head.news[-1] + 1 != label.news[0]:
        return None
    above, below = (chapter.new.blocks[index] for index in (head.news[-1], label.news[0]))
    if above.gap.count("\n") != 1 or not chapter.languages.profile.attaches(below.name):
        return None
    text = "\n" + label.piece.text
    piece = replace(
        head.piece,
        tail=head.piece.tail + text,
        english=head.piece.english + text,
        outcomes=(*head.piece.outcomes, *label.piece.outcomes),
    )
    return replace(head, piece=piece, news=(*head.news, *label.news))
