"""The embedded engine: translation memory and repair. No account, no download, no network.

A segment is drafted when the memory has it word for word; else when the sentence it was, or one like it in the memory,
can be repaired by changing only what is aligned to the changed words. What cannot be drafted well stays pending.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alignment.lexicon import combine, induce
from alignment.locales import load
from alignment.markdown import D2L
from alignment.tokens import terms, tokenize
from sync.engines.phrases import Corpus, Phrases
from sync.engines.repair import repair
from sync.merge.prose.language_pair import LanguagePair
from sync.model import SOURCE_LANGUAGE, Draft, Job, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.lexicon import Lexicon
    from alignment.markdown import Profile
    from sync.bitext.memory import Memory
    from sync.engines.repair import Repair

ALIKE: Final = 0.75
"""Likeness from which a pair of the memory may be repaired into a draft."""
SURE: Final = 0.5
"""Confidence from which a repaired sentence is offered."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known for the jobs of one chapter."""

    memory: Memory
    pair: LanguagePair
    phrases: Phrases


class Local:
    """Drafts from what one language of a fork has already translated."""

    def __init__(self, lang: str, memory: Memory, profile: Profile) -> None:
        self.lang = lang
        self.memory = memory
        self.profile = profile
        pairs = [(pair.source, pair.target) for pair in memory.pairs]
        self.lexicon = self._induce(pairs)
        self.corpus = Corpus(pairs, profile)
        self.known: tuple[tuple[tuple[str, str], ...], Knowledge] | None = None
        self.drafts: dict[str, tuple[Draft, ...]] = {}

    def submit(self, jobs: Sequence[Job]) -> str:
        ticket = str(len(self.drafts))
        self.drafts[ticket] = tuple(draft for job in jobs if (draft := self._draft(job)))
        return ticket

    def collect(self, ticket: str) -> tuple[Draft, ...] | None:
        return self.drafts.pop(ticket)

    def _draft(self, job: Job) -> Draft | None:
        """The best draft that the evidence allows, or none."""
        knowledge = self._knowledge(job)
        exact = knowledge.memory.exact(job.source)
        if exact is not None:
            return Draft(job=job.id, text=exact, origin=Origin.EXACT, confidence=1.0, note="Known word for word.")
        return next((draft for draft in self._repairs(job, knowledge) if draft.confidence >= SURE), None)

    def _repairs(self, job: Job, knowledge: Knowledge) -> Iterator[Draft]:
        if job.old_source and job.old_target:
            repaired = repair(job.old_source, job.source, job.old_target, knowledge.pair, knowledge.phrases)
            if repaired:
                yield _draft(job, repaired, Origin.REPAIR)
            return
        for match in knowledge.memory.like(job.source, least=ALIKE):
            repaired = repair(match.pair.source, job.source, match.pair.target, knowledge.pair, knowledge.phrases)
            if repaired:
                yield _draft(job, repaired, Origin.FUZZY)

    def _knowledge(self, job: Job) -> Knowledge:
        """What is known for a job. The pairs of its chapter are known to it alone, so they are kept for one chapter."""
        if self.known is None or self.known[0] is not job.bitext:
            lexicon = combine(self.lexicon, self._induce(job.bitext))
            memory = self.memory.joined(job.bitext)
            pair = LanguagePair(
                source=load(SOURCE_LANGUAGE), target=load(self.lang), profile=self.profile, lexicon=lexicon
            )
            self.known = job.bitext, Knowledge(memory, pair, Phrases((Corpus(job.bitext, self.profile), self.corpus), pair))
        return self.known[1]

    def _induce(self, pairs: Sequence[tuple[str, str]]) -> Lexicon:
        return induce(
            (terms(tokenize(source, self.profile)), terms(tokenize(target, self.profile))) for source, target in pairs
        )


def _draft(job: Job, repaired: Repair, origin: Origin) -> Draft:
    return Draft(job=job.id, text=repaired.text, origin=origin, confidence=repaired.confidence, note=repaired.note)


def open_engine(lang: str, memory: Memory) -> Local:
    return Local(lang, memory, D2L)
