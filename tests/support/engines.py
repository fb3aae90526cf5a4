"""Engines for tests: one that knows what it is told, one that takes its time, one that answers what nobody asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sync.model import Draft, Origin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sync.model import Job


@dataclass
class Phrasebook:
    """Drafts every source that holds one of its phrases, with the translation of that."""

    phrases: Mapping[str, str]
    otherwise: Draft | None = None
    """What it answers to every other job."""
    patience: int = 0
    """How often it must be asked before it answers."""
    asked: list[tuple[Job, ...]] = field(default_factory=list)

    def submit(self, jobs: Sequence[Job]) -> str:
        self.asked.append(tuple(jobs))
        return str(len(self.asked) - 1)

    def collect(self, ticket: str) -> tuple[Draft, ...] | None:
        self.patience -= 1
        if self.patience >= 0:
            return None
        return tuple(draft for job in self.asked[int(ticket)] if (draft := self._draft(job)))

    def _draft(self, job: Job) -> Draft | None:
        for phrase, text in self.phrases.items():
            if phrase in job.source:
                return Draft(job=job.id, text=text, origin=Origin.MACHINE, confidence=0.9)
        return self.otherwise and replace(self.otherwise, job=job.id)


class Stranger:
    """Answers a job that it was not given."""

    def submit(self, jobs: Sequence[Job]) -> str:
        return ""

    def collect(self, ticket: str) -> tuple[Draft, ...] | None:
        return (Draft(job="unasked", text="x", origin=Origin.MACHINE, confidence=1.0),)
