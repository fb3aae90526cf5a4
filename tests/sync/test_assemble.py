"""Drafts in their places, what waits in comments, and a look at the result before anybody else has one."""

from __future__ import annotations

import pytest

from sync.model import Draft, Fate, Origin, Severity, Status
from tests.support.chapters import remarks, update
from tests.support.engines import Phrasebook

POT, OLLA = "A pot holds $x$ cups.", "Una olla guarda $x$ tazas."
LID, TAPA = "Its lid is made of dark wood.", "Su tapa es de madera oscura."
CUP, TAZA = "Cups come in many colours.", "Las tazas son de muchos colores."


CHAPTER, CAPITULO = f"{POT} {CUP}\n", f"{OLLA} {TAZA}\n"


@pytest.mark.parametrize(
    ("new", "drafts", "expected"),
    [
        pytest.param(f"{POT} {LID} {CUP}\n", {LID: TAPA}, f"{OLLA} {TAPA} {TAZA}\n", id="between two"),
        pytest.param(f"{LID} {CHAPTER}", {LID: TAPA}, f"{TAPA} {CAPITULO}", id="in front"),
        pytest.param(f"{POT} {CUP} {LID}\n", {LID: TAPA}, f"{OLLA} {TAZA} {TAPA}\n", id="at the end"),
        pytest.param(f"{CHAPTER}\n* {LID}\n", {LID: TAPA}, f"{CAPITULO}\n* {TAPA}\n", id="an item"),
        pytest.param(f"{CHAPTER}\n## Lids\n", {"Lids": "Tapas"}, f"{CAPITULO}\n## Tapas\n", id="a title"),
        pytest.param(
            f"{CHAPTER}\n![{LID}](lid.svg)\n:label:`a`\n",
            {LID: TAPA},
            f"{CAPITULO}\n![{TAPA}](lid.svg)\n:label:`a`\n",
            id="a caption",
        ),
        pytest.param(
            f"{CHAPTER}\n|Tea|\n|-|\n|{LID}|\n",
            {LID: TAPA, "Tea": "Té"},
            f"{CAPITULO}\n|Té|\n|-|\n|{TAPA}|\n",
            id="a table",
        ),
    ],
)
def test_a_draft_comes_to_its_place(new: str, drafts: dict[str, str], expected: str) -> None:
    assert update(CHAPTER, new, CAPITULO, "es", Phrasebook(drafts)).text == expected


def test_an_edited_sentence_is_replaced_by_its_draft_and_no_other() -> None:
    new = f"{POT} {CUP.replace('many', 'four')}\n"
    result = update(
        f"{POT} {CUP}\n", new, f"{OLLA}  {TAZA}\n", "es", Phrasebook({"four": "Las tazas tienen cuatro colores."})
    )
    assert result.text == f"{OLLA}  Las tazas tienen cuatro colores.\n"
    [outcome] = result.outcomes
    assert (outcome.fate, outcome.old_target, outcome.new_target) == (
        Fate.DRAFTED,
        TAZA,
        "Las tazas tienen cuatro colores.",
    )
    assert (outcome.origin, outcome.confidence) == (Origin.MACHINE, 0.9)


def test_a_draft_is_set_as_the_translators_write() -> None:
    old, new = "A pot. A lid. A cup. Tea.\n", "A pot. A lid. A cup. Tea. Use `f`, now.\n"
    result = update(old, new, "壶。 盖子。 杯子。 茶。\n", "zh", Phrasebook({"Use": "用`f`吧,现在."}))
    assert result.text == "壶。 盖子。 杯子。 茶。 用`f`吧，现在。\n"


def test_what_has_no_draft_waits_beside_what_has_one() -> None:
    result = update(f"{POT}\n", f"{POT} {LID} {CUP}\n", f"{OLLA}\n", "es", Phrasebook({LID: TAPA}))
    assert result.text.startswith(f"{OLLA} {TAPA}\n\n<!-- amts:pending ")
    assert CUP in result.text
    assert remarks(result).splitlines() == [f"drafted added: {LID}", f"pending added: {CUP}"]


def test_a_new_table_waits_until_all_of_it_has_drafts() -> None:
    table = f"|Tea|\n|-|\n|{LID}|\n"
    result = update(CHAPTER, f"{CHAPTER}\n{table}", CAPITULO, "es", Phrasebook({LID: TAPA}))
    assert TAPA not in result.text
    assert remarks(result).splitlines() == ["pending added: Tea", f"pending added: {LID}"]


def test_a_refused_draft_waits_with_the_reason() -> None:
    result = update(f"{POT}\n", f"{POT} {LID}\n", f"{OLLA}\n", "es", Phrasebook({LID: "`inventado`"}))
    [outcome] = result.outcomes
    assert outcome.fate is Fate.PENDING
    assert "refused" in outcome.note


BROKEN = f"{POT} [**{LID}**]\n", f"{POT} [**{LID} {CUP}**]\n", f"{OLLA} [**{TAPA}**]\n"


def test_half_a_mark_is_taken_back_while_the_other_half_waits() -> None:
    result = update(*BROKEN, "es")
    assert result.text.startswith(f"{OLLA} [**{TAPA}**]\n")
    assert {outcome.fate for outcome in result.outcomes} == {Fate.PENDING}


def test_both_halves_of_a_mark_come_with_the_draft() -> None:
    result = update(*BROKEN, "es", Phrasebook({CUP: f"{TAZA}**]"}))
    assert result.text == f"{OLLA} [**{TAPA} {TAZA}**]\n"


def test_notes_stand_at_their_lines_in_the_result() -> None:
    cell = "```{{.python .input}}\n#@tab {}\npour({})\n```"
    old, new = (f"{POT}\n\n{cell.format('pytorch', n)}\n" for n in (1, 2))
    target = f"{OLLA}\n\n{cell.format('pytorch', 1)}\n\n{cell.format('paddle', 1)}\n"
    [note] = update(old, f"{LID}\n\n{new}", target, "es", Phrasebook({LID: TAPA})).diagnostics
    assert (note.rule, note.severity, note.line) == ("sibling-changed", Severity.NOTE, 10)


def test_the_counts_of_a_result() -> None:
    result = update(f"{POT} {CUP}\n", f"{POT} {LID} {CUP}\n", f"{OLLA} {TAZA}\n", "es")
    assert [result.count(fate) for fate in Fate] == [0, 0, 1]
    assert (result.characters, result.whole) == (len(LID), len(f"{POT} {LID} {CUP}"))
    assert result.status is Status.DELIVERED


def test_a_draft_without_text_is_none() -> None:
    empty = Draft(job="", text="", origin=Origin.NONE, confidence=0.0, note="Too long.")
    result = update(f"{POT}\n", f"{POT} {LID}\n", f"{OLLA}\n", "es", Phrasebook({}, otherwise=empty))
    assert [(one.fate, one.note) for one in result.outcomes] == [(Fate.PENDING, "Too long.")]
