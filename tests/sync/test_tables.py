"""What is written as parallel data obeys every rule of Amazon Translate, as somebody else's reader reads it."""

from __future__ import annotations

import csv
from io import StringIO
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.bitext.memory import Pair
from sync.bitext.parallel_data.build import build
from sync.bitext.parallel_data.limits import CODES, MOST, SIGNS, amazon_code
from sync.bitext.parallel_data.model import Entry, Granularity, ParallelData, Reason
from sync.bitext.parallel_data.tables import Form, render
from sync.errors import UsageError

DELIMITERS = {Form.CSV: ",", Form.TSV: "\t"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def book(lang: str, *rows: tuple[str, str, str, int]) -> ParallelData:
    """Of rows with source, target, chapter and place."""
    entries = tuple(
        Entry(source=source, target=target, chapter=chapter, place=(place, 0), confidence=1.0)
        for source, target, chapter, place in rows
    )
    return ParallelData(lang=lang, granularity=Granularity.SENTENCE, entries=entries, omissions=(), chapters=1)


def read(text: str, form: Form) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline=""), delimiter=DELIMITERS[form], strict=True))


ZH = book("zh", ("Tea, hot", "热茶", "b.md", 1), ('The "cup"', "“杯子”", "a.md", 7), ("Water", "水", "", 0))
TR = book("tr-TR", ("Milk", 'Süt, "soğuk"', "a.md", 9), ("Tea, hot", "Sıcak çay", "b.md", 1))


@pytest.mark.parametrize("form", DELIMITERS)
def test_languages_share_a_file_and_a_blank_stands_where_one_has_nothing(form: Form) -> None:
    assert read(render([ZH, TR], form), form) == [
        ["en", "zh", "tr"],
        ['The "cup"', "“杯子”", ""],
        ["Milk", "", 'Süt, "soğuk"'],
        ["Tea, hot", "热茶", "Sıcak çay"],
        ["Water", "水", ""],
    ]


def test_only_fields_that_need_it_are_quoted() -> None:
    assert render([ZH], Form.CSV).splitlines()[1:3] == ['"The ""cup""",“杯子”', '"Tea, hot",热茶']
    assert render([ZH], Form.TSV).splitlines()[1:3] == ['"The ""cup"""\t“杯子”', "Tea, hot\t热茶"]


def test_in_tmx_a_language_without_a_translation_has_no_variant() -> None:
    root = ElementTree.fromstring(render([ZH, TR], Form.TMX, version="9").encode())
    assert root.find("header").attrib["srclang"] == "en"  # type: ignore[union-attr]
    tags = [[variant.get(LANG) for variant in unit.iter("tuv")] for unit in root.iter("tu")]
    assert tags == [["en", "zh"], ["en", "tr"], ["en", "zh", "tr"], ["en", "zh"]]
    assert [prop.text for prop in root.iter("prop")] == ["a.md", "a.md", "b.md"]


@pytest.mark.parametrize("form", Form)
def test_the_same_data_are_the_same_bytes(form: Form) -> None:
    again = book("zh", *[(one.source, one.target, one.chapter, one.place[0]) for one in reversed(ZH.entries)])
    assert render([ZH], form) == render([again], form)


NASTY = st.text(
    st.sampled_from([*'",\t\n\r+-=@*_`$[](){}<>&;#|:!\\ \ufeff\0\x85\u2028\u200b', *"abç茶😀", "\ud800"]), max_size=12
)
WIDE = st.builds(
    lambda unit, count: unit * count, st.sampled_from(["茶", "ş", "a", "😀", "a "]), st.integers(0, MOST + 2)
)


@given(st.lists(st.tuples(st.one_of(NASTY, WIDE), NASTY, st.one_of(NASTY, WIDE)), max_size=6))
def test_any_text_is_written_within_the_rules_or_not_at_all(texts: list[tuple[str, str, str]]) -> None:
    memory = [Pair(f"{first}tea {more}", f"{third}çay {more}") for first, more, third in texts]
    found = build([], "tr", memory=memory)
    assert len(found.entries) + len(found.omissions) == len(memory)
    for form in DELIMITERS:
        written = render([found], form)
        assert not written.encode("utf-8").startswith(b"\xef\xbb\xbf")
        rows = read(written, form)
        assert rows[0] == ["en", "tr"]
        assert rows[1:] == [[one.source, one.target] for one in found.entries]
        assert len({source for source, _ in rows[1:]}) == len(rows) - 1
        assert len(written.splitlines()) == len(rows)
        for field in (field for row in rows[1:] for field in row):
            assert field.strip() == field != ""
            assert len(field.encode("utf-8")) <= MOST
            assert not field.startswith(SIGNS)
    assert ElementTree.fromstring(render([found], Form.TMX).encode()).tag == "tmx"


@pytest.mark.parametrize(("sign", "other"), [("ş", "ç"), ("茶", "水"), ("😀", "😎")])
def test_a_field_may_have_a_thousand_bytes_and_not_one_more(sign: str, other: str) -> None:
    fits = sign * ((MOST - 3) // len(sign.encode()))
    filled = fits + "a" * (MOST - 3 - len(fits.encode()))
    pairs = [Pair(f"{text} b.", f"{text.replace(sign, other)} c.") for text in (filled, filled + "a")]
    found = build([], "zh", memory=pairs)
    assert [len(entry.source.encode()) for entry in found.entries] == [MOST]
    assert [omission.reason for omission in found.omissions] == [Reason.LONG]


NAMES = {"zh-Hans": "zh", "zh-HK": "zh-TW", "pt_BR": "pt", "pt-PT": "pt-PT", "ja": "ja", "nl": "nl", "nb-NO": "no"}


@pytest.mark.parametrize("tag", NAMES)
def test_languages_are_called_what_amazon_calls_them(tag: str) -> None:
    assert amazon_code(tag) == NAMES[tag]


def test_amazon_has_75_languages() -> None:
    assert len(set(CODES.split())) == 75


BAD = {
    "a language that Amazon lacks": (["eo"], "eo: Amazon Translate has no such language"),
    "the code of a country": (["jp"], "Japanese is ja"),
    "no tag at all": ([""], "no such language"),
    "the same language twice": (["zh", "zh-CN"], "zh, zh-CN: Amazon calls two of these zh"),
}


@pytest.mark.parametrize(("tags", "message"), BAD.values(), ids=BAD)
def test_languages_that_cannot_be_columns_are_refused(tags: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        render([book(tag) for tag in tags], Form.CSV)
