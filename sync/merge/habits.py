"""How one translation is written: what drafts must look like to stand in it unnoticed. Learned from the file itself."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

from alignment.markdown import spans
from alignment.model import Kind, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignment.locales import Locale
    from alignment.markdown import Profile
    from alignment.model import Document
    from sync.merge.prose.passage import Passage

ENOUGH: Final = 3
"""Fewer examples than these prove no habit: the language's own is taken."""
LONG: Final = 120
"""Characters from which a paragraph would be wrapped if the translator wraps."""
BEGINS: Final = re.compile(r"[-+*>#=~|:<]|`{3}|\$\$|\d+[.)]$")
"""Words that would not go on with a paragraph at the beginning of a line."""
IDEOGRAPH: Final = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
SPACED: Final = (Mark.CODE, Mark.MATH, Mark.ROLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """Of one translated chapter."""

    joiner: str
    """Between two sentences of one paragraph: nothing, a space, or a line end."""
    width: int
    """Columns at which paragraphs are wrapped; 0 where they are not."""
    full_width: tuple[tuple[str, str], ...]
    """Signs that are full-width behind an ideograph; none where the translation uses the narrow ones."""
    spacing: tuple[tuple[Mark, str, str], ...]
    """What stands between an ideograph and markup: before it and after it. Empty for languages with spaces."""


def learn_habits(document: Document, passages: Iterable[Passage], locale: Locale, profile: Profile) -> Habits:
    """The habits of a translation.

    Args:
        document: the translated chapter.
        passages: its prose.
        locale: what its language does where the chapter has too few examples.
    """
    between = [sentence.before for passage in passages for sentence in passage.sentences if not sentence.first]
    separators = [text for text in between if not text.strip()]
    prose = [block.text for block in document.blocks if block.kind is Kind.PARAGRAPH]
    return Habits(
        joiner=_most_common([_plain(separator) for separator in separators], locale.text.joiner),
        width=_width(prose),
        full_width=_full_width("\n".join(prose), locale),
        spacing=() if locale.text.joiner else tuple(_spacing(prose, locale, profile)),
    )


def _plain(separator: str) -> str:
    return "\n" if "\n" in separator else separator[:1]


def _most_common(examples: Sequence[str], otherwise: str) -> str:
    if len(examples) < ENOUGH:
        return otherwise
    return Counter(examples).most_common(1)[0][0]


def _width(paragraphs: Sequence[str]) -> int:
    long = [text for text in paragraphs if len(text) >= LONG]
    wrapped = [max(map(len, text.splitlines())) for text in long if "\n" in text]
    if len(wrapped) < ENOUGH or len(wrapped) * 2 < len(long):
        return 0
    return min(120, max(60, int(median(wrapped))))


def _full_width(text: str, locale: Locale) -> tuple[tuple[str, str], ...]:
    """The signs of which the chapter has more full-width ones than narrow ones behind an ideograph."""
    return tuple(
        (narrow, wide)
        for narrow, wide in locale.text.punctuation
        if text.count(wide) >= len(re.findall(f"(?<=[{IDEOGRAPH}]){re.escape(narrow)}", text))
    )


def _spacing(paragraphs: Sequence[str], locale: Locale, profile: Profile) -> Iterable[tuple[Mark, str, str]]:
    before: dict[Mark, list[str]] = {mark: [] for mark in SPACED}
    after: dict[Mark, list[str]] = {mark: [] for mark in SPACED}
    for text in paragraphs:
        for start, end, placeholder in spans(text, profile):
            if placeholder.mark not in before:
                continue
            if match := re.search(f"[{IDEOGRAPH}]([ ]?)$", text[:start]):
                before[placeholder.mark].append(match[1])
            if match := re.match(f"([ ]?)[{IDEOGRAPH}]", text[end:]):
                after[placeholder.mark].append(match[1])
    for mark in SPACED:
        usual = locale.text.around(mark)
        yield mark, _most_common(before[mark], usual[0]), _most_common(after[mark], usual[1])


def fit(draft: str, habits: Habits, profile: Profile) -> str:
    """A draft as this translator would have set it: spaces round markup, width of signs, line length."""
    text = _widen(_space(draft, habits, profile), habits, profile)
    return _wrap(text, habits.width) if habits.width else text


def _widen(text: str, habits: Habits, profile: Profile) -> str:
    """Signs behind an ideograph in the width the translation has them in, and brackets round one, but for markup."""
    taken = {at for start, end, _ in spans(text, profile) for at in range(start, end)}
    wide = dict(habits.full_width)
    signs = "".join(re.escape(sign) for sign in wide if sign not in "()")
    brackets = re.compile(rf"\([^()]*[{IDEOGRAPH}][^()]*\)" if {"(", ")"} <= set(wide) else "(?!)")
    for found in brackets.finditer(text):
        if taken.isdisjoint((found.start(), found.end() - 1)):
            text = text[: found.start()] + wide["("] + found[0][1:-1] + wide[")"] + text[found.end() :]

    def widen(found: re.Match[str]) -> str:
        return found[0] if found.start() in taken else wide[found[1]]

    return re.sub(rf"(?<=[{IDEOGRAPH}])([{signs}])(?![0-9A-Za-z])[ ]?", widen, text) if signs else text


def _space(text: str, habits: Habits, profile: Profile) -> str:
    around = {mark: (before, after) for mark, before, after in habits.spacing}
    result, at = "", 0
    for start, end, placeholder in spans(text, profile):
        if placeholder.mark not in around:
            continue
        before, after = around[placeholder.mark]
        left = re.sub(f"(?<=[{IDEOGRAPH}])[ ]?$", before, text[at:start])
        result += left + text[start:end]
        follow = re.match(f"[ ]?(?=[{IDEOGRAPH}])", text[end:])
        result += after if follow else ""
        at = end + (follow.end() if follow else 0)
    return result + text[at:]


def _wrap(text: str, width: int) -> str:
    """Lines of at most ``width`` columns, broken at spaces outside of markup, not before what would begin a block."""
    if len(text) <= width:
        return text
    lines, line = [], ""
    for word in re.findall(r"(?:\$[^$]*\$|`[^`]*`|\[[^\]]*\]\([^)]*\)|\S)+", text):
        if line and len(line) + 1 + len(word) > width and not BEGINS.match(word):
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])
