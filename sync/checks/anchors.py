"""What a translation has in common with its English, as often: labels, references, formulas, images, headings …"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from alignment.model import Kind, Mark
from alignment.tokens import formula

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment.model import Block, Placeholder

Span = tuple[int, int, "Placeholder"]


class Anchor(StrEnum):
    """A sort of anchor, by the name it has in messages."""

    LABEL = "label"
    REFERENCE = "reference"
    CITATION = "citation"
    IMAGE = "image"
    LINK = "link"
    FORMULA = "formula"
    DISPLAY = "display formula"
    CODE = "code span"
    SLIDE = "slide mark"
    HEADING = "heading"
    CELL = "code cell"
    TAB = "tab block"


ROLES: Final = {
    "label": Anchor.LABEL,
    "eqlabel": Anchor.LABEL,
    "numref": Anchor.REFERENCE,
    "eqref": Anchor.REFERENCE,
    "ref": Anchor.REFERENCE,
    "eq": Anchor.REFERENCE,
    "doc": Anchor.REFERENCE,
    "prf:ref": Anchor.REFERENCE,
    "cite": Anchor.CITATION,
    "cite:t": Anchor.CITATION,
    "cite:p": Anchor.CITATION,
    "citet": Anchor.CITATION,
    "citep": Anchor.CITATION,
}
"""Which roles and directives of the dialects are anchors. To add one: a row here."""

_ORDINAL: Final = re.compile(r"\^\{?\\(?:mathrm|text|textrm|rm)\s*\{?(?:st|nd|rd|th)\}?\}?$|\^\{(?:st|nd|rd|th)\}$")
"""The end of ``i^\\mathrm{th}``, which is English."""
_CLOSED: Final = {Mark.IMAGE: Anchor.IMAGE, Mark.LINK: Anchor.LINK, Mark.SLIDE: Anchor.SLIDE}
_ROLE: Final = re.compile(r"[:{](?P<name>[A-Za-z][\w.+:-]*?)[:}]`+(?P<argument>[^`]*)")
_ANGLED: Final = re.compile(r"(?s).*<(?P<target>[^<>]+)>\s*")
_OPTION: Final = re.compile(r"(?m)^[ \t]*:(?:label|name):[ \t]*(?P<argument>[^\s`]+)[ \t]*$")
_FIGURE: Final = re.compile(r"\{(?:figure|image)\}[ \t]*(?P<path>\S+)")
_TARGET: Final = re.compile(r"\((?P<argument>[^()\s][^()]*)\)=")
_NUMBERED: Final = re.compile(r"\$\$[ \t]*\((?P<argument>[^()\s]+)\)\s*$")
_SOURCE: Final = re.compile(r"""<img\b[^>]*\bsrc\s*=\s*["']?(?P<path>[^"'\s>]+)""", re.IGNORECASE)
_DESTINATION: Final = re.compile(r"\]\(\s*(?P<angled><[^<>]*>)?(?P<bare>[^\s)]*(?:\([^\s()]*\)[^\s)]*)*)")


@dataclass(frozen=True, slots=True)
class Mention:
    """One anchor in one block."""

    anchor: Anchor
    key: str
    """The same in every language: a label, a path, a formula without white space and words, the depth of a heading."""
    part: int
    """Which part of its side it stands in."""


def find_anchors(block: Block, spans: tuple[Span, ...]) -> Iterator[tuple[Anchor, str]]:
    """The anchors of a block, whose inline markup is known."""
    for _, _, placeholder in spans:
        yield from _inline(placeholder)
    match block.kind:
        case Kind.HEADING:
            yield Anchor.HEADING, str(block.level)
        case Kind.CODE if is_fenced(block):
            yield Anchor.CELL, ""
            yield from _options(block.text)
        case Kind.MATH:
            yield from _math_block(block)
        case Kind.DIRECTIVE:
            yield from _directive(block, spans)
        case Kind.TAB if block.name == "begin_tab":
            yield from ((Anchor.TAB, name.strip()) for name in block.tab.split(",") if name.strip())
        case Kind.HTML:
            yield from ((Anchor.IMAGE, match["path"]) for match in _SOURCE.finditer(block.text))


def is_fenced(block: Block) -> bool:
    """Whether a block stands between fences, so that nothing in it is inline markup."""
    return block.text.lstrip(" \t>").startswith(("```", "~~~", ":::"))


def _inline(placeholder: Placeholder) -> Iterator[tuple[Anchor, str]]:
    text = placeholder.text
    match placeholder.mark:
        case Mark.ROLE:
            yield from _role(text)
        case Mark.MATH:
            yield Anchor.DISPLAY if text.startswith("$$") else Anchor.FORMULA, _formula(text.strip("$"))
        case Mark.CODE:
            yield Anchor.CODE, " ".join(text.strip("`").split())
        case Mark.URL:
            yield Anchor.LINK, text.strip("<>")
        case Mark.HTML:
            yield from ((Anchor.IMAGE, match["path"]) for match in _SOURCE.finditer(text))
        case mark if placeholder.closes and mark in _CLOSED:
            yield _CLOSED[mark], "" if mark is Mark.SLIDE else _destination(text)


def _formula(text: str) -> str:
    """A formula as it is in every language: without white space, words, and the English ending of an ordinal."""
    return formula(_ORDINAL.sub("", text.strip()))


def _role(text: str) -> Iterator[tuple[Anchor, str]]:
    match = _ROLE.match(text)
    anchor = ROLES.get(match["name"].lower()) if match else None
    if match is None or anchor is None:
        return
    argument = match["argument"].strip()
    if anchor is Anchor.CITATION:
        yield from ((anchor, key.strip()) for key in argument.split(",") if key.strip())
    else:
        angled = _ANGLED.fullmatch(argument)
        yield anchor, angled["target"].strip() if angled else argument


def _destination(closing: str) -> str:
    """``url`` of ``](url "title")``; the whole of ``][name]``."""
    match = _DESTINATION.match(closing)
    return (match["angled"] or match["bare"]).strip("<>") if match else closing


def _options(text: str) -> Iterator[tuple[Anchor, str]]:
    head = text.split("\n\n", 1)[0]
    return ((Anchor.LABEL, match["argument"]) for match in _OPTION.finditer(head))


def _math_block(block: Block) -> Iterator[tuple[Anchor, str]]:
    if is_fenced(block):
        yield Anchor.DISPLAY, _formula("".join(_OPTION.sub("", block.text).splitlines()[1:-1]))
    if numbered := _NUMBERED.search(block.text):
        yield Anchor.LABEL, numbered["argument"]
    yield from _options(block.text)


def _directive(block: Block, spans: tuple[Span, ...]) -> Iterator[tuple[Anchor, str]]:
    if block.text.count("`") == 1 and not spans:
        # The parser forgives a forgotten last backtick, and so does the book.
        yield from _role(block.content + "`")
    if block.name == "target" and (target := _TARGET.search(block.text)):
        yield Anchor.LABEL, target["argument"]
    if figure := _FIGURE.search(block.text):
        yield Anchor.IMAGE, figure["path"]
    yield from _options(block.text)
