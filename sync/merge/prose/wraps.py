"""Marks around words (slide marks, emphasis, links) that English changed, carried into a translation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from alignment.model import Mark
from sync.merge.prose.projection import project
from sync.merge.prose.sentence import match

if TYPE_CHECKING:
    from sync.merge.prose.language_pair import LanguagePair
    from sync.merge.prose.marks import Wrap
    from sync.merge.prose.sentence import Sentence

SURE: Final = {Mark.SLIDE: 0.35}
"""Confidence from which marks are put around words found by word alignment. A slide mark a little off does no harm."""
SURE_OTHERWISE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence and the marks in it, whose places count characters of the sentence without marks."""

    sentence: Sentence
    wraps: tuple[Wrap, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """The marks of a translation after an English edit, at places of the translation before it."""

    wraps: tuple[Wrap, ...]
    confidence: float
    """Of the least sure of them."""


def carry_wraps(before: Marked, after: Marked, ours: Marked, pair: LanguagePair) -> Carried | None:
    """The marks of ``ours`` with the change from ``before`` to ``after``; ``None`` if one cannot be placed."""
    gone, come = _changed(before, after)
    result = list(ours.wraps)
    for wrap in gone:
        twin = _twin(wrap, before, ours)
        heir = next((other for other in come if _same_words(wrap, other, before, after)), None)
        if heir is not None:
            # English may have moved an edge; round the same words the translator's own edges stay.
            come.remove(heir)
        if twin is None or twin not in result:
            continue
        result.remove(twin)
        if heir is not None:
            result.append(replace(twin, mark=heir.mark, opening=heir.opening, closing=heir.closing))
    confidence = 1.0
    for wrap in come:
        if _has_already(wrap, before, after, ours):
            continue
        placed = _place(wrap, after, ours, pair)
        if placed is None or any(_meet(placed[0], other) for other in result):
            return None
        result.append(placed[0])
        confidence = min(confidence, placed[1])
    return Carried(tuple(result), confidence)


def _meet(one: Wrap, other: Wrap) -> bool:
    """Whether two marks of one kind would stand inside one another or cross."""
    return one.mark is other.mark and one.start < other.end and other.start < one.end


def _changed(before: Marked, after: Marked) -> tuple[list[Wrap], list[Wrap]]:
    """Marks that went and marks that came. One that stands around the same words with the same text is neither."""
    come = list(after.wraps)
    gone = []
    for wrap in before.wraps:
        same = [other for other in come if (other.opening, other.closing) == (wrap.opening, wrap.closing)]
        twin = next((other for other in same if _words(other, after) == _words(wrap, before, after)), None)
        if twin is None:
            gone.append(wrap)
        else:
            come.remove(twin)
    return gone, come


def _words(wrap: Wrap, side: Marked, other: Marked | None = None) -> tuple[int, int]:
    """First and last token inside a wrap, as numbers of tokens; in another revision's numbers, if one is given."""
    start, end = _token_range(wrap, side.sentence)
    if other is None:
        return start, end
    blocks = match(side.sentence, other.sentence).get_matching_blocks()
    to = {block.a + k: block.b + k for block in blocks for k in range(block.size)}
    return to.get(start, -1), to.get(end - 1, -2) + 1


def _token_range(wrap: Wrap, sentence: Sentence) -> tuple[int, int]:
    start = sum(token.start < wrap.start for token in sentence.tokens)
    return start, max(start, sum(token.start < wrap.end for token in sentence.tokens))


def _same_words(wrap: Wrap, other: Wrap, before: Marked, after: Marked) -> bool:
    """Whether a mark that came stands around some of the words that a mark which went stood around."""
    if wrap.kind != other.kind:
        return False
    start, end = _token_range(wrap, before.sentence)
    blocks = match(before.sentence, after.sentence).get_matching_blocks()
    inside = {block.b + k for block in blocks for k in range(block.size) if start <= block.a + k < end}
    first, last = _token_range(other, after.sentence)
    return bool(inside & set(range(first, last)))


def _twin(wrap: Wrap, before: Marked, ours: Marked) -> Wrap | None:
    """The translation's wrap for one of the old English: the one with its number, among as many of its kind."""
    english = [other for other in before.wraps if other.kind == wrap.kind]
    own = [other for other in ours.wraps if other.kind == wrap.kind]
    if wrap.mark is Mark.LINK:
        own = [other for other in own if other.closing == wrap.closing] or own
        english = [other for other in english if other.closing == wrap.closing]
    return own[english.index(wrap)] if len(own) == len(english) else None


def _has_already(wrap: Wrap, before: Marked, after: Marked, ours: Marked) -> bool:
    """Whether the translator was ahead: the translation has as many marks of the kind as the new English."""
    counts = [sum(other.kind == wrap.kind for other in side.wraps) for side in (before, after, ours)]
    return counts[2] >= counts[1] > counts[0]


def _place(wrap: Wrap, after: Marked, ours: Marked, pair: LanguagePair) -> tuple[Wrap, float] | None:
    """The wrap around the words of the translation, and how sure that is; ``None`` if it is not sure enough."""
    source, target = after.sentence.tokens, ours.sentence.tokens
    span = project(*_token_range(wrap, after.sentence), source, target, pair, loose=wrap.mark is Mark.SLIDE)
    if span is None or span.confidence < SURE.get(wrap.mark, SURE_OTHERWISE):
        return None
    return replace(wrap, start=target[span.start].start, end=target[span.end - 1].end), span.confidence
