"""Sentences that left one passage of a chapter and came to another: their translation goes with them.

Inside a passage the merge itself follows what moved. Between passages a sentence looks removed here and added there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alignment.diff import fold, similarity
from sync.merge.pieces import Atom, Prose, Slot
from sync.merge.prose.carry import carry
from sync.model import Fate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sync.merge.pieces import Placed
    from sync.merge.prose.language_pair import LanguagePair
    from sync.model import Outcome

ALIKE: Final = 0.6
"""Likeness from which a new sentence is a removed one that moved."""
SHORTEST: Final = 4
"""Words that a sentence must have to be known again elsewhere."""


def follow_moves(
    placed: Sequence[Placed], told: Sequence[Outcome], pair: LanguagePair
) -> tuple[list[Placed], list[Outcome]]:
    """The pieces with translations where their English moved to, and what is still to be told of the rest."""
    gone = [*told, *(outcome for one in placed if isinstance(one.piece, Prose) for outcome in one.piece.outcomes)]
    pool = [outcome for outcome in gone if _can_move(outcome)]
    slots = [slot for one in placed for slot in _new_slots(one)]
    heirs = dict(_match(slots, pool))
    used = {id(outcome) for outcome in heirs.values()}
    moved = [_move(one, heirs, used, pair) for one in placed]
    return moved, [outcome for outcome in told if id(outcome) not in used]


def _can_move(outcome: Outcome) -> bool:
    return outcome.op == "removed" and bool(outcome.old_target) and len(outcome.old_source.split()) >= SHORTEST


def _new_slots(placed: Placed) -> Iterator[Slot]:
    if isinstance(placed.piece, Prose):
        for atom in placed.piece.atoms:
            if isinstance(atom.content, Slot) and atom.content.outcome.op == "added":
                yield atom.content


def _match(slots: Sequence[Slot], pool: Sequence[Outcome]) -> Iterator[tuple[str, Outcome]]:
    """New sentences by job with the removed ones they are likest to, the likest pairs first."""
    pairs = [
        (similarity(outcome.old_source, slot.job.source), -j, -i)
        for i, slot in enumerate(slots)
        for j, outcome in enumerate(pool)
    ]
    free_slots, free_pool = set(range(len(slots))), set(range(len(pool)))
    for likeness, j, i in sorted(pairs, reverse=True):
        if likeness >= ALIKE and -i in free_slots and -j in free_pool:
            free_slots.remove(-i)
            free_pool.remove(-j)
            yield slots[-i].job.id, pool[-j]


def _move(placed: Placed, heirs: dict[str, Outcome], used: set[int], pair: LanguagePair) -> Placed:
    if not isinstance(placed.piece, Prose):
        return placed
    atoms = tuple(
        _inherit(atom, atom.content, heirs[atom.content.job.id], pair)
        if isinstance(atom.content, Slot) and atom.content.job.id in heirs
        else atom
        for atom in placed.piece.atoms
    )
    left = tuple(outcome for outcome in placed.piece.outcomes if id(outcome) not in used)
    return replace(placed, piece=replace(placed.piece, atoms=atoms, outcomes=left))


def _inherit(atom: Atom, slot: Slot, gone: Outcome, pair: LanguagePair) -> Atom:
    """The place of a new sentence, now held by the translation of the one that it was."""
    target = fold(gone.old_target) if "\n" in gone.old_target else gone.old_target
    carried = carry(gone.old_source, slot.job.source, target, pair)
    told = replace(
        slot.outcome,
        op="moved" if gone.old_source == slot.job.source else "edited",
        fate=Fate.CARRIED if carried.complete else Fate.PENDING,
        old_source=gone.old_source,
        old_target=gone.old_target,
        new_target=carried.text,
        confidence=carried.confidence,
        note=f"Moved from elsewhere in the chapter. {carried.note}".strip(),
    )
    if carried.complete:
        return replace(atom, content=carried.text, outcome=told)
    job = replace(slot.job, old_source=gone.old_source, old_target=target)
    return replace(atom, content=Slot(job=job, outcome=told, fallback=carried.text, english=carried.english))
