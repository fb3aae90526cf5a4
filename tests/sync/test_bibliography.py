"""Entries of a bibliography come, change and go with English's; the fork's own stay byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.shared_files.bibliography import cited, merge_bibliography

POTTER = "@book{Potter.1999,\n  title={Of {Pots}},\n  year = 1999\n}"
LIDS = '@article{Lids.2001,\n  title={Of Lids},\n  note = "a {b} in quotes"\n}'
CUPS = "@misc{Cups.2003, title={Of Cups}}"
OLLAS = "@book{Potter.1999,\n  title={De ollas},\n  year = 1999\n}"
OWN = "@book{Propio.2020,\ttitle = {Un libro propio} }"


def bib(*entries: str) -> str:
    return "\n\n".join(entries) + "\n"


def test_a_new_entry_comes_behind_its_neighbour() -> None:
    merged = merge_bibliography(bib(POTTER, CUPS), bib(POTTER, LIDS, CUPS), bib(OWN, POTTER, CUPS))
    assert merged.text == bib(OWN, POTTER, LIDS, CUPS)
    assert merged.added == ("Lids.2001",)


@pytest.mark.parametrize(
    ("new", "expected"),
    [(bib(LIDS, POTTER), bib(LIDS, POTTER, OWN)), (bib(POTTER, LIDS, CUPS), bib(POTTER, LIDS, CUPS, OWN))],
)
def test_new_entries_come_where_english_has_them(new: str, expected: str) -> None:
    assert merge_bibliography(bib(POTTER), new, bib(POTTER, OWN)).text == expected


def test_an_entry_comes_behind_the_last_one_of_a_file_without_a_last_line_end() -> None:
    assert merge_bibliography("", bib(POTTER, LIDS), POTTER).text == bib(POTTER, LIDS)


def test_an_entry_comes_into_an_empty_file_and_one_with_nothing_but_remarks() -> None:
    assert merge_bibliography("", bib(POTTER), "").text == POTTER + "\n"
    assert merge_bibliography("", bib(POTTER), "% Libros\n\n").text == "% Libros\n\n" + POTTER + "\n"


def test_a_changed_entry_changes_where_the_fork_has_the_old_one() -> None:
    newer = POTTER.replace("1999\n", "2005\n")
    merged = merge_bibliography(bib(POTTER), bib(newer), bib(POTTER.replace("  year", "\tyear"), OWN))
    assert (merged.text, merged.changed) == (bib(newer, OWN), ("Potter.1999",))


def test_a_translated_entry_stays_and_is_told() -> None:
    merged = merge_bibliography(bib(POTTER), bib(POTTER.replace("1999\n", "2005\n")), bib(OLLAS))
    assert (merged.text, merged.left) == (bib(OLLAS), ("Potter.1999",))


def test_a_removed_entry_goes_unless_the_fork_cites_it_or_translated_it() -> None:
    old, new = bib(POTTER, LIDS, CUPS), bib(CUPS)
    merged = merge_bibliography(old, new, bib(OLLAS, LIDS, CUPS))
    assert (merged.text, merged.removed, merged.left) == (bib(OLLAS, CUPS), ("Lids.2001",), ("Potter.1999",))
    assert merge_bibliography(old, new, bib(LIDS, CUPS), used={"Lids.2001"}).text == bib(LIDS, CUPS)


def test_what_the_fork_took_out_comes_back_only_if_it_is_cited() -> None:
    both = bib(POTTER, LIDS)
    assert merge_bibliography(both, both, bib(POTTER)).text == bib(POTTER)
    assert merge_bibliography(both, both, bib(POTTER), used={"Lids.2001"}).text == both


def test_keys_are_the_same_whatever_their_case() -> None:
    assert merge_bibliography("", bib(POTTER), bib(POTTER.replace("Potter", "potter"))).added == ()


def test_duplicates_are_left_alone() -> None:
    twice = bib(POTTER, OLLAS, POTTER)
    merged = merge_bibliography(bib(POTTER), bib(POTTER, LIDS), twice)
    assert merged.text == bib(POTTER, LIDS, OLLAS, POTTER)


def test_remarks_and_macros_of_the_fork_are_kept() -> None:
    ours = "% Libros\n@comment{nada, de nada}\n@string{tea = {Tea}}\n\n" + bib(POTTER)
    merged = merge_bibliography(bib(POTTER), bib("@string(no)", POTTER, LIDS), ours)
    assert merged.text == ours + "\n" + LIDS + "\n"


def test_a_macro_comes_and_is_no_entry_of_the_same_name() -> None:
    macro = "@string{Potter.1999 = {Of Pots}}"
    assert merge_bibliography(bib(POTTER), bib(macro, POTTER), bib(POTTER)).text == bib(macro, POTTER)


def test_line_ends_are_the_forks() -> None:
    merged = merge_bibliography(bib(POTTER), bib(POTTER, LIDS), bib(POTTER).replace("\n", "\r\n"))
    assert merged.text == bib(POTTER, LIDS).replace("\n", "\r\n")


@pytest.mark.parametrize(
    "broken",
    ["@book{Potter.1999,\n  title={Of Pots\n", f"@book{{A, title={{x}}\n\n{LIDS}\n", '@book{A, title="a } b {"}\n'],
)
def test_what_cannot_be_read_is_left_with_a_reason(broken: str) -> None:
    ours = merge_bibliography(bib(POTTER), bib(POTTER, LIDS), broken)
    theirs = merge_bibliography(bib(POTTER), broken, bib(OWN))
    assert (ours.text, theirs.text) == (broken, bib(OWN))
    assert "The bibliography was left" in ours.refusal


ENTRIES = st.lists(st.sampled_from((POTTER, LIDS, CUPS, OLLAS, OWN, "% a remark")), max_size=6).map(lambda e: bib(*e))


@given(ENTRIES, ENTRIES, ENTRIES)
def test_a_second_merge_does_nothing_and_own_entries_stay(old: str, new: str, ours: str) -> None:
    merged = merge_bibliography(old, new, ours)
    assert merge_bibliography(new, new, merged.text).text == merged.text
    kept = [text for text in (OLLAS, OWN) if text in ours and text not in old]
    assert [text for text in kept if text not in merged.text] == []


@given(st.text(alphabet='@{}a,= \n"', max_size=60))
def test_any_text_is_left_as_it_is_where_english_did_not_change(text: str) -> None:
    assert merge_bibliography(bib(POTTER), bib(POTTER), text).text == text


def test_the_keys_that_chapters_cite() -> None:
    texts = ["See :cite:`A.1, B.2` and :cite.p:`C.3`.", "{cite}`D.4`; `:cite:` alone."]
    assert list(cited(texts)) == ["A.1", "B.2", "C.3", "D.4"]
