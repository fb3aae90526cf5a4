"""Code cells and formulas as pieces of a plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from alignment.model import Kind
from sync.merge.cell.code import adopt_code, merge_code
from sync.merge.cell.fill import fill
from sync.merge.cell.formula import merge_formula
from sync.merge.pieces import Cell, Note, Slot, Verbatim
from sync.merge.prose.carry import carry
from sync.model import Fate, Job, Outcome, Severity

if TYPE_CHECKING:
    from alignment.model import Block
    from sync.merge.cell.model import CellMerge
    from sync.merge.cell.model import Slot as Words
    from sync.merge.chapter import Chapter


def adopt_cell(block: Block, chapter: Chapter) -> Cell | Verbatim:
    """A new cell: English as it is, its comments waiting for a draft where this fork translates comments."""
    told = Outcome(op="added", fate=Fate.CARRIED, line=block.line, new_source=block.text, new_target=block.text)
    if block.kind is Kind.MATH:
        return Verbatim(text=block.text.replace("\r\n", "\n").replace("\n", chapter.target.newline), outcomes=(told,))
    merge = adopt_code(block.text, translates_comments=chapter.translates_comments)
    return _piece(merge, "added", block, told, chapter)


def merge_cell(old: Block, new: Block, target: Block, chapter: Chapter) -> tuple[Cell, tuple[Note, ...]]:
    """A changed cell, and what a reader should know of it."""
    if new.kind is Kind.MATH:
        merge = merge_formula(old.text, new.text, target.text)
    else:
        merge = merge_code(old.text, new.text, target.text, translates_comments=chapter.translates_comments)
    told = Outcome(
        op="edited",
        fate=Fate.PENDING if merge.conflicts else Fate.CARRIED,
        line=new.line,
        old_source=old.text,
        new_source=new.text,
        old_target=target.text,
        new_target=merge.text,
        note=" ".join(merge.conflicts),
    )
    notes = tuple(Note(rule="conflict", severity=Severity.WARNING, message=message) for message in merge.conflicts)
    return _piece(merge, "edited", new, told, chapter), notes


def _piece(merge: CellMerge, op: str, block: Block, told: Outcome, chapter: Chapter) -> Cell:
    """The cell with what can be carried into its comments, and places for drafts of the rest."""
    outcomes = [_outcome(op, slot, block) for slot in merge.slots]
    carried = {
        number: done
        for number, slot in enumerate(merge.slots)
        if slot.old_target
        and (done := carry(slot.old_source, slot.source, slot.old_target, chapter.languages)).complete
    }
    merge, refused = fill(merge, {number: done.text for number, done in carried.items()})
    slots: list[tuple[int, Slot]] = []
    done_outcomes = [replace(told, new_target=merge.text)]
    for number, slot in enumerate(merge.slots):
        if number in carried and number not in refused:
            done = carried[number]
            done_outcomes.append(replace(outcomes[number], fate=Fate.CARRIED, new_target=done.text, note=done.note))
            continue
        job = Job(
            id=f"{chapter.path}:{block.line}:cell:{number}",
            lang=chapter.lang,
            source=slot.source,
            old_source=slot.old_source,
            old_target=slot.old_target,
            context=slot.context,
            bitext=chapter.bitext,
        )
        slots.append((number, Slot(job=job, outcome=outcomes[number], fallback=slot.old_target)))
    return Cell(merge=merge, slots=tuple(slots), outcomes=tuple(done_outcomes))


def _outcome(op: str, slot: Words, block: Block) -> Outcome:
    return Outcome(
        op="edited" if slot.old_source else op,
        fate=Fate.PENDING,
        line=block.line,
        old_source=slot.old_source,
        new_source=slot.source,
        old_target=slot.old_target,
        new_target=slot.old_target,
    )
