"""Glossaries in the notations that books write them in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.bitext.terminology.reading import languages_of, read_terms

TRANSLATION_FIRST = """\
## 术语

花园，garden

雨水收集桶，rain barrel (RB)

苗床/苗圃，seedbed

email表格，email form
"""
SOURCE_FIRST = """\
## Sözlük
:label:`words`

garden; bahçe, bostan

seed; bitkinin tohumu
seed; rastgele sayının başlangıcı

soil or earth; toprak
rake head; tırmık veya tarak başlığı
shovel: kürek
"""
TWO_COLUMNS = """\
| 영어 | 한국어 |
| --- | --- |
| garden | 정원 |
| compost | |
| seed bed(s) | 모판 |
"""
BY_LETTER = """\
# Bảng từ

Mọi người hãy dùng bảng này.

[G](#g) [S](#s)

## G
| English | Tiếng Việt | Thảo luận tại |
|---|---|---|
| garden (noun) | khu vườn | [https://example.org/1](https://example.org/1) |
| (wooden) gate | cổng (gỗ) | |

## S
| English | Tiếng Việt | Thảo luận tại |
|---|---|---|
| seed | hạt giống / hạt mầm |
| spade | spade | |
"""


def test_lines_with_the_translation_first() -> None:
    base = read_terms(TRANSLATION_FIRST, "zh")
    assert [(term.source, term.targets) for term in base.terms] == [
        ("garden", ("花园",)),
        ("rain barrel", ("雨水收集桶",)),
        ("seedbed", ("苗床", "苗圃")),
        ("email form", ("email表格",)),
    ]
    assert base.terms[1].variants == ("RB",)
    assert base.terms[1].line == 5
    assert not base.unread


def test_lines_with_the_english_first_and_several_translations() -> None:
    base = read_terms(SOURCE_FIRST, "tr")
    found = {(term.source, term.line): term.targets for term in base.terms}
    assert found["garden", 4] == ("bahçe", "bostan")
    assert found["rake head", 10] == ("tırmık başlığı", "tarak başlığı")
    assert [term.targets for term in base.senses["seed"]] == [("bitkinin tohumu",), ("rastgele sayının başlangıcı",)]


def test_a_line_with_another_separator_is_read_and_doubted() -> None:
    base = read_terms(SOURCE_FIRST, "tr")
    assert base.terms[-1].targets == ("kürek",)
    assert [(doubt.line, doubt.text) for doubt in base.doubts] == [(11, "shovel | kürek")]


def test_a_table_with_open_translations() -> None:
    base = read_terms(TWO_COLUMNS, "ko")
    assert [(term.source, term.targets) for term in base.terms] == [
        ("garden", ("정원",)),
        ("compost", ()),
        ("seed bed", ("모판",)),
    ]
    assert base.terms[2].variants == ("seed beds",)
    assert [term.source for term in base.translated] == ["garden", "seed bed"]


def test_tables_by_letter_with_notes_and_discussions() -> None:
    base = read_terms(BY_LETTER, "vi")
    found = {term.source: term for term in base.terms}
    assert found["garden"].targets == ("khu vườn",)
    assert found["garden"].note == "noun; https://example.org/1"
    assert found["gate"].variants == ("wooden gate",)
    assert found["gate"].targets == ("cổng", "cổng gỗ")
    assert found["seed"].targets == ("hạt giống", "hạt mầm")
    assert found["spade"].targets == ("spade",)


def test_prose_around_a_table_is_named_by_its_line() -> None:
    base = read_terms(BY_LETTER, "vi")
    assert [remark.line for remark in base.unread] == [3]


@pytest.mark.parametrize("lang", ["tr", "zh"])
def test_csv_with_several_languages_gives_the_one_asked_for(lang: str) -> None:
    text = 'en,tr,zh\ngarden,bahçe,花园\n"gate, wooden","kapı",门\n'
    base = read_terms(text, lang)
    assert [term.targets[0] for term in base.terms] == (["bahçe", "kapı"] if lang == "tr" else ["花园", "门"])
    assert languages_of(text) == ("tr", "zh")


def test_columns_may_stand_in_any_order() -> None:
    base = read_terms("| Türkçe | İngilizce |\n|---|---|\n| anahtar | key |\n| kapı | door |\n", "tr")
    assert [term.source for term in base.terms] == ["key", "door"]


def test_english_is_found_without_header_or_accents() -> None:
    base = read_terms("puerta - opening\nmarco - framing\nventana - window\nllave - gardening\n", "es")
    assert [term.source for term in base.terms] == ["opening", "framing", "window", "gardening"]


def test_a_single_swapped_line_is_put_right_and_doubted() -> None:
    base = read_terms("花园，garden\n\ngate，门\n\n种子，seed\n", "zh")
    assert (base.terms[1].source, base.terms[1].targets) == ("gate", ("门",))
    assert [doubt.line for doubt in base.doubts] == [3]


@pytest.mark.parametrize(
    ("cell", "wordings"),
    [
        ("rain barrel (RB)", ("rain barrel", "RB")),
        ("rb (rain barrel)", ("rb", "rain barrel")),
        ("seedbed (seed bed)", ("seedbed", "seed bed")),
        ("gate (of a fence)", ("gate",)),
        ("young plant/tree", ("young plant", "young tree")),
        ("garden soil / sand", ("garden soil", "garden sand")),
        ("hybrid(ize)", ("hybrid", "hybridize")),
        ("**Garden**", ("Garden",)),
    ],
)
def test_english_wordings(cell: str, wordings: tuple[str, ...]) -> None:
    base = read_terms(f"| English | Türkçe |\n|---|---|\n| {cell} | şey |\n", "tr")
    assert base.terms[0].wordings == wordings


def test_a_text_without_terms_gives_none_and_says_so() -> None:
    base = read_terms("# A heading\n\nJust a sentence.\n")
    assert not base.terms
    assert [remark.line for remark in base.unread] == [3]


def test_comments_hold_no_terms() -> None:
    base = read_terms("garden; bahçe\n<!-- spade; kürek\n\nseed; tohum -->\nmoss; yosun\n", "tr")
    assert [(term.source, term.line) for term in base.terms] == [("garden", 1), ("moss", 5)]


@given(st.text(alphabet=st.sampled_from("aé文 \n|-,;:，/()[]*#<!>\t\\"), max_size=200))
def test_whatever_stands_in_a_file_every_line_is_read_or_named(text: str) -> None:
    base = read_terms(text, "zh")
    lines = text.count("\n") + 1
    assert all(term.source and 0 < term.line <= lines for term in base.terms)
    assert all(0 < one.line <= lines for one in (*base.unread, *base.doubts))
    assert not {term.line for term in base.terms} & {one.line for one in base.unread}


def test_nothing_gives_nothing() -> None:
    assert not read_terms("").terms


@pytest.mark.parametrize("cell", ["(" * 50_000, "a(b)" * 2_000, "a(b)" * 50, "a/" * 30_000, "x veya " * 40])
def test_a_file_made_to_take_forever_does_not(cell: str) -> None:
    base = read_terms(f"moss; yosun\nseed; {cell}\n{cell}; seed\n", "tr")
    assert base.terms[0].targets == ("yosun",)
