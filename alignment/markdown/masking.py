"""Inline markup becomes placeholders, so that engines cannot harm it, and comes back."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from alignment.markdown.profiles import CJK, D2L
from alignment.model import MASK_BASE, Mark, Masked, Placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment.markdown.profiles import Profile

MOST: Final = 0x10000
SENTINELS: Final = re.compile(f"[{chr(MASK_BASE)}-{chr(MASK_BASE + MOST - 1)}]")

ESCAPE: Final = r"\\[!-/:-@\[-`{-~]"
DESTINATION: Final = r"<[^<>\n]*>|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*"
TITLE: Final = r"""\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))"""
LINK_END: Final = rf"\]\(\s*(?:{DESTINATION})(?:{TITLE})?\s*\)|\]\[[^\[\]]*\]"
CJK_LETTER: Final = re.compile(f"[{CJK}]")
SLIDES: Final = {"[**": "**]", "(**": "**)", "[~~": "~~]", "(~~": "~~)"}
SLIDE_END: Final = {"**]": re.compile(r"\*\*\](?!\()"), "**)": re.compile(r"\*\*\)")}
GATE: Final = re.compile(r"[!$(*:<\[\\\]_`{~]")
"""What inline markup of every dialect begins with. Only addresses begin with a letter."""
GATE_OF_ADDRESSES: Final = re.compile(r"[!$(*:<\[\\\]_`{~hfw]")
BOLD_END: Final = re.compile(r"(?<![\s*])\*\*(?=[\s.,;:!?])")

Span = tuple[int, int, Placeholder]


class MaskError(ValueError):
    """A text cannot be masked, or its placeholders did not come back as they went out."""


@dataclass(slots=True)
class _Run:
    """What is left of a run of ``*`` or ``_`` while its marks find partners."""

    start: int
    end: int
    sign: str
    opens: bool
    closes: bool
    length: int = 0

    def __post_init__(self) -> None:
        self.length = self.end - self.start


def mask(text: str, profile: Profile = D2L) -> Masked:
    """Put one character in the place of each piece of inline markup.

    Raises MaskError where the text already holds characters of that range, or has more markup than the range.
    """
    if SENTINELS.search(text):
        msg = (
            "The text holds characters of the private plane U+F0000–U+FFFFF, which stand for placeholders; remove them."
        )
        raise MaskError(msg)
    found = spans(text, profile)
    if len(found) > MOST:
        msg = f"The text has more than {MOST} pieces of inline markup; it must be cut first."
        raise MaskError(msg)
    pieces: list[str] = []
    at = 0
    for number, (start, end, _) in enumerate(found):
        pieces += (text[at:start], chr(MASK_BASE + number))
        at = end
    return Masked("".join((*pieces, text[at:])), tuple(placeholder for _, _, placeholder in found))


def unmask(text: str, placeholders: tuple[Placeholder, ...]) -> str:
    """Put the markup back.

    Raises MaskError when a placeholder is missing, doubled or foreign, or closes what has not been opened.
    """
    order = [ord(sign) - MASK_BASE for sign in SENTINELS.findall(text)]
    if sorted(order) != list(range(len(placeholders))):
        raise MaskError(_difference(order, placeholders))
    place = {number: position for position, number in enumerate(order)}
    for opener, closer in pairs(placeholders):
        if place[closer] < place[opener]:
            msg = f"{placeholders[closer].text} came before {placeholders[opener].text}"
            raise MaskError(msg)
    return SENTINELS.sub(lambda match: placeholders[ord(match[0]) - MASK_BASE].text, text)


def _difference(order: list[int], placeholders: tuple[Placeholder, ...]) -> str:
    known = range(len(placeholders))
    missing = [placeholders[number].text for number in known if number not in order]
    doubled = [placeholders[number].text for number in known if order.count(number) > 1]
    foreign = sum(number not in known for number in order)
    parts = (
        missing and f"missing: {' '.join(missing)}",
        doubled and f"more than once: {' '.join(doubled)}",
        foreign and f"unknown: {foreign}",
    )
    return "Placeholders differ; " + "; ".join(part for part in parts if part)


def pairs(placeholders: tuple[Placeholder, ...]) -> Iterator[tuple[int, int]]:
    """Opener and closer of every pair, by index. A closer belongs to the last open one that looks like it."""
    waiting: dict[tuple[Mark, str], list[int]] = {}
    for number, placeholder in enumerate(placeholders):
        if placeholder.opens:
            waiting.setdefault(_partner(placeholder), []).append(number)
        elif placeholder.closes and (openers := waiting.get(_partner(placeholder))):
            yield openers.pop(), number


def _partner(placeholder: Placeholder) -> tuple[Mark, str]:
    """What both halves of a pair have in common."""
    if placeholder.mark in (Mark.EMPHASIS, Mark.SLIDE):
        return placeholder.mark, SLIDES.get(placeholder.text, placeholder.text)
    return placeholder.mark, ""


@lru_cache(maxsize=4096)
def spans(text: str, profile: Profile = D2L) -> tuple[Span, ...]:
    """Start, end and placeholder of every piece of inline markup in a text, in order; none overlaps another."""
    return tuple(sorted(_Scanner(text, profile).scan(), key=lambda span: span[0]))


@lru_cache(maxsize=8)
def _pattern(profile: Profile) -> tuple[re.Pattern[str], dict[str, Mark]]:
    """All inline markup of a dialect in one pattern, and what each of its groups stands for."""
    atoms = {f"atom{number}": row for number, row in enumerate(profile.inline)}
    parts = {"escape": ESCAPE} | {name: row.pattern for name, row in atoms.items()}
    if profile.slides:
        parts |= {"slide_open": r"[\[(](?:\*\*|~~)", "slide_close": r"(?:\*\*|~~)(?:\](?!\()|\))"}
    run = r"\*+?(?=\*\*[\])])|\*+|_+" if profile.slides else r"\*+|_+"
    parts |= {"open": r"!?\[", "link_close": LINK_END, "close": r"\]", "run": run}
    pattern = re.compile("|".join(f"(?P<{name}>{part})" for name, part in parts.items()))
    return pattern, {name: row.mark for name, row in atoms.items()}


class _Scanner:
    """One walk over a text: what is one piece is taken at once, brackets and emphasis wait for their partners."""

    def __init__(self, text: str, profile: Profile) -> None:
        self.text = text
        self.pattern, self.atoms = _pattern(profile)
        self.spans: list[Span] = []
        self.brackets: list[tuple[int, int]] = []
        self.slides: list[str] = []
        self.runs: list[_Run] = []

    def scan(self) -> list[Span]:
        gate = GATE_OF_ADDRESSES if "://" in self.text or "www." in self.text else GATE
        at = 0
        while sign := gate.search(self.text, at):
            match = self.pattern.match(self.text, sign.start())
            at = self._take(match) if match else sign.end()
        self._pair_emphasis()
        return self.spans

    def _take(self, match: re.Match[str]) -> int:
        """Deal with one match. Returns where to go on."""
        start, end = match.span()
        name = match.lastgroup or ""
        if name in self.atoms:
            self._add(start, end, self.atoms[name])
        elif name == "open":
            self.brackets.append((start, end))
        elif name == "close" and self.brackets:
            self.brackets.pop()
        elif name == "link_close":
            return self._close_link(start, end)
        elif name == "run":
            self._add_run(start, end)
        elif name == "slide_open":
            return self._open_slide(start, end)
        elif name == "slide_close":
            return self._close_slide(start, end)
        return end

    def _add(self, start: int, end: int, mark: Mark, *, opens: bool = False, closes: bool = False) -> None:
        self.spans.append((start, end, Placeholder(mark, self.text[start:end], opens, closes)))

    def _close_link(self, start: int, end: int) -> int:
        if not self.brackets:
            return start + 1
        opening = self.brackets.pop()
        mark = Mark.IMAGE if self.text[opening[0]] == "!" else Mark.LINK
        self._add(*opening, mark, opens=True)
        self._add(start, end, mark, closes=True)
        return end

    def _open_slide(self, start: int, end: int) -> int:
        sign = self.text[start + 1 : end]
        closing = SLIDES[self.text[start:end]]
        if sign == "**" and not self._is_slide(end, closing):
            if self.text[start] == "[":
                self.brackets.append((start, start + 1))
            self._add_run(start + 1, end)
            return end
        self.slides.append(closing)
        self._add(start, end, Mark.SLIDE, opens=True)
        return end

    def _is_slide(self, at: int, closing: str) -> bool:
        """Whether ``(**`` opens a slide mark and is not a bracket before bold words, as in ``(**so** it is)``."""
        end = SLIDE_END[closing].search(self.text, at)
        if end is None:
            return self.text.find("**", at) < 0
        return closing == "**]" or not BOLD_END.search(self.text, at, end.start())

    def _close_slide(self, start: int, end: int) -> int:
        closing = self.text[start:end]
        bold_is_open = sum(run.length == 2 for run in self.runs) % 2 == 1
        if closing in self.slides:
            self.slides.remove(closing)
        elif closing.startswith("**") and bold_is_open:
            self._add_run(start, end - 1)
            return end - 1
        self._add(start, end, Mark.SLIDE, closes=True)
        return end

    def _add_run(self, start: int, end: int) -> None:
        before = self.text[start - 1 : start] or " "
        after = self.text[end : end + 1] or " "
        left, right = _leans(before, after), _leans(after, before)
        sign = self.text[start]
        if sign == "_":
            left, right = left and (not right or _is_mark(before)), right and (not left or _is_mark(after))
        self.runs.append(_Run(start, end, sign, left, right))

    def _pair_emphasis(self) -> None:
        """Emphasis by CommonMark 0.31, "process emphasis" of its parsing strategy."""
        waiting: list[_Run] = []
        for run in self.runs:
            while run.closes and run.start < run.end and (opener := _opener(waiting, run)):
                del waiting[waiting.index(opener) + 1 :]
                self._pair(opener, run)
                if opener.start == opener.end:
                    waiting.pop()
            if run.opens and run.start < run.end:
                waiting.append(run)

    def _pair(self, opener: _Run, closer: _Run) -> None:
        size = 2 if min(opener.end - opener.start, closer.end - closer.start) >= 2 else 1
        opener.end -= size
        self._add(opener.end, opener.end + size, Mark.EMPHASIS, opens=True)
        self._add(closer.start, closer.start + size, Mark.EMPHASIS, closes=True)
        closer.start += size


def _opener(waiting: list[_Run], closer: _Run) -> _Run | None:
    for run in reversed(waiting):
        both = run.closes or closer.opens
        odd = both and (run.length + closer.length) % 3 == 0 and (run.length % 3 or closer.length % 3)
        if run.sign == closer.sign and not odd:
            return run
    return None


def _leans(before: str, after: str) -> bool:
    """Whether a run between two characters leans on the second. Next to a CJK letter it may do so before a mark."""
    if after.isspace():
        return False
    return not _is_mark(after) or before.isspace() or _is_mark(before) or CJK_LETTER.match(before) is not None


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS" and not CJK_LETTER.match(sign)
