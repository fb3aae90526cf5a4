"""Which English a translation was made from, and how we know."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sync.errors import BaselineNotFound
from sync.paths import origin_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from sync.revisions import Version

IN_HISTORY: Final = 1.0
"""The English kept beside the translation is, byte for byte, a version that English had."""

NOT_IN_HISTORY: Final = 0.8
"""It is none of them: edited by hand, or from a history that is not here."""


class How(StrEnum):
    """How a baseline is known."""

    STATE = "state"
    """An update of ours, or a person, recorded it."""
    ORIGIN = "origin"
    GIVEN = "given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The English that one translation was made from."""

    text: str
    how: How
    confidence: float
    """0 to 1."""
    commit: str = ""
    """The English commit that has this text at this path; empty where none is known."""
    blob: str = ""


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
    versions: tuple[Version, ...] = ()
    """The contents that the path had in English, newest first."""
    recorded: Recorded | None = None
    origin: str | None = None
    """The text kept beside the translation."""
    origin_blob: str = ""
    given: str | None = None
    """The English text at the revision that the caller named."""
    given_blob: str = ""
    given_commit: str = ""


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
        f"Put that English beside it as {origin_path(evidence.path)}, or name a revision with --baseline."
    )
    raise BaselineNotFound(message)


def _from_state(evidence: Evidence) -> Baseline | None:
    """The recorded English, unless people put another version beside the translation since."""
    found = evidence.recorded
    if found is None or (evidence.origin_blob and evidence.origin_blob != found.blob):
        return None
    return Baseline(text=found.text, how=How.STATE, confidence=1.0, commit=found.commit, blob=found.blob)


def _from_origin(evidence: Evidence) -> Baseline | None:
    if evidence.origin is None:
        return None
    commit = next((version.commit for version in evidence.versions if version.blob == evidence.origin_blob), "")
    confidence = IN_HISTORY if commit else NOT_IN_HISTORY
    return Baseline(
        text=evidence.origin, how=How.ORIGIN, confidence=confidence, commit=commit, blob=evidence.origin_blob
    )


def _from_given(evidence: Evidence) -> Baseline | None:
    if evidence.given is None:
        return None
    return Baseline(
        text=evidence.given,
        how=How.GIVEN,
        confidence=1.0,
        commit=evidence.given_commit,
        blob=evidence.given_blob,
    )


FINDERS: Final[tuple[Callable[[Evidence], Baseline | None], ...]] = (_from_state, _from_origin, _from_given)
"""In the order in which they are believed. Adding one: a function, a word here, and its word in ``How``."""
