"""What one job of the service is made of, written down before it starts, so that any later run can finish it. Pure."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sync.errors import EngineError
from sync.model import Job

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION: Final = 1
KEPT: Final = ("id", "lang", "source", "context")
"""What of a segment is needed to read its answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How segments are translated: what makes two translations of one text comparable."""

    data: str = ""
    """Name of the parallel data, or nothing."""
    digest: str = ""
    """Of the parallel data."""
    terminology: str = ""
    """Name of the custom terminology, or nothing."""
    terms: str = ""
    """Digest of it."""
    settings: tuple[tuple[str, str], ...] = ()
    """The service's own, like formality."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Segments of one fork and language that go to the service in one job."""

    digest: str
    """Of all that decides on the answer."""
    languages: tuple[str, str]
    """The service's codes of source and target."""
    manner: Manner
    jobs: tuple[Job, ...]
    keys: Mapping[str, str] = field(repr=False)
    """Name of each segment's translation in the cache, by id."""
    tries: int = 1
    """How often these segments have been sent, this time included."""
    made: str
    """When, ISO 8601; plans are taken up in this order."""
    characters: int
    """That will be billed, by our count."""

    def to_bytes(self) -> bytes:
        """One JSON object; the same plan is always the same bytes."""
        found = {
            "version": VERSION,
            "digest": self.digest,
            "languages": self.languages,
            "manner": asdict(self.manner),
            "jobs": [{name: getattr(job, name) for name in KEPT} for job in self.jobs],
            "keys": dict(self.keys),
            "tries": self.tries,
            "made": self.made,
            "characters": self.characters,
        }
        return (json.dumps(found, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def read_plan(found: Mapping[str, Any], place: str) -> Plan:
    """A plan from its JSON object. ``place`` is for the message.

    Raises:
        EngineError: it is none, or one of a later version of this program.
    """
    try:
        if found["version"] != VERSION:
            message = f"{place}: version {found['version']!r} of a plan is not known. Use the AMTS that wrote it."
            raise EngineError(message)
        manner = {**found["manner"], "settings": tuple((name, value) for name, value in found["manner"]["settings"])}
        source, target = found["languages"]
        return Plan(
            digest=found["digest"],
            languages=(source, target),
            manner=Manner(**manner),
            jobs=tuple(Job(**job) for job in found["jobs"]),
            keys=found["keys"],
            tries=found["tries"],
            made=found["made"],
            characters=found["characters"],
        )
    except (KeyError, TypeError, ValueError) as error:
        message = f"{place} is no plan that can be read ({error!r}). Delete it; its segments are sent again."
        raise EngineError(message) from error


def chapters(jobs: tuple[Job, ...]) -> dict[str, list[Job]]:
    """Segments by the chapter that they are from, which stands before the first colon but two of their id."""
    found: dict[str, list[Job]] = {}
    for job in jobs:
        found.setdefault(job.id.split(":")[0], []).append(job)
    return found
