"""English edits that need no knowledge of a language, made in a translator's sentence.

An edit is *neutral* if it touches only what both languages share: formulas, code spans, references, numbers, the sign a
sentence ends with, words that the translator left in English. It is made at the same place of the translation, found by
equal tokens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alignment.model import Mark
from alignment.tokens import TokenKind
from sync.merge.prose.references import append_references, drop_references
from sync.merge.prose.sentence import Edit, Hunk, Sentence, Texts, apply_edits, match

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LIGHT: Final = frozenset(",;\"'“”‘’-–—")
"""Signs whose coming and going changes no meaning."""
ENDS: Final = frozenset(".:;!?")
CONTEXT: Final = 5
"""Tokens on each side that show a stretch to be the same in both languages, as in a list of names."""
WORDS: Final = 3
"""How many of them must be words."""
GOVERNING: Final = frozenset({"as", "by", "following", "from", "in", "of", "on", "see", "than", "to", "with"})
"""English words behind which a citation is a noun of the sentence, and cannot leave it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neutral:
    """The neutral part of an English edit."""

    edits: tuple[Edit, ...]
    """In the translation."""
    left: tuple[Hunk, ...]
    """What is not neutral."""
    english: str
    """The old English with only the neutral part of its edit."""


def carry_content(texts: Texts) -> Neutral:
    """Make the neutral part of the English edit in the translation."""
    edits: list[Edit] = []
    moves: list[Edit] = []
    english: list[Edit] = []
    left: list[Hunk] = []
    for tag, i, j, m, n in match(texts.before, texts.after).get_opcodes():
        hunk = Hunk(i, j, m, n)
        if tag == "equal" or _is_light(texts, hunk):
            continue
        if _only_moves_marks(texts, hunk):
            moves += _move_citation(texts, hunk)
            continue
        made = _neutral(texts, hunk)
        if made is None or any(one.meets(edits) for one in made):
            left.append(hunk)
        else:
            edits += made
            english.append(_english_edit(texts, hunk))
    if left:
        edits += append_references(texts, edits)
        edits += drop_references(texts, edits)
    if not any(one.meets(edits) for one in moves):
        edits += moves
    return Neutral(edits=tuple(edits), left=tuple(left), english=apply_edits(texts.before.text, english))


def _english_edit(texts: Texts, hunk: Hunk) -> Edit:
    """A hunk as an edit of the old English, with the white space that goes with it."""
    return Edit(*texts.before.gap(hunk.i, hunk.j), texts.after.between(hunk.m, hunk.n))


def _is_light(texts: Texts, hunk: Hunk) -> bool:
    """Whether only light signs came or went: a comma, a quotation mark, a hyphen inside a word."""
    olds, signs = texts.olds(hunk), (*texts.olds(hunk), *texts.news(hunk))
    if all(token.kind is TokenKind.PUNCTUATION and token.text in LIGHT for token in signs):
        return True
    if any(texts.before.is_name(token) for token in olds):
        return False
    raw = (texts.before.raw(hunk.i, hunk.j), texts.after.raw(hunk.m, hunk.n))
    bare = [re.sub(r"[\s\"'“”‘’–—-]", "", text).casefold() for text in raw]
    return bare[0] == bare[1] and all(token.kind is not TokenKind.MARK for token in signs)


def _only_moves_marks(texts: Texts, hunk: Hunk) -> bool:
    """Whether references came or went that the sentence still has as often: word order is the translator's."""
    before, after = texts.before.keys, texts.after.keys
    changed = (*before[hunk.i : hunk.j], *after[hunk.m : hunk.n])
    # Formulas that are exchanged say something else; references do not.
    are_references = all(key[:1] in (":", "{") and key.endswith("`") for key in changed)
    return are_references and all(before.count(key) == after.count(key) for key in changed)


def _move_citation(texts: Texts, hunk: Hunk) -> list[Edit]:
    """A citation moved to the end of a sentence goes there in the translation, too: grammar does not need it."""
    before, ours, role = texts.before, texts.ours, texts.after.raw(hunk.m, hunk.n)
    at_end = all(token.kind is TokenKind.PUNCTUATION for token in before.tokens[hunk.i :])
    if hunk.i < hunk.j or hunk.n - hunk.m != 1 or not role.startswith(":cite") or not at_end:
        return []
    at = next((k for k in range(len(before.tokens)) if before.raw(k, k + 1) == role), 0)
    places = [token for token in ours.tokens if ours.text[token.start : token.end] == role]
    if (at and before.tokens[at - 1].text in GOVERNING) or len(places) != 1 or places[0].end == ours.end:
        return []
    inserted = _insert(texts, hunk) or []
    return [Edit(*_with_space(ours.text, places[0].start, places[0].end), ""), *inserted] if inserted else []


def _neutral(texts: Texts, hunk: Hunk) -> list[Edit] | None:
    """The edits that a hunk asks for; ``None`` if it is not neutral or its place is not found."""
    if _is_end_sign(texts.before, hunk.i, hunk.j) and _is_end_sign(texts.after, hunk.m, hunk.n):
        return _end_sign(texts, hunk)
    same = _as_in_english(texts, hunk)
    if same is not None:
        return [same]
    if not _all_shared(texts, hunk):
        return None
    if hunk.i == hunk.j:
        return _insert(texts, hunk)
    place = _find(texts, hunk.i, hunk.j)
    if place is None:
        return None
    tokens = texts.ours.tokens[place : place + hunk.j - hunk.i]
    if hunk.m < hunk.n:
        return [Edit(tokens[0].start, tokens[-1].end, texts.after.raw(hunk.m, hunk.n))]
    return [Edit(*_with_space(texts.ours.text, tokens[0].start, tokens[-1].end), "")]


def _is_end_sign(side: Sentence, start: int, end: int) -> bool:
    return end - start == 1 and side.tokens[start].text in ENDS and end == len(side.tokens)


def _end_sign(texts: Texts, hunk: Hunk) -> list[Edit]:
    """The sign at the end, in the width the translation has it; nothing where the translation ends otherwise."""
    old, new = texts.before.tokens[hunk.i].text, texts.after.tokens[hunk.m].text
    wide = dict(texts.pair.target.text.punctuation)
    *_, before, last = (None, None, *texts.ours.tokens)
    if last is None or last.text not in (old, wide.get(old)) or (before and before.text in ENDS):
        return []
    return [Edit(last.start, last.end, new if last.text == old else wide.get(new, new))]


def _as_in_english(texts: Texts, hunk: Hunk) -> Edit | None:
    """The edit itself, where the translation has the words around it and those it replaces as English has them."""
    before, after, ours = texts.before.keys, texts.after.keys, texts.ours
    most = _common(before[: hunk.i][::-1], after[: hunk.m][::-1]), _common(before[hunk.j :], after[hunk.n :])
    for back, forth in ((min(size, most[0]), min(size, most[1])) for size in range(CONTEXT, 0, -1)):
        wanted = before[hunk.i - back : hunk.j + forth]
        places = list(_occurrences(ours.keys, wanted))
        if len(places) == 1 and sum(key.isalnum() for key in wanted) >= WORDS:
            at = places[0] + back
            return Edit(*ours.gap(at, at + hunk.j - hunk.i), texts.after.between(hunk.m, hunk.n))
    return None


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    """How many keys two sides have in common next to a hunk, and at most ``CONTEXT``."""
    pairs = list(zip(before, after, strict=False))[:CONTEXT]
    return next((count for count, (one, other) in enumerate(pairs) if one != other), len(pairs))


def _all_shared(texts: Texts, hunk: Hunk) -> bool:
    """Whether every token is the same in both languages: marks, numbers, names, words that the translation has, too."""
    olds = texts.olds(hunk)
    known = {token.text for token in texts.ours.tokens}
    marks = [token.text.casefold() for token in olds if token.kind is TokenKind.MARK]
    inner = {word for mark in marks for word in re.findall(r"\w+", mark)}
    shared = (token.is_same_everywhere or (token.kind is TokenKind.WORD and token.text in known) for token in olds)
    fresh = (
        token.is_same_everywhere or token.text in inner or texts.after.is_name(token) for token in texts.news(hunk)
    )
    return all(shared) and all(fresh)


def _find(texts: Texts, start: int, end: int) -> int | None:
    """Where the translation has some English tokens: the occurrence with the same number, if it has as many."""
    wanted = [token.text for token in texts.before.tokens[start:end]]
    sides = [[token.text for token in side.tokens] for side in (texts.before, texts.ours)]
    theirs, places = (list(_occurrences(side, wanted)) for side in sides)
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


def _insert(texts: Texts, hunk: Hunk) -> list[Edit] | None:
    """Something both languages share that English did not have: beside its neighbour, or at the end of the sentence."""
    before, after, ours = texts.before, texts.after, texts.ours
    at, text = hunk.i, after.raw(hunk.m, hunk.n)
    neighbour = _find(texts, at - 1, at) if at and before.tokens[at - 1].kind is TokenKind.MARK else None
    if neighbour is not None:
        place = ours.tokens[neighbour].end
        return [Edit(place, place, after.text[after.tokens[hunk.m - 1].end : after.tokens[hunk.m].start] + text)]
    if ours.tokens and all(token.kind is TokenKind.PUNCTUATION for token in before.tokens[at:]):
        mark = _mark_of(text)
        return [Edit(ours.end, ours.end, (texts.pair.target.text.around(mark)[0] if mark else " ") + text)]
    return None


def _mark_of(text: str) -> Mark | None:
    """The sort of markup a text begins with, as far as spacing asks."""
    return {"`": Mark.CODE, "$": Mark.MATH, ":": Mark.ROLE}.get(text[:1])
