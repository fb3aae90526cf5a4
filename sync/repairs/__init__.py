"""Repairs what earlier machine translation left behind, where the English beside it shows without doubt what was meant.

No engine is asked. A repair changes the damaged characters and nothing else, and none of them in code or formulas; what
is left in doubt is found by ``sync.checks`` and stays as it is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from alignment.markdown import parse
from sync.checks import Subject, check, damage, swallowed
from sync.checks import emphasis as stars
from sync.model import Diagnostic, Severity
from sync.repairs import emphasis, headings, items, links, roles, sentinels, slides
from sync.repairs.model import Edit, apply
from sync.repairs.places import find_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alignment.model import Document

REPAIRS: Final = (links, roles, slides, emphasis, items, sentinels, headings)
"""Adding one: a module with ``NAME`` and ``find(place)``, and a word here."""
DAMAGE: Final = frozenset({damage.NAME, swallowed.NAME, stars.NAME})
"""The rules of ``sync.checks`` that name damage, and find what was left in doubt."""
ROUNDS: Final = 8
"""What is whole again shows what else is torn, so there are as many rounds as repair something; at most these."""

Checked = tuple[str, tuple[Diagnostic, ...]]
"""A text, and what the rules find in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """A translation after its repair."""

    text: str
    """As it was, byte for byte, but for the damage that was repaired."""
    done: tuple[Diagnostic, ...] = ()
    """What was repaired, at its line before."""
    left: tuple[Diagnostic, ...] = ()
    """What the rules find all the same; without English there is nothing to find it by."""


def repair(subject: Subject) -> Repaired:
    """Repair one chapter. What would make a rule find more than before is not done.

    Where the English is empty it is not known, and only markup is repaired that can be nothing else.
    """
    text = subject.target.render()
    left, lines = _check(subject, text), [*range(1, text.count("\n") + 2)]
    done: list[Diagnostic] = []
    for _ in range(ROUNDS):
        edits, (result, left) = _harmless(subject, (text, left))
        if not edits:
            break
        done += (Diagnostic(lines[_row(text, one.start)], one.rule, Severity.NOTE, one.message) for one in edits)
        text, lines = result, _follow(lines, text, edits)
        subject = replace(subject, target=parse(text, subject.profile), alignment=None)
    return Repaired(text=text, done=tuple(sorted(done)), left=left)


def _harmless(subject: Subject, before: Checked) -> tuple[tuple[Edit, ...], Checked]:
    """The edits of one round, and what comes of them. Where all together do harm, each is tried by itself."""
    edits, result = _find(subject), before
    if edits and (found := _try(subject, edits, before)):
        return edits, found
    kept: tuple[Edit, ...] = ()
    for edit in edits:
        if found := _try(subject, (*kept, edit), before):
            kept, result = (*kept, edit), found
    return kept, result


def _find(subject: Subject) -> tuple[Edit, ...]:
    """What every repair proposes; of proposals that overlap, the first."""
    found = (
        replace(edit, start=edit.start + offset, end=edit.end + offset, rule=one.NAME)
        for offset, place in find_places(subject)
        for one in REPAIRS
        for edit in one.find(place)
    )
    return tuple(_without_overlaps(found))


def _without_overlaps(edits: Iterable[Edit]) -> Iterator[Edit]:
    at = 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        if edit.start >= at:
            yield edit
            at = edit.end


def _try(subject: Subject, edits: tuple[Edit, ...], before: Checked) -> Checked | None:
    """The text with some edits and what is found in it; nothing if that is more than before."""
    result = apply(before[0], edits)
    after = _check(subject, result)
    worse = Counter(one.rule for one in after) - Counter(one.rule for one in before[1])
    return None if worse else (result, after)


def _check(subject: Subject, text: str) -> tuple[Diagnostic, ...]:
    """What the rules find in a text. Without English it is measured by itself."""
    target = parse(text, subject.profile)
    source: Document = subject.source if subject.source.blocks else target
    return check(replace(subject, source=source, target=target, alignment=None))


def _row(text: str, offset: int) -> int:
    return text.count("\n", 0, offset)


def _follow(lines: Sequence[int], text: str, edits: Sequence[Edit]) -> list[int]:
    """For each line of the edited text the line that it came from, given the same of the text before."""
    found, row, at = [lines[0]], 0, 0
    for edit in edits:
        kept = text.count("\n", at, edit.start)
        found += lines[row + 1 : row + 1 + kept]
        row += kept
        found += [lines[row]] * edit.text.count("\n")
        row, at = row + text.count("\n", edit.start, edit.end), edit.end
    return [*found, *lines[row + 1 :]]
