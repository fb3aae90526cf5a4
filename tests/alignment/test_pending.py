"""New English waits for its translation in a comment."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from alignment.markdown import PROFILES, digest, parse, read_pending, write_pending
from alignment.model import Kind

HOSTILE = [
    "Two\n\nparagraphs.",
    "# No heading\n\n- no item\n\n    no code",
    "```python\nx = 1",
    "<!-- a comment -->",
    "<!-->",
    "<!--->",
    "--> out --!> out",
    "a --",
    r"--\> and --\\> and <!\-- and <\!--",
    "<!-- amts:pending 0123456789abcdef\nfake\n-->",
    "-->\n<!-- amts:pending 0123456789abcdef",
    "",
    "\n",
    "  indented\n\n  twice",
]
INDENTS = ["", "  ", "   ", "> "]
english = st.one_of(
    st.text(),
    st.lists(st.sampled_from(["<", "!", "-", "--", ">", "\\", "\n", " ", "amts:pending ", "a"]), max_size=30).map(
        "".join
    ),
)

patient = settings(max_examples=200, deadline=None)
"""The first parse of all loads markdown-it, which may take its time."""


@patient
@given(english, st.sampled_from(INDENTS), st.sampled_from(["\n", "\r\n", "\r"]))
def test_the_english_comes_back_as_it_went_in(source, indent, newline):
    assert read_pending(write_pending(source, indent=indent, newline=newline)) == re.sub("\r\n?", "\n", source)


@pytest.mark.parametrize("source", HOSTILE)
def test_the_english_renders_nothing(source):
    written = write_pending(source)
    html = MarkdownIt("commonmark").render(f"Before\n\n{written}\n\nAfter\n")

    assert re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL).split() == ["<p>Before</p>", "<p>After</p>"]
    assert re.findall(r"<!--|-->|--!>", written) == ["<!--", "-->"]


@patient
@given(english, st.sampled_from(list(PROFILES)))
def test_the_english_is_one_block(source, profile):
    document = parse(f"Before\n{write_pending(source)}\nAfter\n", PROFILES[profile])
    before, pending, after = document.blocks

    assert (before.text, after.text) == ("Before", "After")
    assert (pending.kind, pending.name) == (Kind.PENDING, digest(source))


@pytest.mark.parametrize("source", HOSTILE)
@pytest.mark.parametrize(("first", "indent"), [("- item", "  "), ("1. item", "   "), ("> quote", "> ")])
def test_the_english_may_stand_in_an_item_or_a_quote(source, first, indent):
    document = parse(f"{first}\n{write_pending(source, indent=indent)}\n\nAfter\n")
    pending = document.blocks[1]

    assert [block.kind for block in document.blocks[1:]] == [Kind.PENDING, Kind.PARAGRAPH]
    assert read_pending(pending.text) == source


def test_the_english_may_be_all_of_an_item():
    (pending,) = parse("- " + write_pending("One\n\ntwo", indent="  ").lstrip() + "\n").blocks

    assert pending.kind is Kind.PENDING
    assert read_pending(pending.text) == "One\n\ntwo"


def test_the_digest_does_not_see_white_space():
    assert digest("New  words\nhere ") == digest("New words here")
    assert digest("New words here") != digest("New words there")
    assert re.fullmatch("[0-9a-f]{16}", digest("New words here"))


def test_the_first_line_has_the_digest():
    assert write_pending("New.") == f"<!-- amts:pending {digest('New.')}\nNew.\n-->"


@pytest.mark.parametrize("text", ["", "words", "<!-- a -->", "<!-- amts:pending 0123456789abcdef\nwords"])
def test_other_text_is_no_pending_english(text):
    with pytest.raises(ValueError, match="pending"):
        read_pending(text)
