"""A text as the words that a model counts: markup by its sort, small letters where they do not matter. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alignment.markdown.masking import SENTINELS, mask, pairs
from alignment.model import MASK_BASE, Mark
from sync.engines.smt.segmenters import segmenter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.locales import Locale
    from alignment.markdown import Profile
    from alignment.model import Placeholder

CJK: Final = "\u3041-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"
SENTINEL: Final = SENTINELS.pattern
PIECES: Final = re.compile(
    rf"(?P<atom>{SENTINEL})"
    rf"|(?P<cjk>[{CJK}]+)"
    r"|(?P<abbreviation>(?:[^\W\d_]\.){2,})"
    r"|(?P<number>\d+(?:[.,]\d+)*(?![^\W_]))"
    rf"|(?P<suffix>(?<=[^\W_])['’](?:(?![{CJK}\d_])\w)+)"
    rf"|(?P<word>(?:(?![{CJK}_])(?:\w|[\u0300-\u036f]))+)"
    r"|(?P<sign>\.{3,}|…+|—+|-{2,}|[^\s])"
)
QUOTES: Final = frozenset("\"'")
OPEN: Final = "\u2045"
SHUT: Final = "\u2046"
"""What follows a straight quote that opens, or closes, in the name of its word."""
JOINED: Final = "\u2060"
"""What stands on both sides of a sign that joins two words without a space: the hyphen of ``on-line``."""
GENERAL: Final = 2
"""Digits from which a number is generalised. One digit is often a word in the other language."""


@dataclass(frozen=True, slots=True)
class Word:
    """One token. ``key`` is what is counted and looked up, ``surface`` is what is written."""

    key: str
    surface: str
    spaced: bool
    """Whether white space stands before it."""
    sort: str = ""
    """Of something that is carried over as it is, and counted by its sort: ``math``, ``code``, ``number``; or none."""
    content: str = ""
    """Of the same, what tells it from others of its sort."""


@dataclass(frozen=True, slots=True)
class Zone:
    """Markup round the words ``start`` to ``end``; one half is empty where the other stands in another sentence."""

    start: int
    end: int
    opener: str = ""
    closer: str = ""

    @property
    def is_wall(self) -> bool:
        """Whether it is one half alone, which no word may pass."""
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a text and the markup round them."""

    words: tuple[Word, ...]
    zones: tuple[Zone, ...]
    placeholders: tuple[Placeholder, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(word.key for word in self.words)


def sort_name(placeholder: Placeholder) -> str:
    """The sort a placeholder is counted by. References differ by what they refer with: a figure is no citation."""
    if placeholder.mark is Mark.ROLE:
        return "role" + placeholder.text.split("`", 1)[0].strip().lower()
    return placeholder.mark.value


def read_sentence(text: str, locale: Locale, profile: Profile) -> Sentence:
    """The words of a text of one language.

    Raises:
        MaskError: as ``alignment.markdown.masking.mask`` does.
    """
    masked = mask(text, profile)
    return _Reader(masked.text, masked.placeholders, locale).read()


class _Reader:
    """Takes the marks round words out of a text, and cuts what is left into words."""

    def __init__(self, text: str, placeholders: tuple[Placeholder, ...], locale: Locale) -> None:
        self.placeholders = placeholders
        self.cut = segmenter(locale)
        self.halves: list[tuple[int, int]] = []  # place in the text without halves, number of the placeholder
        self.text = self._without_halves(text)

    def _without_halves(self, text: str) -> str:
        parts: list[str] = []
        size = at = 0
        for found in SENTINELS.finditer(text):
            number = ord(found[0]) - MASK_BASE
            one = self.placeholders[number]
            if not (one.opens or one.closes):
                continue
            parts.append(text[at : found.start()])
            size += found.start() - at
            at = found.end()
            self.halves.append((size, number))
        return "".join((*parts, text[at:]))

    def read(self) -> Sentence:
        words: list[Word] = []
        gaps: dict[int, int] = {}  # number of a half → words before it
        last = 0
        for place, number in [*self.halves, (len(self.text), -1)]:
            words += self._words(last, place)
            gaps[number] = len(words)
            last = place
        return Sentence(tuple(words), self._zones(gaps), self.placeholders)

    def _words(self, start: int, end: int) -> Iterator[Word]:
        for piece in PIECES.finditer(self.text, start, end):
            spaced = piece.start() > 0 and self.text[piece.start() - 1].isspace()
            kind = piece.lastgroup or "sign"
            if kind == "cjk":
                for number, part in enumerate(self.cut(piece[0])):
                    yield Word(part, part, spaced and not number)
            elif kind == "atom":
                yield self._atom(piece[0], spaced)
            elif kind == "number" and len(piece[0]) >= GENERAL:
                yield Word("<number>", piece[0], spaced, "number", piece[0].replace(",", ""))
            elif kind == "sign":
                yield Word(self._sign(piece), piece[0], spaced)
            else:
                yield Word(piece[0].replace("’", "'"), piece[0], spaced)

    def _atom(self, sign: str, spaced: bool) -> Word:
        placeholder = self.placeholders[ord(sign) - MASK_BASE]
        sort = sort_name(placeholder)
        return Word(f"<{sort}>", sign, spaced, sort, "".join(placeholder.text.split()))

    def _sign(self, piece: re.Match[str]) -> str:
        before = self.text[piece.start() - 1 : piece.start()] if piece.start() else ""
        after = self.text[piece.end() : piece.end() + 1]
        if piece[0] in QUOTES:
            return piece[0] + (OPEN if not before or before.isspace() or before in "([{（“" else SHUT)
        is_inner = _joins(before) and _joins(after)
        return f"{JOINED}{piece[0]}{JOINED}" if is_inner else piece[0]

    def _zones(self, gaps: dict[int, int]) -> tuple[Zone, ...]:
        """Pairs that lie in one another or apart; halves of all others are walls."""
        wide = [(gaps[opener], gaps[closer], opener, closer) for opener, closer in pairs(self.placeholders)]
        kept = [pair for pair in wide if not any(_cross(pair, other) for other in wide) and pair[0] < pair[1]]
        paired = {number for pair in kept for number in pair[2:]}
        zones = [Zone(start, end, _char(opener), _char(closer)) for start, end, opener, closer in kept]
        walls = [Zone(gaps[number], gaps[number], _char(number)) for _, number in self.halves if number not in paired]
        return tuple(zones + walls)


def _char(number: int) -> str:
    return chr(MASK_BASE + number)


def _joins(sign: str) -> bool:
    return sign.isalnum() and not re.match(f"[{CJK}]", sign)


def _cross(pair: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two pairs overlap and neither holds the other, by the numbers of their halves."""
    (a, b), (c, d) = pair[2:], other[2:]
    return a < c < b < d or c < a < d < b
