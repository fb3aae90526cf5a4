"""``/amts explain`` and ``/amts score``: what is known of a segment and of a pull request, and nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from alignment.markdown.pending import digest
from tests.support.comments import LUNCH, Talk, lunch

if TYPE_CHECKING:
    from tests.support.action import Book

CHANGED = (
    LUNCH.replace("It comes from the well.", "Bread is soft.")
    .replace("Soup is hot.", "Soup is very hot.")
    .replace("Cheese is yellow.", "Cheese is [yellow](y).")
)


@pytest.fixture
def pull(book: Book) -> Talk:
    return lunch(book, CHANGED)


def _row(reply: str, name: str) -> str:
    return next(line for line in reply.splitlines() if line.startswith(f"| {name} |"))


def test_a_draft_is_explained_by_both_texts_and_where_it_comes_from(pull: Talk) -> None:
    before = pull.tip
    pull.ask(f"/amts explain {digest('Bread is soft.')[:6]}")
    assert pull.signs == ["rocket"], pull.reply
    assert "It comes from the well" not in _row(pull.reply, "English after")
    assert "blando" in _row(pull.reply, "translation after")
    assert "drafted" in _row(pull.reply, "what became of it")
    assert "memory" in _row(pull.reply, "from")
    assert "sure" in _row(pull.reply, "translated from")
    assert pull.tip == before


def test_what_waits_is_explained_as_waiting(pull: Talk) -> None:
    pull.ask(f"/amts explain {digest('Soup is very hot.')[:8]}")
    assert "pending" in _row(pull.reply, "what became of it")


def test_an_unknown_segment_is_told_with_those_that_there_are(pull: Talk) -> None:
    pull.ask("/amts explain abcdef")
    assert pull.signs == ["confused"]
    assert digest("Bread is soft.")[:6] in pull.reply


def test_a_score_counts_what_stands_and_says_that_it_is_no_quality(pull: Talk) -> None:
    pull.ask("/amts score")
    assert pull.signs == ["rocket"], pull.reply
    row = _row(pull.reply, "`meals/lunch.md`")
    assert row.split("|")[2].strip().endswith("%")
    assert row.split("|")[2].strip() != "100.0%"
    assert "not quality" in pull.reply
    assert "Doing nothing would score 100.0%" in pull.reply
