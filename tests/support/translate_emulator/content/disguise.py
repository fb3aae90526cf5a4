"""Private characters in the dress of Markdown, which the embedded engine keeps whole, and out of it again. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from alignment.diff import fold
from alignment.markdown import D2L, spans
from alignment.model import MASK_BASE, Mark
from tests.support.translate_emulator.content.masked import SENTINELS, Piece, sentinel

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

HOLE: Final = "\ufffc"
"""Stands for any literal in a pattern."""


_Change = tuple[int, int, int]
"""Start and end of a stand-in, and the number of the character it stands for."""


@dataclass(slots=True)
class Disguise:
    """A text as the engine gets it.

    An element that is not translated is the literal it holds, or a name in backticks; a pair of tags is a link; any
    other tag is a name in backticks.
    """

    text: str
    pieces: Sequence[Piece] = ()
    names: dict[str, list[int]] = field(default_factory=dict)
    """The numbers of the characters that one literal stands for, in their order."""
    closers: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Opener and closer by the end of the link that stands for them."""

    def markdown(self, apart: frozenset[int] = frozenset()) -> str:
        """The text with its stand-ins, white space folded. Tags ``apart`` are not taken for halves of a pair."""
        self.names, self.closers = {}, {}
        self.text = fold(self.text)
        here = {ord(sign) - MASK_BASE for sign in SENTINELS.findall(self.text)}
        return SENTINELS.sub(lambda found: self._dress(ord(found[0]) - MASK_BASE, here - apart), self.text)

    def _dress(self, number: int, here: set[int]) -> str:
        piece = self.pieces[number] if number < len(self.pieces) else Piece("")
        if piece.partner in here and number in here:
            if piece.partner > number:
                return "["
            self.closers[f"](p{number})"] = piece.partner, number
            return f"](p{number})"
        name = piece.text if is_literal(piece.text) else f"`p{number}`"
        self.names.setdefault(name, []).append(number)
        return name

    def undress(self, markdown: str) -> str | None:
        """A translation with the private characters in it, each once; nothing where that cannot be done."""
        left = {name: list(numbers) for name, numbers in self.names.items()}
        changes = [change for pair in self._pairs(markdown) for change in pair]
        for start, end, placeholder in spans(markdown, D2L):
            if left.get(placeholder.text):
                changes.append((start, end, left[placeholder.text].pop(0)))
        for start, end, number in sorted(changes, reverse=True):
            markdown = markdown[:start] + sentinel(number) + markdown[end:]
        return markdown if Counter(SENTINELS.findall(markdown)) == Counter(SENTINELS.findall(self.text)) else None

    def crossing(self, sentences: Sequence[tuple[int, int]], markdown: str) -> frozenset[int]:
        """The pairs of tags whose halves stand in different sentences of the Markdown, by number."""
        pairs = list(self._pairs(markdown))
        together = [
            (opener, closer)
            for opener, closer in pairs
            if any(start <= opener[0] and closer[1] <= end for start, end in sentences)
        ]
        return frozenset(half[2] for pair in pairs if pair not in together for half in pair)

    def _pairs(self, markdown: str) -> Iterator[tuple[_Change, _Change]]:
        """Where the halves of each pair of tags stand, and their numbers."""
        waiting: list[tuple[int, int]] = []
        for start, end, placeholder in spans(markdown, D2L):
            if placeholder.mark is Mark.LINK and placeholder.opens:
                waiting.append((start, end))
            elif placeholder.mark is Mark.LINK and waiting:
                opening = waiting.pop()
                if numbers := self.closers.get(placeholder.text):
                    yield (*opening, numbers[0]), (start, end, numbers[1])


def is_literal(text: str) -> bool:
    """Whether the engine sees a text as one piece that it carries over."""
    found = spans(text, D2L)
    return len(found) == 1 and found[0][:2] == (0, len(text)) and not (found[0][2].opens or found[0][2].closes)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text of Markdown without its literals: ``HOLE`` for each of them; halves of pairs are left out."""

    text: str
    literals: tuple[str, ...]
    halves: tuple[str, ...]
    is_wrapped: bool
    """Whether the halves, if any, stand round the whole text."""


def pattern(markdown: str) -> Pattern:
    parts: list[str] = []
    literals: list[str] = []
    halves: list[str] = []
    at = 0
    for start, end, placeholder in spans(markdown, D2L):
        is_half = placeholder.opens or placeholder.closes
        parts += [markdown[at:start], "" if is_half else HOLE]
        (halves if is_half else literals).append(markdown[start:end])
        at = end
    text = fold("".join((*parts, markdown[at:])))
    return Pattern(text, tuple(literals), tuple(halves), _is_wrapped(markdown, halves))


def _is_wrapped(markdown: str, halves: Sequence[str]) -> bool:
    middle = len(halves) // 2
    opening, closing = "".join(halves[:middle]), "".join(halves[middle:])
    return not halves or (markdown.startswith(opening) and markdown.endswith(closing))


def fill(target: str, old: Sequence[str], new: Sequence[str]) -> str | None:
    """A translation with other literals, or nothing where it has not each of the old ones once."""
    found = [(start, end) for start, end, one in spans(target, D2L) if not (one.opens or one.closes)]
    if Counter(target[start:end] for start, end in found) != Counter(old):
        return None
    left: dict[str, list[str]] = {}
    for one, other in zip(old, new, strict=True):
        left.setdefault(one, []).append(other)
    texts = [left[target[start:end]].pop(0) for start, end in found]
    for (start, end), text in sorted(zip(found, texts, strict=True), reverse=True):
        target = target[:start] + text + target[end:]
    return target


def outside_literals(markdown: str, expression: re.Pattern[str], replace: dict[str, str]) -> str:
    """Replace what an expression finds in the words of a text, not in its markup."""
    parts = []
    at = 0
    for start, end, _ in (*spans(markdown, D2L), (len(markdown), len(markdown), None)):
        parts += [expression.sub(lambda found: replace[found[0]], markdown[at:start]), markdown[start:end]]
        at = end
    return "".join(parts)
