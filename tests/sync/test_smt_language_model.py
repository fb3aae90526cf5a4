"""The language model prefers what it has seen, and its chances add up."""

from __future__ import annotations

from math import exp

import pytest

from sync.engines.smt.language_model import UNKNOWN, LanguageModel

SENTENCES = [[1, 2, 3], [1, 2, 4], [5, 2, 3], [1, 2, 3, 4], [5, 5, 1]]


def test_what_was_seen_is_likelier_than_the_same_words_in_another_order() -> None:
    model = LanguageModel(SENTENCES, 0)
    assert model.score([1, 2, 3]) > model.score([3, 2, 1])


@pytest.mark.parametrize("before", [[], [1], [1, 2], [9, 1], [1, 2, 3]])
def test_the_chances_of_all_next_words_add_up_to_one(before: list[int]) -> None:
    model = LanguageModel(SENTENCES, 0)
    state = model.begin
    for word in before:
        state = model.step(state, word)[1]
    assert sum(exp(model.step(state, word)[0]) for word in (0, 1, 2, 3, 4, 5, UNKNOWN)) == pytest.approx(1.0)


def test_without_sentences_every_word_is_unknown() -> None:
    assert LanguageModel([], 0).score([7, 8]) <= 0
