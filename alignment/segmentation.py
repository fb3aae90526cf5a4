"""Sentences: where they begin and end in a text, and which ones a block has.

The rules are general; what differs between languages is in ``alignment.locales``. They look at a *shade* of the text,
a copy of the same length in which inline markup is replaced by signs that say how it behaves at a boundary.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from alignment.markdown import spans
from alignment.model import Kind, Mark, Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment.locales import Locale, TextHabits
    from alignment.markdown import Profile
    from alignment.model import Block, Placeholder

Span: TypeAlias = tuple[int, int]

SOLID: Final = "\ue000"
"""Code, a formula, a reference: something in a sentence, of which nothing inside matters."""
STOP: Final = "\ue001"
"""The end of a formula whose last sign is a full stop."""
OPENER: Final = "\ue002"
CLOSER: Final = "\ue003"

_SIGNS: Final = re.compile(
    rf"(?P<end>[.!?…。！？｡{STOP}]+)(?P<close>(?:[\"'”’»)\]）」』】〉》］*_]|\s*{CLOSER})*)(?P<gap>\s*)"
    rf"(?P<open>[\"'“‘«(\[（「『【〈《［*_¿¡{OPENER}]*)"
)
_WIDE_END: Final = re.compile("[。！？｡]")
_BRACKET: Final = re.compile(r"[(\[（]")
_WORD_BEFORE: Final = re.compile(r"[^\W_]+(?:\.[^\W_]+)*$")
_WORD_AFTER: Final = re.compile(r"[^\W\d_]+")
_ENUMERATOR: Final = re.compile(r"\(?(?:\d{1,3}|[^\W\d_])")
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_FORMULA_STOP: Final = re.compile(r"(?<!\.)\.[\s\\,;!]*\$+$")
_PAIRS: Final = (("(", ")"), ("（", "）"), ("“", "”"), ("「", "」"), ("『", "』"), ("«", "»"), ('"', '"'))
_REACH: Final = 400
"""A bracket that is not closed within so many characters is a slip of the pen, not a bracket."""


def split(text: str, locale: Locale, profile: Profile) -> tuple[Span, ...]:
    """The sentences of a text, as spans without the white space between them."""
    return _split_shade(_shade(text, profile), locale)


def segments(block: Block, locale: Locale, profile: Profile) -> tuple[Segment, ...]:
    """The sentences of a block, as spans of ``block.text``; none unless it holds prose.

    A heading is one segment, a caption its sentences, a table one segment for each cell that holds anything.
    """
    match block.kind:
        case Kind.PARAGRAPH | Kind.ITEM:
            found = _prose(block, locale, profile)
        case Kind.HEADING:
            found = _title(block)
        case Kind.IMAGE:
            found = _captions(block, locale, profile)
        case Kind.TABLE:
            found = _cells(block, profile)
        case _:
            found = ()
    return tuple(Segment(block.text[start:end], start, end) for start, end in found)


def _prose(block: Block, locale: Locale, profile: Profile) -> tuple[Span, ...]:
    shade = _shade(block.text, profile)
    if ">" in block.lead:
        shade = re.sub(r"\n[ \t]*(?:>[ \t]?)+", lambda lead: "\n" + " " * (len(lead[0]) - 1), shade)
    return _split_shade(" " * len(block.lead) + shade[len(block.lead) :], locale)


_TITLE: Final = re.compile(r"\s*(\S.*?)(?:[ \t]+#+)?(?:\n[ \t]*(?:=+|-+))?\s*", re.DOTALL)


def _title(block: Block) -> tuple[Span, ...]:
    found = _TITLE.fullmatch(block.text, len(block.lead))
    return (found.span(1),) if found and found[1].strip("#") else ()


def _captions(block: Block, locale: Locale, profile: Profile) -> tuple[Span, ...]:
    return tuple(
        (start + first, start + last)
        for start, end in _caption_spans(block.text)
        for first, last in split(block.text[start:end], locale, profile)
    )


def _caption_spans(text: str) -> Iterator[Span]:
    """What stands between the brackets of each ``![…](…)``; brackets inside come in pairs."""
    for opening in re.finditer(r"!\[", text):
        depth = 1
        for bracket in re.finditer(r"\\.|[\[\]]", text[opening.end() :]):
            depth += {"[": 1, "]": -1}.get(bracket[0], 0)
            if not depth:
                yield opening.end(), opening.end() + bracket.start()
                break


_DELIMITERS: Final = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_CELL: Final = re.compile(r"(?:\\.|[^|\\\n])+")


def _cells(block: Block, profile: Profile) -> tuple[Span, ...]:
    shade = _shade(block.text, profile)
    found = []
    for row in re.finditer(r"[^\n]+", shade):
        if _DELIMITERS.fullmatch(row[0]):
            continue
        for cell in _CELL.finditer(shade, row.start(), row.end()):
            start, end = _trim(shade, max(cell.start(), len(block.lead)), cell.end())
            if start < end:
                found.append((start, end))
    return tuple(found)


def _trim(text: str, start: int, end: int) -> Span:
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())


# --- the shade ---------------------------------------------------------------------------------------------------


def _shade(text: str, profile: Profile) -> str:
    """The text with inline markup replaced, sign for sign."""
    parts: list[str] = []
    last = depth = 0
    for start, end, placeholder in spans(text, profile):
        inside = text[last:start]
        parts += (_whole(inside, placeholder) if depth else inside, _sign(placeholder, text[start:end]))
        if placeholder.mark in _WHOLE:
            depth = max(0, depth + placeholder.opens - placeholder.closes)
        last = end
    return "".join((*parts, text[last:]))


def _sign(placeholder: Placeholder, text: str) -> str:
    length = len(text)
    if placeholder.opens != placeholder.closes:
        return (OPENER if placeholder.opens else CLOSER) * length
    if placeholder.mark is Mark.FOOTNOTE:
        return CLOSER * length
    if placeholder.mark is Mark.MATH and _FORMULA_STOP.search(text):
        return SOLID * (length - 1) + STOP
    return SOLID * length


_WHOLE: Final = frozenset({Mark.LINK, Mark.IMAGE, Mark.EMPHASIS})
"""Markup round words, in which no sentence ends but at the very end: half of it would be no markup."""


def _whole(words: str, following: Placeholder) -> str:
    body = words.rstrip(".!?。！？") if following.closes else words
    return re.sub(r"[.!?。！？]", SOLID, body) + words[len(body) :]


# --- the rules ---------------------------------------------------------------------------------------------------


def _split_shade(shade: str, locale: Locale) -> tuple[Span, ...]:
    found = []
    start, limit = _trim(shade, 0, len(shade))
    for signs in _SIGNS.finditer(shade, start, limit):
        cut = signs.end("close")
        if cut < limit and _ends(_Place(shade, start, signs), locale.text) and not _is_enclosed(shade, start, cut):
            found.append((start, cut))
            start = signs.end("gap")
    if start < limit:
        found.append((start, limit))
    return tuple(found)


class _Place:
    """Signs that may end the sentence that began at ``start``, and what stands round them."""

    def __init__(self, shade: str, start: int, signs: re.Match[str]) -> None:
        self.shade, self.start, self.signs = shade, start, signs
        self.end, self.is_closed, self.is_spaced = signs["end"], bool(signs["close"]), bool(signs["gap"])
        self.before = shade[signs.start() - 1 : signs.start()]
        self.after = shade[signs.end() : signs.end() + 1]
        """The first letter or digit after all brackets and marks."""

    def word_before(self) -> str:
        found = _WORD_BEFORE.search(self.shade, max(self.start, self.signs.start() - 16), self.signs.start())
        return found[0] if found else ""

    def word_after(self) -> str:
        found = _WORD_AFTER.match(self.shade, self.signs.end())
        return found[0] if found else ""

    def is_first(self) -> bool:
        """Whether nothing but a number or a letter stands before: ``1.``, ``(a.``."""
        return _ENUMERATOR.fullmatch(self.shade, self.start, self.signs.start()) is not None

    def goes_on(self, text: TextHabits) -> bool:
        """Whether a quotation or a bracket closes here and the sentence round it goes on."""
        follows = self.signs.end("gap")
        return self.is_closed and bool(text.continues) and bool(_pattern(text.continues).match(self.shade, follows))


@lru_cache(maxsize=64)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def _ends(place: _Place, text: TextHabits) -> bool:
    """Whether the sentence ends here."""
    if place.goes_on(text):
        return False
    if _WIDE_END.search(place.end):
        return place.shade[place.signs.end("gap")] not in ",，、;；:："
    if STOP in place.end:
        return _is_unspaced(place.after) or (place.is_spaced and not place.after.islower())
    if not place.is_spaced:
        return _ends_without_space(place, text)
    if place.after.islower():
        return False
    return place.end != "." or place.is_closed or not _abbreviates(place, text)


def _is_unspaced(sign: str) -> bool:
    return _UNSPACED.match(sign) is not None


def _ends_without_space(place: _Place, text: TextHabits) -> bool:
    """``측정합니다.힌트``, ``GPU.我们``: so in scripts without capitals, in others only before a known first word."""
    if "…" in place.end:
        return False
    if _UNSPACED.match(place.shade, place.signs.end()):
        return not place.word_before().isdigit() and not _abbreviates(place, text)
    following = place.shade[place.signs.end("close")]
    if _is_unspaced(place.before):
        return following in (SOLID, OPENER) or following.isupper()
    return place.end == "." and place.before.islower() and place.word_after() in text.initials_end_before


def _abbreviates(place: _Place, text: TextHabits) -> bool:
    """Whether the full stop belongs to the word before it and ends nothing."""
    word, after = place.word_before(), place.after
    if not word or place.is_first():
        return place.is_first()
    forms = {word, word[0].lower() + word[1:]}
    if forms & text.titles:
        return True
    if forms & text.numbered and (after.isdigit() or after == SOLID or _BRACKET.search(place.signs["open"])):
        return True
    if word.isdigit():
        return text.ordinals and len(word) <= 2
    begins = after.isupper() or _is_unspaced(after)
    if _is_acronym(word):
        return not begins if word.islower() else _is_part_of_name(word, place, text)
    return bool(forms & text.endings) and not begins


def _is_acronym(word: str) -> bool:
    """An initial (``H``) or letters with full stops (``U.S``, ``p.m.f``)."""
    return (len(word) > 1 or word.isupper()) and word != "I" and all(len(letter) == 1 for letter in word.split("."))


def _is_part_of_name(word: str, place: _Place, text: TextHabits) -> bool:
    """``H. Wells``, ``U.S. Army``, but not ``the U.S. The``; ``matrix A. 3`` is a letter, not an initial."""
    if place.after.isupper():
        return place.word_after() not in text.initials_end_before
    return len(word) > 1 and not _is_unspaced(place.after)


def _is_enclosed(shade: str, start: int, cut: int) -> bool:
    """Whether a bracket or quotation that opened in mid-sentence is still open; one the sentence begins with is not."""
    inner = shade[start:cut]
    for opening, closing in _PAIRS:
        first = inner.find(opening)
        if first < 0 or not inner[:first].strip(OPENER):
            continue
        is_open = inner.count(opening) % 2 if opening == closing else inner.count(opening) > inner.count(closing)
        if is_open and shade.find(closing, cut, cut + _REACH) >= 0:
            return True
    return False
