"""Repairs what earlier machine translation left behind, where the English beside it shows without doubt what was meant.

No engine is asked. A repair changes the damaged characters and nothing else; what is left in doubt is found by
``sync.checks`` and stays as it is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from alignment.markdown import parse
from alignment.model import Kind
from sync.checks import Subject, check
from sync.checks.reading import read
from sync.model import Diagnostic, Severity
from sync.repairs import commands, emphasis, headings, items, links, roles, sentinels, slides, tags
from sync.repairs.model import Edit, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

REPAIRS: Final = (links, roles, slides, emphasis, items, sentinels, headings, commands, tags)
"""Adding one: a module with ``NAME`` and ``find(place)``, and a word here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """A translation after its repair."""

    text: str
    """As it was, byte for byte, but for the damage that was repaired."""
    done: tuple[Diagnostic, ...] = ()
    """What was repaired, at its line before."""
    left: tuple[Diagnostic, ...] = ()
    """What the rules find all the same."""


def repair(subject: Subject) -> Repaired:
    """Repair one chapter. What would make a rule find more than before is not done."""
    before, text = check(subject), subject.target.render()
    edits = tuple(_without_overlaps(_find(subject)))
    found = _try(subject, text, edits, before)
    if found is None:  # one of them does harm: each is tried by itself
        kept: tuple[Edit, ...] = ()
        for edit in edits:
            if _try(subject, text, (*kept, edit), before) is not None:
                kept = (*kept, edit)
        edits, found = kept, _try(subject, text, kept, before)
    assert found is not None, "without an edit nothing is worse"
    result, left = found
    done = tuple(Diagnostic(_line(text, edit.start), edit.rule, Severity.NOTE, edit.message) for edit in edits)
    return Repaired(text=result, done=done, left=left)


def _find(subject: Subject) -> Iterator[Edit]:
    reading = read(subject)
    offsets, at = [], len(subject.target.head)
    for block in subject.target.blocks:
        offsets.append(at)
        at += len(block.text) + len(block.gap)
    english: dict[int, list[int]] = {}
    for source, targets in enumerate(reading.partners):
        for target in targets:
            english.setdefault(target, []).append(source)
    titles, english_text = _titles(subject), subject.source.render()
    for number, block in enumerate(subject.target.blocks):
        sources = tuple(subject.source.blocks[index] for index in english.get(number, ()))
        place = Place(
            block=block,
            english=sources,
            profile=subject.profile,
            locale=reading.locale,
            chapter=english_text,
            title=titles.get(number, ""),
        )
        for one in REPAIRS:
            for edit in one.find(place):
                start = edit.start + offsets[number]
                yield replace(edit, start=start, end=edit.end + offsets[number], rule=one.NAME)


def _titles(subject: Subject) -> dict[int, str]:
    """The English of each heading of the translation, by its number; nothing where their depths are not the same."""
    sides = [
        [(number, block) for number, block in enumerate(document.blocks) if block.kind is Kind.HEADING]
        for document in (subject.target, subject.source)
    ]
    if [block.level for _, block in sides[0]] != [block.level for _, block in sides[1]]:
        return {}
    return {number: english.content.strip() for (number, _), (_, english) in zip(*sides, strict=True)}


def _without_overlaps(edits: Iterator[Edit]) -> Iterator[Edit]:
    at = 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        if edit.start >= at:
            yield edit
            at = max(edit.end, edit.start)


def _try(
    subject: Subject, text: str, edits: Sequence[Edit], before: Sequence[Diagnostic]
) -> tuple[str, tuple[Diagnostic, ...]] | None:
    """The text with some edits and what is found in it; nothing if that is more than before."""
    if not edits:
        return text, tuple(before)
    result = apply(text, edits)
    after = check(replace(subject, target=parse(result, subject.profile), alignment=None))
    worse = Counter(one.rule for one in after) - Counter(one.rule for one in before)
    return None if worse else (result, after)


def apply(text: str, edits: Sequence[Edit]) -> str:
    """The text with edits that do not overlap, given in order."""
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join((*pieces, text[at:]))


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
