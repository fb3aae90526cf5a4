"""The three-way merge of prose: sentences that English kept stay as the translator wrote them.

What English changed in a sentence is carried into the translator's sentence where that needs no knowledge of the
language, and becomes a job for an engine elsewhere. Paragraphs are split and joined where English split and joined them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from alignment.diff import diff_sentences, fold
from sync.merge.diff3 import merge_words
from sync.merge.groups import Entry, Group, join, place
from sync.merge.pieces import Atom, Placed, Prose, Slot
from sync.merge.prose.carry import carry
from sync.model import Fate, Job, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.model import Bead
    from sync.merge.chapter import Chapter
    from sync.merge.prose.passage import Passage, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """A passage before and after, and what of it corresponds."""

    old: Passage
    new: Passage
    target: Passage
    beads: tuple[Bead, ...]
    context: str
    """See ``Job.context``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """An atom, and where it stood: sentences of the three passages, or nothing."""

    atom: Atom
    group: Group
    targets: tuple[int, ...]


def merge_prose(merge: Merge, chapter: Chapter) -> tuple[Placed, ...]:
    """The blocks of the result, numbered as in the passages; the first tells what was removed."""
    changes = diff_sentences(
        [sentence.text for sentence in merge.old.sentences], [sentence.text for sentence in merge.new.sentences]
    )
    groups = tuple(_afresh(group, merge) for group in join(changes, merge.beads))
    entries = place(groups, follows=lambda group, entry: False)
    parts = [part for entry in entries for part in _write(entry, merge, chapter)]
    told = (*_frame(merge), *(outcome for group in groups for outcome in _without_trace(group, merge)))
    runs = _cut(parts, merge) or [[]]
    return tuple(_block(run, merge, told if not number else ()) for number, run in enumerate(runs))


def _afresh(group: Group, merge: Merge) -> Group:
    """A group whose translation is still pending begins anew when its English changes."""
    if group.kept or not group.target or not all(merge.target.is_pending(index) for index in group.target):
        return group
    return Group(new=group.new) if group.new else Group(old=group.old)


def _frame(merge: Merge) -> Iterator[Outcome]:
    """What became of a change to what surrounds the sentences: a heading's depth, the path of a picture."""
    frames = [[_surroundings(number, passage) for number in range(len(passage.blocks))] for passage in _sides(merge)]
    if len(frames[0]) != len(frames[1]):
        return
    for number, (before, after) in enumerate(zip(*frames, strict=True)):
        if [fold(part) for part in before] != [fold(part) for part in after]:
            old, new = (passage.blocks[number] for passage in _sides(merge))
            fate = Fate.CARRIED if _is_single(merge) else Fate.PENDING
            yield Outcome(op="edited", fate=fate, line=new.line, old_source=fold(old.text), new_source=fold(new.text))


def _surroundings(number: int, passage: Passage) -> tuple[str, str]:
    own = [sentence for sentence in passage.sentences if sentence.block == number]
    return (own[0].before, own[-1].after) if own else (passage.blocks[number].text, "")


def _is_single(merge: Merge) -> bool:
    return all(len(passage.blocks) == 1 for passage in (*_sides(merge), merge.target))


def _write(entry: Entry, merge: Merge, chapter: Chapter) -> Iterator[_Part]:
    """The atoms of one group of sentences at its place."""
    group = entry.group
    if group.foreign or group.kept:
        for number, target in enumerate(entry.targets):
            moved = _outcome("moved", Fate.CARRIED, group, merge) if group.moved and not number else None
            yield _Part(atom=_standing(target, merge, chapter, moved), group=group, targets=(target,))
    elif group.added:
        for new in group.new:
            one = Group(new=(new,))
            slot = _slot("added", one, merge, chapter)
            yield _Part(atom=Atom(content=slot, before=chapter.habits.joiner), group=one, targets=())
    else:
        yield _edit(group, merge, chapter)


def _standing(target: int, merge: Merge, chapter: Chapter, outcome: Outcome | None) -> Atom:
    sentence = merge.target.sentences[target]
    before = chapter.habits.joiner if sentence.first else sentence.before
    return Atom(content=sentence.text, before=before, outcome=outcome)


def _edit(group: Group, merge: Merge, chapter: Chapter) -> _Part:
    """A sentence whose English changed: carried if that is possible, else a place for a draft."""
    before = _standing(group.target[0], merge, chapter, None).before
    plain = _outcome("edited", Fate.CARRIED, group, merge)
    carried = carry(plain.old_source, plain.new_source, plain.old_target, chapter.languages)
    told = replace(plain, new_target=carried.text, confidence=carried.confidence, note=carried.note)
    if carried.complete:
        atom = Atom(content=carried.text, before=before, outcome=told)
    else:
        slot = _slot("edited", group, merge, chapter)
        told = replace(told, fate=Fate.PENDING)
        atom = Atom(content=replace(slot, outcome=told, fallback=carried.text, english=carried.english), before=before)
    return _Part(atom=atom, group=group, targets=group.target)


def _slot(op: str, group: Group, merge: Merge, chapter: Chapter) -> Slot:
    outcome = _outcome(op, Fate.PENDING, group, merge)
    news = merge.new.sentences
    first, last = group.new[0], group.new[-1]
    job = Job(
        id=f"{chapter.path}:{outcome.line}:{first}",
        lang=chapter.lang,
        source=outcome.new_source,
        old_source=outcome.old_source,
        old_target=outcome.old_target,
        before=news[first - 1].folded if first else "",
        after=news[last + 1].folded if last + 1 < len(news) else "",
        context=merge.context,
        bitext=chapter.bitext,
    )
    return Slot(job=job, outcome=outcome, fallback=outcome.old_target)


def _outcome(op: str, fate: Fate, group: Group, merge: Merge) -> Outcome:
    olds = [merge.old.sentences[index] for index in group.old]
    news = [merge.new.sentences[index] for index in group.new]
    target = _text_of(group.target, merge.target)
    return Outcome(
        op=op,
        fate=fate,
        line=(news or olds)[0].line,
        old_source=" ".join(sentence.folded for sentence in olds),
        new_source=" ".join(sentence.folded for sentence in news),
        old_target=target,
        new_target="" if op == "removed" else target,
    )


def _text_of(indices: Sequence[int], passage: Passage) -> str:
    """The sentences as they stand, with what separates them."""
    text = ""
    for number, index in enumerate(indices):
        sentence = passage.sentences[index]
        text += ("" if not number else " " if sentence.first else sentence.before) + sentence.text
    return text


def removed_sentences(merge: Merge) -> Iterator[Outcome]:
    """One outcome for each bead of a passage that English no longer has."""
    changes = diff_sentences([sentence.text for sentence in merge.old.sentences], ())
    for group in join(changes, merge.beads):
        if group.removed:
            yield _outcome("removed", Fate.CARRIED, group, merge)


def _without_trace(group: Group, merge: Merge) -> Iterator[Outcome]:
    """What is to be told of groups that have no place in the result."""
    if group.removed:
        yield _outcome("removed", Fate.CARRIED, group, merge)
    elif group.old and not group.target and not group.kept:
        pending = _outcome("edited", Fate.PENDING, group, merge)
        yield Outcome(
            op=pending.op,
            fate=pending.fate,
            line=pending.line,
            old_source=pending.old_source,
            new_source=pending.new_source,
            note="No sentence of the translation was found for this one.",
        )


def _cut(parts: Sequence[_Part], merge: Merge) -> list[list[_Part]]:
    """The parts, cut into blocks."""
    runs: list[list[_Part]] = []
    for part in parts:
        if runs and not _breaks(runs[-1][-1], part, merge):
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _breaks(one: _Part, other: _Part, merge: Merge) -> bool:
    """Whether a new block begins between two neighbours."""
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


def _block(run: Sequence[_Part], merge: Merge, told: tuple[Outcome, ...]) -> Placed:
    """One block of the result, with the lead and tail of the translation where it has them."""
    standing = [merge.target.sentences[target] for part in run for target in part.targets]
    english = [merge.new.sentences[index] for part in run for index in part.group.new]
    source = merge.new.blocks[english[0].block] if english and not standing else None
    prose = Prose(
        lead=_lead(standing[:1], english[:1], merge),
        atoms=tuple(part.atom for part in run),
        tail=_tail(standing[-1:] or english[-1:], merge),
        english=source.text if source else "",
        outcomes=told,
        stands=merge.context == "caption",
    )
    news = tuple(sorted({sentence.block for sentence in english}))
    return Placed(piece=prose, targets=tuple(sorted({sentence.block for sentence in standing})), news=news)


def _lead(standing: Sequence[Sentence], english: Sequence[Sentence], merge: Merge) -> str:
    """What stands before the first sentence: the translation's, with English's edit; English's where it is new."""
    if not standing or not standing[0].first:
        return english[0].before if english and english[0].first else ""
    old, new = (passage.sentences[0].before for passage in _sides(merge))
    return _three_way(old, new, standing[0].before) if _is_single(merge) else standing[0].before


def _tail(last: Sequence[Sentence], merge: Merge) -> str:
    tail = last[0].after if last else ""
    if not _is_single(merge):
        return tail
    old, new = (passage.sentences[-1].after for passage in _sides(merge))
    return _three_way(old, new, tail)


def _three_way(old: str, new: str, ours: str) -> str:
    merged = merge_words(old, new, ours) if old != new else ours
    return new if merged is None else merged


def _sides(merge: Merge) -> tuple[Passage, Passage]:
    return merge.old, merge.new
