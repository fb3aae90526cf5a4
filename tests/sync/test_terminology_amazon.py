"""Custom terminology as Amazon Translate takes it."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.bitext.terminology import amazon
from sync.bitext.terminology.amazon import build_terminology, render
from sync.bitext.terminology.model import Term, TermBase
from sync.errors import UsageError


def base(*pairs: tuple[str, str]) -> TermBase:
    terms = (Term(source=source, targets=tuple(target.split("/")) if target else ()) for source, target in pairs)
    return TermBase(terms=tuple(terms))


def rows(data: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter))


GARDEN = base(("spade", "kürek"), ("seed, bare", 'tohum "yalın"'), ("bed", "tarh/yatak"))


def test_a_csv_has_amazons_codes_and_the_preferred_translations() -> None:
    data, _ = render(build_terminology([("tr", GARDEN)]), "csv")
    assert rows(data) == [["en", "tr"], ["spade", "kürek"], ["seed, bare", 'tohum "yalın"'], ["bed", "tarh"]]


def test_a_variety_has_its_own_code() -> None:
    assert build_terminology([("zh-Hant", base(("spade", "鏟子")))]).codes == ("en", "zh-TW")


def test_tmx_says_that_english_is_the_source() -> None:
    data, _ = render(build_terminology([("tr", GARDEN)]), "tmx")
    tree = ElementTree.fromstring(data)
    header = tree.find("header")
    assert header is not None
    assert header.get("srclang") == "en"
    assert [seg.text for seg in tree.iter("seg")][:2] == ["spade", "kürek"]


def test_what_is_left_out_is_counted_by_reason() -> None:
    terms = base(
        ("spade", "kürek"), ("spade", "maça"), ("seed", ""), ("web", "WEB"), ("moss", "m" * 201), ("batch", "batch")
    )
    built = build_terminology([("tr", terms)])
    assert built.rows == (("spade", "kürek"), ("batch", "batch"))
    assert built.dropped == {
        amazon.OTHER_SENSE: 1,
        amazon.NO_TRANSLATION: 1,
        amazon.SAME_WORDS: 1,
        amazon.TOO_LONG: 1,
    }


def test_in_every_direction_a_translation_stands_for_one_term() -> None:
    built = build_terminology([("tr", base(("spade", "kürek"), ("shovel", "kürek")))], multi=True)
    assert built.rows == (("spade", "kürek"),)
    assert built.dropped == {amazon.TWO_TERMS: 1}


def test_several_languages_share_a_file() -> None:
    bases = [("tr", base(("spade", "kürek"), ("moss", "yosun"))), ("zh", base(("spade", "铁锹")))]
    assert build_terminology(bases).rows == (("spade", "kürek", "铁锹"),)
    built = build_terminology(bases, gaps=True)
    assert built.rows == (("spade", "kürek", "铁锹"), ("moss", "yosun", ""))
    data, _ = render(built, "tmx")
    assert [seg.text for seg in ElementTree.fromstring(data).iter("seg")] == ["spade", "kürek", "铁锹", "moss", "yosun"]


def test_capitals_and_plurals_are_terms_of_their_own() -> None:
    built = build_terminology([("tr", base(("seed", "tohum")))], capitals=True, plurals=True)
    assert built.rows == (("seed", "tohum"), ("Seed", "Tohum"), ("seeds", "tohum"), ("Seeds", "Tohum"))


def test_a_letter_with_two_capitals_stays_small() -> None:
    built = build_terminology([("tr", base(("trace", "iz")))], capitals=True)
    assert built.rows[1] == ("Trace", "iz")


def test_languages_that_amazon_advises_against_are_named() -> None:
    assert build_terminology([("tr", GARDEN), ("zh", GARDEN)], gaps=True).discouraged == ("tr",)


@pytest.mark.parametrize("langs", [["tlh"], ["en"], ["tr", "tr-TR"]])
def test_languages_that_cannot_be_are_refused(langs: list[str]) -> None:
    with pytest.raises(UsageError):
        build_terminology([(lang, GARDEN) for lang in langs])


def test_a_file_holds_no_more_than_amazon_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(amazon, "MOST_FILE_BYTES", 300)
    terms = base(*((f"term {number}", f"terim {number}") for number in range(40)))
    data, written = render(build_terminology([("tr", terms)]), "csv")
    assert len(data) <= 300
    assert len(rows(data)) == len(written.rows) + 1
    assert written.dropped == {amazon.TOO_MANY: 40 - len(written.rows)}


TEXT = st.text(max_size=90)


@given(
    pairs=st.lists(st.tuples(TEXT, TEXT)),
    multi=st.booleans(),
    capitals=st.booleans(),
    plurals=st.booleans(),
    form=st.sampled_from(("csv", "tsv")),
)
def test_whatever_a_glossary_says_the_file_is_within_amazons_rules(
    pairs: list[tuple[str, str]], multi: bool, capitals: bool, plurals: bool, form: str
) -> None:
    terms = TermBase(terms=tuple(Term(source=left, targets=(right,)) for left, right in pairs))
    built = build_terminology([("tr", terms)], multi=multi, capitals=capitals, plurals=plurals)
    data, written = render(built, form)
    read = rows(data, "\t" if form == "tsv" else ",")
    assert not data.startswith(b"\xef\xbb\xbf")
    assert tuple(map(tuple, read)) == (written.codes, *written.rows)
    for column in range(2 if multi else 1):
        texts = [row[column] for row in read[1:]]
        assert len(set(texts)) == len(texts)
    for text in (cell for row in read for cell in row):
        assert 0 < len(text.encode()) <= 200
        assert text == text.strip()
        assert not set(text) & set("\r\n\t\0")


@given(pairs=st.lists(st.tuples(TEXT, TEXT)))
def test_tmx_is_always_read_back_by_others(pairs: list[tuple[str, str]]) -> None:
    terms = TermBase(terms=tuple(Term(source=left, targets=(right,)) for left, right in pairs))
    data, written = render(build_terminology([("tr", terms)]), "tmx")
    found = [seg.text for seg in ElementTree.fromstring(data).iter("seg")]
    assert found == [cell for row in written.rows for cell in row]
