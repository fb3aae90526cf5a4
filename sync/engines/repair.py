"""Repair: a translated sentence in which only what is aligned to the changed English words is replaced.

Everything the two English sentences share keeps the translator's words. A repair that cannot be vouched for is not made:
a changed number or placeholder must have changed in the translation, too, and where a word changed that turns the
meaning of others, a negation above all, none is made at all: how that is said is a matter of grammar.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from alignment.diff import fold
from alignment.tokens import TokenKind
from sync.engines.forms import choose_form, lower_first, raise_first
from sync.engines.wording import is_sign, plain, turns
from sync.merge.prose.carry import carry
from sync.merge.prose.content import ENDS, NAME, Edit, apply_edits
from sync.merge.prose.spans import find_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.tokens import Token
    from sync.engines.phrases import Phrases
    from sync.merge.prose.language_pair import LanguagePair

LEAST: Final = 0.5
"""Share of common words below which two sentences are too different for a repair."""
PLACES: Final = 3
"""More changed places than this are a new sentence."""
LONGEST: Final = 4
"""Words that one changed place may have."""
LINKED: Final = 0.3
"""How sure the place of the changed words must be."""
KNOWN: Final = 0.3
"""How sure the translation of the new words must be."""
NOTHING: Final = "English changed nothing that the translation shows."
SURE_TO_GO: Final = 0.3
"""How sure the place of words must be that are taken out."""
OPENING: Final = frozenset({"(", "（"})
CLOSING: Final = frozenset({")", "）"})
CONTEXT: Final = ((0, 0), (0, 1), (1, 0), (1, 1))
"""Words before and after a changed place that are replaced with it, where it is not known by itself."""

CONTEXT_OF_NEW: Final = ((0, 1), (1, 1))
"""The same for words that came: with the word behind them, whose ending shows which form is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A repaired sentence."""

    text: str
    confidence: float
    """0 to 1."""
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    """A text and its tokens, without the marks around words."""

    text: str
    tokens: tuple[Token, ...]

    def raw(self, start: int, end: int) -> str:
        return self.text[self.tokens[start].start : self.tokens[end - 1].end] if start < end else ""

    def has_sign_inside(self, start: int, end: int, pair: LanguagePair) -> bool:
        return len(pair.tokens(self.raw(start, end))) != end - start


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Tokens ``i`` to ``j`` of the old English became tokens ``m`` to ``n`` of the new."""

    i: int
    j: int
    m: int
    n: int


def repair(old: str, new: str, target: str, pair: LanguagePair, phrases: Phrases) -> Repair | None:
    """``target``, the translation of ``old``, made into one of ``new``; ``None`` where that is not sure enough."""
    carried = carry(old, new, target, pair)
    if not _keeps_order(pair.tokens(old), pair.tokens(new)):
        return None
    if carried.complete:
        return Repair(text=carried.text, confidence=carried.confidence, note=carried.note)
    made = _Repairer(carried.english, new, carried.text, pair, phrases).repair()
    if made is None or not _is_faithful((pair.tokens(old), pair.tokens(new)), pair.tokens(target), pair.tokens(made.text)):
        return None
    return made


class _Repairer:
    """One repair under way."""

    def __init__(self, old: str, new: str, target: str, pair: LanguagePair, phrases: Phrases) -> None:
        self.pair, self.phrases = pair, phrases
        self.old, self.new = (_Sentence(text=text, tokens=self._words(text)) for text in (old, new))
        self.ours = _Sentence(text=target, tokens=pair.tokens(target))
        self.links = pair.link(self.old.tokens, self.ours.tokens)
        self.changed: list[_Hunk] = []

    def _words(self, text: str) -> tuple[Token, ...]:
        return tuple(token for token in self.pair.tokens(text) if not is_sign(token))

    def repair(self) -> Repair | None:
        hunks = self._hunks()
        if hunks is None:
            return None
        edits: list[tuple[Edit, float]] = []
        for hunk in hunks:
            made = None if self._is_beyond(hunk) else self._edit(hunk)
            if made is None or any(_overlap(made[0], other) for other, _ in edits):
                return None
            edits.append(made)
        text = self._with_marks(apply_edits(self.ours.text, [edit for edit, _ in edits]))
        if text is None:
            return None
        note = ", ".join(f"{self.old.raw(one.i, one.j) or '∅'} → {self.new.raw(one.m, one.n) or '∅'}" for one in hunks)
        sure = min((sure for _, sure in edits), default=1.0)
        return Repair(text=text, confidence=sure, note=f"Replaced only: {note}." if hunks else NOTHING)

    def _hunks(self) -> list[_Hunk] | None:
        """The places that changed in meaning; ``None`` where there is no telling them apart."""
        sides = [[token.text for token in side.tokens] for side in (self.old, self.new)]
        matcher = SequenceMatcher(None, *sides, autojunk=False)
        self.changed = [_Hunk(*indices) for tag, *indices in matcher.get_opcodes() if tag != "equal"]
        hunks = [hunk for hunk in self.changed if plain(sides[0][hunk.i : hunk.j]) != plain(sides[1][hunk.m : hunk.n])]
        return hunks if matcher.ratio() >= LEAST and len(hunks) <= PLACES else None

    def _is_beyond(self, hunk: _Hunk) -> bool:
        """Whether no replacement of words can do justice to a change."""
        tokens = (*self.old.tokens[hunk.i : hunk.j], *self.new.tokens[hunk.m : hunk.n])
        signs = self.old.has_sign_inside(hunk.i, hunk.j, self.pair) or self.new.has_sign_inside(hunk.m, hunk.n, self.pair)
        return signs or max(hunk.j - hunk.i, hunk.n - hunk.m) > LONGEST or any(turns(token.text) for token in tokens)

    def _edit(self, hunk: _Hunk) -> tuple[Edit, float] | None:
        """The edit for one changed place and how sure it is; ``None`` where it cannot be done."""
        if hunk.i < hunk.j and hunk.m < hunk.n and (named := self._rename(hunk)):
            return named
        if self._is_end(self.old, hunk.i, hunk.j) and self._is_end(self.new, hunk.m, hunk.n):
            return self._end(hunk)
        if hunk.m == hunk.n:
            return self._delete(hunk)
        for before, after in CONTEXT if hunk.i < hunk.j else CONTEXT_OF_NEW:
            wider = self._widen(hunk, before, after)
            if wider and (made := self._replace(wider)):
                return made
        return None

    def _is_end(self, side: _Sentence, start: int, end: int) -> bool:
        """Whether there is nothing, or only the sign that ends it, from ``start`` to the end of a sentence."""
        return end == len(side.tokens) and all(token.text in ENDS for token in side.tokens[start:])

    def _end(self, hunk: _Hunk) -> tuple[Edit, float] | None:
        """Another sign at the end, or none, or one where none was, as wide as the language has it."""
        wide = dict(self.pair.target.text.punctuation)
        old, new = self.old.raw(hunk.i, hunk.j), self.new.raw(hunk.m, hunk.n)
        text = self.ours.text.rstrip()
        standing = next((sign for sign in (wide.get(old, old), old) if sign and text.endswith(sign)), "")
        if (old and not standing) or (not old and text.endswith((*ENDS, *wide.values()))):
            return Edit(len(text), len(text), ""), 0.9
        return Edit(len(text) - len(standing), len(text), new if standing == old and old else wide.get(new, new)), 0.9

    def _widen(self, hunk: _Hunk, before: int, after: int) -> _Hunk | None:
        wider = _Hunk(hunk.i - before, hunk.j + after, hunk.m - before, hunk.n + after)
        if wider.i < 0 or wider.m < 0 or wider.j > len(self.old.tokens) or wider.n > len(self.new.tokens):
            return None
        context = (*self.old.tokens[wider.i : hunk.i], *self.old.tokens[hunk.j : wider.j])
        same = [token.text for token in context] == [
            token.text for token in (*self.new.tokens[wider.m : hunk.m], *self.new.tokens[hunk.n : wider.n])
        ]
        return wider if same and all(token.kind is TokenKind.WORD for token in context) else None

    def _rename(self, hunk: _Hunk) -> tuple[Edit, float] | None:
        """A name for a name, before whatever ending the translation gives it."""
        old, new = self.old.raw(hunk.i, hunk.j), self.new.raw(hunk.m, hunk.n)
        if not NAME.fullmatch(old) or not NAME.fullmatch(new):
            return None
        places = [match.span() for match in re.finditer(rf"(?<![\w-]){re.escape(old)}(?![A-Za-z0-9-])", self.ours.text)]
        if len(places) != 1 or self.old.text.count(old) != 1:
            return None
        return Edit(*places[0], new), 0.9

    def _replace(self, hunk: _Hunk) -> tuple[Edit, float] | None:
        span = find_span(hunk.i, hunk.j, self.links, self.ours.tokens)
        if span is None or span[2] < LINKED or self._is_explained(hunk):
            return None
        standing = self.ours.raw(span[0], span[1])
        text, known = self._translation(hunk, standing)
        if not text or known < KNOWN:
            return None
        text = self._cased(text, span[0])
        if text == standing or self._doubles(text, span[0], span[1]):
            return None
        start, end = self.ours.tokens[span[0]].start, self.ours.tokens[span[1] - 1].end
        return Edit(start, end, text), min(1.0, (span[2] + known) / 2 + 0.2)

    def _is_explained(self, hunk: _Hunk) -> bool:
        """Whether the translators put a changed English word in brackets behind its translation."""
        words = {token.text for token in self.old.tokens[hunk.i : hunk.j]}
        texts = ["", *(token.text for token in self.ours.tokens), ""]
        return any(
            text in words and (before in OPENING or after in CLOSING)
            for before, text, after in zip(texts, texts[1:], texts[2:], strict=False)
        )

    def _cased(self, text: str, at: int) -> str:
        """The text as it is written before token ``at`` of the translation: with a capital where a sentence begins."""
        standing = self.ours.text[self.ours.tokens[at].start]
        if standing.islower():
            return lower_first(text, self.phrases.count)
        begins = not any(token.kind is TokenKind.WORD for token in self.ours.tokens[:at])
        return raise_first(text, self.phrases.count) if begins and standing.isupper() else text

    def _doubles(self, text: str, start: int, end: int) -> bool:
        """Whether a word would stand twice in a row."""
        words = self.pair.tokens(text)
        before = self.ours.tokens[start - 1].text if start else ""
        after = self.ours.tokens[end].text if end < len(self.ours.tokens) else ""
        return words[0].text == before or words[-1].text == after

    def _delete(self, hunk: _Hunk) -> tuple[Edit, float] | None:
        """Take out what translates some words, with the signs around them that English took out, too."""
        words = [at for at in range(hunk.i, hunk.j) if self.old.tokens[at].kind is not TokenKind.PUNCTUATION]
        if not words:
            return None
        first, last = words[0], words[-1] + 1
        span = find_span(first, last, self.links, self.ours.tokens)
        if span is None or span[2] < SURE_TO_GO or not self._all_linked(words):
            return None
        start, end = span[0] - (first - hunk.i), span[1] + (hunk.j - last)
        signs = (*self.ours.tokens[max(start, 0) : span[0]], *self.ours.tokens[span[1] : end])
        gone = (*self.old.tokens[hunk.i : first], *self.old.tokens[last : hunk.j])
        if start < 0 or [self._narrow(token) for token in signs] != [token.text for token in gone]:
            return None
        place = self.ours.tokens[start].start, self.ours.tokens[end - 1].end
        return Edit(*with_space(self.ours.text, *place), ""), span[2]

    def _all_linked(self, words: Sequence[int]) -> bool:
        linked = {i for i, _, weight in self.links if weight >= LINKED}
        return all(at in linked or not plain([self.old.tokens[at].text]) for at in words)

    def _narrow(self, token: Token) -> str:
        narrow = {wide: narrow for narrow, wide in self.pair.target.text.punctuation}
        return narrow.get(token.text, token.text)

    def _translation(self, hunk: _Hunk, standing: str) -> tuple[str, float]:
        """What stands for some new English words in the translation, and how sure that is."""
        words = self.new.tokens[hunk.m : hunk.n]
        if all(token.is_same_everywhere for token in words):
            return self.new.raw(hunk.m, hunk.n), 1.0
        offered = self.phrases.translate([token.text for token in words])
        if not offered.weights:
            return "", 0.0
        known = self.phrases.translate([token.text for token in self.old.tokens[hunk.i : hunk.j]])
        form = choose_form(standing, known.weights, offered.weights, self.phrases.family)
        return form or "", offered.agreement

    def _with_marks(self, text: str) -> str | None:
        """The text with what is left to change: marks around words. ``None`` where they cannot be placed."""
        english = self._english()
        if [token.text for token in self.pair.tokens(english)] == [token.text for token in self.pair.tokens(self.new.text)]:
            return text
        carried = carry(english, self.new.text, text, self.pair)
        return carried.text if carried.complete else None

    def _english(self) -> str:
        """The new English with the marks of the old."""
        edits = []
        for hunk in self.changed:
            words = f" {self.new.raw(hunk.m, hunk.n)} "
            at = self.old.tokens[hunk.i].start if hunk.i < len(self.old.tokens) else len(self.old.text)
            edits.append(Edit(at, self.old.tokens[hunk.j - 1].end if hunk.i < hunk.j else at, words))
        return fold(apply_edits(self.old.text, edits))


def with_space(text: str, start: int, end: int) -> tuple[int, int]:
    """A span that takes one of the spaces around it with it."""
    if text[end : end + 1] == " " and (start == 0 or text[start - 1] == " "):
        return start, end + 1
    return (start - 1, end) if text[start - 1 : start] == " " and start else (start, end)


def _overlap(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < one.end


def _keeps_order(old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Whether the marks and numbers that both have come in the same order: which is which would be lost."""
    sides = [[token.text for token in tokens if token.is_same_everywhere] for tokens in (old, new)]
    both = Counter(sides[0]) & Counter(sides[1])
    return list(_among(sides[0], both)) == list(_among(sides[1], both))


def _among(texts: Sequence[str], allowed: Counter[str]) -> Iterator[str]:
    left = allowed.copy()
    for text in texts:
        if left[text]:
            left[text] -= 1
            yield text


def _is_faithful(
    english: tuple[Sequence[Token], Sequence[Token]], before: Sequence[Token], after: Sequence[Token]
) -> bool:
    """Whether marks and numbers changed in the translation as they changed in English."""
    gone, come = _shared(english[0]) - _shared(english[1]), _shared(english[1]) - _shared(english[0])
    return _shared(after) == _shared(before) - gone + come


def _shared(tokens: Sequence[Token]) -> Counter[str]:
    return Counter(token.text for token in tokens if token.is_same_everywhere)
