"""English edits made in one translated sentence, without any knowledge of its language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.lexicon import EMPTY
from alignment.locales import load
from alignment.markdown import D2L
from sync.merge.prose.carry import Carried, carry
from sync.merge.prose.language_pair import LanguagePair
from sync.merge.prose.marks import halves, put_back, strip_marks
from sync.merge.prose.projection import project


def pair(lang: str) -> LanguagePair:
    return LanguagePair(source=load("en"), target=load(lang), profile=D2L, lexicon=EMPTY)


def done(old: str, new: str, target: str, lang: str = "es") -> Carried:
    return carry(old, new, target, pair(lang))


@pytest.mark.parametrize(
    ("old", "new", "target", "expected"),
    [
        pytest.param("It has 3 of 5.", "It has 4 of 5.", "Tiene 3 de 5.", "Tiene 4 de 5.", id="a number"),
        pytest.param("3 of 3 hold.", "3 of 4 hold.", "3 de 3 valen.", "3 de 4 valen.", id="the second of two"),
        pytest.param("See $x$, $x$.", "See $x$, $y$.", "Ve $x$, $x$.", "Ve $x$, $y$.", id="a formula"),
        pytest.param("Call `f`.", "Call `g(x)`.", "Llama a `f`.", "Llama a `g(x)`.", id="code"),
        pytest.param("See :eqref:`a`.", "See :eqref:`b`.", "Ve :eqref:`a`.", "Ve :eqref:`b`.", id="a reference"),
        pytest.param("Good (:cite:`A`).", "Good.", "Bien (:cite:`A`).", None, id="brackets that went with a citation"),
        pytest.param("Good :cite:`A`.", "Good.", "Bien :cite:`A`.", "Bien.", id="a citation that went"),
        pytest.param("Good.", "Good :cite:`A`.", "Bien.", "Bien :cite:`A`.", id="a citation that came"),
        pytest.param("See `f`.", "See `f` :cite:`A`.", "Ve `f`, sí.", "Ve `f` :cite:`A`, sí.", id="by its neighbour"),
        pytest.param("It is so.", "It is so:", "Es así.", "Es así:", id="the sign at the end"),
        pytest.param("It is so.", "It is so:", "Es así...", "Es así...", id="another sign at the end stays"),
        pytest.param("Good, bad.", "Good bad.", "Bueno, malo.", "Bueno, malo.", id="a comma says nothing"),
        pytest.param("*Good* bad.", "Good bad.", "*Bueno* malo.", "Bueno malo.", id="emphasis that went"),
        pytest.param("*Good* bad.", "**Good** bad.", "*Bueno* malo.", "**Bueno** malo.", id="emphasis that got strong"),
        pytest.param("[a](x) b.", "[a](y) b.", "[c](x) d.", "[c](y) d.", id="the address of a link"),
        pytest.param("Good bad.", "[**Good bad.**]", "Bueno malo.", "[**Bueno malo.**]", id="slide marks round it all"),
        pytest.param("[**Good.**]", "(**Good.**)", "[**Bien.**]", "(**Bien.**)", id="other slide marks"),
        pytest.param("Good bad.", "[**Good bad.**]", "(**Bien.**)", "(**Bien.**)", id="the translator was ahead"),
        pytest.param("Left in English.", "Left in it.", "Left in English.", "Left in it.", id="not translated"),
        pytest.param("A good pot.", "A bad pot.", "Una olla buena.", None, id="words are for an engine"),
        pytest.param("It is 3.", "It is not 3.", "Son 3.", None, id="a negation is for an engine"),
        pytest.param("Use 3 or 4.", "Use 4.", "Usa 3 o 4.", None, id="a word that went with a number"),
    ],
)  # fmt: skip
def test_an_edit_is_carried_or_left_for_an_engine(old: str, new: str, target: str, expected: str | None) -> None:
    carried = done(old, new, target)
    assert (carried.text if carried.complete else None) == expected


@pytest.mark.parametrize(
    ("old", "new", "target", "text", "english"),
    [
        pytest.param("A good pot of 3.", "A bad pot of 4.", "Una olla de 3.", "Una olla de 4.", "A good pot of 4."),
        pytest.param("Good pot.", "As :eqref:`a` says, bad pot.", "Bien.", "(:eqref:`a`) Bien.", "Good pot."),
        pytest.param("Good (:cite:`A`) pot.", "Bad old pot.", "Olla (:cite:`A`).", "Olla.", "Good (:cite:`A`) pot."),
    ],
)  # fmt: skip
def test_a_part_of_an_edit_is_carried(old: str, new: str, target: str, text: str, english: str) -> None:
    carried = done(old, new, target)
    assert (carried.text, carried.english, carried.complete) == (text, english, False)


@pytest.mark.parametrize(
    ("old", "new", "target", "expected"),
    [
        ("Good.", "Good:", "好。", "好："),
        ("Good.", "Good :cite:`A`.", "好。", "好 :cite:`A`。"),
        ("Good.", "Good `f`.", "好。", "好`f`。"),
    ],
)
def test_signs_are_as_wide_and_as_far_apart_as_the_language_has_them(
    old: str, new: str, target: str, expected: str
) -> None:
    assert done(old, new, target, "zh").text == expected


words = st.lists(st.sampled_from(["pot", "3", "$x$", "`f`", "[**tea**]", "*cup*", "and", ":cite:`A`"]), max_size=8)
texts = words.map(" ".join)


@given(texts, texts)
def test_nothing_is_done_where_nothing_changed(english: str, target: str) -> None:
    carried = done(english, english, target)
    assert (carried.text, carried.complete) == (target, True)


@given(texts, texts, texts)
def test_what_is_carried_completely_stays_when_it_is_carried_again(old: str, new: str, target: str) -> None:
    carried = done(old, new, target)
    assert carried.complete == (carried.english == new) or old == new
    assert done(new, new, carried.text).text == carried.text


@given(texts)
def test_marks_that_were_taken_off_can_be_put_back(text: str) -> None:
    stripped = strip_marks(text, D2L)
    assert put_back(stripped.text, stripped.wraps) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [("[**a b", {"[**": 1}), ("a**]", {"**]": 1}), ("[**a**] (~~b~~)", {}), ("[a](b) *c*", {})],
)
def test_half_a_pair_is_known(text: str, expected: dict[str, int]) -> None:
    assert dict(halves(text, D2L)) == expected


@pytest.mark.parametrize(
    ("source", "words", "target", "loose", "expected"),
    [
        pytest.param("a b c", "a b c", "d e f", True, "d e f", id="the whole sentence"),
        pytest.param("a b c.", "a b c", "d e f.", True, "d e f", id="the whole but for its full stop"),
        pytest.param("see $x$ and $y$ here", "$y$", "ve $x$ y $y$ aquí", False, "$y$", id="what both have alike"),
        pytest.param("see it, $x$ and $y$.", "$x$ and $y$", "velo, $x$ y $y$.", True, "$x$ y $y$", id="a clause"),
        pytest.param("see it now", "it", "velo ya", False, None, id="nothing known"),
    ],
)
def test_words_are_found_in_the_translation(
    source: str, words: str, target: str, loose: bool, expected: str | None
) -> None:
    languages = pair("es")
    english, tokens = languages.tokens(source), languages.tokens(target)
    start = sum(token.start < source.index(words) for token in english)
    end = sum(token.start < source.index(words) + len(words) for token in english)
    span = project(start, end, english, tokens, languages, loose=loose)
    assert (span and target[tokens[span.start].start : tokens[span.end - 1].end]) == expected
