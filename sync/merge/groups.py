"""Which units belong together across old English, new English and translation, and in which order they now stand.

Blocks of a chapter and sentences of a passage are the same problem: a change set between two revisions of one side,
beads between the old revision and the translation, and a translation whose own order and additions must survive.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alignment.model import Op

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from alignment.model import Bead, ChangeSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Units that can only be handled together, by index into the three sequences. Any side may be empty."""

    old: tuple[int, ...] = ()
    new: tuple[int, ...] = ()
    target: tuple[int, ...] = ()
    kept: bool = False
    """English says the same in as many units as before."""
    moved: bool = False
    """English moved it."""
    confidence: float = 1.0
    """Of the weakest bead that joins it."""

    @property
    def foreign(self) -> bool:
        """Only the translation has it."""
        return not self.old and not self.new

    @property
    def added(self) -> bool:
        """English has it anew, and the translation does not have it yet."""
        return not self.old and bool(self.new) and not self.target

    @property
    def ahead(self) -> bool:
        """English has it anew, and the translation had it before."""
        return not self.old and bool(self.new) and bool(self.target)

    @property
    def removed(self) -> bool:
        return bool(self.old) and not self.new

    @property
    def stays(self) -> bool:
        """It keeps its place in the translation."""
        return bool(self.target) and not self.moved and not self.removed


@dataclass(frozen=True, slots=True)
class Entry:
    """A group at its place in the result. One that only stays where it is has an entry for each of its target units."""

    group: Group
    targets: tuple[int, ...]


def join(changes: ChangeSet, beads: Iterable[Bead]) -> tuple[Group, ...]:
    """Connected components over changes and beads, in the order of the new revision; foreign ones come last."""
    beads = tuple(beads)
    root: dict[int, int] = {}

    def find(index: int) -> int:
        while root.setdefault(index, index) != index:
            index = root[index]
        return index

    for olds in (*(change.old for change in changes.changes), *(bead.source for bead in beads)):
        for index in olds:
            root[find(index)] = find(olds[0])
    added = [Group(new=change.new) for change in changes.changes if not change.old]
    components = sorted({find(index) for index in list(root)})
    joined = [_component(find, component, changes, beads) for component in components]
    foreign = [Group(target=bead.target) for bead in beads if not bead.source]
    return in_new_order([*added, *joined, *foreign])


def _component(find: Callable[[int], int], component: int, changes: ChangeSet, beads: Sequence[Bead]) -> Group:
    own = [change for change in changes.changes if change.old and find(change.old[0]) == component]
    joining = [bead for bead in beads if bead.source and find(bead.source[0]) == component]
    return Group(
        old=tuple(sorted(index for change in own for index in change.old)),
        new=tuple(sorted(index for change in own for index in change.new)),
        target=tuple(sorted(index for bead in joining for index in bead.target)),
        kept=all(change.op is Op.KEPT for change in own),
        moved=any(change.moved for change in own),
        confidence=min((bead.confidence for bead in joining if bead.target), default=0.0),
    )


def in_new_order(groups: Sequence[Group]) -> tuple[Group, ...]:
    """By first new unit; what was removed goes to the end, where it is in nobody's way, and the foreign behind that."""
    return tuple(sorted(groups, key=lambda group: (group.foreign, not group.new, group.new[:1], group.old[:1])))


def place(
    groups: Sequence[Group],
    *,
    follows: Callable[[Group, Entry], bool] = lambda group, entry: False,
    accompanies: Callable[[int], bool] = lambda index: False,
) -> tuple[Entry, ...]:
    """The groups in the order of the result: the translation's order, with insertions and moves where English has them.

    Args:
        groups: as ``join`` gives them.
        follows: whether an inserted group goes behind this foreign entry, rather than between it and what precedes it.
        accompanies: whether a foreign unit of the translation, given by index, goes wherever the unit before it goes.
    """
    along = {group: tuple(_companions(group, groups, accompanies)) for group in groups if group.moved}
    gone = {entry.targets for companions in along.values() for entry in companions}
    standing = [entry for entry in _standing(groups) if entry.targets not in gone]
    order = sorted(standing, key=lambda entry: entry.targets[0])
    before: Entry | None = None
    for group in groups:
        if group.foreign or group.removed:
            continue
        if group.stays:
            before = max((entry for entry in order if entry.group is group), key=lambda entry: entry.targets[-1])
        elif group.new and (group.target or group.added):
            entry = Entry(group, group.target)
            seat = _seat(order, before, group, follows)
            order[seat:seat] = (entry, *along.get(group, ()))
            before = entry
    return tuple(order)


def _standing(groups: Sequence[Group]) -> Iterator[Entry]:
    """Entries of what keeps its place."""
    for group in groups:
        if group.foreign or (group.stays and group.kept):
            yield from (Entry(group, (target,)) for target in group.target)
        elif group.stays:
            yield Entry(group, group.target)


def _companions(group: Group, groups: Sequence[Group], accompanies: Callable[[int], bool]) -> Iterator[Entry]:
    """Entries of the foreign units right behind a group that go with it."""
    foreign = {index: one for one in groups if one.foreign for index in one.target}
    index = group.target[-1] + 1 if group.target else -1
    while index in foreign and accompanies(index):
        yield Entry(foreign[index], (index,))
        index += 1


def _seat(order: Sequence[Entry], before: Entry | None, group: Group, follows: Callable[[Group, Entry], bool]) -> int:
    """Where to insert a group that comes after ``before``."""
    seat = 0 if before is None else next(i for i, entry in enumerate(order) if entry is before) + 1
    end = seat
    while end < len(order) and order[end].group.foreign and follows(group, order[end]):
        end += 1
    # Behind the foreign units only where something the English also has comes next: the end of the file is theirs.
    return end if end < len(order) else seat
