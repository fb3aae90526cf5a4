"""Chapters are put in the order that a fork asks for."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.chapters.priority import RANKS, ordered


@dataclass(frozen=True)
class Owed:
    path: str
    behind: int = 1
    since: str = "2024-01-01"
    characters: int = 10


def names(chapters: tuple[Owed, ...]) -> list[str]:
    return [chapter.path for chapter in chapters]


def test_what_is_read_most_comes_as_the_list_has_it_and_the_rest_after_it() -> None:
    chapters = [Owed("a/x.md"), Owed("b/y.md"), Owed("c/z.md"), Owed("index.md")]
    assert names(ordered(chapters, ["read"], ["index.md", "c"])) == ["index.md", "c/z.md", "a/x.md", "b/y.md"]


def test_what_is_behind_the_longest_comes_first_and_what_is_not_behind_last() -> None:
    chapters = [
        Owed("current.md", behind=0, since="2020-01-01"),
        Owed("unknown.md", since=""),
        Owed("new.md", since="2024-05-01T00:00:00+00:00"),
        Owed("old.md", since="2021-05-01T00:00:00+00:00"),
    ]
    assert names(ordered(chapters, ["stale"])) == ["old.md", "new.md", "unknown.md", "current.md"]


def test_dates_are_compared_as_moments_and_not_as_texts() -> None:
    later, sooner = (
        Owed("later.md", since="2024-01-01T09:00:00+00:00"),
        Owed("sooner.md", since="2024-01-01T10:00:00+08:00"),
    )
    assert names(ordered([later, sooner], ["stale"])) == ["sooner.md", "later.md"]


def test_a_later_word_decides_a_tie() -> None:
    chapters = [Owed("long.md", characters=90), Owed("short.md", characters=5), Owed("old.md", 1, "2020-01-01", 99)]
    assert names(ordered(chapters, ["stale", "cheap"])) == ["old.md", "short.md", "long.md"]
    assert names(ordered(chapters, ["cheap", "stale"])) == ["short.md", "long.md", "old.md"]


def test_without_an_order_paths_decide() -> None:
    assert names(ordered([Owed("b.md"), Owed("a.md")], [])) == ["a.md", "b.md"]


@pytest.mark.parametrize("order", [["read"], ["stale", "cheap"], list(RANKS)])
@settings(deadline=None)
@given(st.data())
def test_every_chapter_comes_once_and_in_the_same_place_however_they_were_given(
    order: list[str], data: st.DataObject
) -> None:
    owed = st.builds(
        Owed,
        st.text(),
        st.integers(0, 3),
        st.sampled_from(["", "2024-01-01", "2023-01-01T00:00:00Z", "x"]),
        st.integers(0),
    )
    chapters = data.draw(st.lists(owed, unique_by=lambda one: one.path))
    shuffled = data.draw(st.permutations(chapters))
    found = ordered(shuffled, order, ["a", "b*"])
    assert sorted(names(found)) == sorted(names(tuple(chapters)))
    assert found == ordered(chapters, order, ["a", "b*"])
