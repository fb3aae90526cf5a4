"""The words of a translation as a text: markup round its words, spaces, capitals. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sync.engines.smt.casing import capitalized, is_title
from sync.engines.smt.spacing import kind
from sync.engines.smt.words import JOINED, OPEN, SHUT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.engines.smt.spacing import Spacing
    from sync.engines.smt.words import Sentence, Word


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of a translation."""

    text: str
    key: str
    sort: str
    span: tuple[int, int]
    """The source words of the phrase it comes with: first, and behind the last."""
    links: tuple[int, ...] = ()
    """The source words that it translates itself."""

    def is_in(self, start: int, end: int) -> bool:
        """Whether it belongs to these source words."""
        if start <= self.span[0] and self.span[1] <= end:
            return True
        return bool(self.links) and all(start <= one < end for one in self.links)


def realize(pieces: Sequence[Piece], sentence: Sentence, spacing: Spacing, *, titles: bool, dotted: bool) -> str:
    """The text, with a character in the place of each piece of markup."""
    marks = _marks(pieces, sentence)
    texts = _cased([piece.text for piece in pieces], sentence, titles=titles, dotted=dotted)
    parts = [_marks_at(marks, 0)]
    for number, piece in enumerate(pieces):
        if number:
            before = pieces[number - 1]
            space = " " if spacing.between(kind(before.key, before.sort), kind(piece.key, piece.sort)) else ""
            closers, others = marks.get(number, ("", ""))
            parts.append(closers + space + others)
        parts.append(texts[number])
    if pieces:
        parts.append(_marks_at(marks, len(pieces)))
    return "".join(parts)


def _marks_at(marks: dict[int, tuple[str, str]], at: int) -> str:
    return "".join(marks.get(at, ("", "")))


def _marks(pieces: Sequence[Piece], sentence: Sentence) -> dict[int, tuple[str, str]]:
    """Closing halves, and all others, before each word of the translation; behind the last one too."""
    closers: dict[int, list[str]] = {}
    others: dict[int, list[str]] = {}
    for zone in sentence.zones:
        if zone.is_wall:
            at = next((n for n, piece in enumerate(pieces) if piece.span[0] >= zone.start), len(pieces))
            others.setdefault(at, []).append(zone.opener)
            continue
        inside = [n for n, piece in enumerate(pieces) if piece.is_in(zone.start, zone.end)]
        others.setdefault(inside[0], []).append(zone.opener)
        closers.setdefault(inside[-1] + 1, []).append(zone.closer)
    places = {*closers, *others}
    return {at: ("".join(sorted(closers.get(at, ()))), "".join(sorted(others.get(at, ())))) for at in places}


def _cased(texts: list[str], sentence: Sentence, *, titles: bool, dotted: bool) -> list[str]:
    """With a capital at the beginning if the source has one, and on every long word of a title if that is usual."""
    words = [word.surface for word in sentence.words if not word.sort]
    if titles and is_title(words):
        texts = [capitalized(text, dotted=dotted) if len(text) > 3 else text for text in texts]
    if texts and sentence.words and sentence.words[0].surface[:1].isupper():
        texts = [capitalized(texts[0], dotted=dotted), *texts[1:]]
    return texts


def surface(key: str) -> str:
    """What is written of a word that has only a key."""
    return key.replace(JOINED, "").replace(OPEN, "").replace(SHUT, "")


def piece_of(word: Word, span: tuple[int, int], at: int) -> Piece:
    """A word of the source carried over from ``at``."""
    return Piece(word.surface, word.key, word.sort, span, (at,))
