"""What becomes of a translation whose English is gone, and of English that has none. Decided before placing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alignment.anchors import face
from alignment.model import Kind
from sync.merge.doubt import NOT_EDITED, is_doubtful
from sync.merge.groups import Group
from sync.merge.outcomes import tell
from sync.merge.prose.language_pair import OWN_WORDS
from sync.merge.prose.merge import ADDED_TO, removed_sentences
from sync.model import Fate

if TYPE_CHECKING:
    from sync.merge.chapter import Chapter
    from sync.model import Outcome

CELLS: Final = frozenset({Kind.CODE, Kind.MATH})

UNSURE: Final = "English removed this, but it is not sure that this is its translation; it was left."
NO_COUNTERPART: Final = "The translation has no counterpart of this; nothing was changed."
AHEAD: Final = "The translation has this already."
OWN: Final = "The translation has one of its own, which differs from the new English."


def protect(group: Group, chapter: Chapter) -> tuple[tuple[Group, ...], tuple[Outcome, ...]]:
    """The group as it is to be placed, and what is to be told if it has no place.

    What English removed goes, unless the translators put something of their own into it or it is not sure that it is
    the translation of what was removed: then it stays, as if only the translation had it. So does what may not be the
    translation of what was edited or moved. A translation that is still pending begins anew, block by block.
    """
    if not group.kept and _is_pending(group, chapter):
        gone = (tell("removed", Fate.CARRIED, Group(old=group.old), chapter),) if group.removed else ()
        return tuple(Group(new=(index,)) for index in group.new), gone
    if group.removed:
        kept, told = _remove(group, chapter)
        return (kept,), told
    if is_doubtful(group) and not (group.kept and not group.moved):
        op = "moved" if group.kept else "edited"
        return (Group(target=group.target),), (tell(op, Fate.PENDING, group, chapter, note=NOT_EDITED),)
    return (group,), _without_place(group, chapter)


def _without_place(group: Group, chapter: Chapter) -> tuple[Outcome, ...]:
    if group.old and not group.target and not group.kept:
        return (tell("edited", Fate.PENDING, group, chapter, note=NO_COUNTERPART),)
    if group.ahead:
        same = _has_one_key(group, chapter)
        return (tell("added", Fate.CARRIED if same else Fate.PENDING, group, chapter, note=AHEAD if same else OWN),)
    if group.moved and not group.target:
        return (tell("moved", Fate.CARRIED, group, chapter),)
    return ()


def _has_one_key(group: Group, chapter: Chapter) -> bool:
    """Whether code or a formula that the translation has already is English's. Of words nobody can tell."""
    blocks = [chapter.new.blocks[index] for index in group.new] + [chapter.target.blocks[j] for j in group.target]
    return all(block.kind not in CELLS for block in blocks) or len({face(block).key for block in blocks}) == 1


def _is_pending(group: Group, chapter: Chapter) -> bool:
    """Whether a group has nothing but English that waits, or a picture whose caption waits."""
    kinds = [chapter.target.blocks[index].kind for index in group.target]
    bare = [index for index in group.target if not chapter.passage(chapter.target, [index]).sentences]
    pictures = all(chapter.target.blocks[index].kind is Kind.IMAGE for index in bare)
    return Kind.PENDING in kinds and kinds.count(Kind.PENDING) + len(bare) == len(kinds) and pictures


def _remove(group: Group, chapter: Chapter) -> tuple[Group, tuple[Outcome, ...]]:
    """Prose is told sentence by sentence, for a sentence may stand elsewhere now."""
    doubt = _why_to_keep(group, chapter) if group.target else ""
    if doubt:
        return Group(target=group.target), (tell("removed", Fate.PENDING, group, chapter, note=doubt),)
    told = tuple(removed_sentences(chapter.merge_of(group)))
    return group, told or (tell("removed", Fate.CARRIED, group, chapter),)


def _why_to_keep(group: Group, chapter: Chapter) -> str:
    if is_doubtful(group):
        return UNSURE
    beads = chapter.sentence_beads(group.old, group.target)
    english = chapter.passage(chapter.old, group.old).sentences
    own = chapter.passage(chapter.target, group.target).sentences
    texts = ["".join(sentence.text for sentence in side) for side in (english, own)]
    foreign = [index for bead in beads if not bead.source for index in bead.target]
    adds = sum(len(own[index].text) for index in foreign) > OWN_WORDS
    return ADDED_TO if adds or chapter.languages.has_more(*texts) else ""
