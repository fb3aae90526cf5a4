"""What English moves from one chapter to another takes its translation along."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alignment.diff import fold
from sync.engines.echo import Echo
from sync.merge.elsewhere import NOWHERE, find_elsewhere
from sync.model import ChapterResult, Fate, RevisionPair, Status
from sync.pipeline import update_chapters
from tests.support.account import unaccounted
from tests.support.chapters import remarks
from tests.support.fakebook import SENTENCES, Interpreter, Piece, pieces, translate_piece
from tests.support.fakebook import render as write

STAY_A = "A pot of clay holds three cups of water."
OLLA = "Una olla de barro guarda tres tazas de agua."
STAY_B = "Ships left for the north as soon as the ice broke."
NAVES = "Los barcos partieron al norte en cuanto se rompió el hielo."
LIDS = "Lids keep the steam inside of the pot for 5 minutes."
TAPAS = "Las tapas conservan el vapor en la olla durante 5 minutos."


def chapter(*blocks: str) -> str:
    return "\n\n".join(blocks) + "\n"


def move(
    moved: str, translated: str, new: str = "", *, stays: str = STAY_B, ours: str = NAVES
) -> tuple[ChapterResult, ChapterResult]:
    """Two chapters, when English moved something from the first to the end of the second."""
    pairs = [
        RevisionPair(
            path="tea/a.md",
            lang="es",
            en_old=chapter(STAY_A, moved),
            en_new=chapter(STAY_A),
            tgt_old=chapter(OLLA, translated),
        ),
        RevisionPair(
            path="tea/b.md",
            lang="es",
            en_old=chapter(stays),
            en_new=chapter(stays, new or moved),
            tgt_old=chapter(ours),
        ),
    ]
    first, second = update_chapters(pairs, Echo())
    return first, second


def test_a_paragraph_moves_with_its_translation() -> None:
    first, second = move(LIDS, TAPAS)
    assert first.text == chapter(OLLA)
    assert second.text == chapter(NAVES, TAPAS)
    (told,) = second.outcomes
    assert (told.op, told.fate, told.note) == ("moved", Fate.CARRIED, "Moved from tea/a.md.")
    assert (told.old_target, second.characters) == (TAPAS, 0)


def test_a_whole_section_moves_with_title_label_list_and_picture() -> None:
    section = chapter("## Lids\n:label:`sec_lids`", LIDS, "* One.\n* Two.", "![Pots.](../img/a.svg)\n:label:`a`")[:-1]
    ours = chapter("## Tapas\n:label:`sec_lids`", TAPAS, "* Una.\n* Dos.", "![Ollas.](../img/a.svg)\n:label:`a`")[:-1]
    _, second = move(section, ours)
    assert second.text == chapter(NAVES, ours)
    assert {one.fate for one in second.outcomes} == {Fate.CARRIED}


def test_a_title_of_another_depth_keeps_its_words() -> None:
    _, second = move(f"## Lids\n\n{LIDS}", f"## Tapas\n\n{TAPAS}", f"### Lids\n\n{LIDS}")
    assert second.text == chapter(NAVES, "### Tapas", TAPAS)


def test_a_cell_moves_with_its_comments() -> None:
    code = "```{.python .input}\n# Pour all of the tea\npour(tea, cups=2)\n```"
    ours = code.replace("Pour all of the tea", "Servir todo el té")
    _, second = move(code, ours)
    assert second.text == chapter(NAVES, ours)


def test_a_cell_that_was_edited_on_its_way_keeps_its_comments() -> None:
    code = "```{.python .input}\n# Pour all of the tea\npour(tea, cups=2)\n```"
    ours = code.replace("Pour all of the tea", "Servir todo el té")
    _, second = move(f"{LIDS}\n\n{code}", f"{TAPAS}\n\n{ours}", f"{LIDS}\n\n{code.replace('2', '3')}")
    assert second.text == chapter(NAVES, TAPAS, ours.replace("2", "3"))
    assert "Moved from tea/a.md." in second.outcomes[-1].note


def test_a_sentence_moves_into_a_paragraph() -> None:
    _, second = move(LIDS, TAPAS, stays="Bowls are washed.", new="Wait. " + LIDS + " Wait once more.")
    assert TAPAS in second.text
    assert f"carried moved: {LIDS}" in remarks(second)


def test_a_number_edited_on_the_way_is_carried() -> None:
    _, second = move(LIDS, TAPAS, LIDS.replace("5", "9"))
    assert second.text == chapter(NAVES, TAPAS.replace("5", "9"))
    (told,) = second.outcomes
    assert (told.op, told.fate, told.old_target) == ("edited", Fate.CARRIED, TAPAS)
    assert told.note.startswith("Moved from tea/a.md. ")


def test_words_edited_on_the_way_wait() -> None:
    _, second = move(f"{LIDS} {STAY_A}", f"{TAPAS} {OLLA}", f"{LIDS.replace('steam', 'hot steam')} {STAY_A}")
    assert TAPAS not in second.text


def test_a_short_sentence_is_not_known_again() -> None:
    _, second = move(f"{LIDS} Wait a bit.", f"{TAPAS} Espera un poco.", "Wait a bit. And so on, and so on for ever.")
    assert "Espera" not in second.text


def test_what_two_chapters_had_in_different_words_is_nobodys() -> None:
    other = TAPAS.replace("conservan", "guardan")
    pairs = [
        RevisionPair(path="a.md", lang="es", en_old=chapter(LIDS), en_new="", tgt_old=chapter(TAPAS)),
        RevisionPair(path="b.md", lang="es", en_old=chapter(LIDS), en_new="", tgt_old=chapter(other)),
        RevisionPair(path="c.md", lang="es", en_old="", en_new=chapter(LIDS), tgt_old=""),
    ]
    result = update_chapters(pairs, Echo())[2]
    assert f"pending added: {LIDS}" in remarks(result)


def test_what_the_translators_added_to_stays_where_it_is() -> None:
    own = f"{TAPAS} Nota del traductor: en casa lo hacemos de otra manera, y nadie sabe bien por qué ni desde cuándo."
    first, second = move(LIDS, own)
    assert own in first.text
    assert own not in second.text


def test_english_that_was_never_translated_is_not_taken_for_a_translation() -> None:
    _, second = move(LIDS, LIDS)
    assert f"pending added: {LIDS}" in remarks(second)


def test_a_chapter_that_is_gone_gives_to_a_new_one() -> None:
    pair = RevisionPair(path="b.md", lang="es", en_old="", en_new=chapter(STAY_B, LIDS), tgt_old="")
    gone = ("a.md", chapter(STAY_A, LIDS), chapter(OLLA, TAPAS))
    (result,) = update_chapters([pair], Echo(), gone=[gone])
    assert TAPAS in result.text
    assert NAVES not in result.text


def test_without_a_move_nothing_is_aligned() -> None:
    pairs = [
        RevisionPair(path="a.md", lang="es", en_old=chapter(STAY_A, LIDS), en_new=chapter(STAY_A), tgt_old="x\n"),
        RevisionPair(path="b.md", lang="es", en_old=chapter(STAY_B), en_new=chapter(STAY_B, STAY_A), tgt_old="y\n"),
    ]
    assert find_elsewhere(pairs) == NOWHERE == find_elsewhere([])


def test_windows_line_ends_move_along() -> None:
    pairs = [
        RevisionPair(path="a.md", lang="es", en_old=chapter(LIDS), en_new="", tgt_old=chapter(TAPAS)),
        RevisionPair(
            path="b.md",
            lang="es",
            en_old=chapter(STAY_B),
            en_new=chapter(STAY_B, LIDS),
            tgt_old=chapter(NAVES).replace("\n", "\r\n"),
        ),
    ]
    assert update_chapters(pairs, Echo())[1].text == chapter(NAVES, TAPAS).replace("\n", "\r\n")


LANG = "zz"
HALF = len(SENTENCES) // 2
few = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@st.composite
def moves(draw: st.DrawFn) -> tuple[list[RevisionPair], list[str]]:
    """Two chapters between which some pieces move, and the translations of both after it."""
    one, other = list(draw(pieces(SENTENCES[:HALF]))), list(draw(pieces(SENTENCES[HALF:])))
    olds = [list(one), list(other)]
    for _ in range(draw(st.integers(1, 3))):
        if len(one) > 1:
            piece = one.pop(draw(st.integers(0, len(one) - 1)))
            other.insert(draw(st.integers(0, len(other))), piece)
    pairs = [
        RevisionPair(path=path, lang=LANG, en_old=write(old), en_new=write(new), tgt_old=translated(old))
        for path, old, new in zip(("a.md", "b.md"), olds, (one, other), strict=True)
    ]
    return pairs, [translated(one), translated(other)]


def translated(chapter: list[Piece]) -> str:
    return write([translate_piece(piece) for piece in chapter])


@given(moves())
@few
def test_an_engine_gets_little_to_do_and_the_result_is_the_translation(
    case: tuple[list[RevisionPair], list[str]],
) -> None:
    pairs, wanted = case
    results = update_chapters(pairs, Interpreter())
    assert [fold(result.text) for result in results] == [fold(text) for text in wanted]
    assert [unaccounted(pair, result) for pair, result in zip(pairs, results, strict=True)] == [[], []]


@given(moves())
@few
def test_no_block_that_moved_loses_its_translation(case: tuple[list[RevisionPair], list[str]]) -> None:
    pairs, _ = case
    results = update_chapters(pairs, Echo())
    assert Status.FAILED not in {result.status for result in results}
    drafted = [one for result in results for one in result.outcomes if one.fate is Fate.PENDING]
    assert [one.new_source for one in drafted if len(one.new_source.split()) > 6] == []
