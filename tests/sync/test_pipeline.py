"""Plan, drafts, assembly: for one chapter and for many."""

from __future__ import annotations

import pytest

from alignment.markdown import MYST
from sync import pipeline
from sync.errors import EngineError
from sync.model import RevisionPair, Status
from sync.pipeline import draft, update_chapter, update_chapters
from tests.support.engines import Phrasebook, Stranger

POT, OLLA = "A pot holds $x$ cups.", "Una olla guarda $x$ tazas."
LID, TAPA = "Its lid is made of dark wood.", "Su tapa es de madera oscura."


def pair(path: str = "pots.md", new: str = f"{POT} {LID}\n", target: str = f"{OLLA}\n") -> RevisionPair:
    return RevisionPair(path=path, lang="es", en_old=f"{POT}\n", en_new=new, tgt_old=target)


def test_a_chapter_is_planned_drafted_and_put_together() -> None:
    result = update_chapter(pair(), Phrasebook({LID: TAPA}))
    assert (result.status, result.text, result.old_text) == (Status.DELIVERED, f"{OLLA} {TAPA}\n", f"{OLLA}\n")


def test_unchanged_english_asks_nobody() -> None:
    engine = Phrasebook({})
    result = update_chapter(pair(new=f"{POT}\n"), engine)
    assert (result.status, result.text, engine.asked) == (Status.UNCHANGED, f"{OLLA}\n", [])


def test_a_change_without_words_asks_nobody() -> None:
    engine = Phrasebook({})
    assert update_chapter(pair(new=f"[**{POT}**]\n"), engine).text == f"[**{OLLA}**]\n"
    assert engine.asked == []


@pytest.mark.parametrize("known", [{POT: OLLA}, {LID: TAPA}])
def test_of_a_mark_round_two_new_sentences_no_half_stands_alone(known: dict[str, str]) -> None:
    marked = {POT: f"[~~{OLLA}", LID: f"{TAPA}~~]"}
    engine = Phrasebook({source: marked[source] for source in known})
    result = update_chapter(pair(new=f"{POT}\n\n[~~{POT} {LID}~~]\n", target=f"{OLLA}\n"), engine)
    assert result.status is Status.DELIVERED
    assert "~~" not in result.text.partition("<!--")[0]


def test_the_jobs_of_many_chapters_go_to_the_engine_at_once() -> None:
    engine = Phrasebook({LID: TAPA})
    told: list[str] = []
    results = update_chapters([pair("a.md"), pair("b.md", new=f"{POT}\n"), pair("c.md")], engine, advance=told.append)
    assert [result.path for result in results] == told == ["a.md", "b.md", "c.md"]
    assert [result.text for result in results] == [f"{OLLA} {TAPA}\n", f"{OLLA}\n", f"{OLLA} {TAPA}\n"]
    assert [len(jobs) for jobs in engine.asked] == [2]


def test_a_chapter_that_cannot_be_planned_does_not_stop_the_others() -> None:
    broken = RevisionPair(path="b.md", lang="es", en_old="A\n", en_new=None, tgt_old="C\n")  # type: ignore[arg-type]
    first, second = update_chapters([broken, pair()], Phrasebook({LID: TAPA}))
    assert (first.status, first.text) == (Status.FAILED, "C\n")
    assert "left as it was" in first.reason
    assert second.status is Status.DELIVERED


def test_an_engine_that_takes_its_time_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "PATIENCE", 0.0)
    assert update_chapter(pair(), Phrasebook({LID: TAPA}, patience=3)).text == f"{OLLA} {TAPA}\n"


def test_an_engine_that_answers_what_nobody_asked_is_stopped() -> None:
    jobs = pipeline.plan_chapter(pair(), MYST).jobs
    with pytest.raises(EngineError, match=r"jobs it was not given: unasked"):
        draft(Stranger(), jobs)
