"""Capitals are those that a language has inside and at the beginning of its sentences."""

from __future__ import annotations

from alignment.locales import load
from alignment.markdown import D2L
from sync.engines.smt import train
from sync.engines.smt.casing import capitalized, is_title, usual_forms

TURKISH = [
    ("First the network learns.", "İlk ağ öğrenir."),
    ("The network learns first.", "Ağ ilk öğrenir."),
    ("The network reads first.", "Ağ ilk okur."),
    ("First the network reads.", "İlk ağ okur."),
]


def test_names_keep_the_capitals_that_they_have_inside_sentences() -> None:
    assert usual_forms([["We", "use", "ImageNet"], ["ImageNet", "is", "used"]]) == {"imagenet": "ImageNet"}


def test_titles_say_nothing_about_capitals() -> None:
    assert is_title(["Linear", "Regression"])
    assert usual_forms([["A", "Linear", "Model"], ["a", "linear", "model"]]) == {}


def test_the_capital_of_a_dotted_i_has_a_dot_where_the_language_has_one() -> None:
    assert capitalized("ilk", dotted=True) == "İlk"
    assert capitalized("ilk", dotted=False) == "Ilk"
    model = train(TURKISH, source=load("en"), target=load("tr"), profile=D2L)
    assert model.translate("First the network learns.").text == "İlk ağ öğrenir."
    assert "ilk" in model.translate("The network reads first.").text


def test_a_sentence_begins_with_a_capital_only_if_the_source_does() -> None:
    model = train(TURKISH, source=load("en"), target=load("tr"), profile=D2L)
    assert model.translate("the network learns first").text.startswith("ağ")
