"""The statements of three versions of a cell become those of one: English's edits, applied to the translation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from sync.merge.cell.model import Piece
from sync.merge.cell.statements import adopt_unit, learn, merge_unit, only_translated
from sync.merge.cell.syntax import Shape
from sync.merge.cell.three_way import Region, align, regions
from sync.merge.cell.tokens import shift
from sync.merge.cell.words import SIMILAR, comment_words, likeness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sync.merge.cell.statements import Habits
    from sync.merge.cell.syntax import Unit
    from sync.merge.cell.tokens import Pieces

SAME_STATEMENT = 0.6
"""Likeness of the code of two statements from which the one is a form of the other."""

Line = tuple["Pieces", str]
"""A unit of the result, empty where there is none, and what is to be said about it, if anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Three versions of a cell, and which unit of the old English is which of the others."""

    old: Sequence[Unit]
    new: Sequence[Unit]
    target: Sequence[Unit]
    on: Mapping[int, int]
    ot: Mapping[int, int]
    habits: Habits


def compare(old: Sequence[Unit], new: Sequence[Unit], target: Sequence[Unit], *, translates: bool) -> Sides:
    """Match the old English with the new, and with the translation."""
    on = align(old, new, partial(unit_likeness, one_language=True))
    ot = align(old, target, partial(unit_likeness, one_language=False))
    habits = learn(((old[i], target[j]) for i, j in ot.items()), translates=translates)
    return Sides(old=old, new=new, target=target, on=on, ot=ot, habits=habits)


def unit_likeness(one: Unit, other: Unit, *, one_language: bool) -> float:
    """0 where one cannot be a form of the other, else more than 0; long statements tell more than short ones."""
    if one.shape is not other.shape:
        return 0.0
    if one.shape is Shape.BLANK:
        return 0.25
    if one.shape in (Shape.FENCE, Shape.TAB):
        return 0.5 + 0.5 * likeness(one.key, other.key)
    if one.shape is Shape.CODE:
        return _code_likeness(one, other)
    alike = likeness(comment_words(one.tokens), comment_words(other.tokens))
    if not one_language:
        return 0.55 + 0.45 * alike
    if one.shape is Shape.COMMENT and alike < SIMILAR:
        return 0.0
    return 0.3 + 0.7 * alike


def _code_likeness(one: Unit, other: Unit) -> float:
    weight = min(1.0, 0.5 + len(one.key) / 40)
    if one.key == other.key:
        return weight * (1.2 if one.text.strip() == other.text.strip() else 1.0)
    alike = likeness(one.key, other.key)
    return 0.9 * weight * alike if alike >= SAME_STATEMENT else 0.0


def merge_units(sides: Sides) -> tuple[list[Piece], list[str]]:
    """The pieces of the merged cell, and the conflicts."""
    pieces: list[Piece] = []
    conflicts: list[str] = []
    sizes = (len(sides.old), len(sides.new), len(sides.target))
    for region in regions(sides.on, sides.ot, sizes):
        for line, conflict in (_stable if region.stable else _unstable)(region, sides):
            if line:
                pieces += [Piece("\n"), *line] if pieces else line
            if conflict:
                conflicts.append(conflict)
    return pieces, conflicts


def _stable(region: Region, sides: Sides) -> Iterator[Line]:
    old, new, target = sides.old[region.old[0]], sides.new[region.new[0]], sides.target[region.target[0]]
    merged = merge_unit(old, new, target, sides.habits)
    if merged is None:
        kept = Piece(shift(target.text, len(new.indent) - len(old.indent)))
        said = f"English changed {_name(old)} to {_name(new)}; the translation's {_name(target)} was kept."
        yield (kept,), said
    else:
        yield merged, ""


def _name(unit: Unit) -> str:
    line = unit.text.strip().split("\n")[0]
    return f"“{line if len(line) <= 72 else line[:71] + '…'}”"


def _unstable(region: Region, sides: Sides) -> Iterator[Line]:
    """A stretch in which no unit is in all three: English's additions and removals, and the translation's own."""
    theirs, ours = set(sides.on.values()), set(sides.ot.values())
    added = [k for k in region.new if k not in theirs]
    own = [j for j in region.target if j not in ours]
    ahead = align([sides.new[k] for k in added], [sides.target[j] for j in own], _same_code)
    added = [k for index, k in enumerate(added) if index not in ahead]
    yield from _say_what_met(region, sides)
    if added and _both_rewrote(region, sides, added, own):
        added = []
        yield (), _clash(region, sides)
    stranded = [] if _has_code(sides.new, added) else _stranded(region, sides, own)
    for j in stranded:
        yield (), f"The translation's {_name(sides.target[j])} belonged to what English removed; it was removed, too."
    yield from _in_order(region, sides, added, [j for j in own if j not in stranded])


def _same_code(new: Unit, target: Unit) -> float:
    """Whether the translation already has what English adds. Comments are never taken for the same."""
    if new.shape is not target.shape or not new.key or new.key != target.key:
        return 0.0
    return float(new.shape is Shape.DOCSTRING or only_translated(new.tokens, target.tokens))


def _say_what_met(region: Region, sides: Sides) -> Iterator[Line]:
    """Conflicts that change nothing: one side removed what the other changed."""
    for i in region.old:
        unit = sides.old[i]
        j, k = sides.ot.get(i), sides.on.get(i)
        if k is None and j is not None and sides.target[j].key != unit.key and not _moved(i, sides):
            yield (), f"English removed {_name(unit)}; the translation's {_name(sides.target[j])} was removed."
        if j is None and k is not None and sides.new[k].text.split() != unit.text.split():
            new = _name(sides.new[k])
            yield (), f"English changed {_name(unit)} to {new}; the translation has nothing there, and was left so."


def _moved(i: int, sides: Sides) -> bool:
    """Whether English has the unit at another place, too."""
    return any(unit.text.strip() == sides.old[i].text.strip() for unit in sides.new)


def _has_code(units: Sequence[Unit], indices: Sequence[int]) -> bool:
    return any(units[index].shape is Shape.CODE for index in indices)


def _lost(region: Region, sides: Sides) -> list[int]:
    """Old units that neither side has any more."""
    return [i for i in region.old if i not in sides.on and i not in sides.ot]


def _both_rewrote(region: Region, sides: Sides, added: Sequence[int], own: Sequence[int]) -> bool:
    lost = _lost(region, sides)
    return _has_code(sides.old, lost) and _has_code(sides.new, added) and _has_code(sides.target, own)


def _clash(region: Region, sides: Sides) -> str:
    old = next(sides.old[i] for i in _lost(region, sides) if sides.old[i].shape is Shape.CODE)
    return f"English and the translation both rewrote {_name(old)}; the translation's code was kept."


def _stranded(region: Region, sides: Sides, own: Sequence[int]) -> list[int]:
    """The translation's own units that have lost what they stood among, or the code that they comment on."""
    gone = [sides.ot[i] for i in region.old if i in sides.ot and i not in sides.on]
    gone = [j for j in gone if sides.target[j].shape is not Shape.BLANK]
    inside = [j for j in own if gone and gone[0] < j < gone[-1]]
    comments = [j for j in own if sides.target[j].shape is Shape.COMMENT and j + 1 in gone]
    return sorted({*inside, *comments})


def _in_order(region: Region, sides: Sides, added: Sequence[int], own: Sequence[int]) -> Iterator[Line]:
    """New and own units, each after the old unit that it follows."""
    before = region.old.start - 1
    places = [(_place(k, region, sides.on, before), 0, k) for k in added]
    places += [(_place(j, region, sides.ot, before), 1, j) for j in own]
    for _, group in groupby(sorted(places), key=lambda place: place[0]):
        indices = [(is_own, index) for _, is_own, index in group]
        news = [index for is_own, index in indices if not is_own]
        owns = [index for is_own, index in indices if is_own]
        yield from _side_by_side(sides, news, owns)


def _place(index: int, region: Region, pairs: Mapping[int, int], default: int) -> int:
    return max((i for i in region.old if i in pairs and pairs[i] < index), default=default)


def _side_by_side(sides: Sides, news: Sequence[int], owns: Sequence[int]) -> Iterator[Line]:
    """Both add something at the same place: first what ends the block before, last a comment on what comes next."""
    cut = len(owns)
    while news and cut and sides.target[owns[cut - 1]].shape is Shape.COMMENT:
        cut -= 1
    first, last = owns[:cut], owns[cut:]
    if news and first and len(sides.new[news[0]].indent) > len(sides.target[first[0]].indent):
        first, last = (), owns
    yield from (_own(j, sides) for j in first)
    yield from ((adopt_unit(sides.new[k], sides.habits), "") for k in news)
    yield from (_own(j, sides) for j in last)


def _own(j: int, sides: Sides) -> Line:
    """A unit of the translation's own, indented as far as English indented its neighbours of the same block."""
    unit = sides.target[j]
    moves = {
        sides.ot[i]: len(sides.new[k].indent) - len(sides.old[i].indent) for i, k in sides.on.items() if i in sides.ot
    }
    block = [t for t in moves if sides.target[t].tokens and sides.target[t].indent == unit.indent]
    nearest = min(block, key=lambda t: (abs(t - j), t > j), default=None)
    return (Piece(unit.text if nearest is None else shift(unit.text, moves[nearest])),), ""
