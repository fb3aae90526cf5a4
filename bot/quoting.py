"""Puts other people's text into Markdown so that it looks as they wrote it and does nothing.

Chapters, paths and messages come from strangers. In a pull request they could call people (``@name``), close issues
(``fixes #1``), leave their table cell or comment, or draw HTML. GitHub looks for names and numbers in the text that its
Markdown gave, so an escape does not stop them: a character of no width in the middle of them does.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

NO_WIDTH: Final = "\u200b"
CUT_AT: Final = 1_200
"""Characters of one text that are shown."""
COMPARED_AT_MOST: Final = 100_000
"""Pairs of words up to which the difference of two texts is worth its time."""

_LIVE = re.compile(
    r"""
      @(?=[\w-])                              # a name, a team, an address
    | \#(?=\d)                                # an issue
    | (?<![A-Za-z0-9_])GH-(?=\d)             # not \\b: a Chinese character before it ends no word to Python
    | :(?=//)                                 # a link that makes itself, and leaves a trace at its end
    | (?<![A-Za-z0-9_])www(?=\.)
    | \[(?=(?:skip\ ci|ci\ skip|no\ ci|skip\ actions|actions\ skip)\])     # in a commit, stops its checks
    | :(?=[\w+-]+:)                           # an emoji; ``:label:`` is one
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COMMIT = re.compile(r"\b(?=\d*[a-f])[0-9a-f]{7,40}\b", re.ASCII | re.IGNORECASE)
_PART_OF_COMMIT = re.compile(r".{6}(?=.)")
"""Fewer digits than GitHub takes for a commit."""
_MARKUP = re.compile(r"[\\`*_\[\]~|]")
_ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"})
_INDENT = re.compile(r" {2,}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_LINE_END = re.compile(r"\r\n?|\n")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|\s+|.", re.DOTALL)


def neutral(text: str, *, cut: int = CUT_AT) -> str:
    """The text as one line in which nothing is a name, an issue, a commit or a link. For titles and commit messages.

    At most ``cut`` characters: cut afterwards, a part of what was no commit could become one.
    """
    line = " ".join(text.split())
    shown = line[:cut]
    while len(calm := _calm(shown)) > cut:
        shown = shown[: cut - len(calm)]
    return calm


def _calm(text: str) -> str:
    clean = _CONTROL.sub("", _LINE_END.sub("\n", text))
    split = _COMMIT.sub(lambda match: _PART_OF_COMMIT.sub(rf"\g<0>{NO_WIDTH}", match[0]), clean)
    return _LIVE.sub(rf"\g<0>{NO_WIDTH}", split)


def printable(text: str) -> str:
    """The text for a terminal, without the characters that command one."""
    return _CONTROL.sub("", text)


def inline(text: str, *, cut: int = CUT_AT) -> str:
    """The text for a paragraph or a table cell, shown character for character; its line ends are ``<br>``."""
    shown = text if len(text) <= cut else f"{text[:cut]} … ({len(text) - cut} more characters)"
    return _escape(_calm(shown.strip()))


def _escape(calm: str) -> str:
    text = _MARKUP.sub(r"\\\g<0>", _entities(calm))
    return _INDENT.sub(lambda match: "&nbsp;" * len(match[0]), text).replace("\n", "<br>")


def _entities(text: str) -> str:
    return text.translate(_ENTITIES)


def code(text: str) -> str:
    """The text, a path or an identifier, as code; where its own marks would end the code, as ordinary text."""
    plain = re.fullmatch(r"[\w ./+,:=@#()-]+", text) and text == text.strip()
    return f"`{text}`" if plain else inline(text)


def heading(text: str) -> str:
    """The text for HTML, where Markdown is not read: a ``<summary>``."""
    return _entities(neutral(text))


def block(text: str, language: str = "") -> str:
    """The text as a code block that nothing in it can end, and in which no program finds the beginning of a comment."""
    shown = _CONTROL.sub("", text).replace("<!--", f"<!{NO_WIDTH}--")
    longest = max((len(run) for run in re.findall(r"`+", shown)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{shown}\n{fence}"


def contrast(before: str, after: str) -> tuple[str, str]:
    """Both texts for table cells, what differs marked in each."""
    if len(before) > CUT_AT or len(after) > CUT_AT or not before.strip() or not after.strip():
        return inline(before), inline(after)
    old, new = _WORD.findall(_calm(before.strip())), _WORD.findall(_calm(after.strip()))
    if len(old) * len(new) > COMPARED_AT_MOST:
        return inline(before), inline(after)
    left, right = [], []
    for tag, i, j, m, n in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        left.append(_marked("".join(old[i:j]), "del", tag))
        right.append(_marked("".join(new[m:n]), "ins", tag))
    return "".join(left), "".join(right)


def _marked(text: str, element: str, tag: str) -> str:
    if tag == "equal" or not text.strip():
        return _escape(text)
    return f"<{element}>{_escape(text)}</{element}>"
