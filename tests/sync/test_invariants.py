"""The invariants of ARCHITECTURE.md, on chapters and edits that hypothesis makes up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alignment.markdown import D2L, parse
from sync.model import ChapterResult, RevisionPair, Status
from tests.support.account import unaccounted
from tests.support.chapters import merge, rewrapped, update
from tests.support.fakebook import Interpreter, edited, pieces, render, translate_piece

EVENTS = Path(__file__).parents[3] / "shared" / "data" / "events"
MADE_UP = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
OWN = "Cn dhrq fbyb ry genqhpgbe yb fnor ab, l anqvr zbfgene nada.\n\n"


@st.composite
def updates(draw: st.DrawFn) -> tuple[str, str, str]:
    """English before and after some edits, and the translation of the first."""
    before = draw(pieces())
    after = draw(edited(before))
    return render(before), render(after), render([translate_piece(piece) for piece in before])


@given(updates())
@MADE_UP
def test_wrapped_lines_change_nothing(made: tuple[str, str, str]) -> None:
    old, _, target = made
    assert merge(old, rewrapped(old), target, "zz").text == target


@given(updates(), st.booleans())
@MADE_UP
def test_a_second_run_does_nothing(made: tuple[str, str, str], drafts: bool) -> None:
    old, new, target = made
    first = update(old, new, target, "zz", Interpreter() if drafts else None)
    assert merge(new, new, first.text, "zz").text == first.text


@given(updates())
@MADE_UP
def test_what_only_the_translation_has_stays(made: tuple[str, str, str]) -> None:
    old, new, target = made
    assert OWN.strip() in update(old, new, OWN + target, "zz").text


@given(updates(), st.booleans())
@MADE_UP
def test_every_change_has_one_fate(made: tuple[str, str, str], drafts: bool) -> None:
    old, new, target = made
    result = update(old, new, target, "zz", Interpreter() if drafts else None)
    pair = RevisionPair(path="tea/pots.md", lang="zz", en_old=old, en_new=new, tgt_old=target)
    assert result.status is Status.FAILED or not unaccounted(pair, result)


@given(updates())
@MADE_UP
def test_the_result_can_be_read_again(made: tuple[str, str, str]) -> None:
    result: ChapterResult = update(*made, "zz")
    assert parse(result.text, D2L).render() == result.text


@pytest.mark.skipif(not EVENTS.is_dir(), reason="no recorded data in ../shared")
def test_no_recorded_change_is_swallowed() -> None:
    swallowed = []
    for line in (EVENTS.parent / "events.jsonl").read_text("utf-8").splitlines()[::6]:
        event = json.loads(line)
        texts = [
            (EVENTS / event["id"] / f"{name}.md").read_bytes().decode() for name in ("en_old", "en_new", "tgt_old")
        ]
        pair = RevisionPair(path=event["id"], lang=event["lang"], en_old=texts[0], en_new=texts[1], tgt_old=texts[2])
        swallowed += [f"{event['id']}: {one}" for one in unaccounted(pair, update(*texts, event["lang"]))]
    assert not swallowed
