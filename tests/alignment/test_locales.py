"""What is known about languages."""

from __future__ import annotations

import re

import pytest

from alignment.locales import known, load
from alignment.model import Mark


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("zh", "zh"),
        ("zh-CN", "zh"),
        ("zh_Hans_CN", "zh"),
        ("zh-TW", "zh-TW"),
        ("zh-hant", "zh-TW"),
        ("zh-Hant-HK", "zh-TW"),
        ("ZH-HK", "zh-TW"),
        ("pt-BR", "pt"),
        ("pt-AO", "pt-PT"),
        ("es-419", "es-MX"),
        ("es-ES", "es"),
        ("sw", "und"),
        ("", "und"),
        ("../zh", "und"),
    ],
)
def test_load_falls_back_to_what_is_known(tag: str, found: str) -> None:
    assert load(tag).tag == found


@pytest.mark.parametrize(
    ("tag", "code", "formality", "tokenizer", "joiner"),
    [
        ("en", "en", False, "13a", " "),
        ("zh", "zh", False, "zh", ""),
        ("zh-Hant", "zh-TW", False, "zh", ""),
        ("ja", "ja", True, "ja-mecab", ""),
        ("ko", "ko", True, "ko-mecab", " "),
        ("vi", "vi", False, "13a", " "),
        ("tr", "tr", False, "13a", " "),
        ("pt-BR", "pt", False, "13a", " "),
        ("pt-PT", "pt-PT", False, "13a", " "),
        ("es", "es", True, "13a", " "),
        ("es-MX", "es-MX", True, "13a", " "),
        ("de", "de", True, "13a", " "),
        ("fr-CA", "fr-CA", True, "13a", " "),
        ("sw", "", False, "13a", " "),
    ],
)
def test_each_section_says_what_its_reader_needs(
    tag: str, code: str, formality: bool, tokenizer: str, joiner: str
) -> None:
    locale = load(tag)
    assert (locale.amazon.code, locale.amazon.formality) == (code, formality)
    assert (locale.score.tokenizer, locale.text.joiner) == (tokenizer, joiner)


@pytest.mark.parametrize("tag", known())
def test_every_file_is_complete(tag: str) -> None:
    locale = load(tag)
    assert locale.tag == tag
    assert locale.name != load("und").name
    assert locale.amazon.code
    assert 0.2 < locale.text.ratio < 2
    assert "Dr" in locale.text.titles
    re.compile(locale.text.continues)


def test_a_variety_shares_the_habits_of_its_language() -> None:
    assert load("zh-TW").text == load("zh").text


def test_markup_has_spaces_round_it_unless_the_language_says_otherwise() -> None:
    assert load("en").text.around(Mark.ROLE) == (" ", " ")
    assert load("zh").text.around(Mark.ROLE) == (" ", "")
    assert load("zh").text.around(Mark.MATH) == ("", "")
    assert load("zh").text.around(Mark.HTML) == (" ", " ")


def test_full_width_punctuation_belongs_to_languages_that_write_it() -> None:
    assert dict(load("zh").text.punctuation)["."] == "。"
    assert load("ko").text.punctuation == ()
