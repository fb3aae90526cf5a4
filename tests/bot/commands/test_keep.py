"""``/amts keep`` and ``/amts unkeep``: wording that stays, whatever is done to the pull request later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from alignment.markdown.pending import digest
from tests.support.action import ENGLISH, FORK, MAINTAINER
from tests.support.comments import LUNCH, Talk, lunch

if TYPE_CHECKING:
    from tests.support.action import Book

PATH = "meals/lunch.md"
STATE = ".amts/state/meals/lunch.json"
DRAFTED = LUNCH.replace("It comes from the well.", "It comes from the cow.").replace(
    "Cheese is yellow.", "Cheese is [yellow](y)."
)
ID = digest("It comes from the cow.")[:8]


@pytest.fixture
def pull(book: Book) -> Talk:
    """One sentence of it was drafted."""
    made = lunch(book, DRAFTED)
    assert "El agua es clara. Viene de la vaca." in made.file(PATH)
    return made


def test_a_kept_segment_has_the_wording_of_the_default_branch(pull: Talk) -> None:
    pull.ask(f"/amts keep {ID}")
    assert pull.signs == ["rocket"], pull.reply
    assert "El agua es clara. Viene del pozo." in pull.file(PATH)
    assert digest("It comes from the well.") in pull.file(STATE)


def test_what_is_kept_stays_when_the_pull_request_is_made_anew(pull: Talk) -> None:
    pull.ask(f"/amts keep {ID}")
    newer = DRAFTED.replace("It was baked", "It was [baked](b)")
    pull.book.github.commit(ENGLISH, {PATH: newer})
    for command in ("refresh", "recreate", "retranslate --all"):
        pull.ask(f"/amts {command}")
        assert pull.signs == ["rocket"], pull.reply
        assert "El agua es clara. Viene del pozo." in pull.file(PATH), command
        assert digest("It comes from the well.") in pull.file(STATE), command


def test_unkeep_takes_it_back(pull: Talk) -> None:
    before = pull.file(PATH)
    pull.ask(f"/amts keep {ID}")
    pull.ask(f"/amts unkeep {ID}")
    assert pull.signs == ["rocket"], pull.reply
    assert pull.file(PATH) == before
    assert '"keep"' not in pull.file(STATE)


def test_an_id_that_is_copied_from_a_reply_is_understood(pull: Talk) -> None:
    pull.ask(f"/amts keep {ID[:6]}\u200b{ID[6:]}")
    assert pull.signs == ["rocket"]


@pytest.mark.parametrize("given", ["ffff", "12", "soup", digest("Sugar is sweet.")[:8]])
def test_a_segment_that_there_is_not_is_not_kept(pull: Talk, given: str) -> None:
    before = pull.tip
    pull.ask(f"/amts keep {given}")
    assert (pull.signs, pull.tip) == (["confused"], before)


def test_what_english_added_has_no_wording_to_keep(pull: Talk) -> None:
    pull.book.github.commit(ENGLISH, {PATH: DRAFTED + "\nSugar is sweet.\n"})
    pull.ask(f"/amts keep {digest('Sugar is sweet.')[:8]}")
    assert pull.signs == ["confused"]
    assert "no wording that could stay" in pull.reply


def test_what_is_not_kept_cannot_be_released(pull: Talk) -> None:
    pull.ask(f"/amts unkeep {ID}")
    assert pull.signs == ["confused"]


def test_a_chapter_that_people_edited_is_not_made_anew(pull: Talk) -> None:
    theirs = pull.file(PATH).replace("caliente", "ardiente")
    pull.book.github.commit(FORK, {PATH: theirs}, branch=pull.branch, login=MAINTAINER)
    pull.ask(f"/amts keep {ID}")
    assert pull.signs == ["confused"]
    assert "people edited" in pull.reply
    assert pull.file(PATH) == theirs
