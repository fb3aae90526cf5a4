"""An engine sees words and literals of a text, and none of its marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.bitext.engine_text import engine_text

SEEN = {
    "emphasis": ("**Hot** *tea* is _good_.", "Hot tea is good."),
    "a slide mark": ("[**Pour the tea**] now (~~or later~~).", "Pour the tea now or later."),
    "a link": ("See [the pot](https://tea.org/a_(b)) there.", "See the pot there."),
    "code": ("Call `pour(a, *b)` twice.", "Call `pour(a, *b)` twice."),
    "a formula": ("Let $x_1 * y_1$ be **hot**.", "Let $x_1 * y_1$ be hot."),
    "references": (
        "In :numref:`sec_tea`, *as* :cite:`A.B.2020` says.",
        "In :numref:`sec_tea`, as :cite:`A.B.2020` says.",
    ),
    "a footnote": ("Tea[^1] is hot.", "Tea is hot."),
    "a picture goes with its words": ("Tea ![a **hot** pot](pot.png) is hot.", "Tea is hot."),
    "tags": ("<b>Hot</b> tea<br/>is <!-- not --> good.", "Hot tea is good."),
    "an address": ("Ask https://tea.org/x or <https://b.org>.", "Ask https://tea.org/x or <https://b.org>."),
    "what is escaped": (r"3 \* 4 \_ 5 &amp; &lt;6", "3 * 4 _ 5 & <6"),
    "what is escaped in code": (r"Say `\*` &amp; go.", r"Say `\*` & go."),
    "a wrapped line": ("Hot\n  tea\tis\r\ngood.", "Hot tea is good."),
    "a wrapped line without spaces": ("热\n  茶很\n好 a\nb。", "热茶很好 a b。"),
    "unseen characters": ("\ufeffHot\0 tea\x7f\x85is\u2028good.", "Hot tea is good."),
    "nothing": ("[^1]", ""),
}


@pytest.mark.parametrize(("text", "seen"), SEEN.values(), ids=SEEN)
def test_words_and_literals_are_seen(text: str, seen: str) -> None:
    assert engine_text(text) == seen


def test_half_of_a_mark_goes_where_a_sentence_ends_inside() -> None:
    text = "[**Hot tea. Cold milk.**]"
    assert engine_text(text, start=0, end=len("[**Hot tea.")) == "Hot tea."
    assert engine_text(text, start=len("[**Hot tea. ")) == "Cold milk."


def test_the_caption_itself_is_seen_though_its_picture_is_not() -> None:
    text = "![A *hot* pot.](pot.png)"
    assert engine_text(text) == ""
    assert engine_text(text, start=2, end=text.index("]")) == "A hot pot."


@given(st.text())
def test_what_is_seen_is_one_clean_line(text: str) -> None:
    seen = engine_text(text)
    assert len(seen.splitlines()) <= 1
    assert seen == seen.strip()
    assert not {*seen} & {"\0", "\ufeff", "\t", "\x7f"}
