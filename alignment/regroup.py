"""Paragraphs that were split or merged: a second look at each of them with its sentences.

Whether a short paragraph belongs to its neighbour is hard to tell from both as wholes. But if some sentence of a linked
block has no counterpart, and the paragraph beside it is just what that sentence says, they belong together; and a
block none of whose sentences is needed does not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from alignment.model import Bead
from alignment.sentences import path_scores

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.costs import Evidence, Pace
    from alignment.sides import Measured

GAIN: Final = 0.5
"""What the sentences of a block must be worth to those it is linked with."""
MOST: Final = 3
"""Blocks on one side of a bead."""


@dataclass(frozen=True, slots=True)
class _Option:
    """A block in a bead or beside it: the one or the other is right."""

    place: int
    """Of the bead in the list."""
    joined: Bead
    parted: Bead
    """The bead without the block."""
    alone: Bead
    """The block by itself."""


def regroup(
    beads: Sequence[Bead], source: Measured, target: Measured, evidence: Evidence, pace: Pace
) -> tuple[Bead, ...]:
    """The beads, with blocks joined to a neighbour's bead or taken out of one, where their sentences say so."""
    options = list(_options(beads, source, target))
    pairs = [
        (source.sentences(bead.source), target.sentences(bead.target))
        for option in options
        for bead in (option.joined, option.parted)
    ]
    scores = path_scores(pairs, source, target, evidence, pace)
    gains = [joined - parted - GAIN for joined, parted in zip(scores[::2], scores[1::2], strict=True)]
    return _chosen(beads, options, gains)


def _options(beads: Sequence[Bead], source: Measured, target: Measured) -> Iterator[_Option]:
    lonely = {bead for bead in beads if not (bead.source and bead.target)}
    for place, bead in enumerate(beads):
        if bead.source and bead.target:
            for option in (*_joining(place, bead, lonely), *_parting(place, bead)):
                if _is_text(option.joined, source, target):
                    yield option


def _joining(place: int, bead: Bead, lonely: set[Bead]) -> Iterator[_Option]:
    """The bead with a lonely block beside it."""
    for i in (bead.source[0] - 1, bead.source[-1] + 1):
        if Bead((i,), ()) in lonely and len(bead.source) < MOST:
            yield _Option(place, replace(bead, source=tuple(sorted((*bead.source, i)))), bead, Bead((i,), ()))
    for j in (bead.target[0] - 1, bead.target[-1] + 1):
        if Bead((), (j,)) in lonely and len(bead.target) < MOST:
            yield _Option(place, replace(bead, target=tuple(sorted((*bead.target, j)))), bead, Bead((), (j,)))


def _parting(place: int, bead: Bead) -> Iterator[_Option]:
    """The bead without its first or last block on either side."""
    if len(bead.source) > 1:
        yield _Option(place, bead, replace(bead, source=bead.source[1:]), Bead(bead.source[:1], ()))
        yield _Option(place, bead, replace(bead, source=bead.source[:-1]), Bead(bead.source[-1:], ()))
    if len(bead.target) > 1:
        yield _Option(place, bead, replace(bead, target=bead.target[1:]), Bead((), bead.target[:1]))
        yield _Option(place, bead, replace(bead, target=bead.target[:-1]), Bead((), bead.target[-1:]))


def _is_text(bead: Bead, source: Measured, target: Measured) -> bool:
    """Whether it holds nothing but paragraphs and items that have sentences; what is pending has none."""
    faces = [source.faces[i] for i in bead.source] + [target.faces[j] for j in bead.target]
    counts = [source.counts[i] for i in bead.source] + [target.counts[j] for j in bead.target]
    return all(face.group == "text" for face in faces) and all(counts)


def _chosen(beads: Sequence[Bead], options: Sequence[_Option], gains: Sequence[float]) -> tuple[Bead, ...]:
    """The beads after the changes that gain most; each bead and each block changes once."""
    found = dict(enumerate(beads))
    lonely = {bead: place for place, bead in found.items() if not (bead.source and bead.target)}
    changed: set[int | Bead] = set()
    for gain, option in sorted(zip(gains, options, strict=True), key=lambda both: -abs(both[0])):
        is_joined = option.alone not in lonely
        if is_joined == (gain > 0) or not changed.isdisjoint((option.place, option.alone)):
            continue
        changed |= {option.place, option.alone}
        if is_joined:
            found[option.place], found[len(found)] = option.parted, option.alone
        else:
            found[option.place] = option.joined
            del found[lonely[option.alone]]
    return tuple(found.values())
