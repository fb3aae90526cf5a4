"""A translation memory gives back what was translated before, and nothing that does not fit."""

from __future__ import annotations

import pytest

from alignment.markdown import D2L
from sync.bitext.memory import Memory, Pair

KNOWN = (
    Pair("Tea is hot.", "茶是热的。", "chapter_tea/black.md"),
    Pair("Tea is hot.", "茶很烫。", "chapter_tea/green.md"),
    Pair("Tea is hot.", "茶很烫。", "chapter_pots/iron.md"),
    Pair("Summary", "小结", "chapter_tea/black.md"),
    Pair("Cup", "杯子", "chapter_tea/black.md"),
    Pair("Cup", "茶杯", "chapter_pots/iron.md"),
    Pair("Kept in English.", "Kept in English.", "chapter_tea/black.md"),
    Pair("Call `pour()`.", "调用。", "chapter_tea/black.md"),
    Pair("Call `pour( )`.", "调用`pour()`。", "chapter_tea/black.md"),
    Pair("Water boils.", "[**水开了。**]", "chapter_tea/black.md"),
    Pair("*Water* boils.", "水开了。", "chapter_tea/black.md"),
    Pair("See $x$.", "见$x.$", "chapter_tea/black.md"),
    Pair("Ask [here](https://discuss.d2l.ai/t/1).", "[在此](https://discuss.d2l.ai/t/2)提问。", "chapter_tea/black.md"),
    Pair("Both are fine.", "两者皆可。", "a.md"),
    Pair("Both are fine.", "都可以。", "b.md"),
)
MEMORY = Memory(KNOWN)

EXACT = {
    "the commonest translation": ("Tea is hot.", "茶很烫。"),
    "white space does not count": ("Tea  is\nhot.", "茶很烫。"),
    "the first of two that are equally common": ("Both are fine.", "两者皆可。"),
    "a word with one translation": ("Summary", "小结"),
    "a word with two means two things": ("Cup", None),
    "other letters are another sentence": ("tea is hot.", None),
    "a translation left in English is none": ("Kept in English.", None),
    "a translation that lost a code span": ("Call `pour()`.", None),
    "a code span set in another way": ("Call `pour( )`.", "调用`pour()`。"),
    "a slide mark is layout": ("Water boils.", "水开了。"),
    "a translation that lost its emphasis": ("*Water* boils.", None),
    "a full stop inside a formula": ("See $x$.", "见$x.$"),
    "a host where every language has its own page": (
        "Ask [here](https://discuss.d2l.ai/t/1).",
        "[在此](https://discuss.d2l.ai/t/2)提问。",
    ),
    "what nobody translated": ("Coffee.", None),
}


@pytest.mark.parametrize(("source", "expected"), EXACT.values(), ids=EXACT)
def test_a_sentence_known_word_for_word(source: str, expected: str | None) -> None:
    assert MEMORY.exact(source, profile=D2L) == expected


def test_in_code_no_markup_is_looked_at() -> None:
    assert MEMORY.exact("Call `pour()`.", profile=None) == "调用。"


def test_the_chapter_at_hand_knows_better_than_the_book() -> None:
    joined = MEMORY.joined((("Tea is hot.", "茶热。"), ("Milk is cold.", "奶是凉的。")))
    assert joined.exact("Tea is hot.") == "茶热。"
    assert joined.exact("Milk is cold.") == "奶是凉的。"
    assert joined.exact("Summary") == "小结"
    assert MEMORY.exact("Milk is cold.") is None


def test_a_word_that_the_chapter_uses_in_two_ways_is_not_settled_by_the_book() -> None:
    assert MEMORY.joined((("Summary", "摘要"), ("Summary", "总结"))).exact("Summary") is None


def test_like_sentences_come_likest_first_from_chapter_and_book() -> None:
    joined = MEMORY.joined((("Tea is very hot.", "茶非常热。"),))
    found = joined.like("Tea is very hot today.", least=0.5)
    assert [match.pair.target for match in found] == ["茶非常热。", "茶是热的。", "茶很烫。"]
    assert [match.likeness for match in found] == sorted((match.likeness for match in found), reverse=True)
    assert joined.like("Tea is very hot today.", least=0.95) == ()
    assert len(joined.like("Tea is hot.", least=0.1, most=2)) == 2


WITHHELD = {
    "the name of the folder": "tea",
    "its name in the book": "chapter_tea",
    "a path": "book/chapter_tea/",
}


@pytest.mark.parametrize("folder", WITHHELD.values(), ids=WITHHELD)
def test_withheld_chapters_were_never_seen(folder: str) -> None:
    left = MEMORY.without([folder])
    assert {pair.chapter for pair in left.pairs} == {"chapter_pots/iron.md", "a.md", "b.md"}
    assert left.exact("Summary") is None
    assert left.exact("Cup") == "茶杯"
    assert left.like("Summary") == ()


def test_nothing_withheld_is_nothing_lost() -> None:
    assert MEMORY.without([]).pairs == MEMORY.without(["coffee", "black"]).pairs == KNOWN


def test_chapters_give_their_sentences() -> None:
    english = "# Tea\n\nTea is hot. Milk is cold.\n\n```\nx = 1\n```\n\nNobody read this.\n"
    translation = "# 茶\n\n茶是热的。奶是凉的。\n\n```\nx = 1\n```\n\nNobody read this.\n"
    pairs = Memory.of_chapters([("tea/black.md", english, translation)], "zh").pairs
    assert pairs == (
        Pair("Tea", "茶"),
        Pair("Tea is hot.", "茶是热的。"),
        Pair("Milk is cold.", "奶是凉的。"),
    )
    assert {pair.chapter for pair in pairs} == {"tea/black.md"}


def test_what_an_engine_wrote_in_a_chapter_is_not_learned_from_it() -> None:
    left = MEMORY.unlearning({("chapter_pots/iron.md", "茶很烫。"), ("chapter_tea/green.md", "别的。")})
    assert [pair.chapter for pair in left.pairs if pair.source == "Tea is hot."] == [
        "chapter_tea/black.md",
        "chapter_tea/green.md",
    ]
    assert len(left.pairs) == len(KNOWN) - 1


def test_a_memory_serves_both_ways() -> None:
    assert MEMORY.reversed().exact("小结") == "Summary"
    assert MEMORY.reversed().reversed() == MEMORY
