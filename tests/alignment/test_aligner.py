"""Which blocks and sentences of two languages correspond."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from alignment.aligner import align, align_all, sentence_pairs
from alignment.lexicon import Lexicon
from alignment.locales import load
from alignment.markdown import D2L, MYST, Profile, parse, write_pending
from alignment.sides import cut

if TYPE_CHECKING:
    from alignment.model import Alignment, Link

SOURCE = """\
# Trees
:label:`sec_trees`

Trees have leaves. They grow in $12$ years.

```python
#@tab pytorch
plant('oak')  # quickly
```

## Forests

A forest is made of `Tree` objects. We count $n$ of them.

$$n = \\sum_i t_i. \\text{ trees}$$

![A forest. It is green.](../img/forest.svg)
:width:`400px`

1. Count the trees.
1. Draw a forest.
"""
TARGET = """\
# 树
:label:`sec_trees`

树有叶子。它们生长$12$年。

```python
#@tab pytorch
plant('橡树')  # 很快
```

## 森林

森林由`Tree`对象组成。我们数到$n$个。

$$n = \\sum_i t_i. \\text{ 树}$$

![森林。它是绿色的。](../img/forest.svg)
:width:`400px`

1. 数一数树木。
1. 画一片森林。
"""


def aligned(source: str, target: str, lexicon: Lexicon | None = None, profile: Profile = D2L) -> Alignment:
    return align(
        parse(source, profile),
        parse(target, profile),
        source_locale=load("en"),
        target_locale=load("zh"),
        profile=profile,
        lexicon=lexicon,
    )


def blocks(alignment: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(link.blocks.source, link.blocks.target) for link in alignment.links]


def link_of(alignment: Alignment, source: int) -> Link:
    return next(link for link in alignment.links if source in link.blocks.source)


def test_a_translation_links_block_by_block_and_sentence_by_sentence() -> None:
    alignment = aligned(SOURCE, TARGET)
    count = len(parse(SOURCE).blocks)
    assert blocks(alignment) == [((i,), (i,)) for i in range(count)]
    sentences = [[(bead.source, bead.target) for bead in link.sentences] for link in alignment.links]
    assert sentences[2] == [((0,), (0,)), ((1,), (1,))]
    assert sentences[3] == []


@pytest.mark.parametrize(
    ("source", "target"), [("", ""), ("One.", ""), ("", "一。"), (SOURCE, ""), (SOURCE, "一。"), (SOURCE, SOURCE)]
)
def test_every_block_is_in_exactly_one_link(source: str, target: str) -> None:
    found = blocks(aligned(source, target))
    assert sorted(i for left, _ in found for i in left) == list(range(len(parse(source).blocks)))
    assert sorted(j for _, right in found for j in right) == list(range(len(parse(target).blocks)))


def test_confidence_lies_between_0_and_1() -> None:
    for link in aligned(SOURCE, TARGET).links:
        assert 0 <= link.blocks.confidence <= 1
        assert all(0 <= bead.confidence <= 1 for bead in link.sentences)


def test_align_is_deterministic() -> None:
    assert aligned(SOURCE, TARGET) == aligned(SOURCE, TARGET)


def test_what_only_one_side_has_stays_alone() -> None:
    more = SOURCE.replace(
        "## Forests", "Unknown to readers of Chinese, oaks live for `centuries` near $x_0$.\n\n## Forests"
    )
    found = blocks(aligned(more, TARGET))
    assert ((4,), ()) in found
    found = blocks(aligned(SOURCE, TARGET.replace("## 森林", "译者注：`oak`见 :numref:`sec_oak`。\n\n## 森林")))
    assert found[4:6] == [((), (4,)), ((4,), (5,))]


def test_a_cell_of_a_tab_that_english_lacks_stays_alone() -> None:
    cell = "```python\n#@tab paddle\nplant('橡树', device=paddle.cpu())\n```\n\n"
    found = blocks(aligned(SOURCE, TARGET.replace("## 森林", f"{cell}## 森林")))
    assert ((), (4,)) in found
    assert ((3,), (3,)) in found


def test_the_same_code_on_more_tabs_links() -> None:
    alignment = aligned(SOURCE, TARGET.replace("#@tab pytorch", "#@tab pytorch, paddle"))
    assert link_of(alignment, 3).blocks.target == (3,)
    assert link_of(alignment, 3).blocks.confidence > 0.9


def test_other_code_of_another_tab_does_not_link() -> None:
    target = TARGET.replace("#@tab pytorch\nplant('橡树')", "#@tab tensorflow\ntf.grow(seed, water=True)")
    assert link_of(aligned(SOURCE, target), 3).blocks.target == ()


def test_an_untranslated_block_links_with_confidence() -> None:
    alignment = aligned(
        SOURCE,
        TARGET.replace(
            "森林由`Tree`对象组成。我们数到$n$个。", "A forest is made of `Tree` objects. We count $n$ of them."
        ),
    )
    assert link_of(alignment, 5).blocks.target == (5,)
    assert link_of(alignment, 5).blocks.confidence > 0.95


def test_a_moved_section_is_found_again() -> None:
    section = TARGET[TARGET.index("## 森林") : TARGET.index("![")]
    moved = f"{TARGET.replace(section, '')}\n{section}"
    alignment = aligned(SOURCE, moved)
    target = parse(moved).blocks
    for source, words in ((4, "森林"), (5, "对象"), (6, "sum")):
        (found,) = link_of(alignment, source).blocks.target
        assert words in target[found].text


def test_links_stand_in_the_order_of_the_source_and_target_only_ones_after_what_they_follow() -> None:
    found = blocks(
        aligned("# A\n\n$$x = 1 + 2 + 3 + 4$$", "译注：`q`。\n\n# 甲\n\n$$x = 1 + 2 + 3 + 4$$\n\n<!-- 完 -->")
    )
    assert found[0] == ((), (0,))
    assert found[-1] == ((), (3,))
    assert [left for left, _ in found if left] == [(0,), (1,)]


def test_a_split_paragraph_links_with_both_parts() -> None:
    target = TARGET.replace("`Tree`对象组成。我们", "`Tree`对象组成。\n\n我们")
    assert link_of(aligned(SOURCE, target), 5).blocks.target == (5, 6)


def test_a_merged_sentence_links_with_both() -> None:
    source = "The net `f` has $2$ layers. It reads `x`. Then it writes `y`."
    alignment = aligned(source, "网络`f`有$2$层，它读取`x`。然后它写入`y`。")
    assert [(bead.source, bead.target) for bead in alignment.links[0].sentences] == [((0, 1), (0,)), ((2,), (1,))]


@pytest.mark.parametrize("waiting", ["A forest is made of `Tree` objects. We count $n$ of them.", "## Forests"])
def test_a_block_that_waits_for_its_translation_links_with_its_comment(waiting: str) -> None:
    lines = TARGET.replace("森林由`Tree`对象组成。我们数到$n$个。", "## 森林\n") if waiting.startswith("#") else TARGET
    target = lines.replace(
        "## 森林" if waiting.startswith("#") else "森林由`Tree`对象组成。我们数到$n$个。", write_pending(waiting), 1
    )
    alignment = aligned(SOURCE, target)
    index = [block.text for block in parse(SOURCE).blocks].index(waiting)
    (found,) = link_of(alignment, index).blocks.target
    assert parse(target).blocks[found].kind == "pending"


def test_sentences_that_wait_stand_with_the_block_they_come_from() -> None:
    target = TARGET.replace("我们数到$n$个。", f"\n\n{write_pending('We count $n$ of them.')}")
    link = link_of(aligned(SOURCE, target), 5)
    assert link.blocks.target == (5, 6)
    assert [(bead.source, bead.target) for bead in link.sentences] == [((0,), (0,)), ((1,), ())]


def test_a_label_of_myst_is_an_anchor() -> None:
    source = "(sec_a)=\n# A\n\nOne thing.\n\n(sec_b)=\n# B\n\nOther things."
    target = "(sec_b)=\n# 乙\n\n其他。"
    alignment = aligned(source, target, profile=MYST)
    assert link_of(alignment, 3).blocks.target == (0,)
    assert link_of(alignment, 5).blocks.target == (2,)


def test_a_lexicon_that_is_given_decides() -> None:
    source, target = "Dogs bark.\n\nCats sleep a lot.", "猫很能睡觉。"
    lexicon = Lexicon({"cats": {"猫": 0.9}, "sleep": {"睡觉": 0.9}, "dogs": {"狗": 0.9}})
    assert blocks(aligned(source, target, lexicon)) == [((0,), ()), ((1,), (0,))]


def test_chapters_of_a_book_learn_from_one_another() -> None:
    sides = [(cut(parse(SOURCE), load("en"), D2L), cut(parse(TARGET), load("zh"), D2L))] * 2
    first, second = align_all(sides, D2L)
    assert first == second
    pairs = sentence_pairs(*sides[0], first, D2L)
    assert any("forest" in left and "森林" in right for left, right in pairs)


BREAD = (
    "# Bread\n\nThe oven is heated to $230$ degrees. The dough rests there. It will be brown.\n\n"
    "We eat it with butter.\n"
)
SPLIT = (
    "# Brot\n\nDer Ofen wird auf $230$ Grad geheizt.\n\nDer Teig ruht dort. Er wird braun.\n\n"
    "Wir essen es mit Butter.\n"
)
NOTED = (
    "# Brot\n\nDer Ofen wird auf $230$ Grad geheizt. Der Teig ruht dort. Er wird braun.\n\n"
    "Anmerkung: Wer mag, nimmt Hefe.\n\nWir essen es mit Butter.\n"
)


def of_bread(source: str, target: str) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    locales = {"source_locale": load("en"), "target_locale": load("de")}
    return blocks(align(parse(source), parse(target), profile=D2L, **locales))


def test_a_paragraph_belongs_to_the_one_that_has_its_sentences() -> None:
    assert of_bread(BREAD, SPLIT) == [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,))]
    assert of_bread(SPLIT, BREAD) == [((0,), (0,)), ((1, 2), (1,)), ((3,), (2,))]


def test_a_paragraph_of_which_no_sentence_is_needed_stays_alone() -> None:
    assert of_bread(BREAD, NOTED) == [((0,), (0,)), ((1,), (1,)), ((), (2,)), ((2,), (3,))]
    assert of_bread(NOTED, BREAD) == [((0,), (0,)), ((1,), (1,)), ((2,), ()), ((3,), (2,))]


def test_a_link_is_surer_where_its_neighbours_correspond() -> None:
    whole = aligned(SOURCE, TARGET)
    first, last = SOURCE.index("## Forests"), SOURCE.index("![A forest")
    torn = aligned(SOURCE[:first] + SOURCE[last:], TARGET.replace("树有叶子。它们生长$12$年。", "别的。"))
    assert link_of(whole, 2).blocks.confidence > link_of(torn, 2).blocks.confidence


def test_of_equal_targets_the_first_is_linked() -> None:
    twice = TARGET.replace("1. 数一数树木。\n", "1. 数一数树木。\n1. 数一数树木。\n")
    count = len(parse(SOURCE).blocks)
    assert ((count - 2,), (count - 2,)) in blocks(aligned(SOURCE, twice))
