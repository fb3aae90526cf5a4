"""English edits that need no knowledge of a language, made in a translator's sentence.

An edit is *neutral* if it touches only what both languages share: formulas, code spans, references, numbers, the sign a
sentence ends with, words that the translator left in English. It is made at the same place of the translation, found by
equal tokens.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from alignment.model import Mark
from alignment.tokens import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.tokens import Token
    from sync.merge.prose.language_pair import LanguagePair

LIGHT: Final = frozenset(",;\"'“”‘’-–—")
"""Signs whose coming and going changes no meaning."""
ENDS: Final = frozenset(".:;!?")
CLAUSE: Final = frozenset(",;:，；：、")
CLOSING: Final = frozenset(")]}）】」』”\"'")
NAME: Final = re.compile(r"\w*[a-z]\w*[A-Z]\w*(?:-\w+)*|[A-Z]{2,}\w*|(?:\w+-)+[A-Z]{2,}\w*|[A-Z]\w*\d\w*")
"""Names of programs, models and data sets, which every language writes alike: an inner capital, an acronym, a digit."""
CONTEXT: Final = 5
"""Tokens on each side that show a stretch to be the same in both languages, as in a list of names."""
GOVERNING: Final = frozenset({"as", "by", "following", "from", "in", "of", "on", "see", "than", "to", "with"})
"""English words behind which a citation is a noun of the sentence, and cannot leave it."""
WORDS: Final = 3
"""How many of them must be words."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters ``start`` to ``end`` of a text become ``text``."""

    start: int
    end: int
    text: str


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """The text with edits that do not overlap."""
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence without the marks around its words, and its tokens."""

    text: str
    tokens: tuple[Token, ...]

    def raw(self, start: int, end: int) -> str:
        """The text of some neighbouring tokens as it stands."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end] if start < end else ""

    def is_name(self, token: Token) -> bool:
        return token.kind is TokenKind.WORD and bool(NAME.fullmatch(self.text[token.start : token.end]))

    @property
    def keys(self) -> list[str]:
        """What counts as a change of each token: of words not their case, of formulas not their white space."""
        return [
            token.text if token.kind is TokenKind.WORD else re.sub(r"\s", "", self.text[token.start : token.end])
            for token in self.tokens
        ]


@dataclass(frozen=True, slots=True)
class Hunk:
    """Tokens ``i`` to ``j`` of the old English became tokens ``m`` to ``n`` of the new."""

    i: int
    j: int
    m: int
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Neutral:
    """The neutral part of an English edit."""

    edits: tuple[Edit, ...]
    """In the translation."""
    left: tuple[Hunk, ...]
    """What is not neutral."""
    english: str
    """The old English with only the neutral part of its edit."""


def match(before: Sentence, after: Sentence) -> SequenceMatcher[str]:
    """The tokens of two revisions of one sentence against each other."""
    return SequenceMatcher(None, before.keys, after.keys, autojunk=False)


def carry_content(before: Sentence, after: Sentence, ours: Sentence, pair: LanguagePair) -> Neutral:
    """Make the neutral edits that lead from ``before`` to ``after`` in ``ours``."""
    edits: list[Edit] = []
    moves: list[Edit] = []
    english: list[Edit] = []
    left: list[Hunk] = []
    for tag, i, j, m, n in match(before, after).get_opcodes():
        hunk = Hunk(i, j, m, n)
        if tag == "equal" or _is_light(before, after, hunk):
            continue
        if _only_moves_marks(before, after, hunk):
            moves += _move_citation(before, after, ours, hunk, pair)
            continue
        made = _neutral(before, after, ours, hunk, pair)
        if made is None or any(_overlap(one, other) for one in made for other in edits):
            left.append(hunk)
        else:
            edits += made
            english.append(_english_edit(before, after, hunk))
    if left:
        edits += _append_references(before, after, ours, edits, pair)
        edits += _drop_references(before, after, ours, edits)
    if not any(_overlap(one, other) for one in moves for other in edits):
        edits += moves
    return Neutral(edits=tuple(edits), left=tuple(left), english=apply_edits(before.text, english))


def _append_references(
    before: Sentence, after: Sentence, ours: Sentence, edits: Sequence[Edit], pair: LanguagePair
) -> Iterator[Edit]:
    """References and citations that are new among words which wait for a draft, in brackets at the end of a clause.

    Whoever reads the old words meanwhile is sent to the right places, and nothing that the book counts is missing.
    """
    came = Counter(_roles(after.text, after.tokens)) - Counter(_roles(before.text, before.tokens))
    came -= Counter(role for role in came.elements() for edit in edits if role in edit.text)
    came -= Counter(_roles(ours.text, ours.tokens)) - Counter(_roles(before.text, before.tokens))
    wide = dict(pair.target.text.punctuation)
    for role in came:
        place = _clause_end(ours, after.text.index(role) / len(after.text))
        opening, closing = wide.get("(", " (" if place else "("), wide.get(")", ")" if place else ") ")
        yield Edit(place, place, f"{opening}{role}{closing}")


def _drop_references(before: Sentence, after: Sentence, ours: Sentence, edits: Sequence[Edit]) -> Iterator[Edit]:
    """References that English dropped among such words, where they stand alone in brackets."""
    for role in Counter(_roles(before.text, before.tokens)) - Counter(_roles(after.text, after.tokens)):
        found = re.search(rf"\s*[(（]\s*{re.escape(role)}\s*[)）]", ours.text)
        if found and not any(_overlap(Edit(*found.span(), ""), edit) for edit in edits):
            yield Edit(*found.span(), "")


def _roles(text: str, tokens: Sequence[Token]) -> list[str]:
    marks = [text[token.start : token.end] for token in tokens if token.kind is TokenKind.MARK]
    return [mark for mark in marks if _is_role(mark)]


def _is_role(text: str) -> bool:
    return text.startswith((":", "{")) and text.endswith("`")


def _end_of(sentence: Sentence) -> int:
    """Before the sign that a sentence ends with."""
    if not sentence.tokens:
        return len(sentence.text)
    last = sentence.tokens[-1]
    return last.start if last.kind is TokenKind.PUNCTUATION and last.text not in CLOSING else last.end


def _clause_end(sentence: Sentence, share: float) -> int:
    """The beginning of the sentence or the end of one of its clauses, whichever is nearest to a share of its length."""
    stops = [token.start for token in sentence.tokens[:-1] if token.text in CLAUSE]
    return min((0, *stops, _end_of(sentence)), key=lambda place: abs(place - share * len(sentence.text)))


def _overlap(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < one.end


def _english_edit(before: Sentence, after: Sentence, hunk: Hunk) -> Edit:
    """A hunk as an edit of the old English, with the white space that goes with it."""
    start = before.tokens[hunk.i - 1].end if hunk.i else 0
    end = before.tokens[hunk.j].start if hunk.j < len(before.tokens) else len(before.text)
    first = after.tokens[hunk.m - 1].end if hunk.m else 0
    last = after.tokens[hunk.n].start if hunk.n < len(after.tokens) else len(after.text)
    return Edit(start, end, after.text[first:last])


def _is_light(before: Sentence, after: Sentence, hunk: Hunk) -> bool:
    """Whether only light signs came or went: a comma, a quotation mark, a hyphen inside a word."""
    signs = (*before.tokens[hunk.i : hunk.j], *after.tokens[hunk.m : hunk.n])
    if all(token.kind is TokenKind.PUNCTUATION and token.text in LIGHT for token in signs):
        return True
    if any(before.is_name(token) for token in before.tokens[hunk.i : hunk.j]):
        return False
    texts = (before.raw(hunk.i, hunk.j), after.raw(hunk.m, hunk.n))
    bare = [re.sub(r"[\s\"'“”‘’–—-]", "", text).casefold() for text in texts]
    return bare[0] == bare[1] and all(token.kind is not TokenKind.MARK for token in signs)


def _only_moves_marks(before: Sentence, after: Sentence, hunk: Hunk) -> bool:
    """Whether marks came or went that the sentence still has as often: word order is the translator's."""
    changed = [*before.keys[hunk.i : hunk.j], *after.keys[hunk.m : hunk.n]]
    marks = [
        token.kind is TokenKind.MARK for token in (*before.tokens[hunk.i : hunk.j], *after.tokens[hunk.m : hunk.n])
    ]
    return all(marks) and all(before.keys.count(key) == after.keys.count(key) for key in changed)


def _move_citation(before: Sentence, after: Sentence, ours: Sentence, hunk: Hunk, pair: LanguagePair) -> list[Edit]:
    """A citation moved to the end of a sentence goes there in the translation, too: grammar does not need it."""
    role = after.raw(hunk.m, hunk.n)
    at_end = all(token.kind is TokenKind.PUNCTUATION for token in before.tokens[hunk.i :])
    if hunk.i < hunk.j or hunk.n - hunk.m != 1 or not role.startswith(":cite") or not at_end:
        return []
    at = next((k for k in range(len(before.tokens)) if before.raw(k, k + 1) == role), 0)
    if at and before.tokens[at - 1].text in GOVERNING:
        return []
    places = [token for token in ours.tokens if ours.text[token.start : token.end] == role]
    if len(places) != 1 or _end_of(ours) == places[0].end:
        return []
    inserted = _insert(before, after, ours, hunk, pair) or []
    return [Edit(*_with_space(ours.text, places[0].start, places[0].end), ""), *inserted] if inserted else []


def _neutral(before: Sentence, after: Sentence, ours: Sentence, hunk: Hunk, pair: LanguagePair) -> list[Edit] | None:
    if _is_end_sign(before, hunk.i, hunk.j) and _is_end_sign(after, hunk.m, hunk.n):
        return _end_sign(before, after, ours, hunk, pair)
    same = _as_in_english(before, after, ours, hunk)
    if same is not None:
        return [same]
    if not _all_shared(before, after, ours, hunk):
        return None
    if hunk.i == hunk.j:
        return _insert(before, after, ours, hunk, pair)
    place = _find(before, ours, hunk.i, hunk.j)
    if place is None:
        return None
    start, end = ours.tokens[place].start, ours.tokens[place + hunk.j - hunk.i - 1].end
    if hunk.m < hunk.n:
        return [Edit(start, end, after.raw(hunk.m, hunk.n))]
    return [Edit(*_with_space(ours.text, start, end), "")]


def _is_end_sign(side: Sentence, start: int, end: int) -> bool:
    return end - start == 1 and side.tokens[start].text in ENDS and end == len(side.tokens)


def _end_sign(before: Sentence, after: Sentence, ours: Sentence, hunk: Hunk, pair: LanguagePair) -> list[Edit]:
    """The sign at the end, in the width the translation has it; nothing where the translation ends otherwise."""
    old, new = before.tokens[hunk.i].text, after.tokens[hunk.m].text
    wide = dict(pair.target.text.punctuation)
    last = ours.tokens[-1] if ours.tokens else None
    if last is None or last.text not in (old, wide.get(old)):
        return []
    return [Edit(last.start, last.end, new if last.text == old else wide.get(new, new))]


def _as_in_english(before: Sentence, after: Sentence, ours: Sentence, hunk: Hunk) -> Edit | None:
    """The edit itself, where the translation has the words around it and those it replaces as English has them."""
    first, last = max(0, hunk.i - CONTEXT), min(len(before.tokens), hunk.j + CONTEXT)
    wanted = before.keys[first:last]
    if sum(key.isalnum() for key in wanted) < WORDS:
        return None
    places = list(_occurrences(ours.keys, wanted))
    if len(places) != 1:
        return None
    span = Hunk(places[0], places[0] + len(wanted), hunk.m - (hunk.i - first), hunk.n + (last - hunk.j))
    return Edit(ours.tokens[span.i].start, ours.tokens[span.j - 1].end, after.raw(span.m, span.n))


def _all_shared(before: Sentence, after: Sentence, ours: Sentence, hunk: Hunk) -> bool:
    """Whether every token is the same in both languages: marks, numbers, names, words that the translation has, too."""
    olds, news = before.tokens[hunk.i : hunk.j], after.tokens[hunk.m : hunk.n]
    known = {token.text for token in ours.tokens}
    inner = {
        word for token in olds if token.kind is TokenKind.MARK for word in re.findall(r"\w+", token.text.casefold())
    }
    shared = [token.is_same_everywhere or (token.kind is TokenKind.WORD and token.text in known) for token in olds]
    fresh = [token.is_same_everywhere or token.text in inner or after.is_name(token) for token in news]
    return all(shared) and all(fresh)


def _find(before: Sentence, ours: Sentence, start: int, end: int) -> int | None:
    """Where the translation has some English tokens: the occurrence with the same number, if it has as many."""
    wanted = [token.text for token in before.tokens[start:end]]
    theirs, places = (list(_occurrences([token.text for token in side.tokens], wanted)) for side in (before, ours))
    if len(places) == len(theirs):
        return places[theirs.index(start)]
    return places[0] if len(places) == 1 else None


def _occurrences(texts: Sequence[str], wanted: Sequence[str]) -> Iterator[int]:
    for at in range(len(texts) - len(wanted) + 1):
        if list(texts[at : at + len(wanted)]) == list(wanted):
            yield at


def _with_space(text: str, start: int, end: int) -> tuple[int, int]:
    """A span that takes one of the spaces around it with it."""
    if text[end : end + 1] == " " and (start == 0 or text[start - 1] == " "):
        return start, end + 1
    return (start - 1, end) if text[start - 1 : start] == " " else (start, end)


def _insert(before: Sentence, after: Sentence, ours: Sentence, hunk: Hunk, pair: LanguagePair) -> list[Edit] | None:
    """Something both languages share that English did not have: beside its neighbour, or at the end of the sentence."""
    at, text = hunk.i, after.raw(hunk.m, hunk.n)
    neighbour = _find(before, ours, at - 1, at) if at and before.tokens[at - 1].kind is TokenKind.MARK else None
    if neighbour is not None:
        place = ours.tokens[neighbour].end
        return [Edit(place, place, after.text[after.tokens[hunk.m - 1].end : after.tokens[hunk.m].start] + text)]
    if ours.tokens and all(token.kind is TokenKind.PUNCTUATION for token in before.tokens[at:]):
        place, mark = _end_of(ours), _mark_of(text)
        return [Edit(place, place, (pair.target.text.around(mark)[0] if mark else " ") + text)]
    return None


def _mark_of(text: str) -> Mark | None:
    """The sort of markup a text begins with, as far as spacing asks."""
    return {"`": Mark.CODE, "$": Mark.MATH, ":": Mark.ROLE}.get(text[:1])
