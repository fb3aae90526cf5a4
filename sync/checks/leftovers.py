"""No English sentence stands in the translation untranslated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignment.locales import load
from alignment.markdown import spans
from alignment.segmentation import segments
from sync.checks.reading import ENGLISH, shorten, strip_markup
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.reading import Part, Reading

NAME: Final = "leftover-english"

WORD: Final = re.compile(r"[^\W\d_]+")
LATIN: Final = re.compile(r"[A-Za-z]+")
LETTER: Final = re.compile(r"[A-Za-z]")
OWN: Final = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]")
PHRASE: Final = 4
"""Words an English sentence has at least, to be told from a name that stays as it is."""
SENTENCE: Final = 6
"""Latin words that make a sentence in a language of another script, …"""
COMMON: Final = frozenset(
    {"a", "and", "are", "as", "be", "by", "for", "in", "is", "it", "of", "on", "that", "the", "this", "to", "we"}
)
COMMON_ENOUGH: Final = 2
"""… so many of them words without which there is no English sentence, …"""
STRAY_RATIO: Final = 8
"""… where there are so many Latin letters for one of its own."""


def find(reading: Reading) -> Iterator[Finding]:
    """Sentences that are still the English ones, and sentences in Latin letters where the language has others."""
    english = {_words(text, reading) for part in reading.source.prose for _, text in _sentences(part, reading, ENGLISH)}
    has_own_script = _has_own_script(reading)
    for part in reading.target.prose:
        for line, text in _sentences(part, reading, reading.locale.tag):
            words = _words(text, reading)
            if len(words) >= PHRASE and (words in english or (has_own_script and _is_latin(text, reading))):
                message = f"this is still English: {shorten(text)}"
                yield Finding(line=line, severity=Severity.WARNING, message=message, key=" ".join(words))


def _sentences(part: Part, reading: Reading, lang: str) -> Iterator[tuple[int, str]]:
    for segment in segments(part.block, load(lang), reading.profile):
        yield part.line + part.block.text.count("\n", 0, segment.start), segment.text


def _words(text: str, reading: Reading) -> tuple[str, ...]:
    """The words of a sentence outside its markup: what is left the same by a translation that never took place.

    A path or a name made of several words is one.
    """
    plain = strip_markup(text, spans(text, reading.profile)).casefold()
    return tuple("".join(WORD.findall(word)) for word in plain.split() if WORD.search(word))


def _has_own_script(reading: Reading) -> bool:
    """Whether most letters of the translation are of a script without spaces, or Hangul."""
    text = "".join(part.plain for part in reading.target.prose)
    return len(OWN.findall(text)) > len(LETTER.findall(text)) / 4


def _is_latin(text: str, reading: Reading) -> bool:
    plain = strip_markup(text, spans(text, reading.profile))
    words = LATIN.findall(plain.casefold())
    is_sentence = len(words) >= SENTENCE and sum(word in COMMON for word in words) >= COMMON_ENOUGH
    return is_sentence and len(LETTER.findall(plain)) > STRAY_RATIO * len(OWN.findall(plain))
