"""Words, numbers and marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.markdown import D2L
from alignment.tokens import TokenKind, formula, terms, tokenize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We don't pre-train.", "word:we word:don't word:pre-train punctuation:."),
        ("1,000.5 or 20%", "number:1000.5 word:or number:20%"),
        ("用GPU训练。", "cjk:用 word:gpu cjk:训 cjk:练 punctuation:。"),
        ("モデルです", "cjk:モ cjk:デ cjk:ル cjk:で cjk:す"),
        ("손실을 측정", "word:손실을 word:측정"),
        ("học máy", "word:học word:máy"),
        ("x_1 a2", "word:x punctuation:_ number:1 word:a2"),
        ("see `a b` now", "word:see mark:`a·b word:now"),
        ("$ f(x) = x. $", "mark:$f(x)=x"),
        ("by :cite:`A.2020, B`", "word:by mark::cite:`A.2020,B`"),
        ("[the docs](a.md)", "punctuation:[ word:the word:docs mark:](a.md)"),
        ("*so* [**it**]", "punctuation:* word:so punctuation:* punctuation:[** word:it punctuation:**]"),
    ],
)
def test_tokenize(text: str, expected: str) -> None:
    found = [f"{token.kind}:{token.text.replace(' ', '·')}" for token in tokenize(text, D2L)]
    assert " ".join(found) == expected


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert tokenize("ho\u0323c", D2L)[0].text == tokenize("h\u1ecdc", D2L)[0].text


@given(st.text(alphabet=st.sampled_from("aB1é中か한 .,$`*_[](){}:\\\n-'’，。")))
def test_tokens_cover_everything_but_white_space(text: str) -> None:
    tokens = tokenize(text, D2L)
    assert all(before.end <= after.start for before, after in pairwise(tokens))
    covered = {at for token in tokens for at in range(token.start, token.end)}
    assert not [sign for at, sign in enumerate(text) if at not in covered and not sign.isspace()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("networks, network", ["networ", "networ"]),
        ("神经网", ["神", "神经", "经", "经网", "网"]),
        ("神, 经", ["神", "经"]),
        ("학습합니다", ["학습"]),
        ("in $x$ and 3", ["in", "$x", "and", "3"]),
        ("*so*", ["so"]),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert list(terms(tokenize(text, D2L))) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"a = b", r"a=b."),
        (r"a \text{ if } b,", r"a \text{ falls } b"),
        ("a\n= b \\;", "a=b"),
    ],
)
def test_formulas_are_the_same_but_for_words_and_white_space(one: str, other: str) -> None:
    assert formula(one) == formula(other)


def test_two_tokens_are_equal_when_they_say_the_same() -> None:
    first, _, second = tokenize("Data and data", D2L)
    assert first == second
    assert first.start != second.start
    assert first.kind is TokenKind.WORD
    assert not first.is_same_everywhere
    assert tokenize("$x$", D2L)[0].is_same_everywhere
