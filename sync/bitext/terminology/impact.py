"""What a changed glossary means for a book: which terms changed, and which sentences have them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sync.bitext.terminology.english import EnglishTerms
from sync.bitext.terminology.translated import Translation, is_syllabic
from sync.bitext.terminology.usage import expected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alignment.markdown import Profile
    from sync.bitext.terminology.model import Term, TermBase
    from sync.bitext.terminology.passages import Passage


class Move(StrEnum):
    """What happened to a term."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChange:
    """A term whose translations are others than before. A term without a translation counts as not there."""

    move: Move
    source: str
    old: tuple[str, ...]
    """Accepted translations before, of all senses."""
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A sentence that has a changed term."""

    change: TermChange
    passage: Passage
    has_new: bool
    """Whether its translation has a wording that the new glossary accepts."""
    has_old: bool
    """Whether it has one that only the old glossary accepted."""


def compare(old: TermBase, new: TermBase) -> tuple[TermChange, ...]:
    """The terms that two glossaries treat differently, in alphabetical order; the order of translations counts."""
    return tuple(sorted(_compare(old, new), key=lambda change: change.source.casefold()))


def _compare(old: TermBase, new: TermBase) -> Iterator[TermChange]:
    for key in old.senses.keys() | new.senses.keys():
        before, after = old.senses.get(key, ()), new.senses.get(key, ())
        wordings = expected(before), expected(after)
        if wordings[0] != wordings[1]:
            move = Move.CHANGED if before and after else Move.ADDED if after else Move.REMOVED
            yield TermChange(move=move, source=(after or before)[0].source, old=wordings[0], new=wordings[1])


def touched(old: TermBase, new: TermBase, passages: Sequence[Passage], profile: Profile) -> tuple[Touched, ...]:
    """The sentences that the changes touch, in the order of the text; once for each changed term."""
    changes = {change.source.casefold(): change for change in compare(old, new)}
    known = set(new.senses)
    every = (*new.translated, *(term for term in old.translated if term.source.casefold() not in known))
    english = EnglishTerms(every, profile)
    syllabic = is_syllabic(target for term in every for target in term.targets)
    return tuple(
        _touched(change, passage, Translation(passage.target, profile, syllabic=syllabic))
        for passage in passages
        for change in _changes(english, passage, changes)
    )


def _changes(english: EnglishTerms, passage: Passage, changes: dict[str, TermChange]) -> Iterable[TermChange]:
    terms: list[Term] = [term for one in english.find(passage.source) for term in one.terms]
    return dict.fromkeys(changes[term.source.casefold()] for term in terms if term.source.casefold() in changes)


def _touched(change: TermChange, passage: Passage, translation: Translation) -> Touched:
    before = [wording for wording in change.old if wording not in change.new]
    return Touched(
        change=change,
        passage=passage,
        has_new=any(translation.has(wording) for wording in change.new),
        has_old=any(translation.has(wording) for wording in before),
    )
