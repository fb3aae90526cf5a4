"""Chapters whose path is gone are found again by what they say."""

from __future__ import annotations

import time
from random import Random

import pytest

from sync.chapters.renames import Kind, Rename, find_renames

POTS = [
    "A pot of clay holds three cups of water.",
    "Its lid is made of the darkest wood there is.",
    "Nobody in the old house forgets to warm the cups.",
    "Rain fell on the garden while the kettle sang.",
    "The merchant weighed every chest upon the quay.",
    "Green leaves need less heat than the black ones do.",
]
CUPS = [
    "Cups come in so many colours that none is alike.",
    "A good handle stays cool for fifteen minutes at least.",
    "Some people add milk or sugar, and some add lemon.",
    "Bowls and plates are washed late in the evening.",
    "Cats sleep beside the stove until the morning comes.",
    "The recipe asks for patience and for a quiet hour.",
]
OTHER = ["Ships left for the north as soon as the ice broke.", "Of gardens there is nothing more to be said here."]


def text(sentences: list[str], title: str = "Tea") -> str:
    return f"# {title}\n\n" + "\n\n".join(sentences) + "\n"


def found(
    old: dict[str, str], new: dict[str, str], **given: str
) -> list[tuple[Kind, tuple[str, ...], tuple[str, ...]]]:
    return [(one.kind, one.old, one.new) for one in find_renames(old, new, given).found]


def test_a_chapter_with_the_same_text_is_the_same_chapter() -> None:
    renames = find_renames({"a.md": text(POTS), "x.md": text(OTHER)}, {"b.md": text(POTS), "c.md": text(CUPS)})
    assert renames.found == (Rename(old=("a.md",), new=("b.md",), kind=Kind.RENAMED, similarity=1.0),)
    assert renames.unclear == ()


def test_sentences_edited_and_lines_wrapped_anew_do_not_hide_it() -> None:
    edited = text([*POTS[:2], "Tea is poured.", *POTS[3:]]).replace(" of ", "\nof ")
    assert found({"a.md": text(POTS)}, {"b.md": edited}) == [(Kind.RENAMED, ("a.md",), ("b.md",))]


def test_windows_line_ends_do_not_hide_it() -> None:
    (one,) = find_renames({"a.md": text(POTS)}, {"b.md": text(POTS).replace("\n", "\r\n")}).found
    assert one.similarity == 1.0


def test_a_chapter_that_grew_is_still_it() -> None:
    assert found({"a.md": text(POTS)}, {"b.md": text(POTS + CUPS + OTHER)}) == [(Kind.RENAMED, ("a.md",), ("b.md",))]


def test_a_split_names_the_parts_in_the_order_of_the_text() -> None:
    new = {"b.md": text(CUPS), "a.md": text([*POTS, "And more of pots there is to say."])}
    assert found({"x.md": text(POTS + CUPS)}, new) == [(Kind.SPLIT, ("x.md",), ("a.md", "b.md"))]


def test_a_merger_names_its_parts_in_the_order_of_the_text() -> None:
    assert found({"a.md": text(CUPS), "b.md": text(POTS)}, {"x.md": text(POTS + CUPS)}) == [
        (Kind.MERGED, ("b.md", "a.md"), ("x.md",))
    ]


def test_a_section_that_went_elsewhere_does_not_hide_two_renames() -> None:
    old = {"a.md": text(POTS + CUPS[:3]), "c.md": text(CUPS[3:] + OTHER)}
    new = {"b.md": text(POTS), "d.md": text(CUPS + OTHER)}
    assert found(old, new) == [(Kind.RENAMED, ("a.md",), ("b.md",)), (Kind.RENAMED, ("c.md",), ("d.md",))]


def test_two_copies_leave_it_open_and_both_are_named() -> None:
    renames = find_renames({"a.md": text(POTS)}, {"b.md": text(POTS), "c.md": text(POTS)})
    assert renames.found == ()
    assert {one.old for one in renames.unclear} == {"a.md"}
    assert "b.md and in c.md" in renames.unclear[0].reason


def test_two_chapters_that_say_the_same_leave_it_open() -> None:
    renames = find_renames({"a.md": text(POTS), "b.md": text(POTS)}, {"c.md": text(POTS)})
    assert renames.found == ()
    assert [one.old for one in renames.unclear] == ["a.md", "b.md"]


def test_the_clearly_liker_one_of_two_copies_is_taken() -> None:
    new = {"b.md": text(POTS), "c.md": text(POTS[:4] + CUPS + OTHER)}
    assert found({"a.md": text(POTS)}, new) == [(Kind.RENAMED, ("a.md",), ("b.md",))]


def test_too_little_in_common_is_said() -> None:
    renames = find_renames({"a.md": text(POTS)}, {"b.md": text(POTS[:1] + CUPS[:5])})
    assert renames.found == ()
    assert renames.unclear[0].old == "a.md"
    assert "b.md has only 1" in renames.unclear[0].reason


def test_nothing_in_common_is_nothing_to_say() -> None:
    assert find_renames({"a.md": text(POTS)}, {"b.md": text(CUPS)}) == find_renames({}, {})


def test_what_is_laid_down_wins() -> None:
    new = {"b.md": text(POTS), "c.md": text(CUPS)}
    (one,) = find_renames({"a.md": text(POTS)}, new, {"a.md": "c.md"}).found
    assert (one.new, one.given, one.similarity) == (("c.md",), True, 0.0)


def test_two_laid_down_for_one_are_a_merger() -> None:
    old, new = {"a.md": text(POTS), "b.md": text(CUPS)}, {"c.md": text(CUPS + POTS)}
    (one,) = find_renames(old, new, {"a.md": "c.md", "b.md": "c.md"}).found
    assert (one.kind, one.old) == (Kind.MERGED, ("b.md", "a.md"))


@pytest.mark.parametrize(
    ("given", "reason"), [({"z.md": "b.md"}, "English still has it"), ({"a.md": "z.md"}, "which English lacks")]
)
def test_what_is_laid_down_wrongly_is_said(given: dict[str, str], reason: str) -> None:
    renames = find_renames({"a.md": text(POTS)}, {"b.md": text(CUPS)}, given)
    assert reason in renames.unclear[0].reason


def book(words: int) -> tuple[dict[str, str], dict[str, str]]:
    """Fifty chapters before and after they got other paths, written with so many different words."""
    dice = Random(1)
    chapters = [" ".join(f"w{dice.randrange(words)}" for _ in range(2000)) for _ in range(50)]
    return {f"old/{i}.md": one for i, one in enumerate(chapters)}, {
        f"new/{i}.md": one for i, one in enumerate(chapters)
    }


def test_a_whole_book_takes_no_time() -> None:
    old, new = book(words=2000)
    began = time.perf_counter()
    assert len(find_renames(old, new).found) == 50
    assert time.perf_counter() - began < 5


def test_chapters_that_are_all_alike_take_no_time_either() -> None:
    old, new = book(words=2)
    began = time.perf_counter()
    assert find_renames(old, new).found == ()
    assert time.perf_counter() - began < 5
