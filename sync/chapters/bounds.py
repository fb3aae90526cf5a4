"""How much a chapter may be: who writes one without end must not keep a run busy for hours. Pure.

Reading and cutting take time by the length of a text, but putting two texts beside each other takes time by the square
of their blocks, and of the sentences of a block. The largest chapter of any recorded book is a fourth of each bound.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignment.locales import load
from alignment.markdown import parse
from alignment.segmentation import segments
from sync.errors import InputError

if TYPE_CHECKING:
    from alignment.markdown import Profile

CHARACTERS: Final = 1_000_000
LINE: Final = 100_000
BLOCKS: Final = 1_000
SENTENCES: Final = 200
"""In one block, and cells in one table."""

_PARAGRAPH: Final = re.compile(r"\n[ \t>]*\n")
_SIGN: Final = re.compile(r"[^\w\s]")


def refuse_endless(path: str, text: str, profile: Profile, lang: str) -> str:
    """The text, if it is not more than a chapter may be.

    Raises:
        InputError: it is; the message says of what it has too much.
    """
    problem = _too_long(text) or (_too_many(text, profile, lang) if _may_be_too_many(text) else "")
    if problem:
        message = f"{path}: {problem}, more than a chapter may have. Cut it into several."
        raise InputError(message)
    return text


def _too_long(text: str) -> str:
    if len(text) > CHARACTERS:
        return f"it has {len(text):,} characters"
    longest = max(map(len, text.split("\n")))
    return f"a line of it has {longest:,} characters" if longest > LINE else ""


def _may_be_too_many(text: str) -> bool:
    """Whether it is worth counting: a block takes a line, and a sentence or a cell ends with a sign."""
    if text.count("\n") > BLOCKS:
        return True
    long = (part for part in _PARAGRAPH.split(text) if len(part) > 2 * SENTENCES)
    return any(len(_SIGN.findall(part)) > SENTENCES for part in long)


def _too_many(text: str, profile: Profile, lang: str) -> str:
    blocks = parse(text.replace("\r\n", "\n"), profile).blocks
    if len(blocks) > BLOCKS:
        return f"it has {len(blocks):,} blocks"
    locale = load(lang)
    most = max((len(segments(block, locale, profile)) for block in blocks), default=0)
    return f"a block of it has {most:,} sentences" if most > SENTENCES else ""
