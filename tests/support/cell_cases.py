"""Golden cells: title, old English, new English, translation, result and remarks, with lines of one dot between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.support.golden import FOLDER, read_golden

if TYPE_CHECKING:
    from sync.merge.cell.model import CellMerge
    from tests.support.golden import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class CellCase:
    title: str
    old: str
    new: str
    target: str
    result: str
    remarks: tuple[str, ...]

    def __str__(self) -> str:
        return self.title.replace(" ", "-")


def read_cases(*names: str) -> list[CellCase]:
    """Every case of the named files."""
    return [_read(case) for name in names for case in read_golden(FOLDER / "code" / f"{name}.txt", 6)]


def _read(case: Case) -> CellCase:
    _, old, new, target, result, remarks = case.texts
    told = tuple(remarks.splitlines())
    return CellCase(title=case.title, old=old, new=new, target=target, result=result, remarks=told)


def remarks(merge: CellMerge) -> tuple[str, ...]:
    """What a merge leaves to be done or to be known, a line each, as the golden files have it."""
    slots = (
        f"{slot.form}: {slot.source}" + (f" <- {slot.old_source} | {slot.old_target}" if slot.old_source else "")
        for slot in merge.slots
    )
    return (*slots, *(f"! {conflict}" for conflict in merge.conflicts))
