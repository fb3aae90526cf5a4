"""Lines that enclose others, ``:begin_tab:`` and ``:end_tab:``: the end of one goes wherever its beginning goes.

All ends look alike, so comparing or aligning them by what they say pairs them at random.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from alignment.model import Alignment, Bead, Change, Link, Op

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment.model import Document


def find_ends(document: Document) -> dict[int, int]:
    """The end of every beginning that has one, by index. Enclosures of one sort do not hold one another."""
    ends: dict[int, int] = {}
    waiting: dict[str, int] = {}
    for index, block in enumerate(document.blocks):
        verb, _, sort = block.name.partition("_")
        if verb == "begin":
            waiting[sort] = index
        elif verb == "end" and sort in waiting:
            ends[waiting.pop(sort)] = index
    return ends


def change_ends(changes: Sequence[Change], old: Document, new: Document) -> list[Change]:
    """The changes with those of ends as their beginnings have it."""
    before, after = find_ends(old), find_ends(new)
    gone, come = set(before.values()), set(after.values())
    result = [change for change in changes if not set(change.old) & gone and not set(change.new) & come]
    for change in result[:]:
        olds = tuple(before[index] for index in change.old if index in before)
        news = tuple(after[index] for index in change.new if index in after)
        if olds and news:
            same = old.blocks[olds[0]].text == new.blocks[news[0]].text
            result.append(Change(Op.KEPT if same else Op.EDITED, olds[:1], news[:1], moved=change.moved))
            gone.discard(olds[0])
            come.discard(news[0])
    result += [Change(Op.REMOVED, (index,), ()) for index in sorted(gone)]
    return result + [Change(Op.ADDED, (), (index,)) for index in sorted(come)]


def link_ends(alignment: Alignment, source: Document, target: Document) -> Alignment:
    """The alignment with the ends linked as their beginnings are."""
    theirs, ours = find_ends(source), find_ends(target)
    left, right = set(theirs.values()), set(ours.values())
    links = [link for link in (_without(link, left, right) for link in alignment.links) if link]
    for link in links[:]:
        sources = [theirs[index] for index in link.blocks.source if index in theirs]
        targets = [ours[index] for index in link.blocks.target if index in ours]
        if sources and targets:
            links.append(Link(Bead((sources[0],), (targets[0],), link.blocks.confidence)))
            left.discard(sources[0])
            right.discard(targets[0])
    links += [Link(Bead((index,), ())) for index in left]
    links += [Link(Bead((), (index,))) for index in right]
    return Alignment(_in_order(links))


def _without(link: Link, sources: set[int], targets: set[int]) -> Link | None:
    """A link without the ends in it; nothing if it had nothing else."""
    bead = link.blocks
    source = tuple(index for index in bead.source if index not in sources)
    target = tuple(index for index in bead.target if index not in targets)
    return replace(link, blocks=replace(bead, source=source, target=target)) if source or target else None


def _in_order(links: Sequence[Link]) -> tuple[Link, ...]:
    """By source; what only the target has follows the link of what it follows."""
    place = {index: link.blocks.source[0] for link in links if link.blocks.source for index in link.blocks.target}

    def position(link: Link) -> tuple[int, int, int]:
        if link.blocks.source:
            return link.blocks.source[0], 0, 0
        first = link.blocks.target[0]
        before = max((index for index in place if index < first), default=None)
        return (-1 if before is None else place[before]), 1, first

    return tuple(sorted(links, key=position))
