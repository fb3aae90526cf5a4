"""What changed between two revisions: by block, and by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.diff import diff, diff_sentences, same, similarity
from alignment.markdown import parse

if TYPE_CHECKING:
    from alignment.model import ChangeSet

POT = "A pot holds water for all of us in the morning."
LID = "Lids keep the steam inside and the flies outside of it."
CUP = "Cups come in many colours, the blue ones being the best."
CELL = "```python\nx = 1\ny = 2\n```"


def told(changes: ChangeSet) -> list[str]:
    """``edited 1>2``: what happened, old units, new units; ``moved`` in front of it where it moved."""
    return [f"{'moved ' * change.moved}{change.op} {join(change.old)}>{join(change.new)}" for change in changes.changes]


def join(indices: tuple[int, ...]) -> str:
    return ",".join(map(str, indices))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param([POT, LID], [POT, LID], ["kept 0>0", "kept 1>1"], id="nothing"),
        pytest.param([POT], [POT.replace(" ", "\n", 3)], ["kept 0>0"], id="wrapped anew"),
        pytest.param(["```\nx = 1  \n```"], ["```\nx = 1\n```"], ["kept 0>0"], id="white space at the end of code"),
        pytest.param(["```\nx = 1\n```"], ["```\n x = 1\n```"], ["edited 0>0"], id="indentation of code"),
        pytest.param(["$$a = b$$"], ["$$\na=b\n$$"], ["kept 0>0"], id="white space in a formula"),
        pytest.param([POT], [POT.replace("morning", "evening")], ["edited 0>0"], id="a word"),
        pytest.param([POT], ["[**" + POT + "**]"], ["edited 0>0"], id="slide marks"),
        pytest.param([POT, CUP], [POT, LID, CUP], ["kept 0>0", "added >1", "kept 1>2"], id="added"),
        pytest.param([POT, LID, CUP], [POT, CUP], ["kept 0>0", "removed 1>", "kept 2>1"], id="removed"),
        pytest.param([LID, POT], [POT], ["removed 0>", "kept 1>0"], id="removed in front"),
        pytest.param([f"{POT} {LID}"], [POT, LID], ["split 0>0,1"], id="split"),
        pytest.param([POT, LID], [f"{POT} {LID}"], ["merged 0,1>0"], id="merged"),
        pytest.param([POT, LID], [POT, f"* {LID}"], ["kept 0>0", "edited 1>1"], id="a paragraph that became an item"),
        pytest.param(
            [POT, LID, CUP], [CUP, POT, LID], ["moved kept 2>0", "kept 0>1", "kept 1>2"], id="moved to the front"
        ),
        pytest.param(
            [POT, LID, CUP],
            [CUP.replace("blue", "red"), POT, LID],
            ["moved edited 2>0", "kept 0>1", "kept 1>2"],
            id="moved and edited",
        ),
        pytest.param(["# Lids"], ["# Tea"], ["removed 0>", "added >0"], id="another heading"),
        pytest.param(
            ["# Lids\n:label:`a`"], ["# Covers\n:label:`a`"], ["edited 0>0", "kept 1>1"], id="a heading with its label"
        ),
        pytest.param(["![A](x.png)"], ["![B and C](x.png)"], ["edited 0>0"], id="a picture with its path"),
        pytest.param([CELL], ["$$x = 1$$"], ["removed 0>", "added >0"], id="code is no formula"),
        pytest.param(
            [":begin_tab:`a`\nOne.\n:end_tab:", ":begin_tab:`b`\nTwo.\n:end_tab:"],
            [":begin_tab:`b`\nTwo.\n:end_tab:"],
            ["removed 0>", "removed 1>", "removed 2>", "kept 3>0", "kept 4>1", "kept 5>2"],
            id="the end of a tab goes with its beginning",
        ),
    ],
)
def test_blocks_change(old: list[str], new: list[str], expected: list[str]) -> None:
    assert told(diff(parse("\n\n".join(old)), parse("\n\n".join(new)))) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param([POT, LID], [LID, POT], ["moved kept 1>0", "kept 0>1"], id="changed places"),
        pytest.param(["It is big, and we like it."], ["It is big.", "We like it."], ["split 0>0,1"], id="split"),
        pytest.param(["Wait for it.", POT], ["Now!", POT], ["removed 0>", "added >0", "kept 1>1"], id="another one"),
    ],
)
def test_sentences_change(old: list[str], new: list[str], expected: list[str]) -> None:
    assert sorted(told(diff_sentences(old, new))) == sorted(expected)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(POT, POT, 1.0), ("a b", "c d", 0.0), ("[**a b**]", "a  b", 1.0), ("a b c d", "a b", 2 / 3)],
)
def test_likeness_is_the_share_of_common_words(one: str, other: str, expected: float) -> None:
    assert similarity(one, other) == pytest.approx(expected)


def test_blocks_are_the_same_when_only_white_space_differs() -> None:
    one, other = (parse(text).blocks[0] for text in ("A  pot.\n", "A\npot."))
    assert same(one, other)
    assert not same(one, parse("# A pot.").blocks[0])


sentences = st.lists(st.sampled_from([POT, LID, CUP, "Wait.", "Now.", f"{POT} {LID}", LID.replace("steam", "smell")]))


@given(sentences, sentences)
def test_every_unit_of_both_revisions_is_in_exactly_one_change(old: list[str], new: list[str]) -> None:
    changes = diff_sentences(old, new).changes
    assert sorted(index for change in changes for index in change.old) == list(range(len(old)))
    assert [index for change in changes for index in change.new] == list(range(len(new)))


@given(sentences)
def test_nothing_changes_between_a_revision_and_itself(text: list[str]) -> None:
    assert told(diff_sentences(text, text)) == [f"kept {index}>{index}" for index in range(len(text))]
