"""What to do about one chapter: the row of pieces its new translation is made of, known before anything is spent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from alignment.diff import fold
from alignment.model import Bead, Block, Kind
from alignment.segmentation import segments
from sync.merge.ahead import recognize
from sync.merge.cell.pieces import adopt_cell, merge_cell
from sync.merge.chapter import Chapter, read_chapter
from sync.merge.diff3 import merge_words
from sync.merge.groups import Entry, Group, join, place
from sync.merge.pieces import Note, Placed, Prose, Verbatim
from sync.merge.prose.merge import Merge, merge_prose, removed_sentences
from sync.merge.prose.moves import follow_moves
from sync.model import Fate, Outcome, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.markdown import Profile
    from sync.model import Job, RevisionPair

CONTEXTS: Final = {Kind.HEADING: "heading", Kind.IMAGE: "caption", Kind.TABLE: "cell"}
CELLS: Final = frozenset({Kind.CODE, Kind.MATH})
DOUBTFUL: Final = 0.3
"""A translation linked with less confidence is not removed with its English."""


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


def plan_chapter(pair: RevisionPair, profile: Profile) -> ChapterPlan:
    """Decide for every block and sentence of a chapter what becomes of it. Pure: nothing is asked of an engine."""
    chapter = read_chapter(pair, profile)
    groups = recognize(join(chapter.changes, [link.blocks for link in chapter.alignment.links]), chapter)
    protected = [_protect(group, chapter) for group in groups]
    entries = place([group for group, _ in protected], follows=lambda group, entry: _accompanies(group, entry, chapter))
    placed = [piece for entry in entries for piece in _write(entry, chapter)]
    told = [outcome for _, outcomes in protected for outcome in outcomes]
    placed, told = follow_moves(placed, told, chapter.languages)
    return ChapterPlan(
        pair=pair,
        chapter=chapter,
        placed=tuple(_attach(placed, chapter)),
        outcomes=tuple(told),
        kept=_count_kept(groups, chapter),
    )


def _count_kept(groups: Sequence[Group], chapter: Chapter) -> int:
    blocks = [chapter.new.blocks[index] for group in groups if group.kept and group.old for index in group.new]
    locale, profile = chapter.languages.source, chapter.languages.profile
    return sum(len(segments(block, locale, profile)) if block.is_prose else 1 for block in blocks)


def _protect(group: Group, chapter: Chapter) -> tuple[Group, tuple[Outcome, ...]]:
    """The group as it is to be placed, and what is to be told if it has no place.

    What English removed goes, unless the translators put something of their own into it or it is not sure that it is
    the translation of what was removed: then it stays, as if only the translation had it.
    """
    if group.target and not group.kept and _is_pending(group, chapter):
        if group.removed:
            return Group(old=group.old), (_whole(group, chapter, "removed", Fate.CARRIED),)
        return Group(new=group.new), ()
    if group.removed:
        doubt = _why_to_keep(group, chapter) if group.target else ""
        if doubt:
            return Group(target=group.target), (_whole(group, chapter, "removed", Fate.PENDING, note=doubt),)
        return group, _removed(group, chapter)
    if group.old and not group.target and not group.kept:
        note = "The translation has no counterpart of this; nothing was changed."
        return group, (_whole(group, chapter, "edited", Fate.PENDING, note=note),)
    if group.ahead:
        note = "The translation has this already."
        return group, (_whole(group, chapter, "added", Fate.CARRIED, note=note),)
    if group.moved and not group.target:
        return group, (_whole(group, chapter, "moved", Fate.CARRIED),)
    return group, ()


def _is_pending(group: Group, chapter: Chapter) -> bool:
    return all(chapter.target.blocks[index].kind is Kind.PENDING for index in group.target)


def _removed(group: Group, chapter: Chapter) -> tuple[Outcome, ...]:
    """What English removed: prose sentence by sentence, for a sentence may stand elsewhere now."""
    merge = _merge_of(group, chapter)
    return tuple(removed_sentences(merge)) or (_whole(group, chapter, "removed", Fate.CARRIED),)


def _why_to_keep(group: Group, chapter: Chapter) -> str:
    if group.confidence < DOUBTFUL:
        return "English removed this, but it is not sure that this is its translation; it was left."
    own = [
        bead
        for bead in chapter.sentence_beads(group.old, group.target)
        if not bead.source and len(_sentence_text(bead, group, chapter)) > OWN_WORDS
    ]
    return "English removed this, but the translators had added to it; it was left." if own else ""


OWN_WORDS: Final = 20
"""Characters from which a sentence that English never had is the translators' own and not a slip of the alignment."""


def _sentence_text(bead: Bead, group: Group, chapter: Chapter) -> str:
    sentences = chapter.passage(chapter.target, group.target).sentences
    return "".join(sentences[index].text for index in bead.target)


def _whole(group: Group, chapter: Chapter, op: str, fate: Fate, note: str = "") -> Outcome:
    """One outcome for a group as a whole."""
    olds = [chapter.old.blocks[index] for index in group.old]
    news = [chapter.new.blocks[index] for index in group.new]
    target = "\n\n".join(chapter.target.blocks[index].text for index in group.target)
    return Outcome(
        op=op,
        fate=fate,
        line=(news or olds)[0].line,
        old_source="\n\n".join(block.text for block in olds),
        new_source="\n\n".join(block.text for block in news),
        old_target=target,
        new_target="" if op == "removed" and fate is Fate.CARRIED else target,
        note=note,
    )


def _accompanies(group: Group, entry: Entry, chapter: Chapter) -> bool:
    """Whether a target-only block belongs to what precedes it, so that new English goes behind it.

    A cell or tab of a framework that English does not have stands with its siblings. A new sibling goes before it.
    """
    block = chapter.target.blocks[entry.targets[0]]
    companion = block.kind in {Kind.CODE, Kind.TAB} or bool(block.tab)
    inserted = chapter.new.blocks[group.new[0]]
    sibling = inserted.kind is Kind.CODE and inserted.text.split("\n", 2)[1:2] and "@tab" in inserted.text
    return companion and not sibling


def _write(entry: Entry, chapter: Chapter) -> Iterator[Placed]:
    """The pieces of one group at its place."""
    group = entry.group
    if group.foreign or group.kept:
        yield from _stand(entry, chapter)
    elif group.added:
        yield from _add(group, chapter)
    else:
        for placed in _edit(group, chapter):
            yield replace(placed, olds=group.old if placed.targets else ())


def _stand(entry: Entry, chapter: Chapter) -> Iterator[Placed]:
    group = entry.group
    told = (_whole(group, chapter, "moved", Fate.CARRIED),) if group.moved else ()
    for number, target in enumerate(entry.targets):
        piece = Verbatim(text=chapter.target.blocks[target].text, outcomes=told if not number else ())
        place_in_group = group.target.index(target)
        news = group.new[place_in_group : place_in_group + 1] if len(group.new) == len(group.target) else group.new[-1:]
        yield Placed(piece=piece, targets=(target,), news=news)


def _add(group: Group, chapter: Chapter) -> Iterator[Placed]:
    """New English: what is the same in every language is copied, the rest waits for drafts."""
    block = chapter.new.blocks[group.new[0]]
    if block.kind in CELLS:
        yield Placed(piece=adopt_cell(block, chapter), news=group.new)
    elif chapter.passage(chapter.new, group.new).sentences:
        yield from _merge(group, chapter)
    else:
        told = _whole(group, chapter, "added", Fate.CARRIED)
        yield Placed(piece=Verbatim(text=_localized(block.text, chapter), outcomes=(told,)), news=group.new)


def _localized(text: str, chapter: Chapter) -> str:
    """English lines with the line endings of the translation."""
    return text.replace("\r\n", "\n").replace("\n", chapter.target.newline)


def _edit(group: Group, chapter: Chapter) -> Iterator[Placed]:
    """Changed English that has a translation."""
    olds, news, targets = (
        [document.blocks[index] for index in indices]
        for document, indices in (
            (chapter.old, group.old),
            (chapter.new, group.new),
            (chapter.target, group.target),
        )
    )
    kinds = {block.kind for block in (*olds, *news, *targets)}
    single = len(olds) == len(news) == len(targets) == 1
    if _is_untranslated(olds, targets):
        yield from _copy(group, chapter)
    elif single and len(kinds) == 1 and kinds <= CELLS:
        piece, notes = merge_cell(olds[0], news[0], targets[0], chapter)
        yield Placed(piece=piece, targets=group.target, news=group.new, notes=(*notes, *_siblings(group, chapter)))
    elif _has_sentences(group, chapter) and _fits(olds, news, targets):
        yield from _merge(group, chapter)
    else:
        yield _carry_text(group, chapter)


def _is_untranslated(olds: Sequence[Block], targets: Sequence[Block]) -> bool:
    return [fold(block.text) for block in olds] == [fold(block.text) for block in targets]


def _copy(group: Group, chapter: Chapter) -> Iterator[Placed]:
    """The translation has the old English word for word, so it gets the new."""
    told = replace(_whole(group, chapter, "edited", Fate.CARRIED), note="The translation has this as English has it.")
    for number, index in enumerate(group.new):
        text = _localized(chapter.new.blocks[index].text, chapter)
        targets = group.target if not number else ()
        outcomes = (replace(told, new_target=text),) if not number else ()
        yield Placed(piece=Verbatim(text=text, outcomes=outcomes), targets=targets, news=(index,))


def _has_sentences(group: Group, chapter: Chapter) -> bool:
    sides = ((chapter.old, group.old), (chapter.new, group.new), (chapter.target, group.target))
    return all(chapter.passage(document, indices).sentences for document, indices in sides)


TEXT: Final = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.HEADING, Kind.PENDING})


def _fits(olds: Sequence[Block], news: Sequence[Block], targets: Sequence[Block]) -> bool:
    """Whether the sentences can be merged: text with text, a table only with a table of as many rows and columns."""
    kinds = {block.kind for block in (*olds, *news, *targets)}
    if kinds <= TEXT:
        return True
    if kinds == {Kind.TABLE}:
        return len({(block.text.count("|"), block.text.count("\n")) for block in (*olds, *news, *targets)}) == 1
    return kinds == {Kind.IMAGE} and len(olds) == len(news) == len(targets) == 1


def _merge(group: Group, chapter: Chapter) -> Iterator[Placed]:
    for placed in merge_prose(_merge_of(group, chapter), chapter):
        targets = tuple(group.target[number] for number in placed.targets)
        news = tuple(group.new[number] for number in placed.news)
        yield replace(placed, targets=targets, news=news)


def _merge_of(group: Group, chapter: Chapter) -> Merge:
    blocks = [chapter.new.blocks[index] for index in group.new]
    return Merge(
        old=chapter.passage(chapter.old, group.old),
        new=chapter.passage(chapter.new, group.new),
        target=chapter.passage(chapter.target, group.target),
        beads=chapter.sentence_beads(group.old, group.target),
        context=CONTEXTS.get(blocks[0].kind, "prose") if blocks else "prose",
    )


def _carry_text(group: Group, chapter: Chapter) -> Placed:
    """Directives, HTML and whatever else is no prose: English's edit on the translation's text, or nothing at all."""
    told = _whole(group, chapter, "edited", Fate.CARRIED)
    merged = merge_words(told.old_source, told.new_source, told.old_target)
    if merged is None or len(group.target) != 1:
        note = "English and the translation changed this in different ways; the translation was left as it is."
        piece = Verbatim(text=told.old_target, outcomes=(replace(told, fate=Fate.PENDING, note=note),))
    else:
        piece = Verbatim(text=merged, outcomes=(replace(told, new_target=merged),))
    return Placed(piece=piece, targets=group.target, news=group.new)


def _siblings(group: Group, chapter: Chapter) -> Iterator[Note]:
    """Says of a changed code cell that the translation has a sibling of it which English does not have."""
    linked = {index for link in chapter.alignment.links if link.blocks.source for index in link.blocks.target}
    for index in range(group.target[-1] + 1, len(chapter.target.blocks)):
        block = chapter.target.blocks[index]
        if block.kind is not Kind.CODE:
            return
        if index not in linked:
            message = (
                f"The cell above changed; the cell that only the translation has (line {block.line}) may need the same."
            )
            yield Note(rule="sibling-changed", severity=Severity.NOTE, message=message)


def _attach(placed: Sequence[Placed], chapter: Chapter) -> Iterator[Placed]:
    """New headings and pictures with the label or width right below them, for neither can stand alone."""
    waiting: Placed | None = None
    for one in placed:
        if waiting is not None and _is_attached(waiting, one, chapter):
            waiting = _attached(waiting, one, chapter)
            continue
        if waiting is not None:
            yield waiting
        waiting = one
    if waiting is not None:
        yield waiting


def _is_attached(head: Placed, directive: Placed, chapter: Chapter) -> bool:
    if head.targets or directive.targets or not isinstance(head.piece, Prose) or not head.news or not directive.news:
        return False
    first, second = chapter.new.blocks[head.news[-1]], chapter.new.blocks[directive.news[0]]
    adjacent = head.news[-1] + 1 == directive.news[0] and first.gap.count("\n") == 1
    belongs = chapter.languages.profile.attaches(second.name)
    return adjacent and belongs and isinstance(directive.piece, Verbatim)


def _attached(head: Placed, directive: Placed, chapter: Chapter) -> Placed:
    assert isinstance(head.piece, Prose)
    assert isinstance(directive.piece, Verbatim)
    text = chapter.target.newline + directive.piece.text
    piece = replace(
        head.piece,
        tail=head.piece.tail + text,
        english=head.piece.english + text,
        outcomes=(*head.piece.outcomes, *directive.piece.outcomes),
    )
    return replace(head, piece=piece, news=(*head.news, *directive.news))
