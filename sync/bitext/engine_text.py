"""A text of Markdown as an engine that reads HTML sees it. Pure.

Such an engine is sent emphasis, slide marks and links as elements round words, and code, formulas, references and
addresses as elements that it must not translate. What it compares with its examples is the words and those literals.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from alignment.diff import fold
from alignment.markdown import D2L, spans
from alignment.model import Mark
from sync.bitext.marks import LITERAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment.markdown import Profile

ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
BREAK: Final = re.compile(r"<br\b", re.IGNORECASE)
WIDE: Final = "\u3001-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff5e"
WRAPPED: Final = re.compile(rf"(?<=[{WIDE}])[ \t]*\n[ \t]*(?=[{WIDE}])")
"""The end of a line between two signs that nothing white separates."""
UNSEEN: Final = re.compile("[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
"""Controls that are no white space, the byte order mark, and what is no character."""

_Piece = tuple[int, int, str]


def engine_text(text: str, profile: Profile = D2L, start: int = 0, end: int | None = None) -> str:
    """What is seen of a text, or of a part of it whose marks may begin and end outside; one line, white space folded.

    Literals stay, character for character. All other marks go; the words inside them stay, but not those of a picture.
    There are no control characters and no byte order mark. It may be empty.
    """
    stop = len(text) if end is None else end
    parts: list[str] = []
    at = start
    for first, last, shown in _pieces(text, profile, start, stop):
        parts += (_plain(text[at:first]), shown)
        at = last
    parts.append(_plain(text[at:stop]))
    return fold(UNSEEN.sub("", WRAPPED.sub("", "".join(parts))))


def _pieces(text: str, profile: Profile, start: int, stop: int) -> Iterator[_Piece]:
    """Each piece of markup in a part of a text and what is seen of it; a picture that begins there is one piece."""
    picture = -1
    for first, last, placeholder in spans(text, profile):
        if first < start or last > stop:
            continue
        if placeholder.mark is Mark.IMAGE and placeholder.opens:
            picture = first
        elif placeholder.mark is Mark.IMAGE and picture >= 0:
            yield picture, last, ""
            picture = -1
        elif picture < 0:
            yield first, last, _shown(placeholder.mark, placeholder.text)


def _shown(mark: Mark, text: str) -> str:
    if mark in LITERAL:
        return text
    return " " if mark is Mark.HTML and BREAK.match(text) else ""


def _plain(text: str) -> str:
    return html.unescape(ESCAPED.sub(r"\1", text))
