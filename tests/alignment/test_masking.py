"""Inline markup becomes placeholders and comes back, or the text is refused."""

from __future__ import annotations

import pytest

from alignment.markdown import COMMONMARK, D2L, MYST, MaskError, mask, spans, unmask
from alignment.model import MASK_BASE, Mark, Placeholder


def marks(text, profile=D2L):
    """The placeholders of a text, with < behind what opens and > before what closes."""
    found = mask(text, profile).placeholders
    return [">" * mark.closes + mark.text + "<" * mark.opens for mark in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("plain words", [], id="nothing"),
        pytest.param("a `b` and ``c ` d``", ["`b`", "``c ` d``"], id="code"),
        pytest.param("a `b", [], id="code-never-closed"),
        pytest.param("$x$ and $$y$$", ["$x$", "$$y$$"], id="math"),
        pytest.param("$x\n+ y$", ["$x\n+ y$"], id="math-over-two-lines"),
        pytest.param("it costs $5 and $6", [], id="money"),
        pytest.param(r"it costs \$5 and $x$", ["$x$"], id="escaped-dollar"),
        pytest.param(r"a bill of $350\$$ and $y_1=\$2$", [r"$350\$$", r"$y_1=\$2$"], id="money-in-math"),
        pytest.param("$ t $ and $x $", ["$ t $", "$x $"], id="math-with-spaces"),
        pytest.param("pay $ 5 and 6 $ more", [], id="words-between-dollars"),
        pytest.param("x_2$和$y$", ["$y$"], id="letters-between-dollars"),
        pytest.param(r"$P(y=\text{猫})$类", [r"$P(y=\text{猫})$"], id="words-in-math"),
        pytest.param("$*a*$ `*b*`", ["$*a*$", "`*b*`"], id="no-emphasis-in-math-and-code"),
        pytest.param("见:numref:`fig_a`和:cite:`A.2020,B`。", [":numref:`fig_a`", ":cite:`A.2020,B`"], id="roles"),
        pytest.param("[a `b`](c.md)", ["[<", "`b`", ">](c.md)"], id="link"),
        pytest.param("[a](<b c> 'd') [e][f] [g][]", ["[<", ">](<b c> 'd')", "[<", ">][f]", "[<", ">][]"], id="links"),
        pytest.param("[a](b_(c))", ["[<", ">](b_(c))"], id="link-with-brackets"),
        pytest.param("a [1], b], [c](d e) and ](f)", [], id="brackets"),
        pytest.param("[a [b] c](d)", ["[<", ">](d)"], id="brackets-in-a-link"),
        pytest.param("![a :cite:`b`](c.svg)", ["![<", ":cite:`b`", ">](c.svg)"], id="image"),
        pytest.param("[![a](b)](c)", ["[<", "![<", ">](b)", ">](c)"], id="image-in-a-link"),
        pytest.param("<https://a.b> or https://a.b/c_d(e).", ["<https://a.b>", "https://a.b/c_d(e)"], id="urls"),
        pytest.param("见https://a.b/c。", ["https://a.b/c"], id="url-before-a-full-width-stop"),
        pytest.param("a<br/> <i a='b'>c</i> <!-- d --> 1 < 2", ["<br/>", "<i a='b'>", "</i>", "<!-- d -->"], id="html"),
        pytest.param("a[^1]", ["[^1]"], id="footnote"),
        pytest.param("*a* and **b** and ***c***", ["*<", ">*", "**<", ">**", "*<", "**<", ">**", ">*"], id="emphasis"),
        pytest.param("_a_ snake_case_name __b__", ["_<", ">_", "__<", ">__"], id="underscores"),
        pytest.param("这是*重点*和**粗体**。", ["*<", ">*", "**<", ">**"], id="emphasis-between-letters"),
        pytest.param("**注意：**文字", ["**<", ">**"], id="emphasis-after-full-width-punctuation"),
        pytest.param("2 * 3 * 4 and * a *", [], id="stars-with-spaces"),
        pytest.param(r"\*a\* \`b\` \[c](d)", [], id="escapes"),
        pytest.param("*a **b*", ["*<", ">*"], id="emphasis-never-closed"),
        pytest.param("[**a $x$**] (**b**) [~~c~~] (~~d~~)",
                     ["[**<", "$x$", ">**]", "(**<", ">**)", "[~~<", ">~~]", "(~~<", ">~~)"], id="slides"),
        pytest.param("[**a *b***]", ["[**<", "*<", ">*", ">**]"], id="emphasis-in-slides"),
        pytest.param("(**so** it is) (see **bold**)", ["**<", ">**", "**<", ">**"], id="bold-in-brackets"),
        pytest.param("(**so** or **so**)", ["**<", ">**", "**<", ">**"], id="bold-at-both-ends-of-brackets"),
        pytest.param("[**bold**](a.md)", ["[<", "**<", ">**", ">](a.md)"], id="bold-link"),
        pytest.param("[see **bold**](a.md)", ["[<", "**<", ">**", ">](a.md)"], id="link-that-ends-bold"),
        pytest.param("[**it begins here", ["[**<"], id="slide-that-opens"),
        pytest.param("and ends here**]", [">**]"], id="slide-that-closes"),
        pytest.param("[**a (~~b~~) c**]", ["[**<", "(~~<", ">~~)", ">**]"], id="slides-in-slides"),
    ],
)  # fmt: skip
def test_each_piece_of_markup_is_one_placeholder(text, expected):
    assert marks(text) == expected


@pytest.mark.parametrize(
    ("text", "profile", "expected"),
    [
        pytest.param("{ref}`a <b>` {{ c }}", MYST, ["{ref}`a <b>`", "{{ c }}"], id="myst-roles"),
        pytest.param("{math}`` a ` b ``", MYST, ["{math}`` a ` b ``"], id="myst-role-with-backticks"),
        pytest.param("(**a**)", MYST, ["**<", ">**"], id="myst-has-no-slides"),
        pytest.param("$x$ :ref:`y`", COMMONMARK, ["`y`"], id="commonmark-has-neither-math-nor-roles"),
    ],
)
def test_the_profile_says_what_is_markup(text, profile, expected):
    assert marks(text, profile) == expected


def test_a_placeholder_is_one_character():
    masked = mask("so [it](a.md) is $x$")

    assert masked.text == f"so {chr(MASK_BASE)}it{chr(MASK_BASE + 1)} is {chr(MASK_BASE + 2)}"
    assert masked.placeholders == (
        Placeholder(Mark.LINK, "[", opens=True),
        Placeholder(Mark.LINK, "](a.md)", closes=True),
        Placeholder(Mark.MATH, "$x$"),
    )


def test_spans_say_where_markup_stands():
    assert spans("a `b` $c$") == ((2, 5, Placeholder(Mark.CODE, "`b`")), (6, 9, Placeholder(Mark.MATH, "$c$")))


def test_placeholders_may_change_their_order():
    masked = mask("`a` before $b$ in [c](d)")
    code, math, opening, closing = (chr(MASK_BASE + number) for number in range(4))

    assert unmask(f"{math} {opening}x{closing} {code}", masked.placeholders) == "$b$ [x](d) `a`"


@pytest.mark.parametrize(
    ("order", "message"),
    [
        pytest.param([0, 1], "missing: ](d)", id="missing"),
        pytest.param([0, 1, 1, 2], "more than once: [", id="doubled"),
        pytest.param([0, 1, 2, 3], "unknown: 1", id="foreign"),
        pytest.param([0, 2, 1], "](d) came before [", id="closer-first"),
    ],
)
def test_markup_that_came_back_otherwise_is_refused(order, message):
    placeholders = mask("`a` [c](d)").placeholders

    with pytest.raises(MaskError) as refusal:
        unmask("".join(chr(MASK_BASE + number) for number in order), placeholders)

    assert message in str(refusal.value)


@pytest.mark.parametrize("text", ["[**a *b* (**c**)**]", "*a* *b*", "**a *b* c**", "[a](b) ![c](d)"])
def test_halves_of_pairs_may_not_change_places(text):
    masked = mask(text)
    first, last = chr(MASK_BASE), chr(MASK_BASE + len(masked.placeholders) - 1)
    swapped = masked.text.translate(str.maketrans(first + last, last + first))

    with pytest.raises(MaskError):
        unmask(swapped, masked.placeholders)


def test_the_end_of_a_slide_mark_needs_no_beginning():
    masked = mask("ends here**]")

    assert unmask(f"{chr(MASK_BASE)} 先", masked.placeholders) == "**] 先"


@pytest.mark.parametrize("sign", ["\U000f0000", "\U000f1234"])
def test_a_text_that_holds_placeholders_already_is_refused(sign):
    with pytest.raises(MaskError, match="private"):
        mask(f"a {sign}")


def test_a_text_with_more_markup_than_placeholders_is_refused():
    with pytest.raises(MaskError, match="cut"):
        mask("`a` " * 0x10001)
