"""Carries an English edit into a translator's sentence where that needs no knowledge of the language.

What both languages share is edited where it stands (``content``); marks that English puts around words are put around
the words that translate them (``wraps``). Everything else is for an engine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from alignment.diff import fold
from sync.merge.prose.content import carry_content
from sync.merge.prose.marks import Wrap, put_back, strip_marks
from sync.merge.prose.sentence import Edit, Sentence, Texts, apply_edits
from sync.merge.prose.wraps import Marked, carry_wraps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.merge.prose.language_pair import LanguagePair

IN_ENGLISH: Final = "The translation has this in English."
PARTLY: Final = "Numbers, formulas, references or signs carried; the words still stand for the old English."


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A translator's sentence with an English edit in it, or with the part of it that could be carried."""

    text: str
    complete: bool
    """Whether nothing of the edit is left for an engine."""
    english: str
    """The English that the text stands for now: the new one if it is complete."""
    confidence: float
    note: str


def carry(old: str, new: str, target: str, pair: LanguagePair) -> Carried:
    """``target`` with as much of the edit that leads from ``old`` to ``new`` as is neutral.

    Args:
        old, new: the English sentence before and after, white space folded.
        target: the translation of ``old``, as it stands.
        pair: the two languages.
    """
    if fold(target) == old:
        return Carried(text=new, complete=True, english=new, confidence=1.0, note=IN_ENGLISH)
    wanted = _with_own_addresses(old, new, pair.profile.own_hosts)
    before, after, ours = (_read(text, pair) for text in (old, wanted, target))
    if put_back(ours.sentence.text, ours.wraps) != target:
        return Carried(text=target, complete=False, english=old, confidence=0.0, note="")
    texts = Texts(before=before.sentence, after=after.sentence, ours=ours.sentence, pair=pair)
    neutral = carry_content(texts)
    wraps = carry_wraps(before, after, ours, pair) if not neutral.left else None
    if wraps is None:
        note = PARTLY if neutral.edits else ""
        text = _put(ours, neutral.edits, ours.wraps)
        return Carried(text=text, complete=False, english=neutral.english, confidence=0.0, note=note)
    text = _put(ours, neutral.edits, wraps.wraps)
    note = _note(text, target, neutral.edits)
    return Carried(text=text, complete=True, english=new, confidence=wraps.confidence, note=note)


def _with_own_addresses(old: str, new: str, hosts: Sequence[str]) -> str:
    """The new English with the old addresses on hosts where every language has its own."""
    pattern = re.compile(rf"https?://(?:{'|'.join(map(re.escape, hosts))})/[^\s)>]*")
    before, after = pattern.findall(old), pattern.findall(new)
    if not hosts or len(before) != len(after):
        return new
    addresses = iter(before)
    return pattern.sub(lambda match: next(addresses), new)


def _put(ours: Marked, edits: Sequence[Edit], wraps: Sequence[Wrap]) -> str:
    """The translation with edits and marks, both at places of the translation before."""
    return put_back(apply_edits(ours.sentence.text, edits), [_shift(wrap, edits) for wrap in wraps])


def _note(text: str, target: str, edits: Sequence[Edit]) -> str:
    if text == target:
        return "English changed nothing that the translation shows."
    what = "Numbers, formulas, references or signs" if edits else "Markup"
    return f"{what} carried into the translator's sentence."


def _read(text: str, pair: LanguagePair) -> Marked:
    stripped = strip_marks(text, pair.profile)
    return Marked(Sentence(text=stripped.text, tokens=pair.tokens(stripped.text)), stripped.wraps)


def _shift(wrap: Wrap, edits: Sequence[Edit]) -> Wrap:
    """The same wrap in the text after the edits."""

    def moved(offset: int) -> int:
        return offset + sum(len(edit.text) - (edit.end - edit.start) for edit in edits if edit.end <= offset)

    return replace(wrap, start=moved(wrap.start), end=moved(wrap.end))
