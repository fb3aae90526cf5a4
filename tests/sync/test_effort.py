"""How much of a draft its reviewers changed."""

from __future__ import annotations

import json

from sync.measure.effort import hter, post_edits, to_text
from sync.state import Machine

ENGLISH = "# Tea\n\nTea is hot. Milk is cold.\n\nIce melts in the sun.\n"
MERGED = "# 茶\n\n茶很烫。牛奶是凉的。\n\n冰在太阳下融化。\n"


def machine(source: str, target: str) -> Machine:
    return Machine(source=source, target=target, origin="machine")


def test_a_draft_that_was_merged_as_it_was_took_no_effort() -> None:
    (edit,) = post_edits("a.md", ENGLISH, MERGED, [machine("Milk is cold.", "牛奶是凉的。")], "zh")
    assert (edit.hter, edit.is_untouched, edit.characters) == (0.0, True, 6)


def test_a_draft_that_was_changed_took_the_share_of_words_that_had_to_be_typed() -> None:
    (edit,) = post_edits("a.md", ENGLISH, MERGED, [machine("Tea is hot.", "茶很热。")], "zh")
    assert 0 < edit.hter < 1


def test_a_draft_that_was_thrown_away_counts_as_a_whole() -> None:
    (edit,) = post_edits("a.md", ENGLISH, MERGED, [machine("Water is wet.", "水是湿的。")], "zh")
    assert edit.hter == 1.0


def test_more_edits_than_words_are_no_more_than_all_of_it() -> None:
    assert hter("a b c d e f", "x") == 1.0
    assert hter("", "x") == 1.0
    assert hter("x", "") == 1.0
    assert hter("x  y", "x y") == 0.0


def test_the_record_is_the_same_in_whatever_order_drafts_come() -> None:
    edits = post_edits(
        "a.md", ENGLISH, MERGED, [machine("Tea is hot.", "茶很热。"), machine("Milk is cold.", "牛奶是凉的。")], "zh"
    )
    text = to_text(edits, pull=7, lang="zh")
    assert text == to_text(edits[::-1], pull=7, lang="zh")
    assert [row["path"] for row in json.loads(text)["drafts"]] == ["a.md", "a.md"]
