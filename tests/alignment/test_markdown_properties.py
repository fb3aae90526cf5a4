"""What holds for every text, whoever wrote it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from alignment.markdown import COMMONMARK, PROFILES, mask, parse, spans, unmask
from alignment.model import Kind

NASTY = (
    "\n \n\n \r \r\n \t \x00 \x0b \x0c \x1c \x85 \u00a0 \u2028 \ufeff 中文 ， 。 word 5 \\ \\$ "
    "# ##\x20 ### - * + 1. 1) > | --- === *** ``` ```` ~~~ ::: {note} {math} {code-cell} "
    "$ $$ [ ] ( ) ![ ](u) ][r] [a]: [^1] [^1]: ` `` * ** _ __ [** **] (** **) [~~ ~~] (~~ ~~) "
    "<!-- --> <div> <b> </b> <https://a.b> https://a.b/c :label:`x` :begin_tab:`a,b` :end_tab: :eqlabel: :numref:`f` "
    "{ref}`x` (t)= %c +++ :name: {{s}} - $$ > ``` 1. <!-- amts:pending"
)
LINES = (
    "# T\n", " ## T\n", "T\n===\n", "T\n---\n", "- a\n", "  - b\n", "    c\n", "> q\n", "\n", "words\n", "---\n",
    "| a |\n|---|\n", "$$\n", "$$x$$\n", "(**$$x$$**)\n", ":label:`x`\n", ":begin_tab:`a`\n", ":end_tab:\n", "```\n",
    "```py\n", "```{note}\n", ":::{tip}\n", ":::\n", "<!-- a\n", "-->\n", "<!-- a -->\n", "<div>\n", "[a]: b\n",
    "[^1]: a\n", "(t)=\n", "%c\n", "+++\n", "![a](b)\n", "[**a**]: b\n", "\t", " ", "   ", "- ", "> ",
)  # fmt: skip

markdown = st.one_of(
    st.text(),
    st.lists(st.sampled_from([*NASTY.split(" "), " "]), max_size=60).map("".join),
    st.lists(st.sampled_from(LINES), max_size=30).map("".join),
)
profiles = st.sampled_from(list(PROFILES))
unmasked = markdown.filter(lambda text: not re.search("[\U000f0000-\U000fffff]", text))

patient = settings(max_examples=200, deadline=None)
"""The first parse of all loads markdown-it, which may take its time."""


@patient
@given(markdown, profiles)
def test_what_is_parsed_is_rendered_as_it_was(text, profile):
    assert parse(text, PROFILES[profile]).render() == text


@patient
@given(markdown, profiles)
def test_blocks_have_content_and_gaps_have_none(text, profile):
    for block in parse(text, PROFILES[profile]).blocks:
        assert block.text.startswith(block.lead)
        assert block.text.strip(" \t\r\n")
        assert not block.gap.strip(" \t\r\n")
        assert not block.text.endswith(("\r", "\n"))
        assert (block.level > 0) == (block.kind is Kind.HEADING)


@patient
@given(unmasked, profiles)
def test_what_is_masked_is_unmasked_as_it_was(text, profile):
    masked = mask(text, PROFILES[profile])

    assert unmask(masked.text, masked.placeholders) == text


@patient
@given(unmasked, profiles)
def test_spans_are_in_order_and_say_what_stands_there(text, profile):
    end = 0
    for start, stop, placeholder in spans(text, PROFILES[profile]):
        assert end <= start < stop
        assert text[start:stop] == placeholder.text
        assert not (placeholder.opens and placeholder.closes)
        end = stop


@patient
@given(markdown)
def test_commonmark_headings_are_those_of_markdown_it(text):
    text = text.lstrip("\ufeff")
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    expected = [(int(token.tag[1:]), token.map[0] + 1) for token in tokens if token.type == "heading_open"]
    headings = [block for block in parse(text, COMMONMARK).blocks if block.kind is Kind.HEADING]

    assert [(block.level, block.line) for block in headings] == expected


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    "piece", ["`a``b", "[", "![a ", "$a ", "$$ a\n", "*a_b", "a**b*c***", "[**a ", "a**) ", "> ", "- "]
)
def test_a_hostile_text_takes_no_longer_than_it_is(profile, piece):
    text = piece * 3000
    masked = mask(text, PROFILES[profile])

    assert parse(text, PROFILES[profile]).render() == text
    assert unmask(masked.text, masked.placeholders) == text


@patient
@given(st.lists(st.sampled_from(LINES), max_size=30).map("".join))
def test_no_heading_hides_behind_an_open_comment_or_formula(text):
    text = re.sub(r"```|-->|:::|~~~|<div>", "", text)
    document = parse(f"<!-- open\n\n$$\nx\n\n{text.strip()}\n\n# Last\n")

    assert document.blocks[-1].text == "# Last"
    assert document.blocks[-1].kind is Kind.HEADING
