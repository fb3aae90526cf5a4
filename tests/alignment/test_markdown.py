"""Chapters become blocks and come back byte for byte."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from alignment.markdown import COMMONMARK, D2L, PROFILES, parse
from alignment.markdown.profiles import role_line
from alignment.model import Kind
from tests.support.golden import read_folder

if TYPE_CHECKING:
    from alignment.model import Document

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared/data"


def outline(document: Document) -> str:
    """One line per block: kind, level or name, tab in brackets | lead¦content, with ⏎ for the end of a line."""
    return "\n".join(
        " ".join(filter(None, (block.kind, str(block.level or ""), block.name, block.tab and f"[{block.tab}]")))
        + f" | {block.lead}¦{block.content}".replace("\n", "⏎")
        for block in document.blocks
    )


@pytest.mark.parametrize("case", read_folder("markdown", 3), ids=str)
def test_a_chapter_is_cut_into_the_blocks_of_its_dialect(case, expect):
    source = case.texts[1]
    document = parse(source, PROFILES[case.path.stem.partition("-")[0]])

    expect(case, outline(document))
    assert document.render() == source


@pytest.mark.parametrize(
    ("text", "head", "texts", "gaps", "newline"),
    [
        pytest.param("", "", [], [], "\n", id="nothing"),
        pytest.param(" \n\t\n", " \n\t\n", [], [], "\n", id="blank-lines-only"),
        pytest.param("\ufeff\n# A\n", "\ufeff\n", ["# A"], ["\n"], "\n", id="byte-order-mark"),
        pytest.param("# A\nB", "", ["# A", "B"], ["\n", ""], "\n", id="no-final-newline"),
        pytest.param("# A\r\n\r\nB\r\n", "", ["# A", "B"], ["\r\n\r\n", "\r\n"], "\r\n", id="crlf"),
        pytest.param("# A\rB\r\rC", "", ["# A", "B", "C"], ["\r", "\r\r", ""], "\r", id="lone-cr"),
        pytest.param("A\n \t\n\nB  \n", "", ["A", "B  "], ["\n \t\n\n", "\n"], "\n", id="white-space-in-blank-lines"),
        pytest.param("A\u2028\x0c\x85B\n", "", ["A\u2028\x0c\x85B"], ["\n"], "\n", id="other-line-separators"),
        pytest.param("A\n\u00a0\nB\n", "", ["A\n\u00a0\nB"], ["\n"], "\n", id="a-no-break-space-is-no-blank-line"),
        pytest.param("```\nx\n\n", "", ["```\nx"], ["\n\n"], "\n", id="blank-lines-in-an-open-fence"),
        pytest.param("A\x00B\n", "", ["A\x00B"], ["\n"], "\n", id="nul"),
        pytest.param("A\nB\r\n\nC\n", "", ["A\nB", "C"], ["\r\n\n", "\n"], "\n", id="mixed-endings"),
    ],
)
def test_what_stands_between_blocks_is_kept_as_it_is(text, head, texts, gaps, newline):
    document = parse(text)

    assert document.head == head
    assert [block.text for block in document.blocks] == texts
    assert [block.gap for block in document.blocks] == gaps
    assert document.newline == newline
    assert document.render() == text


def test_blocks_know_the_number_of_their_first_line():
    document = parse("\n# A\n:label:`a`\n\n\n- b\n\n  ```\n  c\n  ```\n")

    assert [block.line for block in document.blocks] == [2, 3, 6, 8]


def test_a_line_with_nothing_but_unusual_white_space_is_no_prose():
    assert [block.kind for block in parse("A\n\n\u00a0\n").blocks] == [Kind.PARAGRAPH, Kind.OTHER]


@pytest.mark.parametrize("text", ["![a](b.svg) ![c](d.svg)", "![a $x$ [b](c) `d`](e.svg)"])
def test_a_paragraph_of_images_is_an_image(text):
    assert [block.kind for block in parse(text).blocks] == [Kind.IMAGE]


@pytest.mark.parametrize("text", ["![a](b.svg), c", "![a](b.svg) `c`", "![a] (b.svg)", "![a](b.svg) c ![d](e.svg)"])
def test_a_paragraph_with_an_image_and_words_is_prose(text):
    assert [block.kind for block in parse(text).blocks] == [Kind.PARAGRAPH]


def test_a_row_in_the_dialect_table_is_all_that_a_new_directive_needs():
    chapter = "Words\n:alt:`a picture`\n"
    dialect = replace(D2L, lines=(*D2L.lines, role_line("alt")))

    assert outline(parse(chapter)) == "para | ¦Words⏎:alt:`a picture`"
    assert outline(parse(chapter, dialect)) == "para | ¦Words\ndirective alt | ¦:alt:`a picture`"


@pytest.mark.skipif(not DATA.is_dir(), reason="the real chapters of ../shared/data are not here")
@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_every_real_chapter_comes_back_byte_for_byte(profile):
    for text in {path.read_bytes().decode("utf-8") for path in DATA.rglob("*.md")}:
        assert parse(text, profile).render() == text


@pytest.mark.skipif(not DATA.is_dir(), reason="the real chapters of ../shared/data are not here")
def test_no_directive_is_left_in_the_prose_of_real_chapters():
    directive = re.compile("|".join(f"(?:{rule.pattern})" for rule in D2L.lines).replace("?P<argument>", "?:"))
    for text in {path.read_bytes().decode("utf-8") for path in DATA.rglob("*.md")}:
        prose = (line for block in parse(text).blocks if block.is_prose for line in block.text.split("\n"))
        assert [line for line in prose if directive.fullmatch(line)] == []


def test_commonmark_knows_no_directives():
    assert [block.kind for block in parse(":label:`a`\n", COMMONMARK).blocks] == [Kind.PARAGRAPH]
