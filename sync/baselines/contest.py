"""English versions that compete for being what a translation was made from. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alignment.diff import fold, similarity
from sync.baselines import fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment.markdown import Profile
    from sync.baselines.fit import Fingerprint
    from sync.repositories.revisions import Version

EVEN: Final = 1.0
"""Odds that a version is right which fits best, beside the next best, before their marks are counted."""
MARK: Final = 2.0
"""By how much one mark more multiplies the odds: by little, for marks come in cells and sections. With it, of 414
recorded cases those said to be 60 to 90 % sure were right in 93 %, those of 95 % and more in 99 %, and those below
60 % in 42 % (benchmarks/baselines.py)."""
MOST: Final = 20
"""Marks beyond which more say nothing more."""
ALIKE: Final = 0.95
"""Share of words that versions have in common which differ by a few words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An English version, and how far the translation is from it."""

    version: Version
    text: str
    said: str
    """The text, however it is wrapped."""
    marks: Fingerprint
    distance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """Some versions, newest first, beside one translation."""

    translation: Fingerprint
    candidates: tuple[Candidate, ...]

    @property
    def best(self) -> Candidate:
        """The nearest. Of equals the oldest: what was followed already is found again, what was not would be missed."""
        return min(reversed(self.candidates), key=lambda one: one.distance)

    def rivals(self, best: Candidate) -> list[Candidate]:
        """Those that say anything else, however it is wrapped: only between these it matters which is right."""
        return [one for one in self.candidates if one is not best and one.said != best.said]

    def equals(self, best: Candidate) -> list[Candidate]:
        """The rivals that fit as well."""
        return [one for one in self.rivals(best) if one.distance == best.distance]

    def between(self, one: Candidate, other: Candidate) -> tuple[float, float]:
        """The marks that speak for one version, and those that speak for another."""
        return fit.votes(self.translation, one.marks, other.marks)

    def against_next(self, best: Candidate, rivals: Sequence[Candidate]) -> tuple[float, float]:
        """The marks that speak for a version, and those that speak for the nearest of its rivals."""
        return self.between(best, min(rivals, key=lambda one: one.distance)) if rivals else (0.0, 0.0)

    def nearly(self, best: Candidate) -> float:
        """How sure it is that the right one is a version or an equal of it, where these say almost the same; else 0."""
        equals = self.equals(best)
        if not equals or min(similarity(best.text, one.text) for one in equals) < ALIKE:
            return 0.0
        others = [one for one in self.rivals(best) if one not in equals]
        return confidence(*self.against_next(best, others), EVEN) if others else 1.0

    def coverage(self, one: Candidate) -> float:
        """Share of the marks of a version that the translation has."""
        return fit.coverage(self.translation, one.marks)


def hold(translation: str, versions: Sequence[tuple[Version, str]], profile: Profile) -> Contest:
    """Let versions, given with their texts and newest first, compete for a translation."""
    ours = fit.fingerprint(translation, profile)
    marks = [fit.fingerprint(text, profile) for _, text in versions]
    rows = zip(versions, marks, fit.distances(ours, marks), strict=True)
    candidates = (
        Candidate(version=version, text=text, said=fold(text), marks=mark, distance=way)
        for (version, text), mark, way in rows
    )
    return Contest(translation=ours, candidates=tuple(candidates))


def confidence(mine: float, others: float, odds: float) -> float:
    """The probability that belongs to some odds after the marks on both sides were counted (Bayes' rule)."""
    found = odds * float(MARK ** max(-MOST, min(MOST, mine - others)))
    return round(found / (1 + found), 2)
