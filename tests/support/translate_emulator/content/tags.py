"""HTML cut into tokens that are the document again when they are put together. Pure."""

from __future__ import annotations

import html
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BLOCKS: Final = frozenset(
    {
        "address", "article", "aside", "base", "blockquote", "body", "caption", "center", "col", "colgroup", "dd",
        "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
        "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "legend", "li", "link", "main", "menu",
        "meta", "nav", "noscript", "ol", "optgroup", "option", "p", "pre", "script", "search", "section", "select",
        "style", "summary", "table", "tbody", "td", "template", "tfoot", "th", "thead", "title", "tr", "ul",
    }
)  # fmt: skip
"""Elements that no sentence goes over. All others stand in a text."""
VOID: Final = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    }
)  # fmt: skip
UNREAD: Final = frozenset({"script", "style"})


class Sort(StrEnum):
    START = "start"
    END = "end"
    EMPTY = "empty"
    """An element that has no content: ``<br>``, ``<x/>``."""
    TEXT = "text"
    KEPT = "kept"
    """A whole element that is not translated."""
    OTHER = "other"
    """A comment, a declaration."""


@dataclass(frozen=True, slots=True)
class Token:
    sort: Sort
    raw: str
    name: str = ""
    """Of the element, in small letters."""
    is_kept: bool = False
    """Whether it begins an element that is not translated."""
    text: str = ""
    """What a reader sees of a text or of a whole element: entities are characters."""

    @property
    def is_block(self) -> bool:
        return self.name in BLOCKS


def read_tokens(document: str) -> list[Token]:
    """The tokens of a document, each element that is not translated as one."""
    return list(_with_kept_whole(_Reader(document).tokens()))


class _Reader(HTMLParser):
    """Notes where each token begins; what it is ends where the next one begins."""

    def __init__(self, document: str) -> None:
        super().__init__(convert_charrefs=False)
        self.document = document
        self.found: list[tuple[int, Sort, str, bool]] = []
        self.lines = [0]
        for line in document.split("\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)
        self.feed(document)
        self.close()

    def tokens(self) -> Iterator[Token]:
        ends = [start for start, *_ in self.found[1:]] + [len(self.document)]
        text = ""
        for (start, sort, name, is_kept), end in zip(self.found, ends, strict=True):
            raw = self.document[start:end]
            if sort is Sort.TEXT:
                text += raw
                continue
            yield from _text(text)
            text = ""
            yield Token(sort, raw, name, is_kept)
        yield from _text(text)

    def _note(self, sort: Sort, name: str = "", is_kept: bool = False) -> None:
        line, column = self.getpos()
        self.found.append((self.lines[line - 1] + column, sort, name, is_kept))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        is_kept = tag in UNREAD or any(name == "translate" and (value or "").lower() == "no" for name, value in attrs)
        self._note(Sort.EMPTY if tag in VOID else Sort.START, tag, is_kept and tag not in VOID)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(Sort.EMPTY, tag)

    def handle_endtag(self, tag: str) -> None:
        self._note(Sort.END, tag)

    def handle_data(self, data: str) -> None:
        self._note(Sort.TEXT)

    def handle_entityref(self, name: str) -> None:
        self._note(Sort.TEXT)

    def handle_charref(self, name: str) -> None:
        self._note(Sort.TEXT)

    def handle_comment(self, data: str) -> None:
        self._note(Sort.OTHER)

    def handle_decl(self, decl: str) -> None:
        self._note(Sort.OTHER)

    def handle_pi(self, data: str) -> None:
        self._note(Sort.OTHER)

    def unknown_decl(self, data: str) -> None:
        self._note(Sort.OTHER)


def _text(raw: str) -> Iterator[Token]:
    if raw:
        yield Token(Sort.TEXT, raw, text=html.unescape(raw))


def _with_kept_whole(tokens: Iterator[Token]) -> Iterator[Token]:
    every = list(tokens)
    at = 0
    while at < len(every):
        end = _end(every, at) if every[at].is_kept else at + 1
        yield every[at] if end == at + 1 and not every[at].is_kept else _whole(every[at:end])
        at = end


def _end(tokens: Sequence[Token], start: int) -> int:
    """Where the element that begins at ``start`` is over; a paragraph is over where another block begins."""
    name, depth = tokens[start].name, 0
    for number in range(start, len(tokens)):
        token = tokens[number]
        if name == "p" and number > start and token.is_block and token.name != name:
            return number
        if name == "p" and number > start and (token.sort, token.name) == (Sort.START, name):
            return number
        depth += (token.name == name) * ((token.sort is Sort.START) - (token.sort is Sort.END))
        if depth == 0:
            return number + 1
    return len(tokens)


def _whole(tokens: Sequence[Token]) -> Token:
    text = "" if tokens[0].name in UNREAD else "".join(token.text for token in tokens)
    return Token(Sort.KEPT, "".join(token.raw for token in tokens), tokens[0].name, text=text)
