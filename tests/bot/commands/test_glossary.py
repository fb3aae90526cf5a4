"""``/amts glossary add``: a term proposed in a pull request of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.action import FORK, MAINTAINER
from tests.support.comments import Talk, at_once

if TYPE_CHECKING:
    from tests.support.action import Book

GLOSSARY = "# Glosario\n\n| English | Español |\n|---|---|\n| tea | té |\n| cold ice | hielo frío |\n\nFin.\n"
ADD = '/amts glossary add "hot soup" = "sopa caliente"'


@pytest.fixture
def pull(book: Book) -> Talk:
    book.github.user(MAINTAINER, {FORK: "maintain"})
    book.github.commit(FORK, {"TERMINOLOGY.md": GLOSSARY})
    return at_once(book)


def _glossary(pull: Talk) -> str:
    return pull.book.github.text(FORK, "TERMINOLOGY.md", "amts/glossary")


def test_a_row_is_proposed_and_every_other_line_stays(pull: Talk) -> None:
    before = pull.tip
    pull.ask(ADD)
    assert pull.signs == ["rocket"], pull.reply
    assert _glossary(pull) == GLOSSARY.replace("frío |\n", "frío |\n| hot soup | sopa caliente |\n")
    (proposal,) = [one for one in pull.book.pulls() if one.number != pull.number]
    assert f"#{proposal.number}" in pull.reply
    assert pull.tip == before


def test_a_second_term_goes_into_the_same_proposal(pull: Talk) -> None:
    pull.ask(ADD)
    pull.ask('/amts glossary add "old bread" = "pan viejo"')
    assert pull.signs == ["rocket"], pull.reply
    assert "sopa caliente" in _glossary(pull)
    assert "pan viejo" in _glossary(pull)
    assert len(pull.book.pulls()) == 2


@pytest.mark.parametrize(
    "command",
    [
        '/amts glossary add "tea" = "otro"',
        '/amts glossary drop "hot soup" = "sopa caliente"',
        '/amts glossary add "hot soup" is "sopa caliente"',
        '/amts glossary add "" = "sopa"',
        '/amts glossary add "[hot](http://x.example)" = "<b>sopa</b>"',
    ],
)
def test_what_is_no_new_term_is_refused(pull: Talk, command: str) -> None:
    pull.ask(command)
    assert pull.signs == ["confused"]
    assert len(pull.book.pulls()) == 1


def test_a_fork_without_a_glossary_gets_none(pull: Talk) -> None:
    pull.book.github.commit(FORK, {"TERMINOLOGY.md": None})
    pull.ask(ADD)
    assert pull.signs == ["confused"]
    assert "has no glossary" in pull.reply
