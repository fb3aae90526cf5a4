"""Sentences that are new in a chapter and come from another one: their translation goes with them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alignment.diff import similarity
from sync.merge.pieces import Atom, Prose, Slot
from sync.merge.prose.carry import carry
from sync.model import Fate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sync.merge.chapter import Chapter
    from sync.merge.elsewhere import Found
    from sync.merge.pieces import Placed

ALIKE: Final = 0.85
"""Likeness from which a new sentence is an edited one of another chapter; there are more to be mistaken for it."""
CLEARLY: Final = 0.05
"""How much likelier than any other it must be."""


def settle(placed: Iterable[Placed], chapter: Chapter) -> Iterator[Placed]:
    """The pieces, with translations in the places of new sentences that another chapter gave away."""
    for one in placed:
        if chapter.elsewhere.sentences and isinstance(one.piece, Prose):
            atoms = tuple(_settled(atom, chapter) for atom in one.piece.atoms)
            yield replace(one, piece=replace(one.piece, atoms=atoms))
        else:
            yield one


def _settled(atom: Atom, chapter: Chapter) -> Atom:
    slot = atom.content
    if not isinstance(slot, Slot) or slot.outcome.op != "added" or atom.half:
        return atom
    found = chapter.elsewhere.sentence(slot.job.source, chapter.path)
    if found:
        return _filled(atom, slot, found, found.target)
    likest = _likest(slot.job.source, chapter)
    if likest is None:
        return atom
    carried = carry(likest.english, slot.job.source, likest.target, chapter.languages)
    return _filled(atom, slot, likest, carried.text, carried.note) if carried.complete else atom


def _filled(atom: Atom, slot: Slot, found: Found, text: str, note: str = "") -> Atom:
    told = replace(
        slot.outcome,
        op="moved" if found.english == slot.job.source else "edited",
        fate=Fate.CARRIED,
        old_source=found.english,
        old_target=found.target,
        new_target=text,
        confidence=found.confidence,
        note=f"{found.note} {note}".strip(),
    )
    return replace(atom, content=text, outcome=told)


def _likest(source: str, chapter: Chapter) -> Found | None:
    """The sentence of another chapter of which this one must be a version; none where two come into question."""
    sentences = (one for one in chapter.elsewhere.sentences.values() if one.path != chapter.path)
    ranked = sorted(((similarity(one.english, source), one) for one in sentences), key=lambda pair: -pair[0])
    if not ranked or ranked[0][0] < ALIKE:
        return None
    return ranked[0][1] if len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= CLEARLY else None
