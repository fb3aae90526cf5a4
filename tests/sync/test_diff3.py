"""Three-way merge of short texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.merge.diff3 import merge_names, merge_words

texts = st.text(alphabet="ab ,`", max_size=12)


@pytest.mark.parametrize(
    ("old", "new", "target", "expected"),
    [
        pytest.param("a b c", "a x c", "a b d", "a x d", id="edits of different words"),
        pytest.param("a b c", "a x c", "a x c", "a x c", id="the same edit"),
        pytest.param("a b c", "a x c", "a y c", None, id="two edits of one word"),
        pytest.param("a c", "a x c", "a y c", None, id="two insertions at one place"),
        pytest.param("a b c", "a c", "a b c d", "a c d", id="removed beside an addition"),
        pytest.param("a b c", "a c", "a y c", None, id="removed what was edited"),
    ],
)
def test_words_are_merged_or_the_conflict_is_said(old: str, new: str, target: str, expected: str | None) -> None:
    assert merge_words(old, new, target) == expected


@pytest.mark.parametrize(
    ("old", "new", "target", "expected"),
    [
        ("mxnet, pytorch", "mxnet, pytorch, jax", "mxnet, pytorch, paddle", "mxnet, pytorch, jax, paddle"),
        ("mxnet,pytorch", "pytorch", "mxnet, pytorch, paddle", "pytorch, paddle"),
        ("mxnet, pytorch", "mxnet, pytorch, jax", "pytorch", "pytorch, jax"),
        ("mxnet", "mxnet, jax", "mxnet, jax", "mxnet, jax"),
    ],
)
def test_lists_of_names_have_no_conflicts(old: str, new: str, target: str, expected: str) -> None:
    assert merge_names(old, new, target) == expected


@given(texts, texts)
def test_what_was_left_alone_becomes_the_new_english(old: str, new: str) -> None:
    assert merge_words(old, new, old) == new


@given(texts, texts)
def test_unchanged_english_changes_nothing(old: str, target: str) -> None:
    assert merge_words(old, old, target) == target


@given(texts, texts)
def test_an_edit_that_was_made_before_is_not_made_again(old: str, new: str) -> None:
    assert merge_words(old, new, new) == new
