"""Each rule finds the fault that was put into a sound chapter, and no rule finds anything else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignment.aligner import align
from alignment.locales import load
from alignment.markdown import COMMONMARK, D2L, MYST, Profile, parse, write_pending
from sync.checks import RULES, Subject, check, terminology
from sync.model import Severity
from tests.support.golden import read_golden

GOLDEN = Path(__file__).parent.parent / "golden" / "checks"
LANGUAGES = ("zh", "tr")
LIDS = "## Lids\n:label:`sec_lids`\n\nSee ![lid](lid.png) and $x$."
LOST = ["error headings", "error images", "error labels", "warning math"]
MYST_CHAPTER = """\
---
title: Tea
---

(sec-tea)=
# Tea

As {ref}`the pot <img-pot>` and {cite:p}`Kettle2019, Lid2020` say.

```{figure} pot.png
:name: img-pot
A pot.
```

$$
x = 1
$$ (eq-x)

```{math}
:label: eq-y
y = 2
```
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A sound translation in which ``old`` becomes ``new``."""

    lang: str
    title: str
    old: str
    new: str
    findings: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.lang}-{self.title.replace(' ', '-')}"


def chapter(lang: str) -> str:
    return (GOLDEN / f"chapter.{lang}.md").read_text(encoding="utf-8")


def read_cases(lang: str) -> list[Case]:
    """Title, old text, new text and findings."""
    return [
        Case(lang=lang, title=title, old=old, new=new, findings=tuple(findings.splitlines()))
        for title, old, new, findings in (case.texts for case in read_golden(GOLDEN / f"{lang}.txt", 4))
    ]


def subject(source: str, target: str, lang: str = "zh", *, profile: Profile = D2L, **more: object) -> Subject:
    return Subject(source=parse(source, profile), target=parse(target, profile), lang=lang, profile=profile, **more)


def found(source: str, target: str, lang: str = "zh", *, profile: Profile = D2L, **more: object) -> list[str]:
    diagnostics = check(subject(source, target, lang, profile=profile, **more))
    return [f"{one.severity} {one.rule}" for one in diagnostics]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_found_in_a_sound_translation(lang):
    assert check(subject(chapter("en"), chapter(lang), lang)) == ()


@pytest.mark.parametrize("case", [case for lang in LANGUAGES for case in read_cases(lang)], ids=str)
def test_each_fault_is_found_and_nothing_else(case):
    translation = chapter(case.lang)
    assert translation.count(case.old) == 1
    diagnostics = check(subject(chapter("en"), translation.replace(case.old, case.new), case.lang))
    lines = tuple(f"{one.line} {one.severity} {one.rule}: {one.message}" for one in diagnostics)
    assert lines == case.findings


def test_every_rule_finds_something_in_the_golden_cases():
    findings = " ".join(line for lang in LANGUAGES for case in read_cases(lang) for line in case.findings)
    without_glossary = [rule for rule in RULES if rule is not terminology]
    assert [rule.NAME for rule in without_glossary if f" {rule.NAME}: " not in findings] == []


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_are_no_fault(newline):
    assert check(subject(chapter("en"), chapter("zh").replace("\n", newline))) == ()


def test_a_fault_of_the_english_is_no_fault_of_the_translation():
    torn = "A `tick, a *star and a $ sign.\n\n:begin_tab:`oven`\nWarm.\n\nSee :numref:`a`. See the lid **] here."
    assert (
        found(torn, "一个`勾，一颗*星和一个$号。\n\n:begin_tab:`oven`\n暖。\n\n见 :numref:`a`。看盖子**]这里。") == []
    )


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        pytest.param(write_pending(LIDS), [], id="as-new-english"),
        pytest.param(f"{write_pending(LIDS)} ", [], id="with-a-space-behind"),
        pytest.param("", LOST, id="not-at-all"),
        pytest.param(f"<!--\n{LIDS}\n-->", LOST, id="in-a-comment-of-the-translator"),
    ],
)
def test_pending_english_counts_as_present(comment, expected):
    assert sorted(found(f"# Pots\n\nA pot is round.\n\n{LIDS}\n", f"# 壶\n\n壶是圆的。\n\n{comment}\n")) == expected


def test_what_is_owed_is_expected_as_it_was_in_the_old_english():
    old = "The pot in :numref:`img_old` holds 20 cups of $x$."
    new = "The pot in :numref:`img_new` holds 30 cups of $y$."
    source, target = f"{new} It is round.", "图 :numref:`img_old`中的壶能装20杯$x$。它是圆的。"
    assert found(source, target, owed=((old, new),)) == []
    assert sorted(found(source, target)) == [
        "error references", "note references", "warning math", "warning numbers",
    ]  # fmt: skip


def test_what_is_owed_may_have_the_references_of_the_new_english_already():
    owed = (("The pot holds tea.", "The pot in :numref:`img_pot` holds tea."),)
    source, target = (
        "The pot in :numref:`img_pot` holds tea. See :numref:`img_pot`.",
        "壶里有茶{}。见 :numref:`img_pot`。",
    )
    assert found(source, target.format("（:numref:`img_pot`）"), owed=owed) == []
    assert found(source, target.format(""), owed=owed) == []


def test_what_is_owed_and_stands_in_a_comment_too_is_owed_once():
    old, new = "The pot holds tea.", "The pot in :numref:`img_pot` holds tea."
    source, target = f"Tea is hot.\n\n{new}\n", f"茶很烫。\n\n{write_pending(new)}\n"
    assert found(source, target, owed=((old, new),)) == []


def test_english_that_has_comments_of_ours_is_read_like_any_other():
    source = f"{write_pending(LIDS)}\n\nTea is hot, see :numref:`img_pot`.\n"
    assert "error references" in found(source, "茶很烫。\n")


def test_removed_english_whose_translation_stays_is_owed_too():
    assert found("Pots are round.", "壶是圆的。见 :numref:`img_lid`。", owed=(("See :numref:`img_lid`.", ""),)) == []


def test_an_alignment_that_is_known_is_used():
    source, target = parse("Pots hold 20 cups.\n\nLids hold none."), parse("壶能装20杯。\n\n盖子什么都装不下。")
    alignment = align(source, target, source_locale=load("en"), target_locale=load("zh"), profile=D2L)
    assert check(Subject(source=source, target=target, lang="zh", alignment=alignment)) == ()


@pytest.mark.parametrize(
    ("english", "translation", "is_there"),
    [
        pytest.param("12,500 cups", "12500杯", True, id="without-separator"),
        pytest.param("12,500 cups", "1.25万杯", True, id="in-ten-thousands"),
        pytest.param("110 million cups", "1.1亿杯", True, id="in-hundred-millions"),
        pytest.param("110 million cups", "1.2亿杯", False, id="in-other-hundred-millions"),
        pytest.param("3 billion cups", "三十亿杯", True, id="in-numerals"),
        pytest.param("2019", "二〇一九年", True, id="digit-by-digit"),
        pytest.param("10500 cups", "一万零五百杯", True, id="numerals-with-a-gap"),
        pytest.param("13 cups", "十三杯", True, id="ten-without-one"),
        pytest.param("200 cups", "两百杯", True, id="two-as-a-measure"),
        pytest.param("0.25 cups", "$0.25$杯", True, id="in-a-formula"),
        pytest.param("36 cups", "３６杯", True, id="in-full-width-figures"),
        pytest.param("36 cups", "63杯", False, id="figures-exchanged"),
        pytest.param("the 36th cup", "一些杯子", True, id="an-ordinal-says-nothing"),
        pytest.param("$36$ cups", "一些杯子", True, id="a-formula-is-no-prose"),
    ],
)
def test_numbers_may_be_written_in_any_way(english, translation, is_there):
    diagnostics = check(subject(f"We drank {english} at home in `spring`.", f"`spring`我们在家喝了{translation}。"))
    assert [one.rule for one in diagnostics if one.rule == "numbers"] == ([] if is_there else ["numbers"])


def test_a_number_may_have_spaces_between_its_thousands():
    assert found("We sold 12,500 cups.", "Мы продали 12 500 чашек.", "ru") == []


@pytest.mark.parametrize(
    ("english", "translation", "expected"),
    [
        pytest.param("Take $a$ and $b$ home.", "把$b$和$a$带回家。", ["warning order"], id="exchanged"),
        pytest.param("Take $a$ and $b$ home.", "把$a$和$b$带回家。", [], id="as-they-were"),
        pytest.param("The lid $a$ of pot $b$ is lost.", "壶$b$的盖子$a$丢了。", [], id="not-side-by-side"),
        pytest.param("Take $a$, $a$ and $b$ home.", "把$b$、$a$和$a$带回家。", [], id="not-unique"),
    ],
)
def test_only_neighbours_that_are_joined_are_held_in_order(english, translation, expected):
    assert found(english, translation) == expected


def test_myst_has_anchors_of_its_own():
    sound = (
        MYST_CHAPTER.replace("As", "如").replace("and", "和").replace("say.", "所说。").replace("A pot.", "一把壶。")
    )
    assert found(MYST_CHAPTER, sound, profile=MYST) == []
    gone = {
        "(sec-tea)=": {"labels"},
        "{ref}`the pot <img-pot>`": {"references"},
        ", Lid2020": {"citations"},
        "pot.png": {"images"},
        ":name: img-pot\n": {"labels"},
        " (eq-x)": {"labels"},
        "```{math}\n:label: eq-y\ny = 2\n```\n": {"display-math", "labels"},
    }
    for text, rules in gone.items():
        assert {one.split()[1] for one in found(MYST_CHAPTER, sound.replace(text, ""), profile=MYST)} == rules


def test_commonmark_has_links_images_and_code():
    english = (
        "A `pot` <https://tea.example> ![a](b.png)\n\n<img src='c.png'>\n\nAn <img src=d.png> inside.\n\n    indented\n"
    )
    translation = "Bir\n\niçinde.\n"
    expected = ["error images", "error images", "error images", "warning code", "warning links"]
    assert sorted(found(english, translation, "tr", profile=COMMONMARK)) == expected


def test_a_forgotten_backtick_is_forgiven_as_the_book_forgives_it():
    assert found("# Tea\n:label:`sec_tea`\n", "# 茶\n:label:`sec_tea\n") == []


@pytest.mark.parametrize(
    ("english", "translation"),
    [
        pytest.param("The $i^\\mathrm{th}$ cup.", "第$i$杯。", id="ordinal"),
        pytest.param("The $i^{\\mathrm{th}}$ cup.", "第i杯。", id="ordinal-in-words"),
        pytest.param("Cool by $10\\%$ now.", "现在降温10%。", id="per-cent"),
        pytest.param("All is $x \\text{ if warm}$ here.", "这里都是$x \\text{（暖的话）}$。", id="words-in-a-formula"),
        pytest.param("[Talk](https://a.example/1)", "[讨论](https://b.example/2)", id="a-line-that-is-a-link"),
    ],
)
def test_what_translators_rewrite_is_no_fault(english, translation):
    assert found(english, translation) == []


def test_a_translation_without_any_slide_marks_makes_no_slides():
    english = "[**Warm the pot**] first. (~~Then drink.~~)"
    assert found(english, "先温壶。然后喝。") == ["note slides"]
    assert found(english, "[**先温壶**]。然后喝。") == ["warning slides"]


def test_a_slide_mark_may_end_in_another_block():
    english = "[**The cup is\n\n$$x$$**]\n\nwarm."
    assert found(english, "[**杯子是\n\n$$x$$**]\n\n温的。") == []


@given(
    st.text(alphabet="ab 茶。.*[]()`$:#-\n|~!{}<>\\1", max_size=60), st.text(alphabet="ab 茶。*[]`$#\n", max_size=60)
)
@settings(max_examples=60, deadline=None)
def test_no_text_is_too_odd_to_be_checked(source, target):
    for one in check(subject(source, target)):
        assert one.line >= 1
        assert one.message
        assert one.severity in Severity
