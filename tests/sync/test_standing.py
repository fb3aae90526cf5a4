"""A translation in which English waits is aligned as if that English had been translated."""

from __future__ import annotations

import pytest

from alignment.locales import load
from alignment.markdown import D2L, parse, write_pending
from sync.merge.standing import Standing, align_standing

POT, OLLA = "A pot holds $x$ cups of water.", "Una olla guarda $x$ tazas de agua."
LID, TAPA = "Its lid is made of `wood`.", "Su tapa es de `wood`."
WAIT = "We wait for tea."


def standing(english: list[str], translation: list[str]) -> Standing:
    source, target = (parse("\n\n".join(blocks), D2L) for blocks in (english, translation))
    return align_standing(source, target, (load("en"), load("es")), D2L)


def links(found: Standing) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(link.blocks.source, link.blocks.target) for link in found.alignment.links]


@pytest.mark.parametrize(
    ("english", "translation", "expected"),
    [
        pytest.param([POT, LID], [OLLA, TAPA], [((0,), (0,)), ((1,), (1,))], id="nothing waits"),
        pytest.param([POT, WAIT], [OLLA, write_pending(WAIT)], [((0,), (0,)), ((1,), (1,))], id="a block"),
        pytest.param([WAIT], [write_pending(WAIT)], [((0,), (0,))], id="all of it"),
        pytest.param(
            [POT, "## Tea\n:label:`a`", LID],
            [OLLA, write_pending("## Tea\n:label:`a`"), TAPA],
            [((0,), (0,)), ((1, 2), (1,)), ((3,), (2,))],
            id="a heading with its label",
        ),
        pytest.param([f"{POT} {WAIT}"], [OLLA, write_pending(WAIT)], [((0,), (0, 1))], id="a sentence of a block"),
        pytest.param(
            ["![Tea.](a.svg)"], ["![](a.svg)", write_pending("Tea.")], [((0,), (0, 1))], id="the caption of a picture"
        ),
        pytest.param(
            [POT, LID], [OLLA, write_pending("Gone."), TAPA], [((0,), (0,)), ((), (1,)), ((1,), (2,))], id="unknown"
        ),
    ],
)  # fmt: skip
def test_what_waits_is_linked_with_its_english(
    english: list[str], translation: list[str], expected: list[tuple[tuple[int, ...], tuple[int, ...]]]
) -> None:
    assert sorted(links(standing(english, translation))) == sorted(expected)


def test_sentences_that_wait_leave_the_others_where_they_are() -> None:
    found = standing([f"{WAIT} {POT} {LID}"], [f"{OLLA} {TAPA}", write_pending(WAIT)])
    [link] = found.alignment.links
    assert sorted((bead.source, bead.target) for bead in link.sentences) == [((0,), (2,)), ((1,), (0,)), ((2,), (1,))]


def test_only_what_is_translated_is_there_to_learn_from() -> None:
    found = standing([POT, WAIT], [OLLA, write_pending(WAIT)])
    assert [block.text for block in found.source.blocks] == [POT]
    assert [block.text for block in found.target.blocks] == [OLLA]


def test_english_that_waits_twice_is_linked_twice() -> None:
    found = standing([WAIT, POT, WAIT], [write_pending(WAIT), OLLA, write_pending(WAIT)])
    assert links(found) == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]
