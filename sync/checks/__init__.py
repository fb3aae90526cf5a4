"""The rules a translation is held against, one file each. Pure: two documents in, diagnostics out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from sync.checks import (
    cells,
    citations,
    code,
    damage,
    displays,
    doubled,
    emphasis,
    fences,
    formulas,
    headings,
    images,
    labels,
    leftovers,
    lengths,
    links,
    numbers,
    order,
    references,
    repeats,
    slides,
    swallowed,
    tabs,
    terminology,
)
from sync.checks.reading import read
from sync.checks.subject import Finding, Subject
from sync.model import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["RULES", "Finding", "Subject", "check", "check_change"]

RULES: Final = (
    labels,
    references,
    citations,
    images,
    links,
    headings,
    swallowed,
    fences,
    cells,
    tabs,
    displays,
    formulas,
    code,
    slides,
    emphasis,
    numbers,
    leftovers,
    repeats,
    lengths,
    doubled,
    order,
    damage,
    terminology,
)
"""Adding one: a module with ``NAME`` and ``find(reading)``, and a word here."""


def check(subject: Subject) -> tuple[Diagnostic, ...]:
    """What every rule says about a translation as it stands, in the order of its lines."""
    return tuple(sorted(Diagnostic(one.line, rule, one.severity, one.message) for rule, one in _find(subject)))


def check_change(before: Subject, after: Subject) -> tuple[Diagnostic, ...]:
    """What an update would break: the findings that the old translation of the old English did not have already.

    Faults are counted by what is wrong, not by where. What the update brings about is judged more strictly than what
    a translator wrote, see ``Finding.when_new``.
    """
    old = tuple(_find(before))
    had: Counter[tuple[str, str]] = Counter()
    for rule, one in old:
        had[rule, one.key] += one.times
    said = {(rule, one.message) for rule, one in old}
    # Of equal faults, those that were there before are likelier the ones that read the same.
    new = sorted(_find(after), key=lambda found: (found[0], found[1].message) not in said)
    return tuple(sorted(_excess(new, had)))


def _excess(found: Iterable[tuple[str, Finding]], had: Counter[tuple[str, str]]) -> Iterator[Diagnostic]:
    for rule, one in found:
        forgiven = min(one.times, had[rule, one.key])
        had[rule, one.key] -= forgiven
        if forgiven < one.times:
            yield Diagnostic(one.line, rule, one.when_new or one.severity, one.message)


def _find(subject: Subject) -> Iterator[tuple[str, Finding]]:
    reading = read(subject)
    return ((rule.NAME, finding) for rule in RULES for finding in rule.find(reading))
