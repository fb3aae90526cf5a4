"""Known damage is repaired where English shows what was meant; everything else stays byte for byte."""

from __future__ import annotations

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
        pytest.param("![Una", "! [Una", id="picture"),
        pytest.param(":numref:`sec_pots`.", ": numref: `sec_pots`.", id="role"),
        pytest.param("*siempre*", "* siempre *", id="emphasis"),
        pytest.param("[**Llena la olla de agua**]", "【**Llena la olla de agua**】", id="slide mark"),
        pytest.param("1. Lava", "1.Lava", id="item"),
        pytest.param("#@tab", "# @tab", id="tag"),
        pytest.param("\\frac", "\\ frac", id="command"),
        pytest.param(":cite:`Potter.1973`", "https732293614", id="sentinel"),
        pytest.param("una olla\n\nEl horno", "una olla El horno", id="heading"),
    ],
)
def test_what_was_torn_is_whole_again_and_nothing_else_changes(whole: str, torn: str) -> None:
    assert SPANISH.count(whole) == 1
    done = fix(SPANISH.replace(whole, torn))
    assert done.text == SPANISH
    assert len(done.done) == 1


@pytest.mark.parametrize(
    "torn",
    [
        pytest.param(
            SPANISH.replace("](https://example.org/clay)", "] (https://example.org/mud)"), id="another address"
        ),
        pytest.param(SPANISH.replace("*siempre*", "* siempre * y * nunca *"), id="more than English has"),
        pytest.param(SPANISH.replace("una olla\n\nEl horno", "Una Olla El Horno"), id="several capitals"),
        pytest.param(SPANISH.replace(":cite:`Potter.1973`", "732293614 y 732293618"), id="two leaks"),
    ],
)
def test_what_is_in_doubt_stays_and_is_told(torn: str) -> None:
    done = fix(torn)
    assert (done.text, done.done) == (torn, ())
    assert done.left


def test_a_clean_translation_stays_as_it_is() -> None:
    assert fix(SPANISH) == Repaired(text=SPANISH)


few = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@given(pieces())
@few
def test_no_made_up_translation_is_touched(chapter: list[object]) -> None:
    source, target = render(chapter), render([translate_piece(piece) for piece in chapter])  # type: ignore[arg-type]
    assert fix(target, source, "zz").text == target


@given(
    st.text(alphabet="*[]()（） :`#$\\1.anumref\n", max_size=80),
    st.text(alphabet="*[]() :`#$\\1.anumref\n", max_size=80),
)
@few
def test_a_second_repair_does_nothing(target: str, source: str) -> None:
    once = fix(target, source).text
    assert fix(once, source).text == once
