"""What translates what, learned from sentence pairs."""

from __future__ import annotations

import pytest

from alignment.lexicon import EMPTY, Lexicon, combine, induce
from alignment.markdown import D2L
from alignment.tokens import terms, tokenize
from alignment.words import link_words

ZH = [
    ("The model is fast.", "模型很快。"),
    ("The model is slow.", "模型很慢。"),
    ("This data is new.", "这个数据很新。"),
    ("We train the model on data.", "我们在数据上训练模型。"),
    ("We train fast.", "我们训练得快。"),
    ("New data, new model.", "新数据，新模型。"),
    ("We like this data.", "我们喜欢这个数据。"),
    ("A slow model is no good.", "慢的模型不好。"),
]
TR = [
    ("The model reads data.", "Model veriyi okur."),
    ("The data is new.", "Veri yeni."),
    ("The house is new.", "Ev yeni."),
    ("He reads the book.", "Kitabı okur."),
    ("The book is in the house.", "Kitap evde."),
    ("A new book.", "Yeni kitap."),
    ("The model is in the book.", "Model kitapta."),
    ("The data is in the book.", "Veri kitapta."),
]


def bags(pairs: list[tuple[str, str]]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(terms(tokenize(left, D2L)), terms(tokenize(right, D2L))) for left, right in pairs]


def best(lexicon: Lexicon, term: str) -> str:
    return next(iter(lexicon.translations.get(term, {"": 0})))


@pytest.mark.parametrize(
    ("pairs", "source", "target"),
    [(ZH, "model", "模型"), (ZH, "data", "数据"), (ZH, "train", "训练"), (ZH, "we", "我们"), (TR, "new", "yeni")],
)
def test_induce_finds_translations(pairs: list[tuple[str, str]], source: str, target: str) -> None:
    lexicon = induce(bags(pairs))
    assert lexicon.score(source, target) > 0.3
    assert lexicon.score(source, target) >= max(lexicon.translations[source].values())


def test_scores_lie_between_0_and_1_with_the_best_first() -> None:
    for found in induce(bags(ZH)).translations.values():
        scores = list(found.values())
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)


def test_induce_is_deterministic() -> None:
    assert induce(bags(ZH)) == induce(bags(ZH))


def test_what_is_the_same_on_both_sides_is_sure_and_not_in_the_lexicon() -> None:
    lexicon = induce([(("GPU", "fast"), ("GPU", "快"))] * 3)
    assert lexicon.score("GPU", "GPU") == 1
    assert "GPU" not in lexicon.translations


@pytest.mark.parametrize("pairs", [[], [((), ())], [(("a",), ("b",))], [(("a",), ())] * 3])
def test_nothing_is_learned_from_nothing(pairs: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
    assert len(induce(pairs)) == 0


def test_combine_keeps_the_best_score() -> None:
    one, other = Lexicon({"a": {"x": 0.2, "y": 0.5}}), Lexicon({"a": {"x": 0.7}, "b": {"z": 0.1}})
    assert combine(one, other) == Lexicon({"a": {"x": 0.7, "y": 0.5}, "b": {"z": 0.1}})
    assert combine() == EMPTY


def linked(source: str, target: str, lexicon: Lexicon) -> dict[str, str]:
    """What the words of a sentence are linked with."""
    left, right = tokenize(source, D2L), tokenize(target, D2L)
    found: dict[str, str] = {}
    for i, j, score in link_words(left, right, lexicon):
        assert 0 < score <= 1
        found[left[i].text] = found.get(left[i].text, "") + right[j].text
    return found


def test_words_link_with_the_characters_that_translate_them() -> None:
    found = linked("We train the model.", "我们训练模型。", induce(bags(ZH)))
    assert (found["we"], found["train"], found["model"]) == ("我们", "训练", "模型")


def test_marks_numbers_and_names_link_with_themselves() -> None:
    found = linked("Set $x$, 3 with `f` on ImageNet.", "在ImageNet上用`f`将$x$设为3。", EMPTY)
    assert found == {"$x": "$x", "3": "3", "`f": "`f", "imagenet": "imagenet"}


def test_of_two_equal_words_the_nearer_ones_link() -> None:
    links = link_words(tokenize("$x$ and $x$", D2L), tokenize("$x$ 和 $x$", D2L), EMPTY)
    assert [(i, j) for i, j, _ in links] == [(0, 0), (1, 1), (2, 2)]


def test_a_word_alone_between_linked_neighbours_links_weakly() -> None:
    links = link_words(tokenize("$x$ becomes $y$", D2L), tokenize("$x$ olur $y$", D2L), EMPTY)
    assert {(i, j): score for i, j, score in links}[1, 1] < 0.5


def test_marks_never_link_with_words() -> None:
    assert link_words(tokenize("`model`", D2L), tokenize("模型", D2L), Lexicon({"`model": {"模型": 1.0}})) == ()


def test_punctuation_does_not_link() -> None:
    assert link_words(tokenize("(a)", D2L), tokenize("(b)", D2L), EMPTY) == ()
