"""The rules of a book as a whole, one file each: what a chapter uses, some chapter of the book defines. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sync.checks.book.facts import NOTHING, BookText, Facts, Index, Thing, known_tabs, read_book_facts, waits

__all__ = [
    "UNREAD",
    "BookText",
    "Facts",
    "Index",
    "Library",
    "Thing",
    "Unresolved",
    "read_book_facts",
    "unresolved_after",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """The whole of a fork and the whole of its newest English."""

    english: BookText
    fork: BookText


UNREAD: Final = Library(english=BookText(), fork=BookText())
"""Stands for a book of which nothing needs to be known."""


@dataclass(frozen=True, slots=True, order=True)
class Unresolved:
    """A use of something that no chapter of the book defines."""

    path: str
    line: int
    rule: str
    message: str


def unresolved_after(before: BookText, after: BookText) -> tuple[Unresolved, ...]:
    """What an update would break: uses that resolved before, or are new, and do not resolve after.

    Code for a framework that the book did not have before does not count, and neither do comments.
    """
    tabs, old = known_tabs(before), read_book_facts(before)
    new = read_book_facts(after, before={path: old[path] for path in before.chapters})
    was, now = (Index({path: facts.defines for path, facts in book.items()}) for book in (old, new))
    waiting = Index({path: facts.waiting for path, facts in new.items()})
    return tuple(
        Unresolved(path, line, thing.rule, f"would {thing.shown}, which the book does not have")
        for path, facts in sorted(new.items())
        for thing, line in facts.uses.items()
        if thing.tab in tabs
        and not now.definers(thing)
        and (was.definers(thing) or (thing not in old.get(path, NOTHING).uses and not waits(thing, waiting)))
    )
