"""Where repairs look: every block of prose of a translation, with the English that it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from alignment.model import Kind
from sync.checks.reading import read
from sync.repairs.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from alignment.model import Block
    from sync.checks import Subject
    from sync.checks.reading import Reading


@dataclass(frozen=True, slots=True)
class _Title:
    """The English of a heading, and the marks of the items that begin right below it."""

    text: str = ""
    items: tuple[str, ...] = ()


def find_places(subject: Subject) -> Iterator[tuple[int, Place]]:
    """Each place with the offset of its block in the chapter. Code, formulas and what is owed are none."""
    reading, titles = read(subject), _titles(subject)
    origins, at = _origins(reading), len(subject.target.head)
    english, translation = subject.source.render(), subject.target.render()
    for number, block in enumerate(subject.target.blocks):
        if block.is_prose:
            title = titles.get(number, _Title())
            yield (
                at,
                Place(
                    block=block,
                    english=tuple(subject.source.blocks[index] for index in origins.get(number, ())),
                    profile=subject.profile,
                    locale=reading.locale,
                    chapter=english,
                    translation=translation,
                    title=title.text,
                    items=title.items,
                    newline=subject.target.newline,
                ),
            )
        at += len(block.text) + len(block.gap)


def _origins(reading: Reading) -> Mapping[int, list[int]]:
    """For each block of the translation, by its number, the English blocks that it stands for."""
    origins: dict[int, list[int]] = {}
    for source, targets in enumerate(reading.partners):
        for target in targets:
            origins.setdefault(target, []).append(source)
    return origins


def _titles(subject: Subject) -> Mapping[int, _Title]:
    """The English of each heading of the translation, by its number; nothing where their depths are not the same."""
    ours, english = (
        [(number, block) for number, block in enumerate(document.blocks) if block.kind is Kind.HEADING]
        for document in (subject.target, subject.source)
    )
    if [block.level for _, block in ours] != [block.level for _, block in english]:
        return {}
    return {
        number: _Title(title.content.strip(), tuple(_marks(subject.source.blocks[place + 1 :])))
        for (number, _), (place, title) in zip(ours, english, strict=True)
    }


def _marks(blocks: tuple[Block, ...]) -> Iterator[str]:
    return (block.lead.strip() for block in takewhile(lambda block: block.kind is Kind.ITEM, blocks))
