"""New English without a translation, as it stands in a chapter: an HTML comment that renders nothing."""

from __future__ import annotations

import hashlib
import re
from typing import Final

OPENING: Final = re.compile(r"(?P<indent>[^<]*)<!-- amts:pending (?P<digest>[0-9a-f]{16})[ \t]*")
LINE_END: Final = re.compile(r"\r\n?|\n")

COMMENT_MARK: Final = re.compile(r"(<!\\*)(?=--)|(--!?\\*)(?=>)")
"""What opens or ends a comment. Each gets a backslash more in the file than it has in the English."""


def digest(source: str) -> str:
    """What a source is known by: 16 hexadecimal digits, the same for every way to wrap its lines."""
    folded = " ".join(source.split())
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def write_pending(source: str, *, indent: str = "", newline: str = "\n") -> str:
    """The comment that keeps an English text in a chapter, without the end of its last line.

    ``indent`` stands before each line: white space in a list item, ``> `` in a quote.
    """
    escaped = COMMENT_MARK.sub(lambda match: match[0] + "\\", source)
    lines = (f"<!-- amts:pending {digest(source)}", *LINE_END.split(escaped), "-->")
    return newline.join((indent + line) if line else indent.rstrip() for line in lines)


def read_pending(text: str) -> str:
    """The English in a pending comment, its lines ended by ``\\n``. Raises ValueError for any other text."""
    first, *lines = LINE_END.split(text)
    opening = OPENING.fullmatch(first)
    if opening is None or not lines or not lines.pop().endswith("-->"):
        msg = f"Not a pending comment: it begins with {first[:60]!r}."
        raise ValueError(msg)
    source = "\n".join(_without(opening["indent"], line) for line in lines)
    return COMMENT_MARK.sub(lambda match: match[0].removesuffix("\\"), source)


def _without(indent: str, line: str) -> str:
    if line.startswith(indent) or line[: len(indent)].isspace():
        return line[len(indent) :]
    return "" if line == indent.rstrip() else line
