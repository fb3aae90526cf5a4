from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.merge.cell.fill import fill
from sync.merge.cell.formula import merge_formula, skeleton
from sync.merge.cell.model import CellMerge
from tests.support.cell_cases import CellCase, read_cases, remarks

PARTS = (r"\alpha", "x_1", "+", "=", r"\frac{a}{b}", r"\text{ if }", r"\text{otherwise}", " ", "\n", "2", ".", "{", "y")
formulas = st.lists(st.sampled_from(PARTS), max_size=8).map(lambda parts: f"$${''.join(parts)}$$")


@pytest.mark.parametrize("case", read_cases("formulas"), ids=str)
def test_a_golden_formula_becomes_what_it_should(case: CellCase) -> None:
    merged = merge_formula(case.old, case.new, case.target)
    assert (merged.text, remarks(merged)) == (case.result, case.remarks)


@given(formulas, formulas)
def test_white_space_in_english_leaves_the_translation_as_it_is(english: str, target: str) -> None:
    assert merge_formula(english, english.replace("=", " = "), target) == CellMerge(text=target)


@given(formulas, formulas)
def test_a_formula_that_was_left_alone_becomes_the_new_english(old: str, new: str) -> None:
    merged = merge_formula(old, new, old)
    only_space_changed = "".join(old.split()) == "".join(new.split())
    assert merged.text == new or (only_space_changed and merged.text == old)
    assert merged.conflicts == ()


@given(formulas, formulas, formulas)
def test_any_three_formulas_can_be_merged_and_the_result_is_stable(old: str, new: str, target: str) -> None:
    merged = merge_formula(old, new, target)
    assert merge_formula(new, new, merged.text).text == merged.text


@given(formulas, formulas, st.text(alphabet=r"ab\{}$ 译", max_size=12))
def test_no_draft_changes_a_formula(old: str, new: str, draft: str) -> None:
    merged = merge_formula(old, new, old.replace("if", "si"))
    filled, refused = fill(merged, dict.fromkeys(range(len(merged.slots)), draft))
    assert skeleton(filled.text) == skeleton(merged.text)
    assert len(refused) in (0, len(merged.slots))


def test_a_draft_keeps_the_space_round_the_words_it_replaces() -> None:
    merged = merge_formula(r"$$1 \text{ if } x$$", r"$$1 \text{ only if } x$$", r"$$1 \text{ si } x$$")
    assert fill(merged, {0: "solo si"})[0].text == r"$$1 \text{ solo si } x$$"


@pytest.mark.parametrize("draft", [pytest.param("a } b", id="brace"), pytest.param("a $$ b", id="end-of-the-formula")])
def test_a_draft_that_would_break_a_formula_is_refused(draft: str) -> None:
    merged = merge_formula(r"$$1 \text{ if } x$$", r"$$1 \text{ only if } x$$", r"$$1 \text{ si } x$$")
    assert fill(merged, {0: draft}) == (merged, (0,))


def test_line_ends_are_those_of_the_translation() -> None:
    merged = merge_formula("$$\nx\n$$", "$$\nx\n+ y\n$$", "$$\r\nx\r\n$$")
    assert merged.text == "$$\r\nx\r\n+ y\r\n$$"
