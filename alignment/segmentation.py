"""Sentences: where they begin and end in a text, and which ones a block has.

The rules are in ``alignment.boundaries``, what differs between languages in ``alignment.locales``. Here markup is put
out of their sight.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignment.boundaries import CLOSER, OPENER, SOLID, STOP, sentences, trim
from alignment.markdown import spans
from alignment.model import Kind, Mark, Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment.boundaries import Span
    from alignment.locales import Locale
    from alignment.markdown import Profile
    from alignment.model import Block, Placeholder

_FORMULA_STOP: Final = re.compile(r"(?<!\.)\.[\s\\,;!]*\$+$")


def split(text: str, locale: Locale, profile: Profile) -> tuple[Span, ...]:
    """The sentences of a text, as spans without the white space between them."""
    return sentences(_shade(text, profile), locale.text)


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
    return sentences(" " * len(block.lead) + shade[len(block.lead) :], locale.text)


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
            start, end = trim(shade, max(cell.start(), len(block.lead)), cell.end())
            if start < end:
                found.append((start, end))
    return tuple(found)


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
