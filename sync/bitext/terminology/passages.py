"""The sentence pairs of chapters, with their places: what terms are looked for in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alignment.aligner import align_all
from alignment.diff import fold
from alignment.locales import load
from alignment.markdown import D2L, parse
from alignment.sides import cut
from sync.model import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alignment.locales import Locale
    from alignment.markdown import Profile
    from alignment.model import Link
    from alignment.sides import Side

TRUSTED: Final = 0.5
"""Confidence from which a bead is taken for a sentence and its translation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence, or a few, and the translation; white space folded."""

    chapter: str
    source: str
    target: str
    english_line: int
    line: int
    """Of the translation, in its chapter, from 1."""


def passages_of(chapters: Iterable[tuple[str, str, str]], lang: str, profile: Profile = D2L) -> tuple[Passage, ...]:
    """The trusted sentence pairs of chapters, given as path, English and translation. What is not translated is none.

    All chapters are aligned together, so that each learns from the others.
    """
    paths: list[str] = []
    sides: list[tuple[Side, Side]] = []
    locales = load(SOURCE_LANGUAGE), load(lang)
    for path, english, translation in chapters:
        paths.append(path)
        sides.append((_cut(english, locales[0], profile), _cut(translation, locales[1], profile)))
    alignments = align_all(sides, profile)
    return tuple(
        passage
        for path, (source, target), alignment in zip(paths, sides, alignments, strict=True)
        for link in alignment.links
        for passage in _passages(path, source, target, link)
    )


def _cut(text: str, locale: Locale, profile: Profile) -> Side:
    return cut(parse(text, profile), locale, profile)


def _passages(path: str, source: Side, target: Side, link: Link) -> Iterator[Passage]:
    lefts, rights = _sentences(source, link.blocks.source), _sentences(target, link.blocks.target)
    for bead in link.sentences:
        if not (bead.source and bead.target and bead.confidence >= TRUSTED):
            continue
        left = " ".join(lefts[number][1] for number in bead.source)
        right = target.locale.text.joiner.join(rights[number][1] for number in bead.target)
        if left != right:
            lines = lefts[bead.source[0]][0], rights[bead.target[0]][0]
            yield Passage(chapter=path, source=left, target=right, english_line=lines[0], line=lines[1])


def _sentences(side: Side, blocks: Sequence[int]) -> list[tuple[int, str]]:
    """Line and text of the sentences of some blocks."""
    return [
        (side.blocks[at].line + side.blocks[at].text.count("\n", 0, segment.start), fold(segment.text))
        for at in blocks
        for segment in side.segments[at]
    ]
