"""What belongs together in three sequences, and in which order it stands."""

from __future__ import annotations

import pytest

from alignment.model import Bead, Change, ChangeSet, Op
from sync.merge.groups import Entry, Group, join, place

KEPT, EDITED, ADDED, REMOVED = Op.KEPT, Op.EDITED, Op.ADDED, Op.REMOVED


def bead(source: tuple[int, ...], target: tuple[int, ...], confidence: float = 1.0) -> Bead:
    return Bead(source, target, confidence)


def kept(count: int) -> list[Change]:
    return [Change(KEPT, (index,), (index,)) for index in range(count)]


def groups(changes: list[Change], beads: list[Bead]) -> list[tuple[tuple[int, ...], ...]]:
    return [(group.old, group.new, group.target) for group in join(ChangeSet(tuple(changes)), beads)]


def test_a_bead_joins_what_it_links() -> None:
    changes = [Change(KEPT, (0,), (0,)), Change(EDITED, (1,), (1,))]
    assert groups(changes, [bead((0, 1), (0,))]) == [((0, 1), (0, 1), (0,))]


def test_what_only_one_side_has_is_a_group_of_its_own() -> None:
    changes = [Change(KEPT, (0,), (0,)), Change(ADDED, (), (1,)), Change(REMOVED, (1,), ())]
    beads = [bead((0,), (0,)), bead((), (1,)), bead((1,), (2,))]
    assert groups(changes, beads) == [((0,), (0,), (0,)), ((), (1,), ()), ((1,), (), (2,)), ((), (), (1,))]


def test_a_group_is_as_sure_as_its_weakest_bead_and_kept_if_all_of_it_is() -> None:
    changes = [Change(KEPT, (0,), (0,)), Change(KEPT, (1,), (1,), moved=True)]
    [group] = join(ChangeSet(tuple(changes)), [bead((0, 1), (0, 1), 0.4)])
    assert (group.confidence, group.kept, group.moved) == (0.4, True, True)


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        (Group(target=(0,)), {"foreign", "stays"}),
        (Group(new=(0,)), {"added"}),
        (Group(new=(0,), target=(0,)), {"ahead", "stays"}),
        (Group(old=(0,), target=(0,)), {"removed"}),
        (Group(old=(0,), new=(0,), target=(0,), moved=True), set()),
        (Group(old=(0,), new=(0,), target=(0,)), {"stays"}),
    ],
)
def test_a_group_says_what_it_is(group: Group, expected: set[str]) -> None:
    sorts = ("foreign", "added", "ahead", "removed", "stays")
    assert {sort for sort in sorts if getattr(group, sort)} == expected


def order(entries: tuple[Entry, ...]) -> list[str]:
    """Targets as numbers, what is new as ``+`` and its number."""
    return [",".join(map(str, entry.targets)) or f"+{entry.group.new[0]}" for entry in entries]


def placed(
    changes: list[Change], beads: list[Bead], *, follows: bool = False, along: tuple[int, ...] = ()
) -> list[str]:
    found = join(ChangeSet(tuple(changes)), beads)
    return order(place(found, follows=lambda group, entry: follows, accompanies=along.__contains__))


def test_the_order_of_the_translation_stands() -> None:
    assert placed(kept(3), [bead((0,), (1,)), bead((1,), (0,)), bead((2,), (2,))]) == ["0", "1", "2"]


def test_new_units_follow_the_english_unit_before_them() -> None:
    changes = [Change(ADDED, (), (0,)), Change(KEPT, (0,), (1,)), Change(ADDED, (), (2,)), Change(ADDED, (), (3,))]
    assert placed(changes, [bead((0,), (0,))]) == ["+0", "0", "+2", "+3"]


@pytest.mark.parametrize(("follows", "expected"), [(False, ["0", "+1", "1", "2"]), (True, ["0", "1", "+1", "2"])])
def test_new_units_go_before_or_behind_a_foreign_one(follows: bool, expected: list[str]) -> None:
    changes = [Change(KEPT, (0,), (0,)), Change(ADDED, (), (1,)), Change(KEPT, (1,), (2,))]
    beads = [bead((0,), (0,)), bead((), (1,)), bead((1,), (2,))]
    assert placed(changes, beads, follows=follows) == expected


def test_what_english_removed_has_no_place() -> None:
    assert placed([*kept(1), Change(REMOVED, (1,), ())], [bead((0,), (0,)), bead((1,), (1,))]) == ["0"]


MOVED = [Change(KEPT, (1,), (0,)), Change(KEPT, (0,), (1,), moved=True)]
MOVED_BEADS = [bead((0,), (0,)), bead((), (1,)), bead((1,), (2,))]


@pytest.mark.parametrize(("along", "expected"), [((), ["1", "2", "0"]), ((1,), ["2", "0", "1"])])
def test_a_moved_unit_takes_along_what_accompanies_it(along: tuple[int, ...], expected: list[str]) -> None:
    assert placed(MOVED, MOVED_BEADS, along=along) == expected
