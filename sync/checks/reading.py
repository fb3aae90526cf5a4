"""A subject as the rules see it: both sides taken apart once, and which parts say the same."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from textwrap import dedent
from typing import TYPE_CHECKING, Final

from alignment.diff import fold
from alignment.locales import load
from alignment.markdown import parse, read_pending, spans
from alignment.model import Alignment, Kind
from alignment.segmentation import segments
from sync.checks.anchors import Anchor, Mention, Span, find_anchors, is_fenced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment.locales import Locale
    from alignment.markdown import Profile
    from alignment.model import Block, Document, Link
    from sync.bitext.terminology.model import TermBase
    from sync.checks.subject import Subject

OPAQUE: Final = frozenset({Kind.CODE, Kind.COMMENT, Kind.PENDING, Kind.HTML, Kind.OTHER})
"""Blocks in which nothing is inline markup."""
ENGLISH: Final = "en"
LONG: Final = 20
"""Characters from which a sentence within what is owed is no chance find."""
HOLE: Final = "\ufffc"
"""What stands in plain text for a formula, code, a role, an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A block, or a block of the English in a pending one."""

    block: Block
    index: int
    """Of the block in its document."""
    line: int
    pending: bool = False
    spans: tuple[Span, ...] = ()
    """Its inline markup, with offsets in ``block.text``."""
    plain: str = ""
    """Prose without what leads it and without marks; everything else inline is one ``HOLE``, and the lines it has."""

    def line_of(self, offset: int) -> int:
        """Number of the line of the chapter on which this offset of ``plain`` stands."""
        return self.line + self.plain.count("\n", 0, offset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A chapter in one language."""

    parts: tuple[Part, ...]
    mentions: tuple[Mention, ...]

    def count(self, anchor: Anchor) -> Counter[str]:
        return Counter(mention.key for mention in self.mentions if mention.anchor is anchor)

    @property
    def prose(self) -> tuple[Part, ...]:
        """The parts a reader reads."""
        return tuple(part for part in self.parts if part.block.is_prose and not part.pending)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Prose of both languages that says the same. Neither side is empty."""

    source: tuple[Part, ...]
    target: tuple[Part, ...]
    english: tuple[str, ...]
    """The English sentences the translation stands for: what is owed as it was before, what is pending left out."""
    sentences: tuple[tuple[str, str], ...]
    """Sentences of which one says what one other says."""

    @property
    def line(self) -> int:
        return self.target[0].line


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a rule is given."""

    locale: Locale
    profile: Profile
    source: Side
    target: Side
    owed: tuple[tuple[Side, Side], ...]
    """Old and new English of what is owed."""
    pairs: tuple[Pair, ...]
    places: tuple[int, ...]
    """For each block of the English, the line of the translation on which it stands or should."""
    partners: tuple[tuple[int, ...], ...]
    """For each block of the English, the indices of the blocks of the translation that stand for it."""
    terms: TermBase | None = None
    """The glossary, if there is one."""

    def expect_least(self, anchor: Anchor) -> Counter[str]:
        """How often the translation has each at least: as English has it, less what is new in what is owed."""
        expected = self.source.count(anchor)
        for old, new in self.owed:
            expected.subtract(new.count(anchor) - old.count(anchor))
        return +expected

    def expect_most(self, anchor: Anchor) -> Counter[str]:
        """How often at most: as English has it, and what is no longer in what is owed."""
        expected = self.source.count(anchor)
        for old, new in self.owed:
            expected.update(old.count(anchor) - new.count(anchor))
        return expected


def read(subject: Subject) -> Reading:
    """Take a subject apart."""
    profile, locale = subject.profile, load(subject.lang)
    source, target = (read_side(document, profile) for document in (subject.source, subject.target))
    pending = fold(" ".join(pending_text(block) for block in subject.target.blocks if block.kind is Kind.PENDING))
    owed = tuple(_owed_once(subject, pending))
    alignment = subject.alignment or _align(subject, target, locale)
    partners = _partners(alignment, len(subject.source.blocks))
    return Reading(
        locale=locale,
        profile=profile,
        source=source,
        target=target,
        owed=tuple((_read_text(old, profile), _read_text(new, profile)) for old, new in owed),
        pairs=_PairReader(
            source={part.index: part for part in source.prose},
            target={part.index: part for part in target.prose},
            owed={fold(new): old for old, new in owed},
            pending=pending,
            locale=locale,
            profile=profile,
        ).read_all(alignment),
        places=_places(partners, subject.target),
        partners=partners,
        terms=subject.terms,
    )


def _owed_once(subject: Subject, pending: str) -> Iterator[tuple[str, str]]:
    """What is owed, but for what stands in a comment as well: the English says it less often than both together."""
    english = fold(" ".join(fold(block.text) for block in subject.source.blocks))
    seen: Counter[str] = Counter()
    for old, new in subject.owed:
        folded = fold(new)
        seen[folded] += 1
        if not folded or folded not in pending or seen[folded] + pending.count(folded) <= english.count(folded):
            yield old, new


def _align(subject: Subject, target: Side, locale: Locale) -> Alignment:
    """Link what is translated. English that stands in a comment has no translation, so nothing is linked to it."""
    from alignment.aligner import align

    pending = {fold(part.block.content) for part in target.parts if part.pending}
    blocks = subject.source.blocks
    kept = [index for index, block in enumerate(blocks) if fold(block.content) not in pending]
    source = replace(subject.source, blocks=tuple(blocks[index] for index in kept))
    found = align(source, subject.target, source_locale=load(ENGLISH), target_locale=locale, profile=subject.profile)
    return Alignment(tuple(_renumber(link, kept) for link in found.links))


def _renumber(link: Link, kept: list[int]) -> Link:
    return replace(link, blocks=replace(link.blocks, source=tuple(kept[index] for index in link.blocks.source)))


def read_side(document: Document, profile: Profile) -> Side:
    """The parts of a document and its anchors."""
    parts = tuple(part for index, block in enumerate(document.blocks) for part in _parts(index, block, profile))
    mentions = tuple(
        Mention(anchor, key, number)
        for number, part in enumerate(parts)
        for anchor, key in find_anchors(part.block, part.spans)
    )
    return Side(parts=parts, mentions=mentions)


def _read_text(text: str, profile: Profile) -> Side:
    return read_side(parse(text, profile), profile)


def _parts(index: int, block: Block, profile: Profile) -> Iterator[Part]:
    if block.kind is not Kind.PENDING:
        yield _part(index, block, block.line, profile)
        return
    for inner in parse(pending_text(block), profile).blocks:
        yield _part(index, inner, block.line, profile, pending=True)


def pending_text(block: Block) -> str:
    """The English in a pending block, an item of an inner list by itself."""
    return dedent(read_pending(block.text.rstrip()))


def _part(index: int, block: Block, line: int, profile: Profile, *, pending: bool = False) -> Part:
    found = () if block.kind in OPAQUE or is_fenced(block) else spans(block.text, profile)
    plain = strip_markup(block.text, found, len(block.lead)) if block.is_prose else ""
    return Part(block=block, index=index, line=line, pending=pending, spans=found, plain=plain)


def strip_markup(text: str, found: tuple[Span, ...], start: int = 0) -> str:
    """The text from ``start`` on, without the marks around its words and with a hole for every other markup."""
    pieces: list[str] = []
    at = start
    for begin, end, placeholder in found:
        lines = "\n" * placeholder.text.count("\n")
        pieces += (text[at:begin], lines if placeholder.opens or placeholder.closes else HOLE + lines)
        at = end
    return "".join((*pieces, text[at:]))


def _partners(alignment: Alignment, blocks: int) -> tuple[tuple[int, ...], ...]:
    found: list[tuple[int, ...]] = [()] * blocks
    for link in alignment.links:
        for index in link.blocks.source:
            found[index] = (*found[index], *link.blocks.target)
    return tuple(found)


def _places(partners: tuple[tuple[int, ...], ...], target: Document) -> tuple[int, ...]:
    """A block without a partner would stand where the block before it does."""
    places, line = [], target.blocks[0].line if target.blocks else 1
    for indices in partners:
        line = target.blocks[min(indices)].line if indices else line
        places.append(line)
    return tuple(places)


@dataclass(frozen=True, slots=True, kw_only=True)
class _PairReader:
    source: dict[int, Part]
    target: dict[int, Part]
    owed: dict[str, str]
    """Old English by new, the new with its white space folded."""
    pending: str
    """All English that stands in the translation to be translated."""
    locale: Locale
    profile: Profile

    def read_all(self, alignment: Alignment) -> tuple[Pair, ...]:
        pairs = (self._read(link) for link in alignment.links)
        return tuple(pair for pair in pairs if pair is not None)

    def _read(self, link: Link) -> Pair | None:
        """The prose a link joins; nothing where one side has none."""
        sources = tuple(self.source[index] for index in link.blocks.source if index in self.source)
        targets = tuple(self.target[index] for index in link.blocks.target if index in self.target)
        if not sources or not targets:
            return None
        ours, theirs = self._sentences(sources, load(ENGLISH)), self._sentences(targets, self.locale)
        standing = [self._standing(sentence) for sentence in ours if fold(sentence) not in self.pending]
        return Pair(
            source=sources,
            target=targets,
            english=tuple(dict.fromkeys(standing)),
            sentences=tuple(
                (ours[bead.source[0]], theirs[bead.target[0]])
                for bead in link.sentences
                if len(bead.source) == len(bead.target) == 1
                and self._standing(ours[bead.source[0]]) is ours[bead.source[0]]
            ),
        )

    def _sentences(self, parts: tuple[Part, ...], locale: Locale) -> list[str]:
        return [segment.text for part in parts for segment in segments(part.block, locale, self.profile)]

    def _standing(self, sentence: str) -> str:
        """The English that the translation of this sentence stands for."""
        folded = fold(sentence)
        whole = self.owed.get(folded)
        if whole is not None or len(folded) < LONG:
            return sentence if whole is None else whole
        return next((old for new, old in self.owed.items() if folded in new), sentence)


SPACE: Final = re.compile(r"\s+")


def shorten(text: str, limit: int = 60) -> str:
    """A text as a message can quote it."""
    folded = SPACE.sub(" ", text.replace(HOLE, "…")).strip()
    return folded if len(folded) <= limit else folded[: limit - 1].rstrip() + "…"
