"""Chapters in two languages → linked sentences, as they stand and as an engine sees them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alignment.aligner import align_all
from alignment.diff import fold
from alignment.locales import load
from alignment.markdown import parse
from alignment.model import Kind
from alignment.sides import cut
from sync.bitext.engine_text import engine_text
from sync.bitext.parallel_data.model import Candidate, Passage
from sync.model import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from alignment.locales import Locale
    from alignment.markdown import Profile
    from alignment.model import Bead, Block, Link
    from alignment.sides import Side
    from sync.bitext.parallel_data.model import ChapterPair

IN_PIECES: Final = frozenset({Kind.TABLE, Kind.IMAGE})
"""Blocks whose sentences are no paragraph."""
QUOTE: Final = re.compile(r"\n[ \t]*(?:>[ \t]?)+")


def passages(
    chapters: Sequence[ChapterPair], lang: str, profile: Profile, advance: Callable[[str], None] = lambda step: None
) -> Iterator[Passage]:
    """What the aligner links in a book, chapter by chapter; it learns from all chapters before it decides on any."""
    sides = [(_cut(one.english, SOURCE_LANGUAGE, profile), _cut(one.translation, lang, profile)) for one in chapters]
    alignments = align_all(_told(sides, chapters, advance), profile)
    for chapter, (source, target), alignment in zip(chapters, sides, alignments, strict=True):
        for link in alignment.links:
            if link.sentences:
                yield _passage(chapter.path, link, source, target, profile)


def _cut(text: str, lang: str, profile: Profile) -> Side:
    return cut(parse(text, profile), load(lang), profile)


def _told(
    sides: Sequence[tuple[Side, Side]], chapters: Sequence[ChapterPair], advance: Callable[[str], None]
) -> Iterator[tuple[Side, Side]]:
    """The same, saying which chapter is taken."""
    for chapter, pair in zip(chapters, sides, strict=True):
        advance(chapter.path)
        yield pair


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of one side."""

    block: int
    number: int
    """In its block."""
    raw: str
    seen: str


def _passage(path: str, link: Link, source: Side, target: Side, profile: Profile) -> Passage:
    blocks = [source.blocks[i] for i in link.blocks.source] + [target.blocks[i] for i in link.blocks.target]
    sides = _sentences(source, link.blocks.source, profile), _sentences(target, link.blocks.target, profile)
    candidates = [_candidate(path, bead, sides, source, target.locale) for bead in link.sentences]
    return Passage(
        candidates=tuple(candidates), is_whole=not any(block.kind in IN_PIECES for block in blocks) and bool(candidates)
    )


def _sentences(side: Side, blocks: Sequence[int], profile: Profile) -> list[_Sentence]:
    return [
        _Sentence(
            index, number, fold(_unquoted(segment.text, block)), _seen(block, segment.start, segment.end, profile)
        )
        for index in blocks
        for block in (side.blocks[index],)
        for number, segment in enumerate(side.segments[index])
    ]


def _seen(block: Block, start: int, end: int, profile: Profile) -> str:
    """A sentence as an engine sees it. Its marks are found in the whole block, for it may have only half of a pair."""
    if ">" in block.lead:
        return engine_text(_unquoted(block.text[start:end], block), profile)
    return engine_text(block.text, profile, start, end)


def _unquoted(text: str, block: Block) -> str:
    return QUOTE.sub("\n", text) if ">" in block.lead else text


def _candidate(
    path: str, bead: Bead, sides: tuple[list[_Sentence], list[_Sentence]], source: Side, locale: Locale
) -> Candidate:
    lefts, rights = (
        [side[i] for i in numbers] for side, numbers in zip(sides, (bead.source, bead.target), strict=True)
    )
    first = lefts[0] if lefts else None
    return Candidate(
        chapter=path,
        line=source.blocks[first.block].line if first else 0,
        place=(first.block, first.number) if first else (0, 0),
        at=bead.target[0] if bead.target else 0,
        source=" ".join(one.seen for one in lefts),
        target=locale.text.joiner.join(one.seen for one in rights),
        left=" ".join(one.raw for one in lefts),
        right=locale.text.joiner.join(one.raw for one in rights),
        shape=(len(bead.source), len(bead.target)),
        confidence=bead.confidence,
    )


def joined(candidates: Sequence[Candidate], joiner: str) -> Candidate:
    """Several candidates of a passage as one, no surer than the least sure of them."""
    ordered = sorted(candidates, key=lambda one: one.at)
    return Candidate(
        chapter=candidates[0].chapter,
        line=candidates[0].line,
        place=candidates[0].place,
        at=ordered[0].at,
        source=" ".join(one.source for one in candidates),
        target=joiner.join(one.target for one in ordered),
        left=" ".join(one.left for one in candidates),
        right=joiner.join(one.right for one in ordered),
        shape=(sum(one.shape[0] for one in candidates), sum(one.shape[1] for one in candidates)),
        confidence=min(one.confidence for one in candidates),
    )
