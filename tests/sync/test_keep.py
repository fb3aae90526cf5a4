"""Wording that people asked to keep stays, and what English did to it is told each time until it is let go."""

from __future__ import annotations

from alignment.markdown.pending import digest
from sync.keep import hold_back
from sync.model import Fate
from sync.state import ChapterState, Pending, unsettled

OLD = "# Cats\n\nA cat sat on the mat. It slept for two hours.\n\n```python\ncats = 2\n```\n"


def test_english_that_changed_under_kept_wording_is_held_back_and_told() -> None:
    new = OLD.replace("two hours", "three hours").replace("A cat", "The cat")
    held, told = hold_back(OLD, new, {digest("It slept for two hours.")})
    assert held == OLD.replace("A cat", "The cat")
    assert [(one.fate, one.old_source, one.new_source) for one in told] == [
        (Fate.PENDING, "It slept for two hours.", "It slept for three hours.")
    ]


def test_a_whole_block_may_be_kept() -> None:
    new = OLD.replace("cats = 2", "cats = 3")
    assert hold_back(OLD, new, {digest("```python\ncats = 2\n```")})[0] == OLD


def test_nothing_is_held_back_that_nobody_asked_for() -> None:
    new = OLD.replace("two", "three")
    assert hold_back(OLD, new, {digest("Another sentence.")}) == (new, ())
    assert hold_back(OLD, new, ()) == (new, ())


def test_the_next_change_is_compared_with_the_wording_that_was_kept() -> None:
    kept = Pending(digest="x", op="kept", old_source="It slept for two hours.", new_source="It slept for three hours.")
    state = ChapterState(pending=(kept,))
    english, left = unsettled(OLD.replace("two", "three"), "Un texto.", state)
    assert (english, left.pending) == (OLD, ())
