"""``/amts retranslate``: drafts made again, and nothing else touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from alignment.markdown.pending import digest
from tests.support.action import ENGLISH, FORK, MAINTAINER
from tests.support.comments import LUNCH, LUNCH_ES, Talk

if TYPE_CHECKING:
    from tests.support.action import Book

LUNCH_PATH, DINNER_PATH = "meals/lunch.md", "meals/dinner.md"
DINNER = LUNCH.replace("# Lunch", "# Dinner").replace("Soup is hot.", "Fish is fresh.").replace("Bread is soft. ", "")
DINNER_ES = (
    LUNCH_ES.replace("# Almuerzo", "# Cena")
    .replace("La sopa está caliente.", "El pescado está fresco.")
    .replace("El pan está blando. ", "")
)
NEW_LUNCH = LUNCH.replace("It comes from the well.", "Fish is fresh.")
NEW_DINNER = DINNER.replace("They grow in the garden.", "Bread is soft.")
FISH = digest("Fish is fresh.")[:8]
BETTER = {
    LUNCH_PATH: LUNCH_ES.replace("El pan está blando.", "El pan está tierno."),
    DINNER_PATH: DINNER_ES.replace("El pescado está fresco.", "El pescado es de hoy."),
}


@pytest.fixture
def pull(book: Book) -> Talk:
    """Each of its two chapters has a draft that was learnt from the other."""
    book.github.commit(ENGLISH, {LUNCH_PATH: LUNCH, DINNER_PATH: DINNER})
    book.github.commit(
        FORK,
        {
            LUNCH_PATH: LUNCH_ES,
            "meals/lunch_origin.md": LUNCH,
            DINNER_PATH: DINNER_ES,
            "meals/dinner_origin.md": DINNER,
        },
    )
    book.github.commit(ENGLISH, {LUNCH_PATH: NEW_LUNCH, DINNER_PATH: NEW_DINNER})
    ran = book.run()
    assert ran.code == 0, ran.log
    made = Talk(book, book.pulls()[0].number)
    assert "El agua es clara. El pescado está fresco." in made.file(LUNCH_PATH)
    assert "Las manzanas son rojas. El pan está blando." in made.file(DINNER_PATH)
    return made


def test_what_was_learnt_since_is_in_the_new_draft(pull: Talk) -> None:
    pull.book.github.commit(FORK, BETTER)
    pull.ask("/amts retranslate --all")
    assert pull.signs == ["rocket"], pull.reply
    assert "El agua es clara. El pescado es de hoy." in pull.file(LUNCH_PATH)
    assert "Las manzanas son rojas. El pan está tierno." in pull.file(DINNER_PATH)
    assert f"`{FISH}`" in pull.reply


def test_a_draft_that_comes_out_the_same_is_not_committed(pull: Talk) -> None:
    before = pull.tip
    pull.ask("/amts retranslate --all")
    assert (pull.signs, pull.tip) == (["rocket"], before)
    assert "nothing was committed" in pull.reply


def test_a_chapter_that_is_not_named_stays_byte_for_byte(pull: Talk) -> None:
    pull.book.github.commit(FORK, BETTER)
    dinner = pull.file(DINNER_PATH)
    pull.ask(f"/amts retranslate {LUNCH_PATH}")
    assert pull.signs == ["rocket"], pull.reply
    assert "El pan está tierno." in pull.file(LUNCH_PATH)
    assert pull.file(DINNER_PATH) == dinner


def test_one_segment_is_drafted_and_the_others_stay(pull: Talk) -> None:
    pull.book.github.commit(FORK, BETTER)
    lunch, dinner = pull.file(LUNCH_PATH), pull.file(DINNER_PATH)
    pull.ask(f"/amts retranslate --all --segment={FISH}")
    assert pull.signs == ["rocket"], pull.reply
    assert pull.file(LUNCH_PATH) == lunch.replace("El pescado está fresco.", "El pescado es de hoy.")
    assert pull.file(DINNER_PATH) == dinner
    assert "El pescado es de hoy." in pull.file(".amts/state/meals/lunch.json")


def test_without_a_path_the_chapters_are_listed(pull: Talk) -> None:
    pull.ask("/amts retranslate")
    assert pull.signs == ["confused"]
    assert LUNCH_PATH in pull.reply
    assert DINNER_PATH in pull.reply


def test_a_path_of_somewhere_else_is_refused(pull: Talk) -> None:
    pull.ask("/amts retranslate ../../etc/passwd")
    assert pull.signs == ["confused"]
    assert "Not in this pull request" in pull.reply


def test_what_people_edited_is_left_alone_unless_by_force(pull: Talk) -> None:
    theirs = pull.file(LUNCH_PATH).replace("caliente", "ardiente")
    pull.book.github.commit(FORK, {LUNCH_PATH: theirs}, branch=pull.branch, login=MAINTAINER, message="Burn")
    pull.book.github.commit(FORK, BETTER)
    pull.ask("/amts retranslate --all")
    assert pull.signs == ["confused"]
    assert "Burn" in pull.reply
    assert pull.file(LUNCH_PATH) == theirs
    pull.ask(f"/amts retranslate {DINNER_PATH}")
    assert pull.signs == ["rocket"], pull.reply
    assert pull.file(LUNCH_PATH) == theirs
    pull.ask(f"/amts retranslate {LUNCH_PATH} --force")
    assert pull.signs == ["rocket"], pull.reply
    assert "caliente" in pull.file(LUNCH_PATH)
