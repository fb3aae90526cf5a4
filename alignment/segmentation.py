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

    from alignment.locales import Locale
    from alignment.markdown import Profile
    from alignment.model import Block, Placeholder

Span: TypeAlias = tuple[int, int]

SOLID: Final = "\ue000"
"""Code, a formula, a reference: something in a sentence, of which nothing inside matters."""
STOP: Final = "\ue001"
"""The end of a formula whose last sign is a full stop."""
OPENER: Final = "\ue002"
CLOSER: Final = "\ue003"

_ENDS = re.compile(
    rf"(?P<end>[.!?…。！？｡{STOP}]+)(?P<close>[\"'”’»)\]）」』】〉》］*_{CLOSER}]*)(?P<gap>\s*)"
    rf"(?P<open>[\"'“‘«(\[（「『【〈《［*_¿¡{OPENER}]*)"
)
_WORD_BEFORE = re.compile(r"[^\W_]+(?:\.[^\W_]+)*$")
_WORD_AFTER = re.compile(r"[^\W\d_]+")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[^\W\d_])$")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_FORMULA_STOP = re.compile(r"(?<!\.)\.[\s\\,;!]*\$+$")
_PAIRS = (("(", ")"), ("（", "）"), ("“", "”"), ("「", "」"), ("『", "』"), ("«", "»"), ('"', '"'))
_REACH = 400
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


_TITLE = re.compile(r"\s*(\S.*?)(?:[ \t]+#+)?(?:\n[ \t]*(?:=+|-+))?\s*", re.DOTALL)


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


_DELIMITERS = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_CELL = re.compile(r"(?:\\.|[^|\\\n])+")


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
    for candidate in _ENDS.finditer(shade, start, limit):
        cut = candidate.end("close")
        if cut < limit and _ends(shade, start, candidate, locale) and not _enclosed(shade, start, cut):
            found.append((start, cut))
            start = candidate.end("gap")
    if start < limit:
        found.append((start, limit))
    return tuple(found)


def _ends(shade: str, start: int, candidate: re.Match[str], locale: Locale) -> bool:
    """Whether a sentence that began at ``start`` ends with these signs."""
    end, after = candidate["end"], shade[candidate.end() : candidate.end() + 1]
    if re.search("[。！？｡]", end):
        return _ends_wide(shade, candidate, locale)
    if STOP in end:
        return _UNSPACED.match(after) is not None or (bool(candidate["gap"]) and not after.islower())
    if not candidate["gap"]:
        return _ends_without_space(shade, start, candidate, locale)
    if after.islower():
        return False
    return end != "." or bool(candidate["close"]) or not _abbreviates(shade, start, candidate, locale)


def _ends_wide(shade: str, candidate: re.Match[str], locale: Locale) -> bool:
    if shade[candidate.end("gap")] in ",，、;；:：":
        return False
    continues = locale.text.continues
    return not (candidate["close"] and continues and _pattern(continues).match(shade, candidate.end("gap")))


@lru_cache(maxsize=64)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def _ends_without_space(shade: str, start: int, candidate: re.Match[str], locale: Locale) -> bool:
    """``측정합니다.힌트``, ``使用GPU.我们``: so in scripts without capitals, in others only before a known first word."""
    end, before, after = (
        candidate["end"],
        shade[candidate.start() - 1 : candidate.start()],
        shade[candidate.end("close")],
    )
    if "…" in end:
        return False
    if (
        candidate["close"]
        and locale.text.continues
        and _pattern(locale.text.continues).match(shade, candidate.end("gap"))
    ):
        return False
    if _UNSPACED.match(shade, candidate.end()):
        return not before.isdigit() and not _abbreviates(shade, start, candidate, locale)
    if _UNSPACED.match(before):
        return after in (SOLID, OPENER) or after.isupper()
    word = _WORD_AFTER.match(shade, candidate.end())
    return end == "." and before.islower() and word is not None and word[0] in locale.text.initials_end_before


def _abbreviates(shade: str, start: int, candidate: re.Match[str], locale: Locale) -> bool:
    """Whether the full stop belongs to the word before it and ends nothing."""
    text = locale.text
    stop, after = candidate.start(), shade[candidate.end() : candidate.end() + 1]
    if _ENUMERATOR.fullmatch(shade[start:stop]):
        return True
    found = _WORD_BEFORE.search(shade, max(start, stop - 16), stop)
    if not found:
        return False
    word = found[0]
    forms = {word, word[0].lower() + word[1:]}
    if forms & text.titles:
        return True
    if forms & text.numbered and (after.isdigit() or after == SOLID or re.search(r"[(\[（]", candidate["open"])):
        return True
    if word.isdigit():
        return text.ordinals and len(word) <= 2
    if _is_acronym(word):
        return after.isupper() and not _begins(shade, candidate, locale)
    return bool(forms & text.endings) and not (after.isupper() or _UNSPACED.match(after))


def _is_acronym(word: str) -> bool:
    """An initial (``H``) or capitals with full stops (``U.S``)."""
    letters = word.split(".")
    return word != "I" and all(len(letter) == 1 and letter.isupper() for letter in letters)


def _begins(shade: str, candidate: re.Match[str], locale: Locale) -> bool:
    word = _WORD_AFTER.match(shade, candidate.end())
    return word is not None and word[0] in locale.text.initials_end_before


def _enclosed(shade: str, start: int, cut: int) -> bool:
    """Whether a bracket or quotation that opened in mid-sentence is still open; one the sentence begins with is not."""
    for opening, closing in _PAIRS:
        if opening not in shade[start:cut]:
            continue
        first = shade.find(opening, start, cut)
        if not shade[start:first].strip(OPENER):
            continue
        inner = shade[start:cut]
        is_open = inner.count(opening) % 2 if opening == closing else inner.count(opening) > inner.count(closing)
        if is_open and shade.find(closing, cut, cut + _REACH) >= 0:
            return True
    return False
