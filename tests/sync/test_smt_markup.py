"""Whatever is translated, every piece of markup comes back once, and pairs stay pairs."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from alignment.locales import load
from alignment.markdown import D2L, mask, spans
from alignment.markdown.masking import SENTINELS
from alignment.model import MASK_BASE
from sync.engines.smt import train
from sync.engines.smt.words import read_sentence
from tests.support.toybitext import toy_model

ATOMS = ("$x$", "$x^2$", "`code`", ":numref:`fig_one`", ":eqref:`eq`", "<br>", "https://example.org/a")
HALVES = ("*", "**", "[**", "**]", "(**", "**)", "[", "](there)", "~~", "_", "[~~", "~~]", "![")
WORDS = (
    "the",
    "layer",
    "computes",
    "model",
    "unheard",
    "GPU",
    "128",
    "3.5",
    "(",
    ")",
    ".",
    ",",
    '"',
    "'s",
    "-",
    "网络",
)


def texts(*parts: str):
    lists = st.lists(st.sampled_from(parts), max_size=24)
    return st.tuples(lists, st.sampled_from(("", " "))).map(lambda both: both[1].join(both[0]))


def order(masked: str) -> list[int]:
    """The numbers of the placeholders of a masked text."""
    return [ord(sign) - MASK_BASE for sign in SENTINELS.findall(masked)]


@settings(max_examples=200, deadline=None)
@given(texts(*ATOMS, *HALVES, *WORDS))
def test_every_piece_of_markup_comes_back_once(text: str) -> None:
    made = toy_model().translate(text)
    assert sorted(order(made.masked)) == order(mask(text, D2L).text)


@settings(max_examples=200, deadline=None)
@given(texts(*HALVES, *WORDS, "$x$"))
def test_pairs_that_lie_in_one_another_or_apart_stay_so(text: str) -> None:
    model = toy_model()
    place = {number: at for at, number in enumerate(order(model.translate(text).masked))}
    zones = [zone for zone in read_sentence(text, model.source, D2L).zones if not zone.is_wall]
    ends = [tuple(place[ord(half) - MASK_BASE] for half in (zone.opener, zone.closer)) for zone in zones]
    assert all(opener < closer for opener, closer in ends)
    assert not [(one, other) for one in ends for other in ends if one[0] < other[0] < one[1] < other[1]]


@settings(max_examples=100, deadline=None)
@given(texts(*ATOMS, *WORDS))
def test_pieces_that_stand_alone_are_read_again_as_what_they_were(text: str) -> None:
    def pieces(markdown: str) -> Counter[str]:
        return Counter(placeholder.text for _, _, placeholder in spans(markdown, D2L))

    spaced = " ".join(text.split())
    if all(word in ATOMS + WORDS for word in spaced.split()):
        assert pieces(toy_model().translate(spaced).text) == pieces(spaced)


def test_marks_follow_the_words_that_they_stand_round() -> None:
    made = toy_model().translate("The *network* returns [the **loss**](l.md).")
    assert made.text == "A *rede* retorna [a **perda**](l.md)."


def test_two_formulas_keep_their_order_where_no_pair_says_otherwise() -> None:
    assert "$b$ e $a$" in toy_model().translate("The layer returns $b$ and $a$.").text


def test_two_formulas_change_places_where_the_pairs_do() -> None:
    swapped = [(f"${a}$ divided {word} ${b}$", f"{other} ${b}$ ${a}$") for a, b in ("xy", "uv", "pq", "st")
               for word, other in (("by", "por"), ("with", "com"))]  # fmt: skip
    model = train(swapped, source=load("en"), target=load("pt"), profile=D2L)
    assert model.translate("$m$ divided by $n$").text == "por $n$ $m$"
