"""What to do about one chapter: the row of pieces its new translation is made of, known before anything is spent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from alignment.segmentation import segments
from sync.merge.ahead import recognize
from sync.merge.attachments import attach
from sync.merge.blocks import write
from sync.merge.chapter import Chapter, read_chapter
from sync.merge.companions import accompanies, follows, note_siblings
from sync.merge.elsewhere import NOWHERE
from sync.merge.groups import Group, in_new_order, join, place
from sync.merge.ownpages import leave_out
from sync.merge.prose.arrivals import settle
from sync.merge.prose.moves import follow_moves
from sync.merge.removal import protect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.markdown import Profile
    from sync.merge.elsewhere import Elsewhere
    from sync.merge.groups import Entry
    from sync.merge.pieces import Placed
    from sync.model import Job, Outcome, RevisionPair


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterPlan:
    """A chapter's new translation but for the drafts."""

    pair: RevisionPair
    chapter: Chapter
    placed: tuple[Placed, ...]
    outcomes: tuple[Outcome, ...] = ()
    """Of what has no place in the result."""
    kept: int = 0
    """English segments that did not change."""

    @property
    def jobs(self) -> tuple[Job, ...]:
        return tuple(job for placed in self.placed for job in placed.piece.jobs)

    @property
    def characters(self) -> int:
        """What an engine would be sent."""
        return sum(job.characters for job in self.jobs)


def plan_chapter(pair: RevisionPair, profile: Profile, elsewhere: Elsewhere = NOWHERE) -> ChapterPlan:
    """Decide for every block and sentence of a chapter what becomes of it. Pure: nothing is asked of an engine.

    ``elsewhere`` is what other chapters gave away in the same update.
    """
    chapter = read_chapter(pair, profile, elsewhere)
    known = recognize(join(chapter.changes, [link.blocks for link in chapter.alignment.links]), chapter)
    groups, left_out = leave_out(known, chapter)
    protected = [protect(group, chapter) for group in groups]
    entries = place(
        in_new_order([group for groups, _ in protected for group in groups]),
        follows=lambda group, entry: follows(group, entry, chapter),
        accompanies=lambda index: accompanies(index, chapter),
    )
    placed, told = follow_moves(
        [piece for entry in entries for piece in _write(entry, groups, chapter)],
        [*left_out, *(outcome for _, outcomes in protected for outcome in outcomes)],
        chapter.languages,
    )
    return ChapterPlan(
        pair=pair,
        chapter=chapter,
        placed=tuple(attach(list(settle(placed, chapter)), chapter)),
        outcomes=tuple(told),
        kept=_count_kept(groups, chapter),
    )


def _write(entry: Entry, groups: Sequence[Group], chapter: Chapter) -> Iterator[Placed]:
    """The pieces of an entry, the first with what is to be said of its siblings."""
    notes = note_siblings(entry, groups, chapter)
    for placed in write(entry, chapter):
        yield replace(placed, notes=(*placed.notes, *notes))
        notes = ()


def _count_kept(groups: Sequence[Group], chapter: Chapter) -> int:
    blocks = [chapter.new.blocks[index] for group in groups if group.kept and group.old for index in group.new]
    locale, profile = chapter.languages.source, chapter.languages.profile
    return sum(len(segments(block, locale, profile)) if block.is_prose else 1 for block in blocks)
