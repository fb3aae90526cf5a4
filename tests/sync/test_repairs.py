"""Known damage is repaired where English shows what was meant; everything else stays byte for byte."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alignment.markdown import parse
from sync.checks import Subject
from sync.repairs import Repaired, repair
from tests.support.fakebook import pieces, render, translate_piece

ENGLISH = """\
# Clay pots
:label:`sec_pots`

A pot is *always* made of [clay](https://example.org/clay), see :numref:`sec_pots`.

[**Fill the pot with water**], then wait for $\\frac{t}{2}$ minutes as :cite:`Potter.1973` says.

![A pot](../img/pot.svg)

1. Wash the pot with water.

```python
#@tab mxnet
pot = fill()
```

## How to fire a pot

The kiln is hot for two days, and nobody is allowed to open its door before the third.
"""
SPANISH = """\
# Ollas de barro
:label:`sec_pots`

Una olla se hace *siempre* de [barro](https://example.org/clay), ver :numref:`sec_pots`.

[**Llena la olla de agua**] y espera $\\frac{t}{2}$ minutos como dice :cite:`Potter.1973`.

![Una olla](../img/pot.svg)

1. Lava la olla con agua.

```python
#@tab mxnet
pot = fill()
```

## Cómo cocer una olla

El horno está caliente dos días, y nadie puede abrir su puerta antes del tercero.
"""


def fix(target: str, source: str = ENGLISH, lang: str = "es") -> Repaired:
    return repair(Subject(source=parse(source), target=parse(target), lang=lang))


@pytest.mark.parametrize(
    ("whole", "torn"),
    [
        pytest.param("](https://example.org/clay)", "] (https://example.org/clay)", id="link"),
        pytest.param("](https://example.org/clay)", "]（https://example. org/clay）", id="address"),
        pytest.param("![Una", "! [Una", id="picture"),
        pytest.param(":numref:`sec_pots`.", ": numref: `sec_pots`.", id="role"),
        pytest.param(" :numref:`sec_pots`.", ": numref:`sec_pots`.", id="role at a word"),
        pytest.param("*siempre*", "* siempre *", id="emphasis"),
        pytest.param(" *siempre*", "* siempre*", id="emphasis at a word"),
        pytest.param("[**Llena la olla de agua**]", "【**Llena la olla de agua**】", id="slide mark"),
        pytest.param("1. Lava", "1.Lava", id="item"),
        pytest.param(":cite:`Potter.1973`", "https732293614", id="sentinel"),
        pytest.param("una olla\n\nEl horno", "una olla El horno", id="heading"),
    ],
)
def test_what_was_torn_is_whole_again_and_nothing_else_changes(whole: str, torn: str) -> None:
    assert SPANISH.count(whole) == 1
    done = fix(SPANISH.replace(whole, torn))
    assert done.text == SPANISH
    assert [one.line for one in done.done] == [SPANISH[: SPANISH.index(whole)].count("\n") + 1]


@pytest.mark.parametrize(
    "torn",
    [
        pytest.param(
            SPANISH.replace("](https://example.org/clay)", "] (https://example.org/mud)"), id="another address"
        ),
        pytest.param(SPANISH.replace("*siempre*", "* siempre * y * nunca *"), id="more than English has"),
        pytest.param(SPANISH.replace("*siempre*", "* siempre"), id="a star too few"),
        pytest.param(SPANISH.replace("una olla\n\nEl horno", "Una Olla El Horno"), id="several capitals"),
        pytest.param(SPANISH.replace(":cite:`Potter.1973`", "732293614 y 732293618"), id="two leaks"),
        pytest.param(SPANISH.replace("\\frac", "\\ frac"), id="a formula"),
        pytest.param(SPANISH.replace("#@tab", "# @tab"), id="code"),
    ],
)
def test_what_is_in_doubt_stays_and_is_told(torn: str) -> None:
    done = fix(torn)
    assert (done.text, done.done) == (torn, ())
    assert done.left


def test_a_clean_translation_stays_as_it_is() -> None:
    assert fix(SPANISH) == Repaired(text=SPANISH)


def test_all_damage_at_once_is_repaired_in_rounds_and_told_with_its_lines_before() -> None:
    torn = SPANISH.replace("*siempre*", "* siempre *").replace("![Una", "! [Una").replace("](../img", "] (../img")
    torn = torn.replace("una olla\n\nEl", "una olla El").replace("antes del", "antes de : numref:`sec_pots` y del")
    english = ENGLISH.replace("before the", "before :numref:`sec_pots` and the")
    done = fix(torn, english)
    assert done.text == SPANISH.replace("antes del", "antes de :numref:`sec_pots` y del")
    assert [(one.rule, one.line) for one in done.done] == [
        ("torn-emphasis", 4),
        ("torn-link", 8),
        ("torn-link", 8),
        ("swallowed-heading", 17),
        ("torn-role", 17),
    ]


def test_stars_are_paired_one_after_another_whatever_became_of_their_spaces() -> None:
    english = "We wash *bowls*, then *cups*, then *plates* in the evening.\n"
    torn = "Lavamos *cuencos *, luego * tazas *, luego * platos* por la tarde.\n"
    assert fix(torn, english).text == "Lavamos *cuencos*, luego *tazas*, luego *platos* por la tarde.\n"


@pytest.mark.parametrize("english", ["It is *very **very*** hot.\n", "Take 2 * 3 * 4 cups.\n", "A _very_ hot cup.\n"])
def test_where_english_has_other_stars_none_are_paired(english: str) -> None:
    torn = "Toma * dos * tazas.\n"
    assert fix(torn, english).text == torn


def test_a_space_inside_goes_where_the_language_wants_it() -> None:
    english = "This pot is a *teapot* and no jug.\n"
    assert fix("이 항아리는 *찻주전자 *이며 단지가 아닙니다.\n", english, "ko").text == (
        "이 항아리는 *찻주전자*이며 단지가 아닙니다.\n"
    )
    assert fix("这个壶是* 茶壶 *而不是罐子。\n", english, "zh").text == "这个壶是*茶壶*而不是罐子。\n"


LIST = "## What to do\n* Wash the pot with water.\n* Fill it up to the brim.\n* Wait until the steam is gone.\n"
STEPS = ("물로 주전자를 씻습니다.", "가장자리까지 채웁니다.", "김이 사라질 때까지 기다립니다.")


def test_a_heading_gives_back_a_list_with_all_its_items_in_any_script() -> None:
    done = fix("## 할 일 * " + " * ".join(STEPS) + "\n", LIST, "ko")
    assert done.text == "## 할 일\n\n" + "".join(f"* {step}\n" for step in STEPS)
    assert len(done.done) == 1


def test_a_heading_whose_list_has_lost_a_mark_is_left_to_people() -> None:
    torn = "## 할 일 * " + " * ".join(STEPS[:2]) + STEPS[2] + "\n"
    assert fix(torn, LIST, "ko").text == torn


def test_items_without_spaces_are_a_list_again_if_all_of_them_are_there() -> None:
    english = "Do this:\n\n1. Wash the pot.\n2. Fill the pot.\n\nThen rest.\n"
    steps = "하세요:\n\n1. 씻으세요.\n2. 채우세요.\n\n쉬세요.\n"
    assert fix(steps.replace("1. ", "1.").replace("2. ", "2."), english, "ko").text == steps
    assert fix("1.5 리터를 채우세요.\n", "1. Fill 5 litres.\n", "ko").text == "1.5 리터를 채우세요.\n"
    assert fix("*Lava* la olla.\n", "* Wash the *pot*.\n").text == "*Lava* la olla.\n"


def test_line_ends_are_those_of_the_chapter() -> None:
    torn = SPANISH.replace("una olla\n\nEl", "una olla El").replace("\n", "\r\n")
    assert fix(torn, ENGLISH).text == SPANISH.replace("\n", "\r\n")


@pytest.mark.parametrize("cell", ["```python\nx  # ver : numref:`sec_pots`\n```\n", "$$a * b * c$$\n"])
def test_nothing_is_repaired_in_code_and_formulas(cell: str) -> None:
    assert fix(f"{SPANISH}\n{cell}", f"{ENGLISH}\n:numref:`sec_pots`\n").text == f"{SPANISH}\n{cell}"


def test_without_english_only_what_can_be_nothing_else_is_repaired() -> None:
    torn = (
        "Ver : numref:`sec_pots`, [barro] (https://example.org/clay), [una] (o dos) y * tres *.\n\n! [Olla](pot.svg)\n"
    )
    assert fix(torn, "").text == (
        "Ver :numref:`sec_pots`, [barro](https://example.org/clay), [una] (o dos) y * tres *.\n\n![Olla](pot.svg)\n"
    )


few = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@given(pieces())
@few
def test_no_made_up_translation_is_touched(chapter: list[object]) -> None:
    source, target = render(chapter), render([translate_piece(piece) for piece in chapter])  # type: ignore[arg-type]
    assert fix(target, source, "zz").text == target


TEARS = {
    "link": ("](https://", "] (https://"),
    "role": (":numref:`", ": numref: `"),
    "citation": (":cite:`", ": cite:`"),
    "picture": ("![", "! ["),
    "slide mark": ("[**", "【**"),
}


@given(pieces(), st.sets(st.sampled_from(sorted(TEARS)), min_size=1), st.booleans())
@few
def test_a_made_up_translation_that_was_torn_is_as_it_was(chapter: list[object], tears: set[str], stars: bool) -> None:
    source, target = render(chapter), render([translate_piece(piece) for piece in chapter])  # type: ignore[arg-type]
    torn = re.sub(r"(?<![*\[])\*(\w+)\*(?!\*)", r"* \1 *", target) if stars else target
    for name in tears:
        torn = torn.replace(*TEARS[name])
    assert fix(torn, source, "zz").text == target


@given(
    st.text(alphabet="*[]()（） :`#$\\1.anumref\n", max_size=80),
    st.text(alphabet="*[]() :`#$\\1.anumref\n", max_size=80),
)
@few
def test_a_second_repair_does_nothing(target: str, source: str) -> None:
    once = fix(target, source).text
    assert fix(once, source).text == once
