"""How a translation is written is learned from it, and drafts are written so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alignment.locales import load
from alignment.markdown import D2L, parse
from alignment.model import Mark
from alignment.segmentation import segments
from sync.merge.habits import Habits, fit, learn_habits
from sync.merge.prose.passage import read_passage

LONG = "palabra " * 40


def learn(text: str, lang: str) -> Habits:
    document, locale = parse(text, D2L), load(lang)
    blocks = [block for block in document.blocks if block.is_prose]
    passages = [read_passage([block], [segments(block, locale, D2L)]) for block in blocks]
    return learn_habits(document, passages, locale, D2L)


@pytest.mark.parametrize(
    ("lang", "text", "joiner"),
    [
        pytest.param("es", "Una. Dos.", " ", id="too few examples for Spanish"),
        pytest.param("zh", "一个。两个。", "", id="too few examples for Chinese"),
        pytest.param("zh", "一个。 两个。 三个。 四个。", " ", id="spaces in Chinese"),
        pytest.param("es", "Una.\nDos.\nTres.\nCuatro.", "\n", id="a line for each sentence"),
        pytest.param("es", "|a|b|c|d|e|\n|-|-|-|-|-|\n|1|2|3|4|5|", " ", id="a table says nothing about it"),
    ],
)
def test_what_joins_sentences_is_learned(lang: str, text: str, joiner: str) -> None:
    assert learn(text, lang).joiner == joiner


@pytest.mark.parametrize(
    ("paragraph", "width"),
    [
        pytest.param(LONG, 0, id="one line"),
        pytest.param("\n".join(["palabra " * 8 + "fin"] * 5), 67, id="hard wrapped"),
        pytest.param("\n".join(["si"] * 60), 60, id="never narrower than sixty"),
    ],
)
def test_the_width_of_lines_is_learned(paragraph: str, width: int) -> None:
    assert learn("\n\n".join([paragraph] * 4), "es").width == width


@pytest.mark.parametrize(
    ("text", "spacing"),
    [
        pytest.param("用`f`和`g`和`h`和`i`。", ("", ""), id="none"),
        pytest.param("用 `f` 和 `g` 和 `h` 和 `i`。", (" ", " "), id="on both sides"),
        pytest.param("用 `f`和 `g`和 `h`和 `i`。", (" ", ""), id="before"),
    ],
)
def test_spaces_round_markup_are_learned(text: str, spacing: tuple[str, str]) -> None:
    found = {mark: (before, after) for mark, before, after in learn(text, "zh").spacing}
    assert found[Mark.CODE] == spacing


def test_narrow_signs_are_learned() -> None:
    wide, narrow = learn("一，二，三。四", "zh"), learn("一,二,三,四", "zh")
    assert dict(wide.full_width)[","] == "，"
    assert "," not in dict(narrow.full_width)


CHINESE = learn("用 `f`和 `g`，和 `h`，和 `i`。$x$", "zh")
SPANISH = replace(learn("Una.", "es"), width=20)


@pytest.mark.parametrize(
    ("habits", "draft", "expected"),
    [
        pytest.param(CHINESE, "用`f`,和`g`.", "用 `f`,和 `g`.", id="spaces, and narrow signs behind code"),
        pytest.param(CHINESE, "一个,两个. 三个", "一个，两个。三个", id="full-width signs behind ideographs"),
        pytest.param(CHINESE, "壶(一个)和GPU(MLP)", "壶（一个）和GPU(MLP)", id="brackets round ideographs"),
        pytest.param(CHINESE, "用3.5个GPU, 好", "用3.5个GPU, 好", id="not behind digits and letters"),
        pytest.param(SPANISH, "una dos tres cuatro cinco", "una dos tres cuatro\ncinco", id="lines of its width"),
        pytest.param(
            SPANISH, "una dos tres `cuatro cinco` seis", "una dos tres\n`cuatro cinco` seis", id="not in code"
        ),
        pytest.param(SPANISH, "una dos tres cuatro - cinco", "una dos tres cuatro -\ncinco", id="not before a bullet"),
        pytest.param(SPANISH, "una dos tres cuatro 5. seis", "una dos tres cuatro 5.\nseis", id="nor before a number"),
        pytest.param(replace(SPANISH, width=0), LONG.strip(), LONG.strip(), id="one line"),
    ],
)
def test_a_draft_is_set_as_the_translators_would(habits: Habits, draft: str, expected: str) -> None:
    assert fit(draft, habits, D2L) == expected
    assert fit(expected, habits, D2L) == expected
