"""Nothing is said twice in a row."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from alignment.diff import fold
from alignment.locales import load
from alignment.segmentation import segments
from sync.checks.reading import ENGLISH, shorten
from sync.checks.strays import find_strays
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.reading import Part, Reading, Side

NAME: Final = "repeated-text"

STUTTER: Final = re.compile(
    r"(?P<said>(?<![^\W\d_])[^\W\d_](?:[^\W\d_]|[ ,，、]){4,60}?[^\W\d_][.。!！?？]?)\s?(?P=said)(?![^\W\d_])"
    r"|(?P<unspaced>[\u3041-\u30ff\u3400-\u9fff]{5,60}?)(?P=unspaced)"
    r"|(?P<ended>[\u3041-\u30ff\u3400-\u9fff]{3,60}?[。！？])\s?(?P=ended)"
)
"""Words that stand twice with nothing between them: a draft beside what it was to replace."""
STOPS: Final = re.compile(r"[。！？]\s*。|[。！？]\.(?!\.)|(?<!\.)\.\s*。|[，,]\s*[，。]")
"""Two signs where one ends the sentence."""
SHORT: Final = 8
"""Up to so many characters people do say things twice."""


def find(reading: Reading) -> Iterator[Finding]:
    """Blocks, sentences, words and full stops that stand twice in a row."""
    tolerated = len(list(_twins(reading.source, reading, ENGLISH)))
    for line, text in list(_twins(reading.target, reading, reading.locale.tag))[tolerated:]:
        message = f"this stands twice in a row: {shorten(text)}"
        yield Finding(line=line, severity=Severity.WARNING, message=message, key=shorten(text))
    for part in reading.target.prose:
        for match in STUTTER.finditer(part.plain):
            if match["said"] is None or " " in match["said"].strip():
                message = f"these words stand twice in a row: {shorten(match[0])}"
                line = part.line_of(match.start())
                yield Finding(line=line, severity=Severity.WARNING, message=message, key=shorten(match[0]))
    yield from find_strays(reading, STOPS, "two signs where one ends the sentence")


def _twins(side: Side, reading: Reading, lang: str) -> Iterator[tuple[int, str]]:
    """Line and text of blocks and sentences that say what the one before them says."""
    for one, other in pairwise(side.parts):
        if one.block.is_prose and not other.pending and _same(one.block.text, other.block.text):
            yield other.line, other.block.content
    for part in side.prose:
        yield from _twin_sentences(part, reading, lang)


def _twin_sentences(part: Part, reading: Reading, lang: str) -> Iterator[tuple[int, str]]:
    for one, other in pairwise(segments(part.block, load(lang), reading.profile)):
        if _same(one.text, other.text):
            yield part.line + part.block.text.count("\n", 0, other.start), other.text


def _same(one: str, other: str) -> bool:
    return len(one) > SHORT and fold(one) == fold(other)
