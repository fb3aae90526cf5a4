"""The inline markup of a text as something to count: equal in two languages, however each of them sets it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from alignment.markdown import spans
from alignment.model import Mark

if TYPE_CHECKING:
    from alignment.markdown import Profile
    from alignment.model import Placeholder

SPACE = re.compile(r"\s+")
WORDS_IN_FORMULA = re.compile(r"\\(?:text|textrm|textbf|textit|mbox)\{[^{}]*\}")
EMPHASIS = re.compile(r"[*_]")
LITERAL = frozenset({Mark.CODE, Mark.MATH, Mark.ROLE, Mark.URL})
"""Marks that stand for themselves, not round words."""


def marks(text: str, profile: Profile) -> Counter[str]:
    """How often a text has each formula, code span, reference, link, picture and half of a mark.

    White space does not count, nor do the words and the last full stop inside a formula, nor which sign emphasizes, nor
    what follows the host of an address where every language has its own pages.
    """
    return Counter(_key(placeholder, profile) for _, _, placeholder in spans(text, profile))


def literals(text: str, profile: Profile) -> Counter[str]:
    """The same of formulas, code, references and addresses alone: of what no translator puts in other words."""
    found = (placeholder for _, _, placeholder in spans(text, profile))
    return Counter(_key(placeholder, profile) for placeholder in found if placeholder.mark in LITERAL)


def without_slides(text: str, profile: Profile) -> str:
    """The text without the marks of what goes on the slides: they are layout, and no part of a translation."""
    for start, end, placeholder in reversed(spans(text, profile)):
        if placeholder.mark is Mark.SLIDE:
            text = text[:start] + text[end:]
    return text


def _key(placeholder: Placeholder, profile: Profile) -> str:
    text = SPACE.sub("", placeholder.text)
    own = next((host for host in profile.own_hosts if f"//{host}/" in text), None)
    if own is not None:
        return f"a link to {own}"
    if placeholder.mark is Mark.MATH:
        return f"${WORDS_IN_FORMULA.sub('', text).strip('$').rstrip('.,;:。，；')}$"
    if placeholder.mark is Mark.EMPHASIS:
        half = "opens" if placeholder.opens else "closes"
        return f"{EMPHASIS.sub('*', text)} {half}"
    return text
