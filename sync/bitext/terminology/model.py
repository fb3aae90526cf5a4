"""The nouns of terminology: what a book calls a thing in English, and what its translation calls it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One line of a glossary."""

    source: str
    """The English, without brackets."""
    variants: tuple[str, ...] = ()
    """Other wordings of the English: an acronym, another spelling, what stands beside it."""
    targets: tuple[str, ...] = ()
    """Accepted translations, the preferred one first; empty where the glossary leaves it open."""
    note: str = ""
    """What else the line says: what is meant, where it was discussed."""
    line: int = 0
    """In the glossary, from 1."""

    @property
    def wordings(self) -> tuple[str, ...]:
        """All English wordings, the main one first."""
        return (self.source, *self.variants)


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """Something about one line of a glossary."""

    line: int
    text: str
    """The line, or its beginning."""
    reason: str


@dataclass(frozen=True, kw_only=True)
class TermBase:
    """What was understood of a glossary, and what was not."""

    terms: tuple[Term, ...] = ()
    notation: str = ""
    """How the glossary is written, in words."""
    unread: tuple[Remark, ...] = ()
    """Lines that gave no term. Blank lines, headings and what else says nothing are not among them."""
    doubts: tuple[Remark, ...] = ()
    """Lines that were read, but may have meant something else."""

    @cached_property
    def translated(self) -> tuple[Term, ...]:
        """Terms that have a translation."""
        return tuple(term for term in self.terms if term.targets)

    @cached_property
    def senses(self) -> Mapping[str, tuple[Term, ...]]:
        """The translated terms by their English in small letters: several where a word has several senses."""
        found: dict[str, list[Term]] = defaultdict(list)
        for term in self.translated:
            found[term.source.casefold()].append(term)
        return {source: tuple(terms) for source, terms in found.items()}
