"""Which English a translation was made from, and how we know."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from alignment.markdown import D2L
from sync.baselines import fit
from sync.baselines.contest import EVEN, confidence, hold
from sync.errors import BaselineNotFound
from sync.repositories.paths import origin_path
from sync.repositories.revisions import Version

if TYPE_CHECKING:
    from collections.abc import Callable

    from alignment.markdown import Profile
    from sync.baselines.contest import Candidate, Contest

CERTAIN: Final = 1.0
"""It is recorded, named, or kept beside the translation with nothing that speaks for another version."""

NOT_IN_HISTORY: Final = 0.8
"""It is none of the versions that English had: edited by hand, or from a history that is not here."""

SURE: Final = 0.6
"""Confidence below which people should look first."""

TRUST: Final = 4.0
"""Odds that the English kept beside a translation is right, before anything is compared."""
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
    nearly: float = 0.0
    """The same for being right but for a few words: the right one is another version that fits as well, and is newer.
    To work from it offers an edit too many, and swallows none; 0 where there is no such version."""
    reason: str = ""
    """Why, for people: a sentence without its full stop."""
    commit: str = ""
    """The English commit that has this text at this path; empty where none is known."""
    blob: str = ""

    @property
    def is_sure(self) -> bool:
        return self.confidence >= SURE

    @property
    def is_enough(self) -> bool:
        """Whether it can be worked from: it is sure, or surely nearly right."""
        return max(self.confidence, self.nearly) >= SURE


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
    newer = [(version, evidence.read(version)) for version in evidence.versions[:at]]
    contest = hold(evidence.translation, [*newer, (own, evidence.origin)], evidence.profile)
    mine, others = contest.between(contest.best, contest.candidates[-1])
    if mine - others >= 1 and mine / (mine + others) >= CLEAR:
        found = _fitting(contest)
        return replace(found, reason=f"{found.reason}; its _origin.md fits {_count(others)} where they differ")
    return _confirmed(contest, contest.candidates[-1], known=known)


def _nearest(evidence: Evidence, text: str) -> int:
    """The number of versions that may be newer than a text that is none of them: all before the one most like it."""
    marks = fit.fingerprint(text, evidence.profile)
    likeness = [fit.likeness(fit.fingerprint(evidence.read(one), evidence.profile), marks) for one in evidence.versions]
    return len(likeness) - likeness[::-1].index(max(likeness)) if likeness else 0


def _confirmed(contest: Contest, own: Candidate, *, known: bool) -> Baseline:
    rivals = contest.rivals(own)
    mine, others = contest.against_next(own, rivals)
    told = "its _origin.md, equal to that commit" if known else "its _origin.md, which is in no commit that is known"
    if mine + others:
        told += f", and fits {_share(mine, others)} that tell it from the next best"
    sure = confidence(mine, others, TRUST) if rivals else CERTAIN
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
    """The version that a text fits best, if it looks like a translation of it at all."""
    if not evidence.versions:
        return None
    versions = [(version, evidence.read(version)) for version in evidence.versions]
    contest = hold(evidence.translation, versions, evidence.profile)
    return _fitting(contest) if contest.coverage(contest.best) >= HALF else None


def _fitting(contest: Contest) -> Baseline:
    best = contest.best
    rivals = contest.rivals(best)
    mine, others = contest.against_next(best, rivals)
    return Baseline(
        text=best.text,
        how=How.FIT,
        confidence=confidence(mine, others, EVEN) if rivals else round(contest.coverage(best), 2),
        nearly=contest.nearly(best),
        reason=_why(contest, best, _share(mine, others)),
        commit=best.version.commit,
        blob=best.version.blob,
    )


def _why(contest: Contest, best: Candidate, share: str) -> str:
    many, equals = len(contest.candidates), len(contest.equals(best))
    if not contest.rivals(best):
        has = f"{contest.coverage(best):.0%}"
        return f"the only text that English has had, of whose marks the translation has {has}"
    if equals:
        return f"{1 + equals} of {many} versions fit alike; the oldest of them is taken, so that nothing is missed"
    return f"fits {share} that tell it from the next best of {many} versions"


def _share(mine: float, others: float) -> str:
    return f"{_count(mine)} of {_count(mine + others)} marks"


def _count(marks: float) -> str:
    """Small numbers as they are, great ones without their fractions."""
    return f"{marks:g}" if marks < 10 else f"{marks:.0f}"


FINDERS: Final[tuple[Callable[[Evidence], Baseline | None], ...]] = (_from_state, _from_origin, _from_given, _from_fit)
"""In the order in which they are believed. Adding one: a function, a word here, and its word in ``How``."""
