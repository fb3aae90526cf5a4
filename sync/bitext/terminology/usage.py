"""What a translation makes of the terms of its glossary, sentence by sentence and term by term."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sync.bitext.terminology.judge import Judge
from sync.bitext.terminology.renderings import Renderings
from sync.bitext.terminology.translated import spell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alignment.markdown import Profile
    from sync.bitext.terminology.judge import Judgement
    from sync.bitext.terminology.model import Term, TermBase
    from sync.bitext.terminology.passages import Passage

ENOUGH: Final = 5
"""Uses from which a habit can be told."""
HALF: Final = 0.5
STEM: Final = 5
"""Letters of a word in which its forms agree, roughly."""
TWICE: Final = 2
"""Times that another wording is found before it is named as a habit."""


class Fate(StrEnum):
    """What became of a term in one sentence of the translation."""

    FOLLOWED = "followed"
    OTHERWISE = "in other words"
    ENGLISH = "left in English"
    NO_TRACE = "no trace"
    """The sentence does without it, or says it so freely that nothing tells where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A term in a sentence."""

    terms: tuple[Term, ...]
    """All senses of its English."""
    english: str
    """As it stands there."""
    fate: Fate
    passage: Passage
    instead: str = ""
    """What the translation has in its place, where that can be told."""

    @property
    def expected(self) -> tuple[str, ...]:
        """The accepted translations of all senses, the preferred one first."""
        return expected(self.terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """How the translation treats one term."""

    terms: tuple[Term, ...]
    uses: tuple[Use, ...]

    @property
    def followed(self) -> int:
        """In how many uses it is."""
        return sum(use.fate is Fate.FOLLOWED for use in self.uses)

    @property
    def contested(self) -> bool:
        """Whether the translators mostly do otherwise than the glossary says."""
        return contests(self.followed, len(self.uses))

    @property
    def mostly(self) -> tuple[str, int]:
        """What they write instead most often, and how often; nothing where no wording is found twice."""
        forms = Counter(use.instead for use in self.uses if use.instead)
        kinds: dict[str, Counter[str]] = defaultdict(Counter)
        for form, times in forms.items():
            kinds[_stem(form)][form] += times
        best = max(kinds.values(), key=lambda kind: kind.total(), default=Counter[str]())
        return (best.most_common(1)[0][0], best.total()) if best.total() >= TWICE else ("", 0)


def contests(followed: int, uses: int) -> bool:
    """Whether so many uses that follow, of so many, show a habit against the glossary."""
    return uses >= ENOUGH and followed < HALF * uses


def _stem(form: str) -> str:
    """What the forms of one wording have in common."""
    return " ".join(word[:STEM] for word in spell(form).split())


def expected(terms: Sequence[Term]) -> tuple[str, ...]:
    """The accepted translations of some terms."""
    return tuple(dict.fromkeys(target for term in terms for target in term.targets))


def uses_of(base: TermBase, passages: Sequence[Passage], profile: Profile) -> tuple[Use, ...]:
    """Every term of every sentence."""
    judge, renderings = Judge(base, profile), Renderings(passages=tuple(passages), profile=profile)
    return tuple(
        _use(one, passage, renderings) for passage in passages for one in judge.judge(passage.source, passage.target)
    )


def _use(one: Judgement, passage: Passage, renderings: Renderings) -> Use:
    instead = "" if one.followed else renderings.find(passage, one.start, one.end)
    english = passage.source[one.start : one.end]
    return Use(terms=one.terms, english=english, fate=_fate(one, instead), passage=passage, instead=instead)


def _fate(one: Judgement, instead: str) -> Fate:
    if one.followed:
        return Fate.FOLLOWED
    if one.left_in_english:
        return Fate.ENGLISH
    return Fate.OTHERWISE if instead else Fate.NO_TRACE


def records_of(uses: Sequence[Use]) -> tuple[Record, ...]:
    """The uses term by term, in the order in which the terms first stand in the text."""
    found: dict[tuple[Term, ...], list[Use]] = defaultdict(list)
    for use in uses:
        found[use.terms].append(use)
    return tuple(Record(terms=terms, uses=tuple(its)) for terms, its in found.items())


def departures(records: Sequence[Record], *, free: bool = False) -> Iterator[Use]:
    """Uses that do not follow the glossary, of terms that the translation mostly follows or hardly has.

    ``free``: also those of which the translation has no trace; it may do well without.
    """
    for record in records:
        if not record.contested:
            yield from (use for use in record.uses if use.fate is not Fate.FOLLOWED and (free or _shows(use)))


def enforced(base: TermBase, pairs: Iterable[tuple[str, str]], profile: Profile) -> tuple[tuple[str, str], ...]:
    """Wordings of the glossary and what they must become: of one sense, and not put otherwise in these sentences."""
    judge = Judge(base, profile)
    counts: dict[tuple[Term, ...], list[bool]] = defaultdict(list)
    for source, target in pairs:
        for one in judge.judge(source, target):
            counts[one.terms].append(one.followed)
    return tuple(
        (wording, senses[0].targets[0])
        for senses in base.senses.values()
        if len(senses) == 1 and not contests(sum(counts[senses]), len(counts[senses]))
        for wording in senses[0].wordings
    )


def _shows(use: Use) -> bool:
    return use.fate is not Fate.NO_TRACE
