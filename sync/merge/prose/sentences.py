"""The sentences of a merged passage: what stands, what is carried, and the places that wait for drafts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sync.merge.doubt import NOT_EDITED, is_doubtful
from sync.merge.groups import Group
from sync.merge.pieces import Atom, Slot
from sync.merge.prose.carry import carry
from sync.merge.prose.marks import halves
from sync.merge.prose.model import Part
from sync.model import Fate, Job, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sync.merge.chapter import Chapter
    from sync.merge.groups import Entry
    from sync.merge.prose.model import Merge
    from sync.merge.prose.passage import Passage


def write(entry: Entry, merge: Merge, chapter: Chapter) -> Iterator[Part]:
    """The sentences of one group at its place."""
    group = entry.group
    if group.foreign or group.kept:
        for number, target in enumerate(entry.targets):
            moved = tell("moved", Fate.CARRIED, group, merge) if group.moved and not number else None
            yield Part(atom=_stand(target, merge, chapter, moved), group=group, targets=(target,))
    elif group.added:
        yield from (_add(Group(new=(new,)), merge, chapter) for new in group.new)
    else:
        yield _edit(group, merge, chapter)


def _stand(target: int, merge: Merge, chapter: Chapter, outcome: Outcome | None) -> Atom:
    return Atom(content=merge.target.sentences[target].text, before=_before(target, merge, chapter), outcome=outcome)


def _before(target: int, merge: Merge, chapter: Chapter) -> str:
    """What separates a sentence of the translation from one that comes to stand before it."""
    sentence = merge.target.sentences[target]
    return chapter.habits.joiner if sentence.first else sentence.before


def _add(group: Group, merge: Merge, chapter: Chapter) -> Part:
    slot = _slot("added", group, merge, chapter)
    half = bool(halves(slot.job.source, chapter.languages.profile))
    english = merge.new.sentences[group.new[0]]
    before = english.before if merge.context == "cell" and not english.first else chapter.habits.joiner
    return Part(atom=Atom(content=slot, before=before, half=half), group=group)


def _edit(group: Group, merge: Merge, chapter: Chapter) -> Part:
    """A sentence whose English changed: carried if that is possible, else a place for a draft."""
    plain = tell("edited", Fate.CARRIED, group, merge)
    if is_doubtful(group):
        return _leave(replace(plain, fate=Fate.PENDING, note=NOT_EDITED), group, merge, chapter)
    carried = carry(plain.old_source, plain.new_source, plain.old_target, chapter.languages)
    told = replace(plain, new_target=carried.text, confidence=carried.confidence, note=carried.note)
    before, after = (halves(text, chapter.languages.profile) for text in (plain.old_source, plain.new_source))
    atom = Atom(
        content=carried.text,
        before=_before(group.target[0], merge, chapter),
        outcome=told,
        half=before != after,
        otherwise=plain.old_target,
    )
    if not carried.complete:
        slot = _slot("edited", group, merge, chapter)
        told = replace(told, fate=Fate.PENDING)
        slot = replace(slot, outcome=told, fallback=carried.text, english=carried.english)
        atom = replace(atom, content=slot, outcome=None)
    return Part(atom=atom, group=group, targets=group.target)


def _leave(told: Outcome, group: Group, merge: Merge, chapter: Chapter) -> Part:
    """A sentence that stays as it is, though its English changed: it may not be its translation."""
    atom = Atom(content=told.old_target, before=_before(group.target[0], merge, chapter), outcome=told)
    return Part(atom=atom, group=group, targets=group.target)


def _slot(op: str, group: Group, merge: Merge, chapter: Chapter) -> Slot:
    outcome = tell(op, Fate.PENDING, group, merge)
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


def tell(op: str, fate: Fate, group: Group, merge: Merge) -> Outcome:
    """What became of a group of sentences."""
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
