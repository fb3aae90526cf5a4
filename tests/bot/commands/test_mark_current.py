"""``/amts mark-current``: a chapter said to be up to date as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.action import ENGLISH, FORK, ICE, TEA, TEA_ES
from tests.support.comments import talk

if TYPE_CHECKING:
    from tests.support.action import Book

PATH = "drinks/tea.md"
ORIGIN = "drinks/tea_origin.md"
NEW = TEA.replace("pot = 3", "pot = 4")


def test_the_translation_stays_and_its_english_moves_on(book: Book) -> None:
    pull = talk(book, tea=NEW)
    pull.ask(f"/amts mark-current {PATH}")
    assert pull.signs == ["rocket"], pull.reply
    assert pull.file(PATH) == TEA_ES
    assert pull.file(ORIGIN) == NEW
    assert '"how": "marked"' in pull.file(".amts/state/drinks/tea.json")


def test_a_mark_stays_when_another_chapter_is_brought_to_newer_english(book: Book) -> None:
    ice = ICE.replace("Ice is cold.", "Ice is `cold`.")
    pull = talk(book, tea=NEW)
    pull.ask("/amts mark-current")
    book.github.commit(ENGLISH, {"drinks/ice.md": ice})
    pull.ask("/amts recreate")
    assert pull.signs == ["rocket"], pull.reply
    assert (pull.file(PATH), pull.file(ORIGIN)) == (TEA_ES, NEW)
    book.run()
    assert len(book.pulls("all")) <= 2
    assert pull.file(PATH) == TEA_ES


def test_newer_english_is_compared_with_the_english_of_the_mark(book: Book) -> None:
    pull = talk(book, tea=NEW)
    pull.ask("/amts mark-current")
    book.english(tea=NEW.replace("```python\n", "```python\ncup = 1\n"))
    pull.ask("/amts refresh")
    assert pull.signs == ["rocket"], pull.reply
    assert "cup = 1\npot = 3" in pull.file(PATH)


def test_after_the_merge_there_is_nothing_to_do(book: Book) -> None:
    pull = talk(book, tea=NEW)
    pull.ask("/amts mark-current")
    book.github.merge(FORK, pull.number, "squash")
    ran = book.run()
    assert ran.code == 0
    assert book.pulls() == []
    assert book.github.text(FORK, PATH) == TEA_ES


def test_a_chapter_that_is_in_another_pull_request_is_not_marked(book: Book) -> None:
    pull = talk(book, tea=NEW)
    before = pull.tip
    pull.ask("/amts mark-current drinks/ice.md")
    assert (pull.signs, pull.tip) == (["confused"], before)
    assert "drinks/ice.md" in pull.reply
