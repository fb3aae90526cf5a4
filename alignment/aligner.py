"""Two languages → Alignment: anchors first, dynamic programming between them, then sentences inside linked blocks.

There are two passes. The first knows what is the same in both languages and the lexicon it is given; the second also
what it learned from the sentences that the first linked.
"""

from __future__ import annotations

from itertools import chain
from math import log
from statistics import median
from typing import TYPE_CHECKING, Final

from alignment.blocks import link_blocks, ordered
from alignment.confidence import rate
from alignment.costs import STRETCH, Evidence, Pace
from alignment.enclosures import link_ends
from alignment.lexicon import EMPTY, combine, induce
from alignment.model import Alignment
from alignment.regroup import regroup
from alignment.sentences import link_sentences
from alignment.sides import Measured, Side, cut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment.lexicon import Lexicon
    from alignment.locales import Locale
    from alignment.markdown import Profile
    from alignment.model import Document

LESSONS: Final = 1
"""Times that a lexicon is learned from what was linked, and everything linked again."""
SURE: Final = 0.9
"""Confidence from which sentences are learned from."""

TermPair = tuple[tuple[str, ...], tuple[str, ...]]


def align(
    source: Document,
    target: Document,
    *,
    source_locale: Locale,
    target_locale: Locale,
    profile: Profile,
    lexicon: Lexicon | None = None,
) -> Alignment:
    """Link every block of both documents, and the sentences of linked prose."""
    sides = cut(source, source_locale, profile), cut(target, target_locale, profile)
    return link_ends(align_sides(*sides, profile, lexicon), source, target)


def align_sides(source: Side, target: Side, profile: Profile, lexicon: Lexicon | None = None) -> Alignment:
    """The same for documents that are already cut into blocks and sentences."""
    return align_all([(source, target)], profile, lexicon)[0]


def align_all(
    sides: Iterable[tuple[Side, Side]], profile: Profile, lexicon: Lexicon | None = None
) -> tuple[Alignment, ...]:
    """The same for all chapters of a book, where each chapter also learns from the others."""
    chapters = [(Measured(source, profile), Measured(target, profile)) for source, target in sides]
    known = lexicon or EMPTY
    found = [_match(*chapter, known, Pace()) for chapter in chapters]
    for _ in range(LESSONS):
        pairs = (_pairs(*chapter, alignment) for chapter, alignment in zip(chapters, found, strict=True))
        learned = combine(known, induce(chain.from_iterable(pairs)))
        paces = [_pace(*chapter, alignment) for chapter, alignment in zip(chapters, found, strict=True)]
        found = [_match(*chapter, learned, pace) for chapter, pace in zip(chapters, paces, strict=True)]
    return tuple(found)


def sentence_pairs(source: Side, target: Side, alignment: Alignment, profile: Profile) -> tuple[TermPair, ...]:
    """The terms of all sentences that an alignment links with confidence: what a lexicon is induced from."""
    return _pairs(Measured(source, profile), Measured(target, profile), alignment)


def _match(source: Measured, target: Measured, lexicon: Lexicon, pace: Pace) -> Alignment:
    """One pass."""
    evidence = Evidence(source.passages, target.passages, lexicon)
    beads = regroup(link_blocks(source, target, evidence, pace), source, target, evidence, pace)
    beads = ordered(beads, len(source.blocks), len(target.blocks))
    return rate(Alignment(link_sentences(beads, source, target, evidence, pace)), source, target)


def _pairs(source: Measured, target: Measured, alignment: Alignment) -> tuple[TermPair, ...]:
    found = []
    for link in alignment.links:
        lefts, rights = source.sentences(link.blocks.source), target.sentences(link.blocks.target)
        for bead in link.sentences:
            if bead.source and bead.target and bead.confidence >= SURE:
                left = tuple(term for i in bead.source for term in source.passages[lefts[i]].terms)
                right = tuple(term for j in bead.target for term in target.passages[rights[j]].terms)
                found.append((left, right))
    return tuple(found)


def _pace(source: Measured, target: Measured, alignment: Alignment) -> Pace:
    """How long the translations are that were linked one to one; robustly, since some links are wrong."""
    ratios: list[float] = []
    for link in alignment.links:
        lefts, rights = source.sentences(link.blocks.source), target.sentences(link.blocks.target)
        for bead in link.sentences:
            if len(bead.source) == len(bead.target) == 1 and bead.confidence >= SURE:
                ratios.append(
                    log(target.passages[rights[bead.target[0]]].length / source.passages[lefts[bead.source[0]]].length)
                )
    if len(ratios) < 10:
        return Pace()
    mean = median(ratios)
    deviation = 1.4826 * median(abs(ratio - mean) for ratio in ratios)
    return Pace(mean, min(max(deviation, STRETCH / 2), STRETCH))
