"""Nothing is said twice in a row."""

from __future__ import annotations

import re
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

    from sync.checks.reading import Reading, Side

NAME: Final = "repeated-text"

CJK: Final = "\u3041-\u30ff\u3400-\u9fff"
LETTER: Final = rf"[^\W\d_{CJK}]"
STUTTER: Final = re.compile(
    rf"(?<!{LETTER})(?P<words>{LETTER}+(?:[ ,]+{LETTER}+){{1,12}}?[.!?]?)\s+(?P=words)(?!{LETTER})"
    rf"|(?P<signs>[{CJK}]{{5,60}}?)(?P=signs)"
    rf"|(?P<clause>[{CJK}]{{3,60}}?[。！？])\s?(?P=clause)"
)
"""Words that stand twice with nothing between them: a draft beside what it was to replace."""
STOPS: Final = re.compile(r"[。！？]\s*。|[。！？]\.(?!\.)|(?<!\.)\.\s*。|[，,]\s*[，。]")
"""Two signs where one ends the sentence."""
SHORT: Final = 12
"""Up to so many bytes people do say things twice."""


def find(reading: Reading) -> Iterator[Finding]:
    """Sentences, words and full stops that stand twice in a row."""
    tolerated = len(list(_twins(reading.source, reading, ENGLISH)))
    twins = list(_twins(reading.target, reading, reading.locale.tag))[tolerated:]
    for line, text in twins:
        message = f"this stands twice in a row: {shorten(text)}"
        yield Finding(line=line, severity=Severity.WARNING, message=message, key=shorten(text))
    yield from _stutters(reading, {text for _, text in twins})
    yield from find_strays(reading, STOPS, "two signs where one ends the sentence")


def _stutters(reading: Reading, known: set[str]) -> Iterator[Finding]:
    """Words twice with nothing between them, unless they are a sentence that is known to stand twice."""
    for part in reading.target.prose:
        for match in STUTTER.finditer(part.plain):
            said = match["words"] or match["signs"] or match["clause"]
            if _is_long(match[0]) and fold(said) not in known:
                message = f"these words stand twice in a row: {shorten(match[0])}"
                line = part.line_of(match.start())
                yield Finding(line=line, severity=Severity.WARNING, message=message, key=shorten(match[0]))


def _twins(side: Side, reading: Reading, lang: str) -> Iterator[tuple[int, str]]:
    """Line and text of sentences that say what the one before them says, in a neighbouring block too."""
    before, index = "", 0
    for part in side.prose:
        before = before if part.index == index + 1 else ""
        index = part.index
        for segment in segments(part.block, load(lang), reading.profile):
            text = fold(segment.text)
            if text == before and _is_long(text):
                yield part.line + part.block.text.count("\n", 0, segment.start), text
            before = text


def _is_long(text: str) -> bool:
    return len(text.encode("utf-8", "surrogatepass")) > SHORT
