"""Marks put around words (slide marks, emphasis, links), taken off a sentence and put back on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alignment.markdown import spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.markdown import Profile
    from alignment.model import Mark, Placeholder

CLOSES: Final = {"[**": "**]", "(**": "**)", "(~~": "~~)", "[~~": "~~]"}
"""What closes a slide mark. Other marks are closed by one of their kind, whatever its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrap:
    """A pair of marks and where they stand in the text without marks. Half a pair has an empty other half."""

    mark: Mark
    opening: str
    closing: str
    start: int
    end: int

    @property
    def kind(self) -> tuple[Mark, str]:
        """Wraps of one kind can stand for one another in two languages."""
        return self.mark, "".join(sorted({self.opening and "opens", self.closing and "closes"}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stripped:
    """A sentence without the marks around its words, and the marks."""

    text: str
    wraps: tuple[Wrap, ...]


def strip_marks(text: str, profile: Profile) -> Stripped:
    """Take the marks off. ``put_back`` is the inverse."""
    plain, at, found = "", 0, []
    for start, end, placeholder in spans(text, profile):
        if placeholder.opens or placeholder.closes:
            plain += text[at:start]
            at = end
            found.append((len(plain), placeholder))
    plain += text[at:]
    return Stripped(text=plain, wraps=tuple(sorted(_pair(found, len(plain)), key=lambda wrap: (wrap.start, -wrap.end))))


def _pair(found: Sequence[tuple[int, Placeholder]], length: int) -> Iterator[Wrap]:
    """Openers with what closes them; a half that finds no other half reaches to the end of the text."""
    open_marks: list[tuple[int, Placeholder]] = []
    for offset, placeholder in found:
        if not placeholder.closes:
            open_marks.append((offset, placeholder))
            continue
        partner = next((one for one in reversed(open_marks) if _fits(one[1], placeholder)), None)
        if partner is None:
            yield Wrap(mark=placeholder.mark, opening="", closing=placeholder.text, start=0, end=offset)
        else:
            open_marks.remove(partner)
            start, opener = partner
            yield Wrap(mark=opener.mark, opening=opener.text, closing=placeholder.text, start=start, end=offset)
    for start, opener in open_marks:
        yield Wrap(mark=opener.mark, opening=opener.text, closing="", start=start, end=length)


def _fits(opener: Placeholder, closer: Placeholder) -> bool:
    return opener.mark is closer.mark and CLOSES.get(opener.text, closer.text) == closer.text


def halves(text: str, profile: Profile) -> Counter[str]:
    """The marks in a text that have no other half there: English may put a pair round several sentences."""
    wraps = strip_marks(text, profile).wraps
    return Counter(wrap.opening or wrap.closing for wrap in wraps if not (wrap.opening and wrap.closing))


def put_back(text: str, wraps: Sequence[Wrap]) -> str:
    """The text with marks at their places, properly nested where they are."""
    opening = [(wrap.start, 1, -wrap.end, number, wrap.opening) for number, wrap in enumerate(wraps) if wrap.opening]
    closing = [(wrap.end, 0, -wrap.start, -number, wrap.closing) for number, wrap in enumerate(wraps) if wrap.closing]
    result, at = "", 0
    for offset, _, _, _, mark in sorted([*opening, *closing]):
        result += text[at:offset] + mark
        at = offset
    return result + text[at:]
