"""The invariants of ARCHITECTURE.md, on chapters and edits that hypothesis makes up, and on recorded ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alignment.diff import diff, fold
from alignment.markdown import D2L, parse
from alignment.model import Op
from sync.bitext.memory import Memory
from sync.engines import open_engine
from sync.measure.events import read_events
from sync.model import RevisionPair, Status
from tests.support.account import unaccounted
from tests.support.chapters import merge, render, rewrapped, update, without_pending
from tests.support.fakebook import Interpreter, Piece, edited, pieces, translate_piece
from tests.support.fakebook import render as write

DATA = Path(__file__).parents[3] / "shared" / "data"
EVERY = 16
"""Of so many recorded events one is looked at here; ``amts replay`` looks at all."""

LANG = "zz"
few = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
OWN = (
    Piece("paragraph", ("Nota del traductor: en casa lo hacemos de otra manera, y nadie sabe bien por qué.",)),
    Piece("code", ("pour(tea, cups=paddle.ones(2))",), "paddle"),
    Piece("tab", ("Con esto todo es un poco distinto de lo demás, y no siempre mejor.",), "paddle"),
)


@dataclass(frozen=True, slots=True)
class Update:
    """English before and after some edits, and the translations of both."""

    old: str
    new: str
    target: str
    wanted: str


@st.composite
def updates(draw: st.DrawFn) -> Update:
    before = draw(pieces())
    after = draw(edited(before))
    targets = (write([translate_piece(piece) for piece in side]) for side in (before, after))
    return Update(write(before), write(after), *targets)


@given(updates())
@few
def test_english_wrapped_anew_leaves_the_translation_byte_for_byte(one: Update) -> None:
    result = merge(one.old, rewrapped(one.old), one.target, LANG)
    assert (result.text, result.outcomes) == (one.target, ())


@given(updates())
@few
def test_a_block_whose_english_stays_is_the_same_wherever_it_goes(one: Update) -> None:
    result = [block.text for block in parse(update(one.old, one.new, one.target, LANG).text).blocks]
    translations = [block.text for block in parse(one.target).blocks]
    changes = diff(parse(one.old), parse(one.new)).changes
    kept = [translations[change.old[0]] for change in changes if change.op is Op.KEPT]
    assert [text for text in set(kept) if result.count(text) < kept.count(text)] == []


@given(updates(), st.booleans())
@few
def test_a_second_run_does_nothing(one: Update, drafted: bool) -> None:
    first = update(one.old, one.new, one.target, LANG, Interpreter() if drafted else None)
    again = merge(one.new, one.new, first.text, LANG)
    assert (again.text, again.outcomes, again.characters) == (first.text, (), 0)


@given(updates(), st.sampled_from(OWN))
@few
def test_what_only_the_translation_has_stays(one: Update, own: Piece) -> None:
    result = update(one.old, one.new, f"{own.render()}\n\n{one.target}", LANG)
    assert result.status is not Status.FAILED
    assert own.render() in result.text


@given(updates(), st.booleans())
@few
def test_every_change_ends_carried_drafted_or_pending(one: Update, drafted: bool) -> None:
    result = update(one.old, one.new, one.target, LANG, Interpreter() if drafted else None)
    pair = RevisionPair(path="a.md", lang=LANG, en_old=one.old, en_new=one.new, tgt_old=one.target)
    assert result.status is not Status.FAILED
    assert unaccounted(pair, result) == []


@given(updates())
@few
def test_with_a_translation_of_everything_that_waits_the_result_is_the_translation(one: Update) -> None:
    assert fold(update(one.old, one.new, one.target, LANG, Interpreter()).text) == fold(one.wanted)


@given(updates())
@few
def test_what_waits_can_be_read_again_and_renders_nothing(one: Update) -> None:
    text = update(one.old, one.new, one.target, LANG).text
    assert parse(text, D2L).render() == text
    assert render(text) == render(without_pending(text))


@given(st.data(), updates())
@few
def test_an_update_of_what_still_waits_loses_nothing_either(data: st.DataObject, one: Update) -> None:
    first = update(one.old, one.new, one.target, LANG).text
    later = data.draw(updates()).new
    result = update(one.new, later, first, LANG)
    pair = RevisionPair(path="a.md", lang=LANG, en_old=one.new, en_new=later, tgt_old=first)
    assert result.status is Status.FAILED or unaccounted(pair, result) == []


@pytest.mark.skipif(not DATA.is_dir(), reason="the recorded events of ../shared/data are not here")
@pytest.mark.parametrize("engine", ["echo", "local"])
def test_no_recorded_change_is_swallowed_and_a_second_run_does_nothing(engine: str) -> None:
    for event in read_events(DATA)[::EVERY]:
        pair = event.pair
        opened = open_engine(engine, event.lang, Memory(), D2L)
        result = update(pair.en_old, pair.en_new, pair.tgt_old, event.lang, opened)
        assert unaccounted(pair, result) == [], event.id
        assert merge(pair.en_new, pair.en_new, result.text, event.lang).text == result.text, event.id
