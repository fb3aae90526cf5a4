"""``/amts refresh`` and ``/amts recreate``: newer English, with and without what people committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.action import BOT, FORK, MAINTAINER, TEA, TEA_ES
from tests.support.comments import Talk, talk

if TYPE_CHECKING:
    from tests.support.action import Book

PATH = "drinks/tea.md"


def _tea(pot: int) -> str:
    return TEA.replace("pot = 3", f"pot = {pot}")


def _te(pot: int) -> str:
    return TEA_ES.replace("pot = 3", f"pot = {pot}")


def _edited(pull: Talk) -> str:
    """Somebody commits to the branch."""
    text = pull.file(PATH).replace("está caliente", "quema")
    pull.book.github.commit(FORK, {PATH: text}, branch=pull.branch, login=MAINTAINER, message="Say it better")
    return text


def test_refresh_brings_newer_english(book: Book) -> None:
    pull = talk(book, tea=_tea(4))
    book.english(tea=_tea(5))
    pull.ask("/amts refresh")
    assert pull.signs == ["rocket"]
    assert "Brought up to date. 1 chapter (1 delivered)" in pull.reply
    assert pull.file(PATH) == _te(5)


def test_refresh_has_nothing_to_do_where_english_did_not_change(book: Book) -> None:
    pull = talk(book, tea=_tea(4))
    before = pull.tip
    pull.ask("/amts refresh")
    assert pull.signs == ["rocket"]
    assert "Nothing to do" in pull.reply
    assert pull.tip == before


def test_refresh_carries_newer_english_into_what_people_wrote(book: Book) -> None:
    pull = talk(book, tea=_tea(4))
    theirs = _edited(pull)
    book.english(tea=_tea(5))
    pull.ask("/amts refresh")
    assert pull.file(PATH) == theirs.replace("pot = 4", "pot = 5")


def test_recreate_makes_one_commit_on_the_default_branch(book: Book) -> None:
    pull = talk(book, tea=_tea(4))
    for pot in (5, 6):
        book.english(tea=_tea(pot))
        pull.ask("/amts refresh")
    pull.ask("/amts recreate")
    assert pull.signs == ["rocket"]
    assert pull.file(PATH) == _te(6)
    bare = book.github.hub.repository(FORK).bare
    assert bare.raw("rev-list", "--count", f"{book.github.tip(FORK)}..{pull.tip}").decode().strip() == "1"
    assert book.github.issue(FORK, pull.number).state == "open"


def test_recreate_leaves_what_people_committed(book: Book) -> None:
    pull = talk(book, tea=_tea(4))
    theirs, before = _edited(pull), pull.tip
    pull.ask("/amts recreate")
    assert pull.signs == ["confused"]
    assert "Say it better" in pull.reply
    assert "--force" in pull.reply
    assert (pull.tip, pull.file(PATH)) == (before, theirs)


def test_recreate_by_force_says_whose_commits_it_dropped(book: Book) -> None:
    pull = talk(book, tea=_tea(4))
    _edited(pull)
    pull.ask("/amts recreate --force")
    assert pull.signs == ["rocket"]
    assert "Dropped, as was asked for:" in pull.reply
    assert "Say it better" in pull.reply
    assert pull.file(PATH) == _te(4)


def test_what_the_default_branch_has_already_is_not_recreated(book: Book) -> None:
    pull = talk(book, tea=_tea(4))
    book.github.commit(FORK, {PATH: _te(4), "drinks/tea_origin.md": _tea(4)})
    pull.ask("/amts recreate")
    assert pull.signs == ["confused"]
    assert "Close this pull request" in pull.reply


def test_commands_after_one_that_moved_the_branch_see_it_where_it_is(book: Book) -> None:
    pull = talk(book, tea=_tea(4))
    book.english(tea=_tea(5))
    pull.ask("/amts refresh\n/amts recreate\n/amts status")
    assert pull.signs == ["rocket"]
    assert "no commits of people" in pull.reply
    assert pull.file(PATH) == _te(5)


def test_status_names_the_chapters_and_the_commits_of_people(book: Book) -> None:
    pull = talk(book, tea=_tea(4))
    _edited(pull)
    pull.ask("/amts status")
    assert f"`{PATH}`" in pull.reply
    assert "Say it better" in pull.reply


def test_a_paused_pull_request_is_left_alone_until_it_is_resumed(book: Book) -> None:
    pull = talk(book, tea=_tea(4))
    pull.ask("/amts pause")
    book.english(tea=_tea(5))
    book.run()
    assert pull.file(PATH) == _te(4)
    pull.ask("/amts resume")
    book.run()
    assert pull.file(PATH) == _te(5)
    assert {comment.user.login for comment in book.github.comments(FORK, pull.number)} == {MAINTAINER, BOT}
