"""Golden cells: title, old English, new English, translation, result and remarks, with lines of one dot between."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sync.merge.cell.model import CellMerge

FOLDER = Path(__file__).parent.parent / "golden" / "code"


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
    return [case for name in names for case in _cases((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))]


def _cases(text: str) -> list[CellCase]:
    parts: list[list[str]] = [[]]
    for line in text.splitlines():
        if line == ".":
            parts.append([])
        else:
            parts[-1].append(line)
    cases = []
    for start in range(0, len(parts) - 5, 6):
        title, old, new, target, result, remarks = parts[start : start + 6]
        cells = ("\n".join(lines) for lines in (old, new, target, result))
        named = dict(zip(("old", "new", "target", "result"), cells, strict=True))
        cases.append(CellCase(title=" ".join(title).strip(), remarks=tuple(remarks), **named))
    return cases


def remarks(merge: CellMerge) -> tuple[str, ...]:
    """What a merge leaves to be done or to be known, a line each, as the golden files have it."""
    slots = (
        f"{slot.form}: {slot.source}" + (f" <- {slot.old_source} | {slot.old_target}" if slot.old_source else "")
        for slot in merge.slots
    )
    return (*slots, *(f"! {conflict}" for conflict in merge.conflicts))
