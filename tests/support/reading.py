"""A chapter as two programs read it that are not ours: the book's own builder, and a renderer of CommonMark."""

from __future__ import annotations

import logging
import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt

from alignment.markdown import parse
from alignment.model import Kind

if TYPE_CHECKING:
    from types import ModuleType

Cell = tuple[str, str]
"""Info string and source of a code cell."""

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
FENCE = re.compile(r"(?s)(`{3,})[ ]*([^\n]*)\n?(.*?)\n?`*")


def builder() -> ModuleType:
    """d2lbook's own Markdown functions; the test is skipped where they are not installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its patterns are older than the rules for backslashes
        return pytest.importorskip("d2lbook.markdown", reason="d2lbook is not installed: `make test` does that")


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """What both have to agree on."""

    cells: tuple[Cell, ...]
    tabs: tuple[str, ...]


def as_we_read(text: str) -> Structure:
    """By our parser: the cells that begin a line, outside of the blocks of a tab, and these blocks."""
    blocks = parse(text).blocks
    return Structure(
        cells=tuple(
            (match[2].strip(), match[3].strip().replace("\r\n", "\n"))
            for block in blocks
            if block.kind is Kind.CODE and not block.tab and (match := FENCE.fullmatch(block.text))
        ),
        tabs=tuple(block.tab for block in blocks if block.kind is Kind.TAB and block.name == "begin_tab"),
    )


def as_the_builder_reads(text: str) -> Structure:
    cells = split(text)
    return Structure(
        cells=tuple((cell["class"].strip(), cell["source"].strip()) for cell in cells if cell["type"] == "code"),
        tabs=tuple(cell["class"].strip("`") for cell in cells if cell["type"] == "markdown" and "class" in cell),
    )


def split(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = builder().split_markdown(text)
    return found


def complaints(text: str, caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the builder finds wrong in the paragraphs of a chapter."""
    caplog.clear()
    with caplog.at_level(logging.WARNING), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it logs by a function that is to go
        for cell in split(text):
            if cell["type"] == "markdown" and cell["source"].strip():
                builder().split_text(cell["source"])
    return [record.getMessage() for record in caplog.records]


def visible(text: str) -> str:
    """The HTML that CommonMark makes of a text, without comments and white space."""
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    return re.sub(r"\s+|</?(?:p|ul|ol)\b[^>]*>", "", COMMENT.sub("", html))
