"""How words were translated before, and which of their forms stands where another word stood."""

from __future__ import annotations

import pytest

from alignment.markdown import D2L
from sync.engines.forms import choose_form, lower_first, raise_first
from sync.engines.phrases import Corpus, Phrases
from tests.support.bitext import BOOKS, pair_of, phrases_of

TRANSLATIONS = {
    "a word without forms": ("zh", ("tray",), {"托盘"}),
    "several words": ("zh", ("wash", "the", "cup"), {"清洗杯子"}),
    "a word with endings": ("tr", ("cup",), {"Fincan", "Fincanı"}),
    "a word with particles": ("ko", ("spoon",), {"숟가락은", "숟가락을"}),
    "a word that is not there": ("zh", ("saucer",), set()),
    "words that are never neighbours": ("zh", ("cup", "tray"), set()),
    "nothing": ("zh", (), set()),
}


@pytest.mark.parametrize(("lang", "words", "expected"), TRANSLATIONS.values(), ids=TRANSLATIONS)
def test_phrases_are_found_in_the_pairs_that_have_them(lang: str, words: tuple[str, ...], expected: set[str]) -> None:
    found = phrases_of(lang, BOOKS[lang]).translate(words)
    assert set(found.weights) == expected
    assert found.agreement <= 1.0
    assert (found.agreement > 0) == bool(expected)


def test_pairs_of_the_chapter_are_looked_at_before_those_of_the_book() -> None:
    chapter = Corpus((("The tray is warm.", "盘子是温的。"), ("The tray is big.", "盘子是大的。")) * 20, D2L)
    book = Corpus(BOOKS["zh"], D2L)
    pair = pair_of("zh", (*chapter.pairs[:2], *book.pairs))
    assert set(Phrases((chapter, book), pair).translate(("tray",)).weights) == {"盘子"}


WORDS = ("yöntem", "yöntemi", "yöntemini", "işlev", "işlevi", "işlevini", "işlevler", "işlem", "model", "modeli")

FORMS = {
    "no ending for no ending": ("yöntem", ("yöntem", "yöntemi"), {"işlevi": 2.0, "işlev": 1.0}, "işlev"),
    "the same ending": ("yöntemi", ("yöntem", "yöntemi"), {"işlevi": 2.0, "işlev": 1.0}, "işlevi"),
    "an ending that only other words show": ("yöntemini", ("yöntem",), {"işlev": 1.0}, "işlevini"),
    "vowels that suit the word": ("kapıya", ("kapı", "kapıyı"), {"eve": 1.0, "evi": 2.0, "ev": 1.0}, "eve"),
    "the last of several words": ("yöntemi", ("yöntem",), {"yeni işlev": 1.0, "yeni işlevi": 1.0}, "yeni işlevi"),
    "no such form was ever written": ("yöntemlerden", ("yöntem",), {"işlev": 1.0}, None),
    "a language without endings": ("函数", ("函数",), {"模型": 3.0, "模型中": 1.0}, "模型"),
    "a particle after a consonant": ("함수를", ("함수를", "함수는"), {"모델은": 2.0, "모델을": 1.0}, "모델을"),
}


@pytest.mark.parametrize(("standing", "its_forms", "offered", "expected"), FORMS.values(), ids=FORMS)
def test_a_form_is_taken_that_ends_like_the_one_before(
    standing: str, its_forms: tuple[str, ...], offered: dict[str, float], expected: str | None
) -> None:
    def family(beginning: str) -> list[str]:
        return [word for word in (*WORDS, *its_forms, *offered) if word.startswith(beginning)]

    assert choose_form(standing, its_forms, offered, family) == expected


CASES = {
    "any letter": ("tray", "Tray"),
    "a letter that the language pairs in its own way": ("işlev", "İşlev"),
    "another of them": ("ılık", "Ilık"),
}


@pytest.mark.parametrize(("small", "capital"), CASES.values(), ids=CASES)
def test_first_letters_are_written_as_the_translators_wrote_them(small: str, capital: str) -> None:
    seen = phrases_of("tr", (("a", f"{capital} {small} {small}."),))
    assert raise_first(f"{small} x", seen) == f"{capital} x"
    assert lower_first(f"{capital} x", seen) == f"{small} x"


def test_a_name_keeps_its_capital_inside_a_sentence() -> None:
    seen = phrases_of("de", (("The tray is big.", "Groß ist das Tablett."),))
    assert lower_first("Tablett", seen) == "Tablett"
    assert lower_first("GPU", seen) == "GPU"
    assert lower_first("Groß", seen) == "groß"
