"""Repair: a translated sentence in which only what is aligned to the changed English words is replaced.

Everything the two English sentences share keeps the translator's words. A repair that cannot be vouched for is not
made: a changed number or placeholder must have changed in the translation, too, and where a word changed that turns the
meaning of others, a negation above all, none is made at all: how that is said is a matter of grammar.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from alignment.diff import fold
from sync.engines.places import Hunk, Sentence, Work, mend
from sync.engines.wording import is_bound, is_sign, plain, turns
from sync.merge.prose.carry import carry
from sync.merge.prose.sentence import Edit, apply_edits

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
NOTHING: Final = "English changed nothing that the translation shows."


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A repaired sentence."""

    text: str
    confidence: float
    """0 to 1."""
    note: str


def repair(old: str, new: str, target: str, pair: LanguagePair, phrases: Phrases) -> Repair | None:
    """``target``, the translation of ``old``, made into one of ``new``; ``None`` where that is not sure enough."""
    if not _keeps_order(pair.tokens(old), pair.tokens(new)):
        return None
    carried = carry(old, new, target, pair)
    if carried.complete:
        return Repair(text=carried.text, confidence=carried.confidence, note=carried.note)
    english = old if carried.text == target else carried.english
    before, after = (Sentence(text=text, tokens=_words(text, pair)) for text in (english, new))
    ours = Sentence(text=carried.text, tokens=pair.tokens(carried.text))
    made = _mend(Work(old=before, new=after, ours=ours, pair=pair, phrases=phrases))
    shared = [_shared(pair.tokens(text)) for text in (old, new, target)]
    if made is None or _shared(pair.tokens(made.text)) != shared[2] - (shared[0] - shared[1]) + (shared[1] - shared[0]):
        return None
    return made


def _words(text: str, pair: LanguagePair) -> tuple[Token, ...]:
    return tuple(token for token in pair.tokens(text) if not is_sign(token))


def _mend(work: Work) -> Repair | None:
    """The sentence with every changed place mended, marks around words last."""
    changed = _changed(work)
    if changed is None or any(_is_beyond(hunk, work) for hunk in changed):
        return None
    hunks = [hunk for hunk in changed if not _says_the_same(hunk, work)]
    found = [mend(hunk, work) for hunk in hunks]
    made = [one for one in found if one is not None]
    edits = [edit for edit, _ in made]
    if len(hunks) > PLACES or len(made) < len(hunks) or _overlap(edits):
        return None
    text = _with_marks(apply_edits(work.ours.text, edits), changed, work)
    if text is None:
        return None
    told = (f"{work.old.raw(one.i, one.j) or '∅'} → {work.new.raw(one.m, one.n) or '∅'}" for one in hunks)
    note = f"Replaced only: {', '.join(told)}." if hunks else NOTHING
    return Repair(text=text, confidence=min((sure for _, sure in made), default=1.0), note=note)


def _changed(work: Work) -> list[Hunk] | None:
    """The places where the two English sentences differ; ``None`` where they are two different sentences."""
    old, new = ([token.text for token in side.tokens] for side in (work.old, work.new))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < LEAST:
        return None
    return [Hunk(*indices) for tag, *indices in matcher.get_opcodes() if tag != "equal"]


def _says_the_same(hunk: Hunk, work: Work) -> bool:
    old, new = _texts(hunk, work)
    return plain(old) == plain(new)


def _is_beyond(hunk: Hunk, work: Work) -> bool:
    """Whether no replacement of words can do justice to a change."""
    old, new = _texts(hunk, work)
    if plain(old) == plain(new):
        return False
    if max(len(old), len(new)) > LONGEST or any(map(turns, (*old, *new))) or is_bound(old) or is_bound(new):
        return True
    sides = (work.old.raw(hunk.i, hunk.j), old), (work.new.raw(hunk.m, hunk.n), new)
    return any(len(work.pair.tokens(raw)) != len(texts) for raw, texts in sides)


def _texts(hunk: Hunk, work: Work) -> tuple[list[str], list[str]]:
    old, new = work.old.tokens[hunk.i : hunk.j], work.new.tokens[hunk.m : hunk.n]
    return [token.text for token in old], [token.text for token in new]


def _overlap(edits: Sequence[Edit]) -> bool:
    places = sorted((edit.start, edit.end) for edit in edits)
    return any(one[1] > other[0] for one, other in pairwise(places))


def _with_marks(text: str, changed: Sequence[Hunk], work: Work) -> str | None:
    """The text with what is left to change: marks around words. ``None`` where they cannot be placed."""
    english = _english(changed, work)
    sides = [[token.text for token in work.pair.tokens(one)] for one in (english, work.new.text)]
    if sides[0] == sides[1]:
        return text
    carried = carry(english, work.new.text, text, work.pair)
    return carried.text if carried.complete else None


def _english(changed: Sequence[Hunk], work: Work) -> str:
    """The new English with the marks of the old."""
    edits = []
    for hunk in changed:
        at = work.old.tokens[hunk.i].start if hunk.i < len(work.old.tokens) else len(work.old.text)
        end = work.old.tokens[hunk.j - 1].end if hunk.i < hunk.j else at
        edits.append(Edit(at, end, f" {work.new.raw(hunk.m, hunk.n)} "))
    return fold(apply_edits(work.old.text, edits))


def _keeps_order(old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Whether the marks and numbers that both have come in one order: else which is which would be lost."""
    both = _shared(old) & _shared(new)
    return list(_among(old, both)) == list(_among(new, both))


def _among(tokens: Sequence[Token], allowed: Counter[str]) -> Iterator[str]:
    left = allowed.copy()
    for token in tokens:
        if token.is_same_everywhere and left[token.text]:
            left[token.text] -= 1
            yield token.text


def _shared(tokens: Sequence[Token]) -> Counter[str]:
    return Counter(token.text for token in tokens if token.is_same_everywhere)
