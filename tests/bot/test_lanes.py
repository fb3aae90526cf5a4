"""Which chapters share a pull request."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.upkeep.lanes import LINES, SEGMENTS, Arrangement, GroupBy, Work, arrange, smallest


def work(path: str, segments: int = 0, lines: int = 5, share: float = 0.1, needs: str = "") -> Work:
    return Work(path=path, segments=segments, lines=lines, share=share, needs=frozenset(needs.split()))


def shown(found: Arrangement) -> dict[str, tuple[str, ...]]:
    return {lane.branch: lane.paths for lane in found.lanes}


def test_chapters_without_prose_go_together_and_the_others_by_folder() -> None:
    found = arrange([work("a/x.md"), work("b/y.md"), work("a/z.md", 3), work("c/w.md", 1)], room=9)
    assert shown(found) == {
        "amts/mechanical": ("a/x.md", "b/y.md"),
        "amts/a": ("a/z.md",),
        "amts/c": ("c/w.md",),
    }


def test_a_folder_with_too_much_to_review_is_cut_between_chapters() -> None:
    found = arrange([work(f"a/{name}.md", SEGMENTS // 2) for name in "uvwxy"], room=9)
    assert shown(found) == {
        "amts/a": ("a/u.md", "a/v.md"),
        "amts/a-2": ("a/w.md", "a/x.md"),
        "amts/a-3": ("a/y.md",),
    }


def test_many_changed_lines_are_too_much_too() -> None:
    found = arrange([work("a/x.md", 1, LINES), work("a/y.md", 1, 1)], room=9)
    assert [lane.paths for lane in found.lanes] == [("a/x.md",), ("a/y.md",)]


def test_what_needs_each_other_stays_together_whatever_its_size() -> None:
    found = arrange(
        [work("a/x.md", SEGMENTS, needs="b/y.md"), work("b/y.md", SEGMENTS, needs="a/x.md"), work("a/z.md", 1)], room=9
    )
    assert shown(found) == {"amts/a": ("a/x.md", "b/y.md"), "amts/a-2": ("a/z.md",)}


def test_a_mechanical_chapter_goes_with_the_prose_that_it_needs() -> None:
    found = arrange([work("a/x.md", 0, needs="b/y.md"), work("b/y.md", 2, needs="a/x.md")], room=9)
    assert shown(found) == {"amts/a": ("a/x.md", "b/y.md")}


def test_a_chapter_of_which_most_changed_is_for_people_to_plan() -> None:
    found = arrange([work("a/x.md", 30, share=0.6), work("a/y.md", 1)], room=9)
    assert (found.rewritten, shown(found)) == (("a/x.md",), {"amts/a": ("a/y.md",)})


def test_what_needs_such_a_chapter_waits_with_it() -> None:
    found = arrange([work("a/x.md", 30, share=0.6, needs="b/y.md"), work("b/y.md", needs="a/x.md")], room=9)
    assert (found.rewritten, found.lanes) == (("a/x.md", "b/y.md"), ())


def test_no_more_are_opened_than_there_is_room_for_the_most_valuable_first() -> None:
    found = arrange([work("b/x.md", 1), work("a/y.md", 1), work("c/z.md", 1)], room=2)
    assert list(shown(found)) == ["amts/b", "amts/a"]
    assert [lane.branch for lane in found.later] == ["amts/c"]


def test_a_branch_that_is_in_use_is_not_taken() -> None:
    assert list(shown(arrange([work("a/x.md", 1)], room=1, taken={"amts/a", "amts/a-2"}))) == ["amts/a-3"]


def test_chapters_in_no_folder_and_with_odd_names_have_a_branch_too() -> None:
    found = arrange([work("index.md", 1), work("a b$(id)/x.md", 1)], room=9)
    assert list(shown(found)) == ["amts/book", "amts/a-b-id"]


def test_other_habits_one_for_each_chapter_or_one_for_all() -> None:
    two = [work("a/x.md", 1), work("b/y.md", 1)]
    assert list(shown(arrange(two, room=9, group_by=GroupBy.CHAPTER))) == ["amts/a-x", "amts/b-y"]
    assert shown(arrange(two, room=9, group_by=GroupBy.ALL)) == {"amts/book": ("a/x.md", "b/y.md")}


def test_the_smallest_is_the_one_to_begin_with() -> None:
    found = arrange([work("a/x.md", 9), work("b/y.md", 2), work("c/z.md", 3)], room=9)
    first = smallest(found.lanes)
    assert first is not None
    assert first.paths == ("b/y.md",)
    assert smallest(()) is None


def test_to_begin_with_there_has_to_be_something_to_see() -> None:
    found = arrange([work("a/x.md", 1, 0), work("b/y.md", 2, 5)], room=9)
    first = smallest(found.lanes)
    assert first is not None
    assert first.paths == ("b/y.md",)


chapters = st.lists(
    st.builds(
        work,
        st.sampled_from([f"{folder}/{name}.md" for folder in "abc" for name in "uvwxyz"]),
        st.integers(0, 60),
        st.integers(0, 400),
        st.sampled_from([0.0, 0.4, 0.9]),
        st.sampled_from(["", "a/u.md", "b/v.md c/w.md"]),
    ),
    unique_by=lambda one: one.path,
)


@given(chapters, st.integers(0, 4), st.sampled_from(GroupBy))
def test_every_chapter_is_in_one_place(work: list[Work], room: int, group_by: GroupBy) -> None:
    found = arrange(work, room=room, group_by=group_by)
    places = [*found.rewritten, *(path for lane in (*found.lanes, *found.later) for path in lane.paths)]
    assert sorted(places) == sorted(one.path for one in work)
    assert len(found.lanes) <= room
    branches = [lane.branch for lane in (*found.lanes, *found.later)]
    assert len(set(branches)) == len(branches)
