"""The three-way merge of prose: sentences that English kept stay as the translator wrote them.

What English changed in a sentence is carried into the translator's sentence where that needs no knowledge of the
language, and becomes a job for an engine elsewhere. Paragraphs are split and joined where English split and joined
them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alignment.diff import diff_sentences
from alignment.model import Change, ChangeSet, Op
from sync.merge.doubt import is_doubtful, note_doubt
from sync.merge.groups import Group, join, place
from sync.merge.pieces import Placed, Prose, Slot
from sync.merge.prose.frames import frame
from sync.merge.prose.sentences import tell, write
from sync.model import Fate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sync.merge.chapter import Chapter
    from sync.merge.prose.frames import Frame
    from sync.merge.prose.model import Merge, Part
    from sync.merge.prose.passage import Sentence
    from sync.model import Outcome

ADDED_TO: Final = "English removed this, but the translators had added to it; it was left."
NOT_FOUND: Final = "No sentence of the translation was found for this one."
RESHAPED: Final = "English parts or orders its sentences in another way."


def merge_prose(merge: Merge, chapter: Chapter) -> tuple[Placed, ...]:
    """The blocks of the result, numbered as in the passages; the first tells what has no place in it."""
    joined = tuple(_afresh(group, merge) for group in join(_compare(merge), merge.beads))
    groups = [Group(target=group.target) if _is_guarded(group, merge, chapter) else group for group in joined]
    entries = place(groups)
    parts = [part for entry in entries for part in write(entry, merge, chapter)]
    frames = [(run, frame(run, merge)) for run in _cut(parts, merge) or [[]]]
    told = [outcome for group in joined for outcome in _without_place(group, merge, chapter)]
    if not told and not any(_tells(part) for part in parts) and not any(around.outcomes for _, around in frames):
        told = [_reshaped(merge)]
    return tuple(_block(run, around, () if number else told, merge) for number, (run, around) in enumerate(frames))


def _compare(merge: Merge) -> ChangeSet:
    """What English changed. Cells of a table, and two titles, correspond by their place, however unlike they are."""
    old, new = ([sentence.text for sentence in passage.sentences] for passage in (merge.old, merge.new))
    if len(old) == len(new) and (merge.context == "cell" or len(old) == 1):
        pairs = enumerate(zip(merge.old.sentences, merge.new.sentences, strict=True))
        return ChangeSet(
            tuple(Change(Op.KEPT if a.folded == b.folded else Op.EDITED, (i,), (i,)) for i, (a, b) in pairs)
        )
    return diff_sentences(old, new)


def _afresh(group: Group, merge: Merge) -> Group:
    """A group whose translation is still pending begins anew when its English changes."""
    if group.kept or not group.target or not all(merge.target.is_pending(index) for index in group.target):
        return group
    return Group(new=group.new) if group.new else Group(old=group.old)


def _is_guarded(group: Group, merge: Merge, chapter: Chapter) -> bool:
    """Whether English removed a sentence to whose translation the translators had added."""
    told = tell("removed", Fate.CARRIED, group, merge) if group.removed else None
    return told is not None and chapter.languages.has_more(told.old_source, told.old_target)


def removed_sentences(merge: Merge) -> Iterator[Outcome]:
    """One outcome for each bead of a passage that English no longer has."""
    changes = diff_sentences([sentence.text for sentence in merge.old.sentences], ())
    for group in join(changes, merge.beads):
        if group.removed:
            yield tell("removed", Fate.CARRIED, group, merge)


def _without_place(group: Group, merge: Merge, chapter: Chapter) -> Iterator[Outcome]:
    """What is to be told of a group that has no place in the result."""
    if _is_guarded(group, merge, chapter):
        told = tell("removed", Fate.PENDING, group, merge)
        yield replace(told, new_target=told.old_target, note=ADDED_TO)
    elif group.removed:
        yield tell("removed", Fate.CARRIED, group, merge)
    elif group.old and not group.target and not group.kept:
        yield replace(tell("edited", Fate.PENDING, group, merge), note=NOT_FOUND)


def _tells(part: Part) -> bool:
    return part.atom.outcome is not None or isinstance(part.atom.content, Slot)


def _reshaped(merge: Merge) -> Outcome:
    """What is told where no sentence changed."""
    every = Group(
        old=tuple(range(len(merge.old.sentences))),
        new=tuple(range(len(merge.new.sentences))),
        target=tuple(range(len(merge.target.sentences))),
    )
    return replace(tell("edited", Fate.CARRIED, every, merge), note=RESHAPED)


def _cut(parts: Sequence[Part], merge: Merge) -> list[list[Part]]:
    """The parts, cut into blocks."""
    runs: list[list[Part]] = []
    for part in parts:
        if runs and not _breaks(runs[-1][-1], part, merge):
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _breaks(one: Part, other: Part, merge: Merge) -> bool:
    """Whether a new block begins between two neighbours."""
    if any(merge.target.is_pending(index) for index in (*one.targets, *other.targets)):
        return True
    english = _apart(one.group.new, other.group.new, merge.new.sentences)
    if not one.targets or not other.targets:
        return bool(english)
    ours = _apart(one.targets, other.targets, merge.target.sentences)
    before = _apart(one.group.old, other.group.old, merge.old.sentences)
    return bool(ours if english is None or before is None or english == before else english)


def _apart(one: Sequence[int], other: Sequence[int], sentences: Sequence[Sentence]) -> bool | None:
    """Whether two groups stand in different blocks; ``None`` where one of them is not there at all."""
    if not one or not other:
        return None
    return sentences[one[-1]].block != sentences[other[0]].block


def _block(run: Sequence[Part], around: Frame, told: Sequence[Outcome], merge: Merge) -> Placed:
    """One block of the result."""
    standing = {merge.target.sentences[target].block for part in run for target in part.targets}
    english = {merge.new.sentences[index].block for part in run for index in part.group.new}
    prose = Prose(
        lead=around.lead,
        atoms=tuple(part.atom for part in run),
        tail=around.tail,
        english=merge.new.blocks[min(english)].text if english and not standing else "",
        outcomes=(*around.outcomes, *told),
        stands=merge.context == "caption",
        entire=merge.context == "cell" and not standing,
    )
    edited = [part.group for part in run if not part.group.kept and not is_doubtful(part.group)]
    return Placed(piece=prose, targets=tuple(sorted(standing)), news=tuple(sorted(english)), notes=note_doubt(edited))
