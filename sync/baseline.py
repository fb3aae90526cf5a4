"""Which English a translation was made from, and how we know."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from alignment.markdown import D2L
from sync import fit
from sync.errors import BaselineNotFound
from sync.paths import origin_path
from sync.revisions import Version

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from alignment.markdown import Profile
    from sync.fit import Fingerprint

CERTAIN: Final = 1.0
"""It is recorded, named, or kept beside the translation with nothing that speaks for another version."""

NOT_IN_HISTORY: Final = 0.8
"""It is none of the versions that English had: edited by hand, or from a history that is not here."""

SURE: Final = 0.6
"""Confidence below which people should look first."""

TRUST: Final = 4.0
"""Odds that the English kept beside a translation is right, before anything is compared."""
EVEN: Final = 1.0
"""The same for a version that fits best, beside the next best."""
MARK: Final = 2.0
"""By how much one mark more multiplies the odds: by little, for marks come in cells and sections. With it, of 414
recorded cases those said to be 60 to 90 % sure were right in 93 %, those of 95 % and more in 99 %, and those below
60 % in 42 % (benchmarks/baselines.py)."""
MOST: Final = 20
"""Marks beyond which more say nothing more."""
CLEAR: Final = 2 / 3
"""Share of the marks that must speak for another version before the English beside a translation is not believed."""
HALF: Final = 0.3
"""Share of the marks of a version below which a text is no translation of it."""


class How(StrEnum):
    """How a baseline is known."""

    STATE = "state"
    """An update of ours, or a person, recorded it."""
    ORIGIN = "origin"
    """It is kept beside the translation."""
    FIT = "fit"
    """No other version fits the translation as well."""
    GIVEN = "given"
    NEW = "new"
    """There was no translation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The English that one translation was made from."""

    text: str
    how: How
    confidence: float
    """0 to 1."""
    reason: str = ""
    """Why, for people: a sentence without its full stop."""
    commit: str = ""
    """The English commit that has this text at this path; empty where none is known."""
    blob: str = ""

    @property
    def is_sure(self) -> bool:
        return self.confidence >= SURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What the state of a chapter says."""

    commit: str
    blob: str
    text: str
    how: str = ""
    """Who recorded it, a word of ``sync.state.Recorder``; nothing for an update."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that speaks for one English text or another as the baseline of one chapter."""

    path: str
    translation: str = ""
    versions: tuple[Version, ...] = ()
    """The contents that the path had in English, newest first."""
    read: Callable[[Version], str] = field(default=lambda version: "", repr=False, compare=False)
    """Reads one of them."""
    recorded: Recorded | None = None
    origin: str | None = None
    """The text kept beside the translation."""
    origin_blob: str = ""
    given: str | None = None
    """The English text at the revision that the caller named."""
    given_blob: str = ""
    given_commit: str = ""
    profile: Profile = D2L


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An English version, and how well the translation fits it."""

    version: Version
    text: str
    marks: Fingerprint
    distance: float = 0.0


def find_baseline(evidence: Evidence) -> Baseline:
    """The baseline that the strongest evidence speaks for.

    Raises:
        BaselineNotFound: there is no evidence.
    """
    for finder in FINDERS:
        found = finder(evidence)
        if found:
            return found
    message = (
        f"{evidence.path}: it is not known which English it was translated from. "
        f"Put that English beside it as {origin_path(evidence.path)}, name a revision with --baseline, "
        "or record one with `amts baseline set`."
    )
    raise BaselineNotFound(message)


def _from_state(evidence: Evidence) -> Baseline | None:
    """The recorded English, unless people put another version beside the translation since."""
    found = evidence.recorded
    if found is None or (evidence.origin_blob and evidence.origin_blob != found.blob):
        return None
    return Baseline(
        text=found.text,
        how=How.STATE,
        confidence=CERTAIN,
        reason=f"recorded in .amts ({found.how})" if found.how else "recorded in .amts by the last update",
        commit=found.commit,
        blob=found.blob,
    )


def _from_origin(evidence: Evidence) -> Baseline | None:
    """The English kept beside the translation, or the later version that the translation clearly fits better."""
    if evidence.origin is None:
        return None
    blobs = [version.blob for version in evidence.versions]
    known = evidence.origin_blob in blobs
    at = blobs.index(evidence.origin_blob) if known else _nearest(evidence, evidence.origin)
    own = evidence.versions[at] if known else Version(evidence.origin_blob, "", "")
    candidates = _candidates(evidence, evidence.versions[:at], own)
    best, mine, others = _best(candidates), *_against_own(evidence, candidates)
    if mine - others >= 1 and mine / (mine + others) >= CLEAR:
        found = _fitting(evidence, best, candidates)
        return replace(found, reason=f"{found.reason}; its _origin.md fits {_count(others)} where they differ")
    return _confirmed(evidence, candidates, known=known)


def _nearest(evidence: Evidence, text: str) -> int:
    """The number of versions that may be newer than a text that is none of them: all before the one most like it."""
    marks = fit.fingerprint(text, evidence.profile)
    likeness = [fit.likeness(fit.fingerprint(evidence.read(one), evidence.profile), marks) for one in evidence.versions]
    return len(likeness) - likeness[::-1].index(max(likeness)) if likeness else 0


def _confirmed(evidence: Evidence, candidates: Sequence[Candidate], *, known: bool) -> Baseline:
    own = candidates[-1]
    rivals = _rivals(own, candidates)
    mine, others = _against(evidence, own, rivals)
    told = "its _origin.md, equal to that commit" if known else "its _origin.md, which is in no commit that is known"
    if mine + others:
        told += f", and fits {_count(mine)} of {_count(mine + others)} marks that tell it from the next best"
    sure = _confidence(mine, others, TRUST) if rivals else CERTAIN
    return Baseline(
        text=own.text,
        how=How.ORIGIN,
        confidence=sure if known else min(sure, NOT_IN_HISTORY),
        reason=told,
        commit=own.version.commit,
        blob=own.version.blob,
    )


def _from_given(evidence: Evidence) -> Baseline | None:
    if evidence.given is None:
        return None
    return Baseline(
        text=evidence.given,
        how=How.GIVEN,
        confidence=CERTAIN,
        reason="named by whoever started this",
        commit=evidence.given_commit,
        blob=evidence.given_blob,
    )


def _from_fit(evidence: Evidence) -> Baseline | None:
    candidates = _candidates(evidence, evidence.versions)
    if not candidates:
        return None
    best = _best(candidates)
    if _rivals(best, candidates) and len({one.distance for one in candidates}) == 1:
        return None  # nothing in which the versions differ can be seen in a translation
    if fit.coverage(fit.fingerprint(evidence.translation, evidence.profile), best.marks) < HALF:
        return None
    return _fitting(evidence, best, candidates)


def _fitting(evidence: Evidence, best: Candidate, candidates: Sequence[Candidate]) -> Baseline:
    rivals = _rivals(best, candidates)
    mine, others = _against(evidence, best, rivals)
    share = fit.coverage(fit.fingerprint(evidence.translation, evidence.profile), best.marks)
    told = f"fits {_count(mine)} of {_count(mine + others)} marks that tell it from the next best of {len(candidates)} versions"
    ties = 1 + sum(one.distance == best.distance for one in rivals)
    if ties > 1:
        told = f"{ties} of {len(candidates)} versions fit alike; the oldest of them is taken, so that nothing is missed"
    if not rivals:
        told = f"the only text that English has had, of whose marks the translation has {share:.0%}"
    return Baseline(
        text=best.text,
        how=How.FIT,
        confidence=_confidence(mine, others, EVEN) if rivals else round(share, 2),
        reason=told,
        commit=best.version.commit,
        blob=best.version.blob,
    )


def _count(marks: float) -> str:
    """Small numbers as they are, great ones without their fractions."""
    return f"{marks:g}" if marks < 10 else f"{marks:.0f}"


def _candidates(evidence: Evidence, versions: Sequence[Version], own: Version | None = None) -> tuple[Candidate, ...]:
    """Versions to choose from, and last the English beside the translation if there is any. One alone is not read."""
    everything = [(version, evidence.read(version)) for version in versions]
    if own is not None and evidence.origin is not None:
        everything.append((own, evidence.origin))
    if own is not None and len(everything) == 1:
        return tuple(Candidate(version=version, text=text, marks=fit.NONE) for version, text in everything)
    marks = [fit.fingerprint(text, evidence.profile) for _, text in everything]
    far = fit.distances(fit.fingerprint(evidence.translation, evidence.profile), marks)
    rows = zip(everything, marks, far, strict=True)
    return tuple(Candidate(version=version, text=text, marks=mark, distance=way) for (version, text), mark, way in rows)


def _best(candidates: Sequence[Candidate]) -> Candidate:
    """The nearest. Of equals the oldest: what was followed already is found again, what was not would be missed."""
    return min(reversed(candidates), key=lambda one: one.distance)


def _rivals(best: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that say anything else, however it is wrapped: only between these it matters which is right."""
    said = best.text.split()
    return [one for one in candidates if one is not best and one.text.split() != said]


def _against(evidence: Evidence, best: Candidate, rivals: Sequence[Candidate]) -> tuple[float, float]:
    """The marks that speak for a version, and those that speak for the next best."""
    if not rivals:
        return 0.0, 0.0
    translation = fit.fingerprint(evidence.translation, evidence.profile)
    return fit.votes(translation, best.marks, min(rivals, key=lambda one: one.distance).marks)


def _against_own(evidence: Evidence, candidates: Sequence[Candidate]) -> tuple[float, float]:
    """The marks that speak for the nearest version, and those for the English beside the translation, which is last."""
    translation = fit.fingerprint(evidence.translation, evidence.profile)
    return fit.votes(translation, _best(candidates).marks, candidates[-1].marks)


def _confidence(mine: float, others: float, odds: float) -> float:
    """The probability that belongs to the odds after the marks were counted (Bayes' rule)."""
    found = odds * float(MARK ** max(-MOST, min(MOST, mine - others)))
    return round(found / (1 + found), 2)


FINDERS: Final[tuple[Callable[[Evidence], Baseline | None], ...]] = (_from_state, _from_origin, _from_given, _from_fit)
"""In the order in which they are believed. Adding one: a function, a word here, and its word in ``How``."""
