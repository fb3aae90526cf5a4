"""The embedded engine: translation memory, repair and translation by phrases. No account, no download, no network.

A segment is drafted when the memory has it word for word; else when the sentence it was, or one like it in the memory,
can be repaired by changing only what is aligned to the changed words; else by a model trained on the memory. What
cannot be drafted well stays pending, and is offered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Final

from alignment.diff import fold
from alignment.lexicon import combine, induce
from alignment.locales import load
from alignment.markdown import MaskError
from alignment.segmentation import split
from alignment.tokens import terms, tokenize
from sync.bitext.memory import Memory
from sync.bitext.terminology.usage import enforced
from sync.engines.models import Models
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
    from sync.engines import Aids
    from sync.engines.smt import Model

ALIKE: Final = 0.75
"""Likeness from which a pair of the memory may be repaired into a draft."""
SURE: Final = 0.4
"""Confidence from which a repaired sentence is offered."""
KNOWN: Final = "Known word for word."
ENOUGH: Final = 200
"""Sentence pairs from which a model is trained at all."""
GOOD: Final = 0.5
"""Share of its words that a human is expected to change up to which a translation of a new sentence stands in the file.

That of an edited one is only offered: measured on what humans did, the words of a translator are more often right, even
where English moved away from them, than phrases put together anew.
"""
WORTH_A_LOOK: Final = 0.8
"""The same up to which it is offered."""
EXAMPLES: Final = 8
"""Sentences of the chapter, likest to the one at hand, whose wording it prefers."""
EXAMPLE: Final = 0.3
"""How like they must be."""
ROOT: Final = 4
"""Letters of a term without which it cannot be in a text."""
TRANSLATED: Final = "Translated by phrases of the fork; about {:.0%} of it may need a change."

Bitext = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What is known for the jobs of one chapter."""

    bitext: Bitext
    memory: Memory
    own: Memory
    """The pairs of the chapter alone."""
    pair: LanguagePair
    phrases: Phrases


class Local:
    """Drafts from what one language of a fork has already translated."""

    def __init__(self, languages: tuple[str, str], memory: Memory, profile: Profile, aids: Aids) -> None:
        self.source, self.target = (load(tag) for tag in languages)
        self.models = aids.models or Models()
        self.glossary = aids.terms
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
        return self.recall(job) or self.translate(job)

    def recall(self, job: Job) -> Draft | None:
        """What the translators wrote, if it fits: the same sentence, or its old translation or one like it repaired."""
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

    def translate(self, job: Job) -> Draft | None:
        """A translation by phrases: to stand in the file, only to be looked at, or none."""
        if self.model is None or job.context in CODE_CONTEXTS:
            return None
        knowledge = self._knowledge(job.bitext)
        like = knowledge.own.like(job.source, least=EXAMPLE, most=EXAMPLES)
        examples = [(match.pair.source, match.pair.target) for match in like]
        old = [(job.old_source, job.old_target)] if job.old_source and job.old_target else []
        try:
            made = self.model.translate(job.source, examples=[*old, *examples], terms=self._terms(job.source))
        except MaskError:
            return None
        if made.expected_hter > WORTH_A_LOOK:
            return None
        stands = made.expected_hter <= GOOD and not job.old_target and not self._is_broken(made.text, job.source)
        return Draft(
            job=job.id,
            text=made.text if stands else "",
            offer="" if stands else made.text,
            origin=Origin.MACHINE,
            confidence=1 - made.expected_hter,
            note=TRANSLATED.format(made.expected_hter),
        )

    def _is_broken(self, text: str, source: str) -> bool:
        """Whether a translation ends more sentences than its source: one of its parts stands in the wrong place."""
        return len(split(text, self.target, self.profile)) > len(split(source, self.source, self.profile))

    @cached_property
    def model(self) -> Model | None:
        """What translates by phrases, trained when it is first needed; nothing where there is too little to learn."""
        pairs = tuple((pair.source, pair.target) for pair in self.memory.pairs)
        return self.models.get(pairs, (self.source, self.target), self.profile) if len(pairs) >= ENOUGH else None

    def _terms(self, source: str) -> tuple[tuple[str, str], ...]:
        """Those of the glossary's terms whose beginning a text has, in whatever form."""
        text = source.casefold()
        return tuple(term for term in self.terms if term[0][:ROOT].casefold() in text)

    @cached_property
    def terms(self) -> tuple[tuple[str, str], ...]:
        """What the glossary asks for, as far as the fork follows it."""
        pairs = ((pair.source, pair.target) for pair in self.memory.pairs)
        return enforced(self.glossary, pairs, self.profile) if self.glossary else ()

    @property
    def pair(self) -> LanguagePair:
        """Both languages, with the words that the memory shows to correspond."""
        return LanguagePair(source=self.source, target=self.target, profile=self.profile, lexicon=self.lexicon)

    def _knowledge(self, bitext: Bitext) -> Knowledge:
        """What is known for the jobs of a chapter. Its pairs are known to them alone, so one chapter's are kept."""
        if self.known is None or self.known.bitext is not bitext:
            own = Corpus(bitext, self.profile)
            pair = replace(
                self.pair,
                lexicon=combine(self.lexicon, _learn(bitext, self.profile)),
                neighbours=count_neighbours(tokenize(target, self.profile) for _, target in bitext),
            )
            phrases = Phrases((own, self.corpus), pair)
            memory, own_pairs = self.memory.joined(bitext), Memory().joined(bitext)
            self.known = Knowledge(bitext=bitext, memory=memory, own=own_pairs, pair=pair, phrases=phrases)
        return self.known


def _learn(pairs: Bitext, profile: Profile) -> Lexicon:
    return induce((terms(tokenize(source, profile)), terms(tokenize(target, profile))) for source, target in pairs)


def open_engine(languages: tuple[str, str], memory: Memory, profile: Profile, aids: Aids) -> Local:
    return Local(languages, memory, profile, aids)
