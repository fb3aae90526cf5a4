"""What a merged chapter is put together from: pieces that know their text once the drafts are there.

A plan is a row of pieces, so its cost is known before anything is spent, and putting the chapter together needs
nothing but the plan and the drafts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

from alignment.diff import fold
from sync.merge.cell.fill import fill
from sync.model import Fate, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sync.merge.cell.model import CellMerge
    from sync.model import Draft, Job, Outcome

OTHER_HALF: Final = "The other half of a pair of marks waits for a translation."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A piece with the drafts in their places."""

    text: str
    outcomes: tuple[Outcome, ...] = ()
    pending: tuple[str, ...] = ()
    """English that has no translation yet and is to stand in comments behind the piece."""
    owed: tuple[tuple[str, str], ...] = ()
    """Old and new English of what still has its old translation."""


class Piece(Protocol):
    """Some lines of the result."""

    @property
    def jobs(self) -> tuple[Job, ...]:
        """What an engine has to do for it."""

    def render(self, drafts: Mapping[str, Draft]) -> Rendered:
        """Its text with these drafts, by job."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verbatim:
    """Text that is known already."""

    text: str
    outcomes: tuple[Outcome, ...] = ()
    pending: tuple[str, ...] = ()

    @property
    def jobs(self) -> tuple[Job, ...]:
        return ()

    def render(self, drafts: Mapping[str, Draft]) -> Rendered:
        owed = tuple((outcome.old_source, outcome.new_source) for outcome in self.outcomes if _is_owed(outcome))
        return Rendered(text=self.text, outcomes=self.outcomes, pending=self.pending, owed=owed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place for a draft. Without one it holds the old translation, or nothing where the English is new."""

    job: Job
    outcome: Outcome
    """As it is without a draft."""
    fallback: str
    """What stands there without one."""
    english: str = ""
    """The English that the fallback stands for, if not the old one: a part of the edit may have been carried."""

    def draft(self, drafts: Mapping[str, Draft]) -> Draft | None:
        """The draft for it. One that changes nothing is no answer to English that changed."""
        found = drafts.get(self.job.id)
        return found if found and found.text and found.text != self.job.old_target else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Atom:
    """A sentence in its place, or the place of one."""

    content: str | Slot
    before: str = ""
    """What separates it from the atom before, if both are there."""
    outcome: Outcome | None = None
    """What was done to it; a slot has its own."""
    half: bool = False
    """Whether English put or removed half of a pair of marks in it, whose other half is in another atom."""
    otherwise: str = ""
    """What stands there if the other half has to wait."""

    def waits(self, drafts: Mapping[str, Draft]) -> bool:
        return not isinstance(self.content, str) and self.content.draft(drafts) is None

    def wait(self) -> tuple[str, Outcome | None]:
        """The atom while the other half of its mark waits: as if nothing had been carried into it, or drafted."""
        if self.outcome is None:
            return self.fill({})
        told = replace(self.outcome, fate=Fate.PENDING, new_target=self.otherwise, confidence=0.0, note=OTHER_HALF)
        return self.otherwise, told

    def fill(self, drafts: Mapping[str, Draft]) -> tuple[str, Outcome | None]:
        if isinstance(self.content, str):
            return self.content, self.outcome
        slot, draft = self.content, self.content.draft(drafts)
        if draft is not None:
            return draft.text, _drafted(slot.outcome, draft)
        refused = drafts.get(slot.job.id)
        return slot.fallback, _refused(slot.outcome, refused) if refused else slot.outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A paragraph, list item, heading or caption, sentence by sentence."""

    lead: str
    atoms: tuple[Atom, ...]
    tail: str = ""
    english: str = ""
    """The new English block as it stands, to be shown whole where nothing of it is translated."""
    outcomes: tuple[Outcome, ...] = ()
    """Of what is no longer there, or changed in the lead only."""
    stands: bool = False
    """Whether lead and tail are worth showing without the sentences: a picture without its caption."""
    entire: bool = False
    """Whether it is shown only if nothing in it waits: a table has no place for a comment."""

    @property
    def jobs(self) -> tuple[Job, ...]:
        return tuple(atom.content.job for atom in self.atoms if isinstance(atom.content, Slot))

    def render(self, drafts: Mapping[str, Draft]) -> Rendered:
        if self.entire and any(atom.waits(drafts) for atom in self.atoms):
            drafts = {}
        torn = any(atom.half and atom.waits(drafts) for atom in self.atoms)
        filled = [(atom, *(atom.wait() if torn and atom.half else atom.fill(drafts))) for atom in self.atoms]
        body = ""
        for atom, text, _ in filled:
            body += (atom.before if body and text else "") + text
        outcomes = [*self.outcomes, *(outcome for _, _, outcome in filled if outcome)]
        shown = bool(body) or (self.stands and bool(self.atoms))
        return Rendered(
            text=self.lead + body + self.tail if shown else "",
            outcomes=tuple(outcomes),
            pending=self._pending([text for _, text, _ in filled]) if shown or not self.english else (self.english,),
            owed=tuple(self._owed(outcomes)),
        )

    def _owed(self, outcomes: list[Outcome]) -> Iterator[tuple[str, str]]:
        partly = {
            atom.content.job.source: atom.content.english for atom in self.atoms if isinstance(atom.content, Slot)
        }
        for outcome in outcomes:
            if _is_owed(outcome):
                yield partly.get(outcome.new_source) or outcome.old_source, outcome.new_source

    def _pending(self, texts: list[str]) -> tuple[str, ...]:
        """Runs of new sentences that are still without a translation."""
        runs: list[list[str]] = [[]]
        for atom, text in zip(self.atoms, texts, strict=True):
            if text or isinstance(atom.content, str):
                runs.append([])
            else:
                runs[-1].append(atom.content.job.source)
        return tuple(" ".join(run) for run in runs if run)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A code cell or a formula whose comments, strings or words may be drafted."""

    merge: CellMerge
    slots: tuple[tuple[int, Slot], ...]
    """Places for drafts, by the number of the merge's slot."""
    outcomes: tuple[Outcome, ...] = ()

    @property
    def jobs(self) -> tuple[Job, ...]:
        return tuple(slot.job for _, slot in self.slots)

    def render(self, drafts: Mapping[str, Draft]) -> Rendered:
        offered = {i: drafts[slot.job.id] for i, slot in self.slots if slot.job.id in drafts}
        filled, refused = fill(self.merge, {i: draft.text for i, draft in offered.items() if draft.text})
        outcomes = [_told(slot, offered.get(i), i in refused) for i, slot in self.slots]
        return Rendered(text=filled.text, outcomes=(*self.outcomes, *outcomes))


def _told(slot: Slot, draft: Draft | None, refused: bool) -> Outcome:
    """What became of a place in a cell, whose draft the cell may have refused."""
    if draft is None or (refused and not draft.offer):
        return slot.outcome
    return _drafted(slot.outcome, draft) if draft.text and not refused else _refused(slot.outcome, draft)


def _drafted(outcome: Outcome, draft: Draft) -> Outcome:
    return replace(
        outcome,
        fate=Fate.DRAFTED,
        new_target=draft.text,
        origin=draft.origin,
        confidence=draft.confidence,
        note=draft.note,
    )


def _refused(outcome: Outcome, draft: Draft) -> Outcome:
    """What is told of a draft that does not stand in the text."""
    note, doubt = draft.note or outcome.note, draft.confidence if draft.offer else outcome.confidence
    return replace(outcome, note=note, offer=draft.offer, confidence=doubt)


def _is_owed(outcome: Outcome) -> bool:
    """Whether an old translation stands for new English."""
    return (
        outcome.fate is Fate.PENDING
        and bool(outcome.old_source)
        and fold(outcome.old_source) != fold(outcome.new_source)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something to tell the reader of a piece; it becomes a diagnostic once the line is known."""

    rule: str
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A piece and where its blocks come from, by index; what stands between it and the next follows from that."""

    piece: Piece
    targets: tuple[int, ...] = ()
    news: tuple[int, ...] = ()
    olds: tuple[int, ...] = ()
    """Only where English changed it."""
    notes: tuple[Note, ...] = ()
