"""Formulas, code and references stand at the words that are theirs, in whatever order a language says them."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.engines.order import is_supported
from tests.support.bitext import BOOKS, pair_of

if TYPE_CHECKING:
    from collections.abc import Sequence

RIGHT = {
    "Chinese says it in the same order": (
        "zh", "Put the kettle $k$ on the tray $t$.", "把水壶$k$放在托盘$t$上。",
    ),
    "Chinese says it the other way round": (
        "zh", "Put the kettle $k$ on the tray $t$.", "在托盘$t$上放水壶$k$。",
    ),
    "Turkish says it the other way round": (
        "tr", "We buy the tray `t` after the spoon `s`.", "Kaşık `s` ve sonra tepsi `t`.",
    ),
    "a reference comes before the code that it is about": (
        "zh", "The kettle `boil` is beside the tray :numref:`fig_t`.", "托盘 :numref:`fig_t`旁是水壶`boil`。",
    ),
    "links lead where their words say": (
        "zh",
        "Put [the kettle](https://a.example) on [the tray](https://b.example).",
        "在[托盘](https://b.example)上放[水壶](https://a.example)。",
    ),
    "of two that look alike nobody can tell which is which": (
        "zh", "Put the kettle $k$ on the tray $k$.", "在托盘$k$上放水壶$k$。",
    ),
    "nothing is known of the words, and the order is that of English": (
        "zh", "Mind the gap $g$ of the train $t$.", "小心列车的间隙$g$与$t$。",
    ),
    "one mark alone": ("zh", "Put the kettle $k$ there.", "把水壶$k$放在那里。"),
    "what only one side has is not compared": (
        "zh", "Put the kettle $k$ on the tray $t$.", "把水壶$k$放在托盘$b$上。",
    ),
}  # fmt: skip
WRONG = {
    "two formulas were exchanged": (
        "zh", "Put the kettle $k$ on the tray $t$.", "把水壶$t$放在托盘$k$上。",
    ),
    "they were exchanged in a sentence that is said the other way round": (
        "zh", "Put the kettle $k$ on the tray $t$.", "在托盘$k$上放水壶$t$。",
    ),
    "a formula was exchanged with code": (
        "tr", "We buy the tray `t` after the spoon $s$.", "Tepsi $s$ ve sonra kaşık `t`.",
    ),
    "two addresses were exchanged": (
        "zh",
        "Put [the kettle](https://a.example) on [the tray](https://b.example).",
        "把[水壶](https://b.example)放在[托盘](https://a.example)上。",
    ),
    "the first of three was exchanged with the last": (
        "zh", "The kettle $k$, the cup $c$ of `x`, the tray $t$.", "水壶$t$，`x`的杯子$c$，托盘$k$。",
    ),
    "nothing is known of the words that would bear out another order": (
        "zh", "Mind the gap $g$ of the train $t$.", "小心列车$t$的间隙$g$。",
    ),
    "what an \"and\" joins is joined in one order everywhere": (
        "zh", "Put the kettle $k$ and $t$ on the tray.", "把$t$和水壶$k$放在托盘上。",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("lang", "source", "target"), RIGHT.values(), ids=RIGHT)
def test_an_order_that_the_words_bear_out_is_supported(lang: str, source: str, target: str) -> None:
    assert is_supported(source, target, pair_of(lang, BOOKS[lang]))


@pytest.mark.parametrize(("lang", "source", "target"), WRONG.values(), ids=WRONG)
def test_an_order_that_they_do_not_bear_out_is_not(lang: str, source: str, target: str) -> None:
    assert not is_supported(source, target, pair_of(lang, BOOKS[lang]))


THINGS = {"kettle": "水壶", "cup": "杯子", "spoon": "汤匙", "tray": "托盘"}
PAIR = pair_of("zh", BOOKS["zh"])
ORDERS = st.permutations(sorted(THINGS)).flatmap(lambda things: st.tuples(st.just(things), st.permutations(things)))


def said(things: Sequence[str], order: Sequence[str], marks: dict[str, str]) -> tuple[str, str]:
    """A sentence about things with a formula each, and its translation in another order, with these formulas."""
    english = "; ".join(f"the {thing} ${thing[0]}$ here" for thing in things)
    return english, "；".join(f"{THINGS[thing]}${marks[thing]}$这里" for thing in order)


@given(ORDERS)
def test_things_may_be_named_in_any_order(orders: tuple[list[str], list[str]]) -> None:
    assert is_supported(*said(*orders, {thing: thing[0] for thing in THINGS}), PAIR)


@given(ORDERS, st.sampled_from(list(combinations(THINGS, 2))))
def test_two_marks_that_were_exchanged_are_noticed_in_any_order(
    orders: tuple[list[str], list[str]], exchanged: tuple[str, str]
) -> None:
    one, other = exchanged
    marks = {thing: thing[0] for thing in THINGS} | {one: other[0], other: one[0]}
    assert not is_supported(*said(*orders, marks), PAIR)


WORDS = st.sampled_from(["kettle", "the", "water", "boil", ",", "3", "$k$", "$t$", "`a`", ":numref:`fig_a`"])


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_what_came_back_as_it_went_out_is_supported(text: str) -> None:
    assert is_supported(text, text, PAIR)
