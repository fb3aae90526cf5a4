"""An update answers for what it breaks, not for what was broken before it."""

from __future__ import annotations

import pytest

from alignment.markdown import parse, write_pending
from sync.checks import Subject, check_change

EN_OLD = """\
# Pots
:label:`sec_pots`

A pot of $2$ litres serves ten, see :numref:`sec_cups` and :numref:`sec_lids`.
[**Fill it**] before :numref:`sec_cups` is read.

$$x = 1$$

![A pot.](pot.png)
"""
TARGET_OLD = """\
# 壶
:label:`sec_pots`

$2$升的壶够十个人用，见 :numref:`sec_cups`和 :numref:`sec_lids`。
读 :numref:`sec_cups`之前[**先装满它**]。

$$x = 1$$

![一把壶。](pot.png)
"""


TWICE = ["4 warning references", "4 warning repeated-markup"]


def subject(source: str, target: str, owed: tuple[tuple[str, str], ...] = ()) -> Subject:
    return Subject(source=parse(source), target=parse(target), lang="zh", owed=owed)


def broken(
    en_old: str, target_old: str, en_new: str, target_new: str, owed: tuple[tuple[str, str], ...] = ()
) -> list[str]:
    diagnostics = check_change(subject(en_old, target_old), subject(en_new, target_new, owed))
    return [f"{one.line} {one.severity} {one.rule}" for one in diagnostics]


def test_an_update_that_breaks_nothing():
    en_new, target_new = EN_OLD.replace("ten", "nine"), TARGET_OLD.replace("十", "九")
    assert broken(EN_OLD, TARGET_OLD, en_new, target_new) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("读 :numref:`sec_cups`之前", "", ["4 error references"], id="one-reference-of-two"),
        pytest.param("见", "见 :numref:`sec_lids`、", TWICE, id="a-reference-more"),
        pytest.param("# 壶\n", "壶\n", ["1 error headings"], id="a-heading"),
        pytest.param("# 壶", "## 壶", ["1 error headings"], id="the-depth-of-a-heading"),
        pytest.param("[**先装满它**]", "先装满它", ["4 warning slides"], id="a-slide-mark"),
        pytest.param("$$x = 1$$", "$$x = 2$$", ["7 warning display-math"], id="another-formula"),
        pytest.param("pot.png", "hu.png", ["9 error images", "9 warning images"], id="an-image"),
        pytest.param("$2$升", "$2升", ["4 warning math"], id="a-dollar"),
    ],
)  # fmt: skip
def test_what_an_update_loses_is_graver_than_what_a_translator_left_out(old, new, expected):
    assert broken(EN_OLD, TARGET_OLD, EN_OLD, TARGET_OLD.replace(old, new)) == expected


def test_faults_that_were_there_before_are_not_counted_again():
    damaged = (
        TARGET_OLD.replace(":numref:`sec_lids`", ": numref:`sec_lids`").replace("$$x = 1$$", "").replace("# ", "## ")
    )
    moved = "".join(f"{block}\n\n" for block in reversed(damaged.split("\n\n")))
    assert broken(EN_OLD, damaged, EN_OLD, damaged) == []
    assert broken(EN_OLD, damaged, EN_OLD, moved) == []


def test_of_equal_faults_the_one_that_was_not_there_is_shown():
    english = "Black *tea* is old.\n\nGreen *tea* is young."
    before, after = "红* 茶 *老。\n\n绿*茶*年轻。", "红* 茶 *老。\n\n绿* 茶 *年轻。"
    assert broken(english, before, english, after) == ["3 warning emphasis"]


def test_english_in_a_pending_comment_is_not_lost():
    added = "## Lids\n:label:`sec_own_lids`\n\nA lid of $3$ grams, [**as said**], see :cite:`Lid.2020`.\n"
    target_new = f"{TARGET_OLD}\n{write_pending(added.strip())}\n"
    assert broken(EN_OLD, TARGET_OLD, f"{EN_OLD}\n{added}", target_new) == []
    assert broken(EN_OLD, TARGET_OLD, f"{EN_OLD}\n{added}", TARGET_OLD) != []


def test_an_edited_sentence_may_keep_its_old_translation_where_that_is_owed():
    old = "[**Fill it**] before :numref:`sec_cups` is read."
    new = "Warm and fill it, says :cite:`Kettle.2019`."
    en_new = EN_OLD.replace(old, new)
    assert broken(EN_OLD, TARGET_OLD, en_new, TARGET_OLD, owed=((old, new),)) == []
    assert broken(EN_OLD, TARGET_OLD, en_new, TARGET_OLD) == ["4 error citations", "4 warning references"]
