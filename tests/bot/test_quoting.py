"""In what other people wrote nothing is live any more, it reads as they wrote it, and code stays code.

What is live is said here as GitHub's own rules have it, apart from the rules that the program has.
"""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.quoting import NO_WIDTH, block, code, contrast, heading, inline, neutral

LIVE = re.compile(
    r"""
      @[a-z0-9]                                                       # a person, a team, an address, a commit
    | \#[0-9]                                                         # an issue, here or elsewhere
    | (?<![a-z0-9_])gh-[0-9]
    | (?<![a-z0-9_])(?=[0-9]*[a-f])[0-9a-f]{7,40}(?![a-z0-9_])        # a commit
    | (?:https?|ftp|ssh)://
    | (?<![a-z0-9_])www\.
    | (?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:[\w./-]*\#|gh-)[0-9]
    | \[(?:skip\ ci|ci\ skip|no\ ci|skip\ actions|actions\ skip)\]
    """,
    re.VERBOSE | re.IGNORECASE,
)

LIVELY = [
    "@ada",
    "@d2l-ai/translators",
    "ada@example.org",
    "#123",
    "d2l-ai/d2l-en#22",
    "GH-7",
    "gh-7",
    "fixes #1",
    "Closes: d2l-ai/d2l-en#2",
    "resolved GH-3",
    "fixes https://github.com/d2l-ai/d2l-en/issues/4",
    "github.com/d2l-ai/d2l-en/pull/5#discussion_r1",
    "http://www.github.com",
    "www.github.com/ada",
    "05e96e507ea0864eaa5e6e4d4aa62e051702e677",
    "05e96e5",
    "05E96E507",
    "d2l-ai/d2l-en@05e96e5",
    "d2l-ai@05e96e507ea0864eaa5e6e4d4aa62e051702e677",
    "[skip ci]",
    "[NO CI]",
    "修复#12，感谢@ada，见05e96e5和GH-3或www.x.org。",
]
BETWEEN = [
    "",
    " ",
    "\n",
    ",",
    "(",
    ")",
    "猫",
    "，",
    "`",
    "*",
    "_",
    "@",
    "#",
    "/",
    "-",
    ":",
    "[",
    "]",
    "x",
    NO_WIDTH,
    "é",
]
TEXTS = st.lists(st.sampled_from(LIVELY + BETWEEN * 2), max_size=12).map("".join)


def seen(markdown: str) -> str:
    """What a reader sees of a paragraph, without breaks of lines."""
    page = re.sub(r"<br ?/?>|</?(?:p|del|ins|code)>", "", MarkdownIt("commonmark", {"html": True}).render(markdown))
    return html.unescape(page).replace(NO_WIDTH, "").replace("\u00a0", " ")


def read(text: str) -> str:
    return re.sub(r"\s+", "", text.replace(NO_WIDTH, ""))


def outside_of_code(markdown: str) -> str:
    page = MarkdownIt("commonmark", {"html": True}).render(markdown).replace("<br>", "\n")
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<code>.*?</code>", "`", page, flags=re.DOTALL)))


@pytest.mark.parametrize("text", LIVELY)
def test_what_is_tried_here_is_live_before_it_is_quoted(text: str) -> None:
    assert LIVE.search(text) or "github.com" in text


@settings(deadline=None)
@given(TEXTS)
def test_a_body_and_a_comment_call_nobody_close_nothing_and_read_the_same(text: str) -> None:
    markdown = f"x {inline(text)} x"
    assert not LIVE.search(outside_of_code(markdown))
    assert read(seen(markdown)) == read(f"x{text}x")


@given(TEXTS)
def test_titles_commit_messages_and_summaries_call_nobody_and_read_the_same(text: str) -> None:
    for quoted in (neutral(text), html.unescape(heading(text))):
        assert "\n" not in quoted
        assert not LIVE.search(quoted)
        assert read(quoted) == read(text)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_two_texts_side_by_side_are_as_quiet_as_one(before: str, after: str) -> None:
    for text, quoted in zip((before, after), contrast(before, after), strict=True):
        assert not LIVE.search(outside_of_code(f"x {quoted} x"))
        assert read(seen(f"x {quoted} x")) == read(f"x{text}x")


@given(TEXTS)
def test_what_is_quoted_twice_is_as_quiet_and_reads_the_same(text: str) -> None:
    assert read(neutral(neutral(text))) == read(text)
    assert not LIVE.search(neutral(neutral(text)))


@settings(deadline=None)
@given(TEXTS)
def test_a_code_block_has_the_text_as_it_is(text: str) -> None:
    (token,) = MarkdownIt("commonmark").parse(block(text, "sh"))
    assert (token.type, token.info, token.content) == ("fence", "sh", f"{text}\n")


@settings(deadline=None)
@given(TEXTS)
def test_a_path_is_code_as_it_is_or_else_text_that_is_not_live(text: str) -> None:
    markdown = f"x {code(text)} x"
    assert not LIVE.search(outside_of_code(markdown))
    assert read(seen(markdown)) == read(f"x{text}x")


def test_paths_stay_as_they_are_so_that_they_can_be_copied() -> None:
    assert code("chapter_x/@ada#1 (05e96e5).md") == "`chapter_x/@ada#1 (05e96e5).md`"
    assert block("git show 05e96e5 # @ada") == "```\ngit show 05e96e5 # @ada\n```"


@given(TEXTS, st.integers(0, 60))
def test_a_title_that_is_cut_does_not_come_alive(text: str, length: int) -> None:
    title = neutral(text, cut=length)
    assert not LIVE.search(title)
    assert len(title) <= length
    assert read(text).startswith(read(title))
