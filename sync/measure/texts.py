"""A chapter as scores see it: a row of tokens, its prose, its lines."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

_TOKEN: Final = re.compile(
    r"""
      [぀-ヿ㐀-鿿가-힯]         # a kana, a Chinese character, a Hangul syllable
    | \w+                       # a word, with all that is written together with it
    | [^\w\s]                   # a sign
    | \n+                       # the end of a line, or of a paragraph
    """,
    re.VERBOSE,
)
_NOT_PROSE: Final = re.compile(
    r"""
      ^[ \t]* (?P<fence>```|~~~) .*? (?: ^[ \t]* (?P=fence) [^\n]* | \Z )
    | \$\$ .*? \$\$
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


def tokens(text: str) -> list[str]:
    """What a translator would type: characters of scripts without spaces, words, signs, line ends."""
    return _TOKEN.findall(text)


def prose(text: str) -> str:
    """The text without code cells and display math. A cell that is never closed goes on to the end."""
    return _NOT_PROSE.sub("", text)


def lines(text: str) -> Counter[str]:
    """How often each line occurs; indentation and empty lines do not count."""
    return Counter(stripped for line in text.splitlines() if (stripped := line.strip()))
