"""One changed place of an English sentence, mended in its translation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from alignment.tokens import TokenKind
from sync.engines.forms import choose_form, lower_first, raise_first
from sync.engines.wording import plain
from sync.merge.prose.content import ENDS
from sync.merge.prose.sentence import NAME, Edit
from sync.merge.prose.spans import find_span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment.tokens import Token
    from alignment.words import WordLink
    from sync.engines.phrases import Phrases
    from sync.merge.prose.language_pair import LanguagePair

LINKED: Final = 0.2
"""How sure the place of the changed words must be."""
KNOWN: Final = 0.2
"""How sure the translation of the new words must be."""
CONTEXT: Final = ((0, 0), (0, 1), (1, 0), (1, 1))
"""Words before and after a changed place that are replaced with it, where it is not known by itself."""
CONTEXT_OF_NEW: Final = ((0, 1), (1, 1))
"""The same for words that came: with the word behind them, whose ending shows which form is meant."""
CERTAIN: Final = 0.9
"""Confidence in names and in signs at the end, which need no word alignment."""
BRACKETS: Final = (frozenset("(（"), frozenset(")）"))

Mended = tuple[Edit, float]
"""An edit of the translation, and how sure it is, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A text and its tokens; those of English without the marks around words."""

    text: str
    tokens: tuple[Token, ...]

    def raw(self, start: int, end: int) -> str:
        """Some neighbouring tokens as they stand."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end] if start < end else ""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Tokens ``i`` to ``j`` of the old English became tokens ``m`` to ``n`` of the new."""

    i: int
    j: int
    m: int
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A sentence to be repaired and what is known for it."""

    old: Sentence
    new: Sentence
    ours: Sentence
    """The translation of the old English."""
    pair: LanguagePair
    phrases: Phrases
    links: tuple[WordLink, ...] = field(init=False)
    """Between the old English and the translation."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "links", self.pair.link(self.old.tokens, self.ours.tokens))


def mend(hunk: Hunk, work: Work) -> Mended | None:
    """The edit for one changed place; ``None`` where it cannot be made."""
    if _is_end(work.old, hunk.i, hunk.j) and _is_end(work.new, hunk.m, hunk.n):
        return _end(hunk, work)
    if hunk.m == hunk.n:
        return _delete(hunk, work)
    if hunk.i < hunk.j and (named := _rename(hunk, work)):
        return named
    for before, after in CONTEXT if hunk.i < hunk.j else CONTEXT_OF_NEW:
        wider = _widen(hunk, before, after, work)
        if wider and (made := _replace(wider, work)):
            return made
    return None


def _is_end(side: Sentence, start: int, end: int) -> bool:
    """Whether there is nothing, or only the sign that ends it, from ``start`` to the end of a sentence."""
    return end == len(side.tokens) and all(token.text in ENDS for token in side.tokens[start:])


def _end(hunk: Hunk, work: Work) -> Mended:
    """Another sign at the end, or none, or one where none was, as wide as the translation has it."""
    wide = dict(work.pair.target.text.punctuation)
    old, new = work.old.raw(hunk.i, hunk.j), work.new.raw(hunk.m, hunk.n)
    text = work.ours.text.rstrip()
    standing = next((sign for sign in (wide.get(old, old), old) if sign and text.endswith(sign)), "")
    ends_otherwise = bool(old) != bool(standing) or (not old and text.endswith((*ENDS, *wide.values())))
    sign = "" if ends_otherwise else new if standing and standing == old else wide.get(new, new)
    return Edit(len(text) - len(standing), len(text), standing if ends_otherwise else sign), CERTAIN


def _rename(hunk: Hunk, work: Work) -> Mended | None:
    """A name for a name, before whatever ending the translation gives it."""
    old, new = work.old.raw(hunk.i, hunk.j), work.new.raw(hunk.m, hunk.n)
    if not NAME.fullmatch(old) or not NAME.fullmatch(new):
        return None
    places = [match.span() for match in re.finditer(rf"(?<![\w-]){re.escape(old)}(?![A-Za-z0-9-])", work.ours.text)]
    if len(places) != 1 or work.old.text.count(old) != 1:
        return None
    return Edit(*places[0], new), CERTAIN


def _widen(hunk: Hunk, before: int, after: int, work: Work) -> Hunk | None:
    """The place with words around it that both English sentences have."""
    wider = Hunk(hunk.i - before, hunk.j + after, hunk.m - before, hunk.n + after)
    if wider.i < 0 or wider.m < 0 or wider.j > len(work.old.tokens) or wider.n > len(work.new.tokens):
        return None
    olds = (*work.old.tokens[wider.i : hunk.i], *work.old.tokens[hunk.j : wider.j])
    news = (*work.new.tokens[wider.m : hunk.m], *work.new.tokens[hunk.n : wider.n])
    return wider if olds == news and all(token.kind is TokenKind.WORD for token in olds) else None


def _replace(hunk: Hunk, work: Work) -> Mended | None:
    span = find_span(hunk.i, hunk.j, work.links, work.ours.tokens)
    if span is None or span[2] < LINKED or not _all_linked(range(hunk.i, hunk.j), work) or _is_explained(hunk, work):
        return None
    start, end, linked = span
    text, known = _translation(hunk, work.ours.raw(start, end), work)
    if not text or known < KNOWN:
        return None
    text = _cased(text, start, hunk, work)
    if text == work.ours.raw(start, end) or not _suits(text, start, end, work):
        return None
    place = work.ours.tokens[start].start, work.ours.tokens[end - 1].end
    return Edit(*place, text), min(1.0, (linked + known) / 2 + 0.2)


def _is_explained(hunk: Hunk, work: Work) -> bool:
    """Whether the translators put a changed English word in brackets behind its translation."""
    words = {token.text for token in work.old.tokens[hunk.i : hunk.j]}
    texts = ["", *(token.text for token in work.ours.tokens), ""]
    return any(
        text in words and (before in BRACKETS[0] or after in BRACKETS[1])
        for before, text, after in zip(texts, texts[1:], texts[2:], strict=False)
    )


def _translation(hunk: Hunk, standing: str, work: Work) -> tuple[str, float]:
    """What stands for some new English words in the translation, and how sure that is."""
    words = work.new.tokens[hunk.m : hunk.n]
    if all(token.is_same_everywhere for token in words):
        return work.new.raw(hunk.m, hunk.n), 1.0
    offered = work.phrases.translate([token.text for token in words])
    if not offered.weights:
        return "", 0.0
    known = work.phrases.translate([token.text for token in work.old.tokens[hunk.i : hunk.j]])
    form = choose_form(standing, known.weights, offered.weights, work.phrases.family)
    return form or "", offered.agreement


def _cased(text: str, at: int, hunk: Hunk, work: Work) -> str:
    """The text as it is written before token ``at`` of the translation: with a capital where a sentence begins."""
    standing = work.ours.text[work.ours.tokens[at].start]
    if standing.islower() and work.new.raw(hunk.m, hunk.n)[0].islower():
        return lower_first(text, work.phrases)
    begins = not any(token.kind is TokenKind.WORD for token in work.ours.tokens[:at])
    return raise_first(text, work.phrases) if begins and standing.isupper() else text


def _suits(text: str, start: int, end: int, work: Work) -> bool:
    """Whether some words can stand between their new neighbours: none twice, none beside an article of another sort."""
    words = work.pair.tokens(text)
    before = work.ours.tokens[start - 1] if start else None
    after = work.ours.tokens[end] if end < len(work.ours.tokens) else None
    if (before and words[0].text == before.text) or (after and words[-1].text == after.text):
        return False
    if before is None or before.kind is not TokenKind.WORD or not work.phrases.is_common(before.text):
        return True
    return work.phrases.precedes(before.text, words[0].text)


def _delete(hunk: Hunk, work: Work) -> Mended | None:
    """Take out what translates some words, with the signs around them that English took out, too."""
    words = [at for at in range(hunk.i, hunk.j) if work.old.tokens[at].kind is not TokenKind.PUNCTUATION]
    span = find_span(words[0], words[-1] + 1, work.links, work.ours.tokens) if words else None
    if span is None or span[2] < LINKED or not _all_linked(words, work):
        return None
    start, end = span[0] - (words[0] - hunk.i), span[1] + (hunk.j - words[-1] - 1)
    signs = (*work.ours.tokens[max(start, 0) : span[0]], *work.ours.tokens[span[1] : end])
    gone = (*work.old.tokens[hunk.i : words[0]], *work.old.tokens[words[-1] + 1 : hunk.j])
    narrow = {wide: narrow for narrow, wide in work.pair.target.text.punctuation}
    if start < 0 or [narrow.get(sign.text, sign.text) for sign in signs] != [sign.text for sign in gone]:
        return None
    place = work.ours.tokens[start].start, work.ours.tokens[end - 1].end
    return Edit(*_with_space(work.ours.text, *place), ""), span[2]


def _all_linked(words: Iterable[int], work: Work) -> bool:
    """Whether nothing that some English words say is said elsewhere in the translation, for all that is known."""
    linked = {i for i, _, _ in work.links}
    return all(at in linked or not plain([work.old.tokens[at].text]) for at in words)


def _with_space(text: str, start: int, end: int) -> tuple[int, int]:
    """A span that takes one of the spaces around it with it."""
    if text[end : end + 1] == " " and (start == 0 or text[start - 1] == " "):
        return start, end + 1
    return (start - 1, end) if text[start - 1 : start] == " " and start else (start, end)
