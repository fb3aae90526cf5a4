"""Who wrote a segment is told by what was recorded, however the text was formatted since."""

from __future__ import annotations

from collections import Counter

import pytest

from sync.provenance import Provenance, trace, trace_chapter
from sync.state import ChapterState, Machine

ENGLISH = "# Cats\n\nA cat sat on the mat. It slept for two hours.\n\nA dog came by in the evening.\n"
SPANISH = "# Gatos\n\nUn gato se sentó en la alfombra. Durmió dos horas.\n\nUn perro pasó por la tarde.\n"
DOG = Machine(source="A dog came by in the evening.", target="Un perro pasó por la tarde.", origin="machine")
KNOWN = ChapterState(commit="c", blob="b", machine=(DOG,))


def test_what_no_engine_wrote_was_written_by_people() -> None:
    assert trace("A cat sat on the mat.", "Un gato se sentó en la alfombra.", KNOWN) is Provenance.HUMAN


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("Un perro pasó por la tarde.", id="as written"),
        pytest.param("Un perro\n pasó  por la tarde .", id="white space"),
        pytest.param("[**Un perro**] pasó por la tarde。", id="marks and width"),
    ],
)
def test_a_formatting_pass_does_not_make_an_engine_a_human(target: str) -> None:
    assert trace(DOG.source, target, KNOWN) is Provenance.MACHINE


def test_another_word_does() -> None:
    assert trace(DOG.source, "Un perro pasó al anochecer.", KNOWN) is Provenance.EDITED


def test_where_nothing_was_recorded_nobody_knows() -> None:
    assert trace(DOG.source, DOG.target, ChapterState()) is Provenance.UNKNOWN
    assert trace_chapter(ENGLISH, SPANISH, "es", ChapterState()) == Counter({Provenance.UNKNOWN: 4})


def test_a_chapter_is_counted_by_its_segments() -> None:
    assert trace_chapter(ENGLISH, SPANISH, "es", KNOWN) == Counter({Provenance.HUMAN: 3, Provenance.MACHINE: 1})
    edited = SPANISH.replace("por la tarde", "al anochecer")
    assert trace_chapter(ENGLISH, edited, "es", KNOWN) == Counter({Provenance.HUMAN: 3, Provenance.EDITED: 1})
