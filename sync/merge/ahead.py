"""New English that the translation has already: its translators were ahead of the English it is compared with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alignment.aligner import align
from alignment.anchors import face
from alignment.markdown import spans
from alignment.model import Kind, Mark
from sync.merge.groups import Group

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.model import Bead, Block
    from sync.merge.chapter import Chapter

SURE: Final = 0.5
"""Confidence from which a block of the translation is taken for the new English."""


def recognize(groups: Sequence[Group], chapter: Chapter) -> tuple[Group, ...]:
    """The groups, with new English and what the translation has of it in one; that one is kept as it stands.

    Without this, an update from a baseline that is older than the translation would put in a second time what is there.
    """
    fresh = {index for group in groups if group.added for index in group.new}
    own = {
        index
        for group in groups
        if group.foreign
        for index in group.target
        if chapter.target.blocks[index].kind is not Kind.PENDING
    }
    known = list(_known(fresh, own, chapter)) if fresh and own else []
    new = {index for bead in known for index in bead.source}
    there = {index for bead in known for index in bead.target}
    rest = [_less(group, new, there) for group in groups]
    joined = [Group(new=bead.source, target=bead.target, kept=True, confidence=bead.confidence) for bead in known]
    return tuple(sorted((group for group in (*rest, *joined) if group), key=_position))


def _known(fresh: set[int], own: set[int], chapter: Chapter) -> Iterator[Bead]:
    languages = chapter.languages
    alignment = align(
        chapter.new,
        chapter.target,
        source_locale=languages.source,
        target_locale=languages.target,
        profile=languages.profile,
        lexicon=languages.lexicon,
    )
    for link in alignment.links:
        bead = link.blocks
        if not bead.source or not bead.target or bead.confidence < SURE:
            continue
        if set(bead.source) <= fresh and set(bead.target) <= own and _has_roles(bead, chapter) and _tabs(bead, chapter):
            yield bead


def _has_roles(bead: Bead, chapter: Chapter) -> bool:
    """Whether the translation refers to all that English refers to; if not, it says something else."""
    english = "".join(chapter.new.blocks[index].text for index in bead.source)
    ours = "".join(chapter.target.blocks[index].text for index in bead.target)
    found = spans(english, chapter.languages.profile)
    roles = [english[start:end] for start, end, one in found if one.mark is Mark.ROLE]
    return all(role in ours for role in roles)


def _tabs(bead: Bead, chapter: Chapter) -> bool:
    """Whether both are for the same frameworks, or for none in particular."""
    english = {name for index in bead.source for name in _frameworks(chapter.new.blocks[index])}
    ours = {name for index in bead.target for name in _frameworks(chapter.target.blocks[index])}
    return english <= ours if english else not ours


def _frameworks(block: Block) -> set[str]:
    """Those of the tab that a block stands in, and of the cell that it is."""
    return {name.strip() for name in block.tab.split(",") if name.strip()} | set(face(block).tabs)


def _less(group: Group, new: set[int], there: set[int]) -> Group | None:
    """A group without what is known to be there already; nothing if that was all of it."""
    if group.added:
        return None if set(group.new) <= new else group
    if group.foreign and set(group.target) & there:
        left = tuple(index for index in group.target if index not in there)
        return replace(group, target=left) if left else None
    return group


def _position(group: Group) -> tuple[bool, bool, tuple[int, ...], tuple[int, ...]]:
    """The order in which ``join`` gives groups: by new unit, then what was removed, then what is foreign."""
    return group.foreign, not group.new, group.new[:1], group.old[:1]
