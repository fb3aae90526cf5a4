"""Carries an English edit into a translator's sentence where that needs no knowledge of the language.

An edit is *neutral* if it touches only what both languages share: formulas, code spans, references, links, numbers,
slide marks, emphasis, the sign a sentence ends with. It is made at the same place of the translation, found by equal
tokens or, for marks put around words, by word alignment. Everything else is for an engine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from alignment.diff import fold
from alignment.model import Mark
from alignment.tokens import TokenKind
from sync.merge.marks import Stripped, Wrap, put_back, strip_marks
from sync.merge.projection import project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment.tokens import Token
    from sync.merge.language_pair import LanguagePair

LIGHT: Final = frozenset(",;\"'“”‘’-–—")
"""Signs whose coming and going changes no meaning."""
ENDS: Final = frozenset(".:;!?")
SURE: Final = 0.35
"""Confidence from which marks are put around words found by alignment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A translator's sentence with an English edit in it."""

    text: str
    confidence: float
    note: str


@dataclass(frozen=True, slots=True)
class _Edit:
    """Characters ``start`` to ``end`` of the translation become ``text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """A sentence without its marks, and its tokens."""

    stripped: Stripped
    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        return self.stripped.text

    def raw(self, start: int, end: int) -> str:
        """The text of some neighbouring tokens as it stands."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end] if start < end else ""


def carry(old: str, new: str, target: str, pair: LanguagePair) -> Carried | None:
    """``target`` with the edit that leads from ``old`` to ``new``; ``None`` where the edit is not neutral.

    Args:
        old, new: the English sentence before and after, white space folded.
        target: the translation of ``old``, as it stands.
        pair: the two languages.
    """
    if fold(target) == old:
        return Carried(text=new, confidence=1.0, note="The translation has this in English.")
    before, after, ours = (_read(text, pair) for text in (old, new, target))
    if put_back(ours.text, ours.stripped.wraps) != target:
        return None
    edits = _content(before, after, ours, pair)
    wraps = None if edits is None else _wraps(before, after, ours, pair)
    if edits is None or wraps is None:
        return None
    text = put_back(_apply(ours.text, edits), [_shift(wrap, edits) for wrap, _ in wraps])
    confidence = min((sure for _, sure in wraps), default=1.0)
    return Carried(text=text, confidence=confidence, note=_note(text, target, edits))


def _note(text: str, target: str, edits: Sequence[_Edit]) -> str:
    if text == target:
        return "English changed nothing that the translation shows."
    what = "Numbers, formulas, references or signs" if edits else "Markup"
    return f"{what} carried into the translator's sentence."


def _read(text: str, pair: LanguagePair) -> _Side:
    stripped = strip_marks(text, pair.profile)
    return _Side(stripped=stripped, tokens=pair.tokens(stripped.text))


def _content(before: _Side, after: _Side, ours: _Side, pair: LanguagePair) -> list[_Edit] | None:
    """The edits of everything but marks around words; ``None`` if one of them is not neutral."""
    edits: list[_Edit] = []
    for tag, i, j, m, n in _matcher(before, after).get_opcodes():
        if tag == "equal" or _is_light(before, after, (i, j, m, n)):
            continue
        edit = _neutral(before, after, ours, (i, j, m, n), pair)
        if edit is None:
            return None
        edits += edit
    spans = sorted((edit.start, edit.end) for edit in edits)
    crossing = any(one[1] > other[0] for one, other in zip(spans, spans[1:], strict=False))
    return None if crossing else edits


def _matcher(before: _Side, after: _Side) -> SequenceMatcher[str]:
    return SequenceMatcher(None, _keys(before), _keys(after), autojunk=False)


def _keys(side: _Side) -> list[str]:
    """What a change of counts as a change: for words not their case, for formulas not their white space."""
    return [
        token.text if token.kind is TokenKind.WORD else re.sub(r"\s", "", side.text[token.start : token.end])
        for token in side.tokens
    ]


Hunk = tuple[int, int, int, int]
"""Tokens ``i`` to ``j`` of the old English became tokens ``m`` to ``n`` of the new."""


def _is_light(before: _Side, after: _Side, hunk: Hunk) -> bool:
    """Whether only light signs came or went: a comma, a quotation mark, a hyphen inside a word."""
    i, j, m, n = hunk
    signs = (*before.tokens[i:j], *after.tokens[m:n])
    if all(token.kind is TokenKind.PUNCTUATION and token.text in LIGHT for token in signs):
        return True
    bare = [re.sub(r"[\s\"'“”‘’–—-]", "", text).casefold() for text in (before.raw(i, j), after.raw(m, n))]
    return bare[0] == bare[1] and all(token.kind is not TokenKind.MARK for token in signs)


def _neutral(before: _Side, after: _Side, ours: _Side, hunk: Hunk, pair: LanguagePair) -> list[_Edit] | None:
    i, j, m, n = hunk
    if _is_end_sign(before, i, j) and _is_end_sign(after, m, n):
        return _end_sign(before, after, ours, hunk, pair)
    if not _all_shared(before.tokens[i:j], after.tokens[m:n], ours):
        return None
    if i == j:
        return _insert(before, after, ours, hunk, pair)
    place = _find(before, ours, i, j)
    if place is None:
        return None
    start, end = ours.tokens[place].start, ours.tokens[place + j - i - 1].end
    if m < n:
        return [_Edit(start, end, after.raw(m, n))]
    return [_Edit(*_with_space(ours.text, start, end), "")]


def _is_end_sign(side: _Side, start: int, end: int) -> bool:
    return end - start == 1 and side.tokens[start].text in ENDS and end == len(side.tokens)


def _end_sign(before: _Side, after: _Side, ours: _Side, hunk: Hunk, pair: LanguagePair) -> list[_Edit]:
    """The sign at the end, in the width the translation has it; nothing where the translation ends otherwise."""
    old, new = before.tokens[hunk[0]].text, after.tokens[hunk[2]].text
    wide = dict(pair.target.text.punctuation)
    last = ours.tokens[-1] if ours.tokens else None
    if last is None or last.text not in (old, wide.get(old)):
        return []
    return [_Edit(last.start, last.end, new if last.text == old else wide.get(new, new))]


def _all_shared(olds: Sequence[Token], news: Sequence[Token], ours: _Side) -> bool:
    """Whether every token is the same in both languages: marks, numbers, words the translation has in Latin letters."""
    known = {token.text for token in ours.tokens}
    inner = {
        word for token in olds if token.kind is TokenKind.MARK for word in re.findall(r"\w+", token.text.casefold())
    }
    shared = [token.is_same_everywhere or (token.kind is TokenKind.WORD and token.text in known) for token in olds]
    fresh = [token.is_same_everywhere or token.text in inner for token in news]
    return all(shared) and all(fresh) and bool(olds or news)


def _find(before: _Side, ours: _Side, start: int, end: int) -> int | None:
    """Where the translation has some English tokens: the occurrence with the same number, if it has as many."""
    wanted = [token.text for token in before.tokens[start:end]]
    theirs = _occurrences(before, wanted)
    places = _occurrences(ours, wanted)
    if len(places) == len(theirs):
        return places[theirs.index(start)]
    return places[0] if len(places) == 1 else None


def _occurrences(side: _Side, wanted: list[str]) -> list[int]:
    texts = [token.text for token in side.tokens]
    return [at for at in range(len(texts)) if texts[at : at + len(wanted)] == wanted]


def _with_space(text: str, start: int, end: int) -> tuple[int, int]:
    """A span that takes one of the spaces around it with it."""
    if text[end : end + 1] == " " and (start == 0 or text[start - 1] == " "):
        return start, end + 1
    return (start - 1, end) if text[start - 1 : start] == " " else (start, end)


def _insert(before: _Side, after: _Side, ours: _Side, hunk: Hunk, pair: LanguagePair) -> list[_Edit] | None:
    """Something both languages share that English did not have: beside its neighbour, or at the end of the sentence."""
    at, _, m, n = hunk
    text = after.raw(m, n)
    if (
        at > 0
        and before.tokens[at - 1].kind is TokenKind.MARK
        and (place := _find(before, ours, at - 1, at)) is not None
    ):
        gap = after.text[after.tokens[m - 1].end : after.tokens[m].start]
        return [_Edit(ours.tokens[place].end, ours.tokens[place].end, gap + text)]
    if all(token.kind is TokenKind.PUNCTUATION for token in before.tokens[at:]) and ours.tokens:
        last = ours.tokens[-1]
        place = last.start if last.kind is TokenKind.PUNCTUATION else last.end
        mark = _mark_of(text)
        return [_Edit(place, place, (pair.target.text.around(mark)[0] if mark else " ") + text)]
    return None


def _mark_of(text: str) -> Mark | None:
    """The sort of markup a text begins with, as far as spacing asks."""
    return {"`": Mark.CODE, "$": Mark.MATH, ":": Mark.ROLE}.get(text[:1])


def _apply(text: str, edits: Sequence[_Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _shift(wrap: Wrap, edits: Sequence[_Edit]) -> Wrap:
    """The same wrap in the text after the edits."""

    def moved(offset: int) -> int:
        return offset + sum(len(edit.text) - (edit.end - edit.start) for edit in edits if edit.end <= offset)

    return replace(wrap, start=moved(wrap.start), end=moved(wrap.end))


def _wraps(before: _Side, after: _Side, ours: _Side, pair: LanguagePair) -> list[tuple[Wrap, float]] | None:
    """The marks of the result, each with its confidence, at places of the translation before the edits."""
    gone, come = _changed_wraps(before, after)
    result: list[tuple[Wrap, float]] = [(wrap, 1.0) for wrap in ours.stripped.wraps]
    for wrap in gone:
        twin = _twin(wrap, before, ours)
        partner = next((other for other in come if _place(other, after) == _place(wrap, before, after)), None)
        if twin is None or (twin, 1.0) not in result:
            continue
        result.remove((twin, 1.0))
        if partner is not None:
            come.remove(partner)
            result.append((replace(twin, mark=partner.mark, opening=partner.opening, closing=partner.closing), 1.0))
    for wrap in come:
        if _has_already(wrap, before, after, ours):
            continue
        placed = _project(wrap, after, ours, pair)
        if placed is None:
            return None
        result.append(placed)
    return result


def _changed_wraps(before: _Side, after: _Side) -> tuple[list[Wrap], list[Wrap]]:
    """Marks that went and marks that came. One that stands around the same words with the same text is neither."""
    come = list(after.stripped.wraps)
    gone = []
    for wrap in before.stripped.wraps:
        same = [other for other in come if (other.opening, other.closing) == (wrap.opening, wrap.closing)]
        twin = next((other for other in same if _place(other, after) == _place(wrap, before, after)), None)
        if twin is None:
            gone.append(wrap)
        else:
            come.remove(twin)
    return gone, come


def _place(wrap: Wrap, side: _Side, other: _Side | None = None) -> tuple[int, int]:
    """First and last token inside a wrap, as numbers of tokens; in another revision's numbers, if one is given."""
    start, end = _token_range(wrap, side)
    if other is None:
        return start, end
    to = {block.a + k: block.b + k for block in _matcher(side, other).get_matching_blocks() for k in range(block.size)}
    return to.get(start, -1), to.get(end - 1, -2) + 1


def _token_range(wrap: Wrap, side: _Side) -> tuple[int, int]:
    start = sum(token.start < wrap.start for token in side.tokens)
    return start, max(start, sum(token.start < wrap.end for token in side.tokens))


def _twin(wrap: Wrap, before: _Side, ours: _Side) -> Wrap | None:
    """The translation's wrap for one of the old English: the one with its number, among as many of its kind."""
    english = [other for other in before.stripped.wraps if other.kind == wrap.kind]
    own = [other for other in ours.stripped.wraps if other.kind == wrap.kind]
    if wrap.mark is Mark.LINK:
        own = [other for other in own if other.closing == wrap.closing] or own
        english = [other for other in english if other.closing == wrap.closing]
    return own[english.index(wrap)] if len(own) == len(english) else None


def _has_already(wrap: Wrap, before: _Side, after: _Side, ours: _Side) -> bool:
    """Whether the translator was ahead: the translation has as many marks of the kind as the new English."""
    counts = [sum(other.kind == wrap.kind for other in side.stripped.wraps) for side in (before, after, ours)]
    return counts[2] >= counts[1] > counts[0]


def _project(wrap: Wrap, after: _Side, ours: _Side, pair: LanguagePair) -> tuple[Wrap, float] | None:
    start, end = _token_range(wrap, after)
    span = project(start, end, after.tokens, ours.tokens, pair)
    if span is None or span.confidence < SURE:
        return None
    tokens = ours.tokens
    return replace(wrap, start=tokens[span.start].start, end=tokens[span.end - 1].end), span.confidence
