"""The embedded engine: translation memory and repair. No account, no download, no network.

A segment is drafted when the memory has it word for word; else when the sentence it was, or one like it in the memory,
can be repaired by changing only what is aligned to the changed words. What cannot be drafted well stays pending.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Final

from alignment.diff import fold
from alignment.lexicon import combine, induce
from alignment.locales import load
from alignment.tokens import terms, tokenize
from sync.engines.phrases import Corpus, Phrases
from sync.engines.repair import repair
from sync.engines.verify import CODE_CONTEXTS
from sync.errors import EngineError
from sync.merge.prose.language_pair import LanguagePair, count_neighbours
from sync.model import Draft, Job, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.lexicon import Lexicon
    from alignment.markdown import Profile
    from sync.bitext.memory import Memory

ALIKE: Final = 0.75
"""Likeness from which a pair of the memory may be repaired into a draft."""
SURE: Final = 0.4
"""Confidence from which a repaired sentence is offered."""
KNOWN: Final = "Known word for word."

Bitext = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What is known for the jobs of one chapter."""

    bitext: Bitext
    memory: Memory
    pair: LanguagePair
    phrases: Phrases


class Local:
    """Drafts from what one language of a fork has already translated."""

    def __init__(self, languages: tuple[str, str], memory: Memory, profile: Profile) -> None:
        self.source, self.target = (load(tag) for tag in languages)
        self.memory = memory
        self.profile = profile
        pairs = tuple((pair.source, pair.target) for pair in memory.pairs)
        self.lexicon = _learn(pairs, profile)
        self.corpus = Corpus(pairs, profile)
        self.known: Knowledge | None = None
        self.tickets = count(1)
        self.drafts: dict[str, tuple[Draft, ...]] = {}

    def submit(self, jobs: Sequence[Job]) -> str:
        """Draft jobs at once. Those of one chapter should be neighbours: what it teaches is kept until the next one."""
        ticket = str(next(self.tickets))
        self.drafts[ticket] = tuple(draft for job in jobs if (draft := self._draft(job)))
        return ticket

    def collect(self, ticket: str) -> tuple[Draft, ...] | None:
        """The drafts of a ticket, once.

        Raises:
            EngineError: there is no such ticket, or its drafts were collected before.
        """
        if ticket not in self.drafts:
            message = f"The local engine has no ticket {ticket!r}. Each ticket can be collected once."
            raise EngineError(message)
        return self.drafts.pop(ticket)

    def _draft(self, job: Job) -> Draft | None:
        """The best draft that the evidence allows, or none."""
        knowledge = self._knowledge(job.bitext)
        exact = knowledge.memory.exact(job.source, profile=None if job.context in CODE_CONTEXTS else self.profile)
        if exact is not None:
            return Draft(job=job.id, text=exact, origin=Origin.EXACT, confidence=1.0, note=KNOWN)
        found = self._repair(job, knowledge) if job.old_source and job.old_target else self._adapt(job, knowledge)
        return next((draft for draft in found if draft.confidence >= SURE), None)

    def _repair(self, job: Job, knowledge: Knowledge) -> Iterator[Draft]:
        """Its own old translation, repaired."""
        yield from self._drafts(job, Origin.REPAIR, (job.old_source, job.old_target), knowledge.pair, knowledge.phrases)

    def _adapt(self, job: Job, knowledge: Knowledge) -> Iterator[Draft]:
        """Translations of sentences like it, repaired. A link leads where the new English leads, on any host."""
        profile = replace(self.profile, own_hosts=())
        pair = replace(knowledge.pair, profile=profile)
        for match in knowledge.memory.like(job.source, least=ALIKE):
            if match.pair.source != fold(job.source):  # else the memory had a reason not to give it
                known = match.pair.source, match.pair.target
                yield from self._drafts(job, Origin.FUZZY, known, pair, knowledge.phrases)

    def _drafts(
        self, job: Job, origin: Origin, known: tuple[str, str], pair: LanguagePair, phrases: Phrases
    ) -> Iterator[Draft]:
        made = repair(known[0], job.source, known[1], pair, phrases)
        if made is not None:
            yield Draft(job=job.id, text=made.text, origin=origin, confidence=made.confidence, note=made.note)

    def _knowledge(self, bitext: Bitext) -> Knowledge:
        """What is known for the jobs of a chapter. Its pairs are known to them alone, so one chapter's are kept."""
        if self.known is None or self.known.bitext is not bitext:
            own = Corpus(bitext, self.profile)
            pair = LanguagePair(
                source=self.source,
                target=self.target,
                profile=self.profile,
                lexicon=combine(self.lexicon, _learn(bitext, self.profile)),
                neighbours=count_neighbours(tokenize(target, self.profile) for _, target in bitext),
            )
            phrases = Phrases((own, self.corpus), pair)
            self.known = Knowledge(bitext=bitext, memory=self.memory.joined(bitext), pair=pair, phrases=phrases)
        return self.known


def _learn(pairs: Bitext, profile: Profile) -> Lexicon:
    return induce((terms(tokenize(source, profile)), terms(tokenize(target, profile))) for source, target in pairs)


def open_engine(languages: tuple[str, str], memory: Memory, profile: Profile) -> Local:
    return Local(languages, memory, profile)
