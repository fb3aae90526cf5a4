"""Words are linked to what they are found with."""

from __future__ import annotations

import numpy as np

from sync.engines.smt.word_alignment import link_all, symmetrize, train_alignment


def numbers(*sentences: str) -> tuple[list[np.ndarray], dict[str, int]]:
    vocabulary: dict[str, int] = {}
    rows = [[vocabulary.setdefault(word, len(vocabulary)) for word in sentence.split()] for sentence in sentences]
    return [np.array(row) for row in rows], vocabulary


ENGLISH = ("red house", "red car", "old house", "old car", "red old car", "house")
SPANISH = ("casa roja", "coche rojo roja", "casa vieja", "coche vieja", "coche vieja roja", "casa")


def test_words_are_linked_across_another_order() -> None:
    left, _ = numbers(*ENGLISH)
    right, _ = numbers(*SPANISH)
    table = train_alignment(left, right, (8, 8))
    assert link_all(table, left, right)[0] == [(0, 1), (1, 0)]


def test_unknown_words_are_passed_over() -> None:
    left, _ = numbers(*ENGLISH)
    right, _ = numbers(*SPANISH)
    table = train_alignment(left, right, (8, 8))
    assert (1, 0) in link_all(table, [np.array([-1, 1])], [np.array([0, -1])])[0]
    assert link_all(table, [np.array([], dtype=np.int64)], [np.array([1])]) == [[]]


def test_a_link_of_one_direction_joins_beside_one_of_both() -> None:
    forward = np.array([[0.9, 0.8], [0.0, 0.1]])
    backward = np.array([[0.9, 0.0], [0.1, 0.1]])
    assert symmetrize(forward, backward) == [(0, 0), (0, 1)]
