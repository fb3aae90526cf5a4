"""The blocks of a merged chapter: what stands, what is copied, what is merged by cell or by sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alignment.diff import fold
from alignment.model import Kind
from sync.merge.cell.pieces import adopt_cell, merge_cell
from sync.merge.diff3 import merge_names, merge_words
from sync.merge.doubt import note_doubt
from sync.merge.outcomes import BETWEEN, tell
from sync.merge.pieces import Placed, Verbatim
from sync.merge.prose.merge import merge_prose
from sync.merge.table import merge_rows
from sync.model import Fate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.model import Block
    from sync.merge.chapter import Chapter
    from sync.merge.groups import Entry, Group
    from sync.model import Outcome

CELLS: Final = frozenset({Kind.CODE, Kind.MATH})
TEXT: Final = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.HEADING, Kind.PENDING})

IN_ENGLISH: Final = "The translation has this as English has it."
CONFLICT: Final = "English and the translation changed this in different ways; the translation was left as it is."


def write(entry: Entry, chapter: Chapter) -> Iterator[Placed]:
    """The pieces of one group at its place."""
    if entry.group.foreign or entry.group.kept:
        yield from _stand(entry, chapter)
    elif entry.group.added:
        yield from _add(entry.group, chapter)
    else:
        for placed in _edit(entry.group, chapter):
            yield replace(placed, olds=entry.group.old if placed.targets else ())


def _stand(entry: Entry, chapter: Chapter) -> Iterator[Placed]:
    group = entry.group
    told = (tell("moved", Fate.CARRIED, group, chapter),) if group.moved else ()
    even = len(group.new) == len(group.target)
    for number, target in enumerate(entry.targets):
        piece = Verbatim(text=chapter.target.blocks[target].text, outcomes=told if not number else ())
        at = group.target.index(target)
        yield Placed(piece=piece, targets=(target,), news=group.new[at : at + 1] if even else group.new[-1:])


def _add(group: Group, chapter: Chapter) -> Iterator[Placed]:
    """New English: what is the same in every language is copied, the rest waits for drafts."""
    block = chapter.new.blocks[group.new[0]]
    if known := _from_elsewhere(block, chapter):
        yield replace(known, news=group.new)
    elif block.kind in CELLS:
        yield Placed(piece=adopt_cell(block, chapter), news=group.new)
    elif chapter.passage(chapter.new, group.new).sentences:
        yield from _merge(group, chapter)
    else:
        told = replace(tell("added", Fate.CARRIED, group, chapter), new_target=block.text)
        yield Placed(piece=Verbatim(text=block.text, outcomes=(told,)), news=group.new)


def _from_elsewhere(block: Block, chapter: Chapter) -> Placed | None:
    """New English with the translation that it had in another chapter, if it had one."""
    found = chapter.elsewhere.block(block, chapter.path)
    text = found and found.text(block)
    if found and text:
        return Placed(piece=Verbatim(text=text, outcomes=(found.outcome(block, text),)))
    version = chapter.elsewhere.cell(block, chapter.path)
    if version is None:
        return None
    piece, notes = merge_cell(version.english, block, version.target, chapter)
    told = tuple(replace(one, note=f"{version.note} {one.note}".strip()) for one in piece.outcomes)
    return None if piece.merge.conflicts else Placed(piece=replace(piece, outcomes=told), notes=notes)


def _edit(group: Group, chapter: Chapter) -> Iterator[Placed]:
    """Changed English that has a translation."""
    olds, news, targets = sides = _blocks(group, chapter)
    kinds = {block.kind for side in sides for block in side}
    single = all(len(side) == 1 for side in sides)
    if [fold(block.text) for block in olds] == [fold(block.text) for block in targets]:
        yield from _copy(group, chapter)
    elif single and len(kinds) == 1 and kinds <= CELLS:
        piece, notes = merge_cell(olds[0], news[0], targets[0], chapter)
        yield Placed(piece=piece, targets=group.target, news=group.new, notes=(*notes, *note_doubt([group])))
    elif _has_sentences(group, chapter) and (kinds <= TEXT or (single and _has_one_shape(sides))):
        yield from _merge(group, chapter)
    else:
        yield _carry_text(group, chapter)


def _blocks(group: Group, chapter: Chapter) -> tuple[list[Block], list[Block], list[Block]]:
    return (
        [chapter.old.blocks[index] for index in group.old],
        [chapter.new.blocks[index] for index in group.new],
        [chapter.target.blocks[index] for index in group.target],
    )


def _copy(group: Group, chapter: Chapter) -> Iterator[Placed]:
    """The translation has the old English word for word, so it gets the new."""
    texts = [chapter.new.blocks[index].text for index in group.new]
    told = replace(tell("edited", Fate.CARRIED, group, chapter, note=IN_ENGLISH), new_target=BETWEEN.join(texts))
    for number, (index, text) in enumerate(zip(group.new, texts, strict=True)):
        piece = Verbatim(text=text, outcomes=(told,) if not number else ())
        yield Placed(piece=piece, targets=group.target if not number else (), news=(index,))


def _has_sentences(group: Group, chapter: Chapter) -> bool:
    sides = ((chapter.old, group.old), (chapter.new, group.new), (chapter.target, group.target))
    return all(chapter.passage(document, indices).sentences for document, indices in sides)


def _has_one_shape(sides: Sequence[Sequence[Block]]) -> bool:
    """Whether three blocks are pictures, or tables of as many rows and columns."""
    blocks = [side[0] for side in sides]
    kinds = {block.kind for block in blocks}
    if kinds == {Kind.TABLE}:
        return len({(block.text.count("|"), block.text.count("\n")) for block in blocks}) == 1
    return kinds == {Kind.IMAGE}


def _merge(group: Group, chapter: Chapter) -> Iterator[Placed]:
    for placed in merge_prose(chapter.merge_of(group), chapter):
        targets = tuple(group.target[number] for number in placed.targets)
        news = tuple(group.new[number] for number in placed.news)
        yield replace(placed, targets=targets, news=news)


def _carry_text(group: Group, chapter: Chapter) -> Placed:
    """Directives, HTML and whatever else is no prose: English's edit on the translation's text, or nothing at all."""
    told = tell("edited", Fate.CARRIED, group, chapter)
    merged = _merged_text(_blocks(group, chapter), chapter)
    if merged is None:
        return _as_told(replace(told, fate=Fate.PENDING, note=CONFLICT), group)
    return _as_told(replace(told, new_target=merged), group)


def _as_told(told: Outcome, group: Group) -> Placed:
    """The piece of a group of which the outcome says all."""
    return Placed(piece=Verbatim(text=told.new_target, outcomes=(told,)), targets=group.target, news=group.new)


def _merged_text(sides: tuple[Sequence[Block], ...], chapter: Chapter) -> str | None:
    """The block of the translation with English's edit; ``None`` where that is not possible."""
    if any(len(side) != 1 for side in sides):
        return None
    old, new, target = (side[0] for side in sides)
    if {old.kind, new.kind, target.kind} == {Kind.TABLE}:
        return merge_rows(old.text, new.text, target.text, chapter.languages)
    if old.tab and old.name == new.name == target.name == "begin_tab":
        return target.text.replace(target.tab, merge_names(old.tab, new.tab, target.tab))
    return merge_words(old.text, new.text, target.text)
