"""Repair: a translated sentence in which only what is aligned to the changed English words is replaced.

Everything the two English sentences share keeps the translator's words. A repair that cannot be vouched for is not made:
a changed negation, number or placeholder must have changed in the translation, too.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, TypedDict

from alignment.tokens import TokenKind
from sync.merge.prose.carry import carry
from sync.merge.prose.spans import find_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment.tokens import Token
    from sync.engines.phrases import Phrases
    from sync.merge.prose.language_pair import LanguagePair

LEAST: Final = 0.5
"""Share of common words below which two sentences are too different for a repair."""
HUNKS: Final = 3
"""More changed places than this are a new sentence."""
LONGEST: Final = 4
"""Words that one changed place may have."""
LINKED: Final = 0.3
"""How sure the place of the changed words must be."""
KNOWN: Final = 0.3
"""How sure the translation of the new words must be."""
NEGATIONS: Final = frozenset(
    [
        "not",
        "no",
        "never",
        "none",
        "nothing",
        "neither",
        "nor",
        "cannot",
        "without",
        "n't",
        "don't",
        "doesn't",
        "isn't",
        "aren't",
        "won't",
        "can't",
        "unlike",
        "except",
    ]
)
ARTICLES: Final = frozenset({"a", "an", "the"})


class Repaired(TypedDict):
    """The fields of a draft that a repair gives."""

    text: str
    confidence: float
    note: str


Hunk = tuple[int, int, int, int]
Edit = tuple[int, int, str]


def repair(old: str, new: str, target: str, pair: LanguagePair, phrases: Phrases) -> Repaired | None:
    """``target``, the translation of ``old``, made into one of ``new``; ``None`` where that is not sure enough."""
    carried = carry(old, new, target, pair)
    if carried.complete:
        return Repaired(text=carried.text, confidence=carried.confidence, note="Only shared signs and marks differ.")
    before, after, ours = pair.tokens(old), pair.tokens(new), pair.tokens(target)
    matcher = SequenceMatcher(None, [token.text for token in before], [token.text for token in after], autojunk=False)
    hunks = [(i, j, m, n) for tag, i, j, m, n in matcher.get_opcodes() if tag != "equal"]
    if matcher.ratio() < LEAST or len(hunks) > HUNKS:
        return None
    links = pair.link(before, ours)
    edits: list[tuple[Edit, float]] = []
    for hunk in hunks:
        edit = _repair_hunk(hunk, (before, after, ours), links, phrases, new)
        if edit is None:
            return None
        edits += edit
    text = _apply(target, [edit for edit, _ in edits])
    if text == target or not _is_faithful((before, after), ours, pair.tokens(text)):
        return None
    replaced = ", ".join(
        f"{' '.join(token.text for token in before[i:j])} → {new_text(after, m, n, new)}" for i, j, m, n in hunks
    )
    return Repaired(text=text, confidence=min(sure for _, sure in edits), note=f"Replaced only: {replaced}.")


def new_text(after: Sequence[Token], start: int, end: int, text: str) -> str:
    """Some neighbouring tokens as they stand."""
    return text[after[start].start : after[end - 1].end] if start < end else "∅"


def _repair_hunk(
    hunk: Hunk,
    sentences: tuple[Sequence[Token], Sequence[Token], Sequence[Token]],
    links: Sequence[tuple[int, int, float]],
    phrases: Phrases,
    new: str,
) -> list[tuple[Edit, float]] | None:
    """The edits for one changed place: none where only articles changed, ``None`` where it cannot be done."""
    before, after, ours = sentences
    i, j, m, n = hunk
    if all(token.text in ARTICLES for token in (*before[i:j], *after[m:n])):
        return []
    if i == j or m == n or max(j - i, n - m) > LONGEST:
        return None
    span = find_span(i, j, links, ours)
    if span is None or span[2] < LINKED:
        return None
    text, sure = _translation(after[m:n], new, phrases)
    if sure < KNOWN:
        return None
    return [((ours[span[0]].start, ours[span[1] - 1].end, text), min(1.0, (span[2] + sure) / 2 + 0.2))]


def _translation(words: Sequence[Token], new: str, phrases: Phrases) -> tuple[str, float]:
    """What stands for some new English words in the translation, and how sure that is."""
    if all(token.is_same_everywhere for token in words):
        return new[words[0].start : words[-1].end], 1.0
    phrase = phrases.translate([token.text for token in words])
    return (phrase.text, phrase.confidence) if phrase else ("", 0.0)


def _apply(text: str, edits: Sequence[Edit]) -> str:
    for start, end, replacement in sorted(edits, reverse=True):
        text = text[:start] + replacement + text[end:]
    return text


def _is_faithful(
    english: tuple[Sequence[Token], Sequence[Token]], before: Sequence[Token], after: Sequence[Token]
) -> bool:
    """Whether marks and numbers changed in the translation as they changed in English, and no negation did at all.

    A negation is refused rather than checked: how it is said is a matter of grammar.
    """
    if _negations(english[0]) != _negations(english[1]):
        return False
    gone, come = _shared(english[0]) - _shared(english[1]), _shared(english[1]) - _shared(english[0])
    return _shared(after) == _shared(before) - gone + come


def _negations(tokens: Sequence[Token]) -> Counter[str]:
    return Counter(token.text for token in tokens if token.text in NEGATIONS or re.search(r"n['’]t$", token.text))


def _shared(tokens: Sequence[Token]) -> Counter[str]:
    return Counter(token.text for token in tokens if token.kind in {TokenKind.MARK, TokenKind.NUMBER})
