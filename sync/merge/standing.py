"""How a chapter is aligned that has pending English in it: comments that stand where a translation is still missing.

A comment is linked to the blocks, or to the sentences of a block, whose English it holds. The rest is aligned as if
neither were there, so that missing sentences push nothing out of place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from alignment.aligner import align
from alignment.diff import fold
from alignment.markdown import parse, read_pending
from alignment.model import Alignment, Bead, Document, Kind, Link
from alignment.segmentation import segments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.locales import Locale
    from alignment.markdown import Profile
    from alignment.model import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """Pending English in a translation, and what it stands for."""

    target: int
    """Its block in the translation."""
    blocks: tuple[int, ...]
    """The English blocks it holds, or the one it holds sentences of."""
    sentences: tuple[int, ...] = ()
    """The sentences it holds of a single block; none where it holds whole blocks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An alignment of the whole, and one of what is really translated, with the documents it speaks of."""

    alignment: Alignment
    translated: Alignment
    source: Document
    target: Document


def align_standing(source: Document, target: Document, locales: tuple[Locale, Locale], profile: Profile) -> Standing:
    """Align a translation with the English it was made from, its pending comments included."""
    comments = _find(source, target, locales[0], profile)
    less = [_without(index, block, comments, locales[0], profile) for index, block in enumerate(source.blocks)]
    sources = [index for index, block in enumerate(less) if block is not None]
    targets = [index for index in range(len(target.blocks)) if index not in {one.target for one in comments}]
    reduced = replace(source, blocks=tuple(block for block in less if block is not None))
    rest = replace(target, blocks=tuple(target.blocks[index] for index in targets))
    translated = align(reduced, rest, source_locale=locales[0], target_locale=locales[1], profile=profile)
    if not comments:
        return Standing(alignment=translated, translated=translated, source=source, target=target)
    counts = [len(segments(block, locales[0], profile)) for block in source.blocks]
    own = [len(segments(block, locales[1], profile)) for block in target.blocks]
    back = _Back(sources, targets, counts, own, comments)
    return Standing(alignment=back.restore(translated), translated=translated, source=reduced, target=rest)


def _find(source: Document, target: Document, locale: Locale, profile: Profile) -> tuple[Comment, ...]:
    """The comments whose English the source has, none of it twice."""
    comments: list[Comment] = []
    for number, block in enumerate(target.blocks):
        if block.kind is Kind.PENDING:
            places = _places(number, target, source, locale, profile)
            free = (place for place in places if not any(_clash(place, other) for other in comments))
            comments += list(islice(free, 1))
    return tuple(comments)


def _clash(one: Comment, other: Comment) -> bool:
    """Whether two comments would hold the same English."""
    whole = not one.sentences or not other.sentences
    return bool(set(one.blocks) & set(other.blocks)) and (whole or bool(set(one.sentences) & set(other.sentences)))


def _places(number: int, target: Document, source: Document, locale: Locale, profile: Profile) -> Iterator[Comment]:
    """Where in the English stands what a comment holds, with or without the mark of a list or a quote before it."""
    english = read_pending(target.blocks[number].text)
    inner = [block.content for block in parse(english, profile).blocks[:1]]
    texts = {fold(english), *(fold(text) for text in inner if len(text) > len(english) / 2)}
    for index, block in enumerate(source.blocks):
        for end in range(index + 1, min(index + 4, len(source.blocks)) + 1):
            if fold("\n".join(one.text for one in source.blocks[index:end])) in texts:
                yield Comment(target=number, blocks=tuple(range(index, end)))
        if not any(text in fold(block.text) for text in texts):
            continue
        sentences = [fold(segment.text) for segment in segments(block, locale, profile)]
        for first in range(len(sentences)):
            for last in range(first + 1, len(sentences) + 1):
                if " ".join(sentences[first:last]) in texts:
                    yield Comment(target=number, blocks=(index,), sentences=tuple(range(first, last)))


def _without(index: int, block: Block, comments: Sequence[Comment], locale: Locale, profile: Profile) -> Block | None:
    """A block without what is pending of it; nothing where all of it is."""
    own = [comment for comment in comments if index in comment.blocks]
    if any(not comment.sentences for comment in own):
        return None
    found = segments(block, locale, profile)
    pending = {k for comment in own for k in comment.sentences}
    text = block.text
    for k in sorted(pending, reverse=True):
        text = text[: found[k].start] + text[found[k].end :].lstrip()
    stands = len(pending) < len(found) or not pending or block.kind is Kind.IMAGE
    return replace(block, text=text) if stands else None


class _Back:
    """From the numbers of the reduced documents back to those of the whole ones."""

    def __init__(
        self,
        sources: Sequence[int],
        targets: Sequence[int],
        counts: Sequence[int],
        own: Sequence[int],
        comments: Sequence[Comment],
    ) -> None:
        self.sources, self.targets, self.counts, self.own, self.comments = sources, targets, counts, own, comments

    def restore(self, alignment: Alignment) -> Alignment:
        links = [self._link(link) for link in alignment.links]
        covered = {index for link in links for index in link.blocks.source}
        for comment in self.comments:
            if not set(comment.blocks) & covered:
                beads = (Bead(tuple(range(sum(self.counts[index] for index in comment.blocks))), (0,)),)
                links.append(Link(Bead(comment.blocks, (comment.target,)), beads))
        return Alignment(tuple(sorted(links, key=lambda link: (link.blocks.source or (10**9,), link.blocks.target))))

    def _link(self, link: Link) -> Link:
        """A link with the numbers of the whole documents, and the comments that hold sentences of its blocks."""
        source = tuple(self.sources[index] for index in link.blocks.source)
        target = tuple(self.targets[index] for index in link.blocks.target)
        comments = [comment for comment in self.comments if comment.sentences and comment.blocks[0] in source]
        offsets = dict(zip(source, accumulate((self.counts[index] for index in source), initial=0), strict=False))
        pending = [[offsets[one.blocks[0]] + k for k in one.sentences] for one in comments]
        waiting = {k for sentences in pending for k in sentences}
        standing = [k for k in range(sum(self.counts[index] for index in source)) if k not in waiting]
        beads = [replace(bead, source=tuple(standing[k] for k in bead.source)) for bead in link.sentences]
        first = sum(self.own[index] for index in target)
        beads += [Bead(tuple(sentences), (first + number,)) for number, sentences in enumerate(pending)]
        blocks = Bead(source, (*target, *(comment.target for comment in comments)), link.blocks.confidence)
        return Link(blocks, tuple(beads))
