"""Whether two linked texts are a translation to take an example from. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log, sqrt
from statistics import median
from typing import TYPE_CHECKING, Final

from alignment.tokens import TokenKind, tokenize
from sync.bitext.marks import literals
from sync.bitext.parallel_data.exclusion import Texts, key
from sync.bitext.parallel_data.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from alignment.markdown import Profile
    from sync.bitext.parallel_data.model import Candidate
    from sync.state import ChapterState

SURE: Final = 0.8
"""Confidence from which linked sentences are believed. On the gold of Vietnamese with drift, of the links not below it
99.8 % (light) and 99.4 % (heavy) are right, and 97 % of all links are among them (benchmarks/parallel_data.py)."""
SHAPES: Final = frozenset({(1, 1), (1, 2), (2, 1)})

ENGLISH: Final = frozenset(
    {"the", "of", "and", "that", "with", "this", "which", "from", "are", "is", "we", "for", "to"}
)
"""Words without which there is hardly an English sentence, and with which there is hardly another."""
ENGLISH_KINDS: Final = 3
ENGLISH_SHARE: Final = 0.15
"""Different words of these, and their share of all words, from which a text is in English."""
COPIED: Final = 0.8
"""Share of words that the source has too from which a text was left as it is."""
FEW: Final = 3
"""Words of which any may be names."""

SMALL: Final = 12
"""A number up to which one language writes a word where the other has a digit."""

FAR: Final = 3.0
"""Deviations from the usual length that are too many."""
SHORT: Final = 40.0
"""Characters of a source at which chance adds as much again to the variance of the length."""
LEAST_SPREAD: Final = 0.12
ENOUGH: Final = 20
"""Pairs from which it is known how long translations are."""


@dataclass(frozen=True, slots=True)
class LengthHabit:
    """How much longer than its English a translation is: centre and spread of the logarithm of that ratio."""

    centre: float
    spread: float

    @staticmethod
    def of(pairs: Iterable[tuple[str, str]], usual: float) -> LengthHabit:
        """From the pairs of a fork, robustly, for some of them are wrong; from the ``usual`` ratio if they are few."""
        ratios = [log(len(right) / len(left)) for left, right in pairs if len(left) >= SHORT and right]
        if len(ratios) < ENOUGH:
            return LengthHabit(log(usual), 3 * LEAST_SPREAD)
        centre = median(ratios)
        return LengthHabit(centre, max(LEAST_SPREAD, 1.4826 * median(abs(ratio - centre) for ratio in ratios)))

    def is_odd(self, source: str, target: str) -> bool:
        ratio = log(max(len(target), 1) / max(len(source), 1))
        return abs(ratio - self.centre) > FAR * self.spread * sqrt(1 + SHORT / max(len(source), 1))


class Judge:
    """Knows a fork's habits, and what must not be learned from."""

    def __init__(
        self,
        habit: LengthHabit,
        profile: Profile,
        *,
        excluded: Iterable[str] = (),
        states: Mapping[str, ChapterState] | None = None,
    ) -> None:
        """``states`` by the path of a chapter. ``excluded`` texts are Markdown as it stands, in either language."""
        self._habit = habit
        self._profile = profile
        self._excluded = Texts(excluded, profile)
        known = (states or {}).items()
        self._machine = {path: Texts((one.target for one in state.machine), profile) for path, state in known}
        self._pending = {
            path: Texts((text for one in state.pending for text in (one.new_source, one.old_target)), profile)
            for path, state in known
        }

    def objection(self, candidate: Candidate, *, shapes: bool = True) -> Reason | None:
        """Why this is no example; nothing where it is one. A whole paragraph may be of any shape."""
        if 0 in candidate.shape:
            return Reason.ALONE
        return self._banned(candidate) or self._ill_linked(candidate, shapes) or self._ill_translated(candidate)

    def _banned(self, candidate: Candidate) -> Reason | None:
        left, right = key(candidate.source), key(candidate.target)
        if self._excluded.resembles(left) or self._excluded.resembles(right):
            return Reason.SEGMENT
        if candidate.chapter not in self._machine:
            return None
        if self._machine[candidate.chapter].holds(right):
            return Reason.MACHINE
        pending = self._pending[candidate.chapter]
        return Reason.PENDING if pending.holds(left) or pending.holds(right) else None

    def _ill_linked(self, candidate: Candidate, shapes: bool) -> Reason | None:
        if shapes and candidate.shape not in SHAPES:
            return Reason.SHAPE
        return Reason.DOUBT if candidate.confidence < SURE else None

    def _ill_translated(self, candidate: Candidate) -> Reason | None:
        left, right = _Words(candidate.source, self._profile), _Words(candidate.target, self._profile)
        if not left.words or not right.words:
            return Reason.WORDLESS
        if candidate.source == candidate.target or right.is_copy_of(left) or right.is_english:
            return Reason.UNTRANSLATED
        if literals(candidate.left, self._profile) != literals(candidate.right, self._profile):
            return Reason.MARKUP
        if not _agree(left.numbers, right.numbers):
            return Reason.NUMBERS
        return Reason.LENGTH if self._habit.is_odd(candidate.source, candidate.target) else None


class _Words:
    """The words and numbers of a text outside of its markup."""

    def __init__(self, text: str, profile: Profile) -> None:
        tokens = tokenize(text, profile)
        self.words = [one.text for one in tokens if one.kind in (TokenKind.WORD, TokenKind.CJK)]
        self.numbers = Counter(_digits(one.text) for one in tokens if one.kind is TokenKind.NUMBER)

    def is_copy_of(self, other: _Words) -> bool:
        if len(self.words) < FEW:
            return self.words == other.words
        known = set(other.words)
        return sum(word in known for word in self.words) >= COPIED * len(self.words)

    @property
    def is_english(self) -> bool:
        found = [word for word in self.words if word in ENGLISH]
        return len(set(found)) >= ENGLISH_KINDS and len(found) >= ENGLISH_SHARE * len(self.words)


def _digits(number: str) -> str:
    """A number however its thousands and fractions are set."""
    return "".join(sign for sign in number if sign.isdigit())


def _agree(one: Counter[str], other: Counter[str]) -> bool:
    """Whether two texts have the same numbers; a small one may be a word on one side."""
    surplus, lack = one - other, other - one
    if surplus and lack:
        return False
    return all(number.isdecimal() and int(number[:9]) <= SMALL for number in surplus + lack)
