"""Translation memory: sentence pairs of the fork, looked up exactly and by likeness."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rapidfuzz import process
from rapidfuzz.distance import Indel

from alignment.aligner import align
from alignment.diff import fold
from alignment.locales import load
from alignment.markdown import D2L, parse
from alignment.segmentation import segments
from sync.bitext.marks import marks, without_slides
from sync.model import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from alignment.markdown import Profile
    from alignment.model import Alignment, Document

TRUSTED: Final = 0.5
"""Confidence from which a sentence bead is a pair to learn from."""
WORD: Final = re.compile(r"\w+|[^\w\s]")
FEW_WORDS: Final = 1
"""A source of no more words means different things in different places: its translations must agree."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its translation, white space folded."""

    source: str
    target: str
    chapter: str = field(default="", compare=False)
    """Path of the chapter it comes from, or nothing."""


@dataclass(frozen=True, slots=True)
class Match:
    """A pair of the memory for a source that is like, or equal to, the one asked for."""

    pair: Pair
    likeness: float
    """Share of common words, 0 to 1."""


@dataclass(frozen=True)
class Memory:
    """Sentence pairs of one language."""

    pairs: tuple[Pair, ...] = ()
    wider: Memory | None = None
    """What is asked next: the memory of the book behind that of a chapter."""

    @staticmethod
    def of_chapters(chapters: Iterable[tuple[str, str, str]], lang: str, profile: Profile = D2L) -> Memory:
        """The sentence pairs of whole chapters, given as path, English and translation of that English."""
        found = [
            pair
            for path, english, translation in chapters
            for pair in _pairs(path, english, translation, lang, profile)
        ]
        return Memory(tuple(found))

    def without(self, folders: Iterable[str]) -> Memory:
        """The memory as if these chapter folders had never been seen."""
        withheld = tuple(folders)
        return Memory(
            tuple(pair for pair in self.pairs if not any(_lies_in(pair.chapter, folder) for folder in withheld)),
            self.wider and self.wider.without(withheld),
        )

    def unlearning(self, made: Container[tuple[str, str]]) -> Memory:
        """The memory without these wordings, given as path of their chapter and text: what an engine wrote itself."""
        return Memory(tuple(pair for pair in self.pairs if (pair.chapter, pair.target) not in made), self.wider)

    def reversed(self) -> Memory:
        """The memory for translating the other way."""
        pairs = tuple(Pair(pair.target, pair.source, pair.chapter) for pair in self.pairs)
        return Memory(pairs, self.wider and self.wider.reversed())

    def joined(self, pairs: Sequence[tuple[str, str]]) -> Memory:
        """This memory behind pairs of the chapter at hand, which win where both know a source."""
        return Memory(tuple(Pair(source, target) for source, target in pairs), self)

    def exact(self, source: str, *, profile: Profile | None = D2L) -> str | None:
        """The translation of a sentence that is known word for word; the commonest where there are several.

        A translation counts only if it is not the source itself and has the same inline markup; without a profile,
        markup is not looked at. Of equally common ones the first is taken, of a single word's only one without a rival.
        """
        asked = fold(source)
        known = Counter(
            fit
            for target in self._by_source.get(asked, ())
            if target != asked and (fit := fitting(target, asked, profile))
        )
        if len(known) == 1 or (known and len(WORD.findall(source)) > FEW_WORDS):
            return known.most_common(1)[0][0]
        return self.wider.exact(source, profile=profile) if self.wider and not known else None

    def like(self, source: str, *, least: float = 0.6, most: int = 3) -> tuple[Match, ...]:
        """The likest pairs, best first, none below ``least``."""
        words = tuple(WORD.findall(source))
        found = process.extract(
            words, self._words, scorer=Indel.normalized_similarity, score_cutoff=least, limit=most, processor=None
        )
        matches = [Match(self.pairs[index], float(likeness)) for _, likeness, index in found]
        if self.wider:
            matches += self.wider.like(source, least=least, most=most)
        return tuple(sorted(matches, key=lambda match: -match.likeness)[:most])

    @cached_property
    def _by_source(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = {}
        for pair in self.pairs:
            index.setdefault(pair.source, []).append(pair.target)
        return index

    @cached_property
    def _words(self) -> list[tuple[str, ...]]:
        return [tuple(WORD.findall(pair.source)) for pair in self.pairs]


def fitting(target: str, source: str, profile: Profile | None) -> str | None:
    """A translation as it can stand for its source: without slide marks if those are all that it has too many."""
    if profile is None:
        return target
    wanted = marks(source, profile)
    return next((text for text in (target, without_slides(target, profile)) if marks(text, profile) == wanted), None)


def _lies_in(path: str, folder: str) -> bool:
    """Whether a chapter is in a folder, however much of the path either gives: ``chapter_x/y.md`` is in ``x``."""
    names = [part.removeprefix("chapter_") for part in path.split("/")]
    return folder.strip("/").split("/")[-1].removeprefix("chapter_") in names[:-1]


def _pairs(path: str, english: str, translation: str, lang: str, profile: Profile) -> Iterator[Pair]:
    source, target = parse(english, profile), parse(translation, profile)
    alignment = align(source, target, source_locale=load(SOURCE_LANGUAGE), target_locale=load(lang), profile=profile)
    for left, right in sentence_pairs(source, target, alignment, lang, profile):
        yield Pair(left, right, path)


def sentence_pairs(
    source: Document, target: Document, alignment: Alignment, lang: str, profile: Profile
) -> Iterator[tuple[str, str]]:
    """The trusted sentence beads of an aligned chapter as texts, white space folded; one-sided ones left out."""
    for link in alignment.links:
        sides = (
            [
                segment.text
                for index in link.blocks.source
                for segment in segments(source.blocks[index], load(SOURCE_LANGUAGE), profile)
            ],
            [
                segment.text
                for index in link.blocks.target
                for segment in segments(target.blocks[index], load(lang), profile)
            ],
        )
        joiner = load(lang).text.joiner
        for bead in link.sentences:
            if bead.source and bead.target and bead.confidence >= TRUSTED:
                left = " ".join(fold(sides[0][index]) for index in bead.source)
                right = joiner.join(fold(sides[1][index]) for index in bead.target)
                if left != right:
                    yield left, right
