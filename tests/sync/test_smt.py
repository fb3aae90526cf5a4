"""A model translates what its pairs teach, takes terms and examples, and survives being kept."""

from __future__ import annotations

import pytest

from alignment.locales import load
from alignment.markdown import D2L
from sync.engines.smt import Model, train
from tests.support.toybitext import NOUNS, toy_model, toy_pairs


def test_a_sentence_of_known_phrases_is_translated() -> None:
    assert toy_model().translate("The network stores the loss.").text == "A rede guarda a perda."


def test_a_new_sentence_is_put_together() -> None:
    made = toy_model().translate("The network computes the model.")
    assert made.text.startswith("A rede calcula")
    assert "modelo" in made.text


def test_a_number_that_was_never_seen_is_carried_over() -> None:
    assert toy_model().translate("Does the model have 4096 units?").text == "A modelo tem 4096 unidades?"


def test_an_unknown_word_stays_and_is_told() -> None:
    made = toy_model().translate("The zyxwv returns a number.")
    assert "zyxwv" in made.text
    assert made.unknown == ("zyxwv",)


def test_another_form_of_a_known_word_is_translated_like_it() -> None:
    assert "rede" in toy_model().translate("See the networks in :numref:`fig_a`.").text


def test_a_term_is_used_whatever_the_pairs_say() -> None:
    made = toy_model().translate("The network stores the loss.", terms=[("network", "malha"), ("loss", "custo")])
    assert "malha" in made.text
    assert "custo" in made.text
    assert "rede" not in made.text


def test_of_two_terms_the_longer_one_counts() -> None:
    terms = [("loss", "custo"), ("the loss", "o prejuízo")]
    assert "o prejuízo" in toy_model().translate("The network stores the loss.", terms=terms).text


def test_a_term_of_other_words_does_no_harm() -> None:
    text = "The network stores the loss."
    assert toy_model().translate(text, terms=[("kernel", "núcleo")]).text == toy_model().translate(text).text


def test_the_wording_of_an_example_is_preferred() -> None:
    example = ("The network stores the output.", "A malha armazena a saída.")
    assert toy_model().translate("The network stores the loss.").text == "A rede guarda a perda."
    assert "armazena" in toy_model().translate("The network stores the loss.", examples=[example]).text


def test_an_example_is_forgotten_afterwards() -> None:
    text = "The layer returns the loss."
    before = toy_model().translate(text)
    toy_model().translate(text, examples=[("The layer returns zyx.", "Uma camada devolve zyx.")])
    assert toy_model().translate(text) == before


def test_the_same_pairs_always_give_the_same_model() -> None:
    again = train(toy_pairs(), source=load("en"), target=load("pt"), profile=D2L)
    assert again.to_bytes() == toy_model().to_bytes()


def test_a_model_that_was_kept_translates_alike() -> None:
    kept = Model.from_bytes(toy_model().to_bytes(), source=load("en"), target=load("pt"), profile=D2L)
    for noun in NOUNS:
        text = f"See the {noun} in :numref:`fig_b`, and $z$."
        assert kept.translate(text) == toy_model().translate(text)


@pytest.mark.parametrize("damage", [b"", b"no model", toy_model().to_bytes()[:-9]], ids=["empty", "foreign", "cut off"])
def test_damaged_bytes_are_refused(damage: bytes) -> None:
    with pytest.raises(ValueError, match="model"):
        Model.from_bytes(damage, source=load("en"), target=load("pt"), profile=D2L)


def test_both_directions_are_learned_from_the_same_pairs() -> None:
    swapped = [(right, left) for left, right in toy_pairs()]
    model = train(swapped, source=load("pt"), target=load("en"), profile=D2L)
    assert model.translate("A rede guarda a perda.").text == "The network stores the loss."


def test_nothing_to_learn_from_leaves_the_text_and_no_confidence() -> None:
    model = train([], source=load("en"), target=load("tr"), profile=D2L)
    made = model.translate("The *network* returns $x$.")
    assert made.text == "The *network* returns $x$."
    assert made.expected_hter > 0.5


def test_a_text_without_words_is_given_back() -> None:
    assert toy_model().translate("").text == ""
    assert toy_model().translate("$x$ `y`").text == "$x$ `y`"


def test_strange_words_make_less_sure() -> None:
    known = toy_model().translate("The network stores the loss.").expected_hter
    assert known < toy_model().translate("The zyxwv stores qponm for vutsr.").expected_hter


def test_few_pairs_make_less_sure_than_many() -> None:
    few = train(toy_pairs()[::12], source=load("en"), target=load("pt"), profile=D2L)
    text = "The network computes the loss of $x$."
    assert toy_model().translate(text).expected_hter < few.translate(text).expected_hter


def test_progress_is_told() -> None:
    told: list[str] = []
    train(toy_pairs()[:5], source=load("en"), target=load("pt"), profile=D2L, advance=told.append)
    assert told[0] == "words"
    assert "phrases" in told


def test_an_example_makes_surer() -> None:
    text = "The zyxwv returns the vutsr."
    example = ("The zyxwv returns the vutsr now.", "O zyxwv retorna o vutsr agora.")
    assert toy_model().translate(text, examples=[example]).expected_hter < toy_model().translate(text).expected_hter
