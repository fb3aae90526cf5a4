"""White space beside markup, as the language and the source have it: services add it and swallow it. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignment.diff import fold
from alignment.markdown.masking import SENTINELS
from alignment.markdown.profiles import CJK
from alignment.model import Mark
from sync.bitext.marks import LITERAL
from sync.engines.amazon.text.shown import number_of, sign_of

if TYPE_CHECKING:
    from alignment.locales import Locale
    from sync.engines.amazon.text.shown import Shown

WIDE: Final = re.compile(rf"[{CJK}]")
WIDE_MARK: Final = re.compile(r"[\u3000-\u303f\u30fb\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’…—]")
SHUTS: Final = frozenset(".,)]}%…”’»")
OPENS: Final = frozenset("([{“‘«")
HABITS: Final = LITERAL | {Mark.LINK}
"""Marks that languages have habits for."""
BEFORE, AFTER = 0, 1


def settle(words: str, shown: Shown, locale: Locale) -> str:
    """The words on one line, with white space beside each placeholder as it should be.

    Inside of a pair there is none, unless the source has one. Outside, a sign that touched the placeholder in the
    source touches it again; no space comes before a comma; and where the language is written without spaces, its own
    habit rules.
    """
    text = fold(words)
    for number in reversed(_numbers(text)):
        if shown.placeholders[number].opens and not _neighbour(shown.words, number, AFTER)[0]:
            text = re.sub(rf"\s*{sign_of(number)}\s+", f" {sign_of(number)}", text)
    for number in _numbers(text):
        if shown.placeholders[number].closes and not _neighbour(shown.words, number, BEFORE)[0]:
            text = re.sub(rf"\s+{sign_of(number)}\s*", f"{sign_of(number)} ", text)
    for number in _numbers(text):
        text = _outside(text, number, shown, locale)
    return fold(text)


def _numbers(text: str) -> list[int]:
    return [number_of(sign) for sign in SENTINELS.findall(text)]


def _outside(text: str, number: int, shown: Shown, locale: Locale) -> str:
    """The text with the right white space on the outer sides of one placeholder."""
    one = shown.placeholders[number]
    for side in (BEFORE, AFTER):
        if not (one.closes if side == BEFORE else one.opens):
            gap, sign = _neighbour(text, number, side)
            right = _gap((gap, sign), _neighbour(shown.words, number, side), one.mark, side, locale)
            at = sign_of(number)
            old, new = (gap + at, right + at) if side == BEFORE else (at + gap, at + right)
            text = text.replace(old, new)
    return text


def _neighbour(text: str, number: int, side: int) -> tuple[str, str]:
    """The white space on one side of a placeholder, and the character beyond it; nothing at the edge."""
    before, _, after = text.partition(sign_of(number))
    if side == BEFORE:
        rest = before.rstrip()
        return " " * (len(rest) < len(before)), rest[-1:]
    rest = after.lstrip()
    return " " * (len(rest) < len(after)), rest[:1]


def _gap(found: tuple[str, str], own: tuple[str, str], mark: Mark, side: int, locale: Locale) -> str:
    """What should stand between a placeholder and its neighbour; ``own`` is how it is in the source."""
    gap, sign = found
    if not sign or sign == own[1]:
        return own[0] if sign else ""
    if SENTINELS.match(sign):
        return gap
    if not locale.text.joiner and (WIDE.match(sign) or WIDE_MARK.match(sign)):
        return locale.text.around(mark)[side] if mark in HABITS and not WIDE_MARK.match(sign) else ""
    if sign in (OPENS if side == BEFORE else SHUTS):
        return ""
    swallowed = mark in LITERAL and sign.isalnum() and own[0] and locale.text.around(mark)[side]
    return gap or " " * bool(swallowed)
