"""Terms in sentences: where they stand, and what the translation makes of them."""

from __future__ import annotations

import pytest

from alignment.locales import load
from alignment.markdown import D2L
from sync.bitext.terminology.english import EnglishTerms, basic_form, plural_of
from sync.bitext.terminology.judge import ignored_terms
from sync.bitext.terminology.model import Term, TermBase
from sync.bitext.terminology.passages import Passage, passages_of
from sync.bitext.terminology.translated import Translation
from sync.bitext.terminology.usage import Fate, departures, records_of, uses_of


def base(**targets: str) -> TermBase:
    terms = (Term(source=source.replace("_", " "), targets=tuple(text.split("/"))) for source, text in targets.items())
    return TermBase(terms=tuple(terms))


def found(text: str, *sources: str) -> list[str]:
    terms = EnglishTerms((Term(source=source, targets=("x",)) for source in sources), D2L)
    return [text[one.start : one.end] for one in terms.find(text)]


# English


def test_the_longest_term_wins() -> None:
    assert found("The rain barrel is by the barrel.", "barrel", "rain barrel") == ["rain barrel", "barrel"]


@pytest.mark.parametrize("text", ["rain barrels", "Rain Barrel", "rain-barrel", "rainbarrels", "rain *barrel*"])
def test_a_term_is_found_in_any_number_and_spelling(text: str) -> None:
    assert found(f"See the {text} there.", "rain barrel") == [text.rstrip("*")]


def test_a_term_written_as_one_word_is_found_where_the_text_parts_it() -> None:
    assert found("a seed bed and a seed-bed", "seedbed") == ["seed bed", "seed-bed"]


@pytest.mark.parametrize(
    "text",
    ["`barrel`", "$barrel$", ":numref:`barrel`", "[there](barrel.md)", "![](barrel.png)", "rain. Barrel, the rain"],
)
def test_markup_and_the_end_of_a_sentence_are_no_place_for_a_term(text: str) -> None:
    assert found(text, "barrel md", "rain barrel") == []
    assert found(text.replace(". Barrel, the rain", ""), "barrel") == []


def test_the_words_of_a_link_count() -> None:
    assert found("[barrels](there.md)", "barrel") == ["barrels"]


def test_a_part_of_a_hyphenated_word_is_no_term() -> None:
    assert found("a self-watering barrel", "self", "watering") == []


def test_acronyms_are_found_as_they_are_written() -> None:
    assert found("An IT team sends it to ITs.", "IT") == ["IT", "ITs"]


def test_idioms_are_no_terms() -> None:
    assert found("For example, this example.", "example") == ["example"]


@pytest.mark.parametrize(
    ("form", "basic"),
    [
        ("barrels", "barrel"),
        ("boxes", "box"),
        ("berries", "berry"),
        ("matrices", "matrix"),
        ("vertices", "vertex"),
        ("cultivating", "cultivate"),
        ("cultivated", "cultivate"),
        ("modified", "modify"),
        ("class", "class"),
        ("bus", "bus"),
        ("training", "training"),
    ],
)
def test_basic_forms(form: str, basic: str) -> None:
    assert basic_form(form) == basic


@pytest.mark.parametrize("noun", ["barrel", "box", "berry", "bench", "tray", "class"])
def test_the_basic_form_of_a_plural_is_the_noun(noun: str) -> None:
    assert basic_form(plural_of(noun)) == noun


# The translation


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("雨水收集 桶里", "雨水收集桶"),
        ("雨水（rain）收集桶", "雨水收集桶"),
        ("물뿌리개를 들고", "물 뿌리개"),
        ("bahçelerimizdeki ağaçlar", "bahçe"),
        ("yağmur varilleri", "yağmur varili"),
        ("tarağı", "tarak"),
        ("Işık", "ışık"),
        ("su kabağından", "sukabağı"),
        ("los jardines botánicos", "jardín botánico"),
        ("khoá", "khóa"),
        ("*khu* vườn", "khu vườn"),
    ],
)
def test_a_translation_is_found_in_other_forms(text: str, wording: str) -> None:
    assert Translation(text, D2L).has(wording)


@pytest.mark.parametrize(
    ("text", "wording"),
    [("雨水桶", "雨水收集桶"), ("bahar geldi", "bahçe"), ("`bahçe`", "bahçe"), ("varil yağmur", "yağmur varili")],
)
def test_other_words_are_none(text: str, wording: str) -> None:
    assert not Translation(text, D2L).has(wording)


def test_single_syllables_have_no_endings() -> None:
    assert not Translation("lang thang", D2L, syllabic=True).has("lan")


# Both


def test_drafts_are_told_which_terms_they_ignore() -> None:
    terms = base(rain_barrel="雨水收集桶", spade="铁锹/铲子")
    draft = "用铲子把水桶挖出来。"
    ignored = ignored_terms("Dig out the rain barrel with a spade.", draft, terms, D2L, load("zh"))
    assert [term.source for term in ignored] == ["rain barrel"]


def test_any_sense_will_do() -> None:
    terms = TermBase(terms=(Term(source="bed", targets=("yatak",)), Term(source="bed", targets=("tarh",))))
    assert not ignored_terms("A bed.", "Bir tarh.", terms, D2L, load("tr"))


def test_an_acronym_may_stay() -> None:
    terms = TermBase(terms=(Term(source="rain barrel", variants=("RB",), targets=("雨水收集桶",)),))
    assert not ignored_terms("The RBs are full.", "RB 满了。", terms, D2L, load("zh"))


def test_names_are_no_terms() -> None:
    assert not ignored_terms("Thanks to Anna Spade.", "Anna Spade'e teşekkürler.", base(spade="kürek"), D2L, load("tr"))


def passages(*pairs: tuple[str, str]) -> tuple[Passage, ...]:
    return tuple(
        Passage(chapter="a.md", source=left, target=right, english_line=number, line=number)
        for number, (left, right) in enumerate(pairs, 1)
    )


def test_what_stands_instead_is_named() -> None:
    pairs = passages(
        ("The spade is long.", "铁锹很长。"),
        ("Clean the spade.", "清洗铁锹。"),
        ("A spade digs.", "锄头挖土。"),
        ("The spade rusts.", "锄头生锈。"),
        ("Sell the spade.", "卖掉锄头。"),
        ("Keep the spade.", "保管铁锹。"),
        ("Take it home.", "带回家。"),
    )
    uses = uses_of(base(spade="铁锹"), pairs, D2L)
    assert [use.fate for use in uses] == [Fate.FOLLOWED] * 2 + [Fate.OTHERWISE] * 3 + [Fate.FOLLOWED]
    assert [use.instead for use in departures(records_of(uses))] == ["锄头"] * 3


def test_a_term_left_in_english_is_a_kind_of_its_own() -> None:
    (use,) = uses_of(base(spade="铁锹"), passages(("A spade.", "一把 spade。")), D2L)
    assert use.fate is Fate.ENGLISH


def test_english_is_right_where_the_glossary_says_so() -> None:
    (use,) = uses_of(base(spade="spade"), passages(("Two spades.", "两把 spade。")), D2L)
    assert use.fate is Fate.FOLLOWED


def test_a_term_that_the_translators_mostly_put_otherwise_is_contested_and_not_enforced() -> None:
    pairs = passages(*((f"Spade number {number}.", f"{number} 号锄头。") for number in range(2, 9)))
    (record,) = records_of(uses_of(base(spade="铁锹"), pairs, D2L))
    assert record.contested
    assert not list(departures([record], free=True))


def test_few_uses_contest_nothing() -> None:
    pairs = passages(*((f"Spade number {number}.", f"{number} 号锄头。") for number in range(2, 5)))
    (record,) = records_of(uses_of(base(spade="铁锹"), pairs, D2L))
    assert not record.contested


def test_a_sentence_without_a_trace_of_the_term_is_not_reported_at_first() -> None:
    records = records_of(uses_of(base(spade="铁锹"), passages(("Dig it out with a spade.", "挖出来。")), D2L))
    assert not list(departures(records))
    assert [use.fate for use in departures(records, free=True)] == [Fate.NO_TRACE]


def test_passages_know_their_lines() -> None:
    english = "# Garden\n\nWater it daily.\nNever at noon.\n"
    translation = "# 花园\n\n每天浇水。\n中午不要浇水。\n"
    (chapter,) = {one.chapter for one in passages_of([("a.md", english, translation)], "zh")}
    lines = [(one.english_line, one.line) for one in passages_of([("a.md", english, translation)], "zh")]
    assert chapter == "a.md"
    assert lines == [(1, 1), (3, 3), (4, 4)]
