"""English that left one chapter and came to another in the same update: its translation goes with it. Pure.

Most updates move nothing between chapters. Whether one does is seen by comparing cuttings of the texts; only chapters
that gave something away are aligned for it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from alignment.diff import SIMILAR_MOVED, fold, similarity
from alignment.locales import load
from alignment.markdown import D2L, parse
from alignment.model import Kind
from alignment.segmentation import segments
from sync.bitext.memory import TRUSTED
from sync.chapters.cuttings import cut, shingles
from sync.merge.prose.language_pair import has_more
from sync.merge.standing import align_standing
from sync.model import SOURCE_LANGUAGE, Fate, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from alignment.markdown import Profile
    from alignment.model import Block, Document
    from sync.chapters.cuttings import Shingle
    from sync.model import RevisionPair

Text: TypeAlias = tuple[str, str, str]
"""Path, English and translation of a chapter, of which one says the same as the other."""

Print: TypeAlias = "str | Shingle"

FEWEST: Final = 6
"""Words from which a sentence is known again in another chapter."""
LONG: Final = 8
"""Words in a row that two chapters do not have in common by chance."""
FEW: Final = 2
"""What more chapters had is in all of them, such as a cell of imports, and no sign of a move."""
PLACELESS: Final = frozenset({Kind.DIRECTIVE, Kind.TAB, Kind.PENDING, Kind.COMMENT})
"""Blocks that say nothing without what stands beside them."""
CELLS: Final = frozenset({Kind.CODE, Kind.MATH})


@dataclass(frozen=True, slots=True)
class Found:
    """Something that another chapter had, and its translation."""

    path: str
    """Of that chapter."""
    english: str
    target: str
    confidence: float = field(compare=False)

    @property
    def words(self) -> str:
        return self.target

    @property
    def note(self) -> str:
        return f"Moved from {self.path}."


@dataclass(frozen=True, slots=True)
class FoundBlock:
    """The same for a block."""

    path: str
    english: Block
    target: Block
    confidence: float = field(compare=False)

    @property
    def words(self) -> str:
        return self.target.text

    @property
    def note(self) -> str:
        return f"Moved from {self.path}."

    def text(self, block: Block) -> str | None:
        """The translation in the form of a new block; ``None`` where it would take more than another mark before it."""
        if block.lead == self.english.lead:
            return self.target.text
        return None if "\n" in self.target.content else block.lead + self.target.content

    def outcome(self, block: Block, text: str) -> Outcome:
        return Outcome(
            op="moved",
            fate=Fate.CARRIED,
            line=block.line,
            old_source=self.english.text,
            new_source=block.text,
            old_target=self.target.text,
            new_target=text,
            confidence=self.confidence,
            note=self.note,
        )


F = TypeVar("F", Found, FoundBlock)


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """What chapters gave away. Nothing is in it twice: what two had in different words, nobody can tell apart."""

    blocks: Mapping[str, FoundBlock] = field(default_factory=dict)
    sentences: Mapping[str, Found] = field(default_factory=dict)

    def block(self, block: Block, path: str) -> FoundBlock | None:
        """What another chapter than ``path`` had word for word."""
        found = self.blocks.get(_key(block))
        return found if found and found.path != path else None

    def cell(self, block: Block, path: str) -> FoundBlock | None:
        """A translated cell of another chapter of which this one is a version: the likest, if it is like enough."""
        likest: tuple[float, FoundBlock | None] = (SIMILAR_MOVED, None)
        for found in self.blocks.values():
            if found.path == path or found.english.kind is not block.kind or block.kind not in CELLS:
                continue
            if found.english.text != found.target.text:
                likest = max(likest, (similarity(found.english.text, block.text), found), key=lambda one: one[0])
        return likest[1]

    def sentence(self, source: str, path: str) -> Found | None:
        found = self.sentences.get(source)
        return found if found and found.path != path else None


NOWHERE: Final = Elsewhere()


def find_elsewhere(pairs: Sequence[RevisionPair], profile: Profile = D2L, gone: Iterable[Text] = ()) -> Elsewhere:
    """What the English of some chapters lost while that of others gained it.

    Args:
        pairs: the chapters of one update, all of one language.
        profile: the dialect of the book.
        gone: path, English and translation of chapters that English no longer has at all.
    """
    if not pairs:
        return NOWHERE
    givers = [_Revisions.of(pair.path, pair.en_old, pair.en_new, pair.tgt_old) for pair in pairs]
    givers += [_Revisions.of(path, english, "", translation) for path, english, translation in gone]
    gained, known = _count(one.gained for one in givers), _count(one.had for one in givers)
    blocks: list[tuple[str, FoundBlock]] = []
    sentences: list[tuple[str, Found]] = []
    for one in givers:
        if one.translation and one.gives(gained, known):
            giver = _Giver(one, pairs[0].lang, profile)
            blocks += giver.blocks()
            sentences += giver.sentences()
    return Elsewhere(blocks=_without_rivals(blocks), sentences=_without_rivals(sentences))


def _without_rivals(found: Iterable[tuple[str, F]]) -> dict[str, F]:
    """What was found under each key, if that is one translation, however often."""
    known: dict[str, F] = {}
    rivals = set()
    for key, one in found:
        if known.setdefault(key, one).words != one.words:
            rivals.add(key)
    return {key: one for key, one in known.items() if key not in rivals}


def _key(block: Block) -> str:
    """What a block is known by: what it says, whatever list mark or depth it has."""
    kind = Kind.PARAGRAPH if block.kind is Kind.ITEM else block.kind
    text = (
        "" if block.kind in PLACELESS else re.sub(r"\s", "", block.text) if kind is Kind.MATH else fold(block.content)
    )
    return f"{kind} {text}" if text else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Revisions:
    """A chapter before and after, and what it is known by: sentences and cells, and long runs of words."""

    path: str
    old: str
    new: str
    translation: str
    had: Counter[Print]
    has: Counter[Print]

    @staticmethod
    def of(path: str, old: str, new: str, translation: str) -> _Revisions:
        had, has = _prints(old), _prints(new)
        return _Revisions(path=path, old=old, new=new, translation=translation, had=had, has=has)

    @property
    def gained(self) -> Counter[Print]:
        return self.has - self.had

    def gives(self, gained: Mapping[Print, int], known: Mapping[Print, int]) -> bool:
        """Whether it lost something that another chapter gained, but for what all of them have.

        ``gained`` and ``known`` say how many chapters gained something, and had it.
        """
        own = self.gained
        return any(gained[one] > (one in own) and known[one] <= FEW for one in self.had - self.has)


def _prints(text: str) -> Counter[Print]:
    return Counter[Print](cut(text)) + Counter[Print](shingles(text, LONG))


def _count(some: Iterable[Counter[Print]]) -> Counter[Print]:
    """How many of some have each."""
    return Counter(one for prints in some for one in prints)


class _Giver:
    """A chapter that gave something away."""

    def __init__(self, one: _Revisions, lang: str, profile: Profile) -> None:
        self.path, self.profile = one.path, profile
        self.locales = load(SOURCE_LANGUAGE), load(lang)
        texts = (text.replace("\r\n", "\n") for text in (one.old, one.new, one.translation))
        self.old, self.new, self.target = (parse(text, profile) for text in texts)
        self.links = align_standing(self.old, self.target, self.locales, profile).alignment.links

    def blocks(self) -> Iterator[tuple[str, FoundBlock]]:
        """The blocks that are gone, each with the single one that is its translation."""
        lost = Counter(map(_key, self.old.blocks)) - Counter(map(_key, self.new.blocks))
        for link in self.links:
            if len(link.blocks.source) == len(link.blocks.target) == 1 and link.blocks.confidence >= TRUSTED:
                english, target = self.old.blocks[link.blocks.source[0]], self.target.blocks[link.blocks.target[0]]
                if lost[_key(english)] and self._is_translation(english, target):
                    yield _key(english), FoundBlock(self.path, english, target, link.blocks.confidence)

    def sentences(self) -> Iterator[tuple[str, Found]]:
        """The sentences that are gone, each with the single one that is its translation."""
        lost = Counter(self._sentences(self.old, range(len(self.old.blocks)), 0))
        lost -= Counter(self._sentences(self.new, range(len(self.new.blocks)), 0))
        for link in self.links:
            english = self._sentences(self.old, link.blocks.source, 0)
            target = self._sentences(self.target, link.blocks.target, 1)
            for bead in link.sentences:
                if len(bead.source) == len(bead.target) == 1 and bead.confidence >= TRUSTED:
                    one, other = english[bead.source[0]], target[bead.target[0]]
                    if one in lost and one != other and len(one.split()) >= FEWEST and not self._adds(one, other):
                        yield one, Found(self.path, one, other, bead.confidence)

    def _is_translation(self, english: Block, target: Block) -> bool:
        """Whether a block is translated, and the translators put nothing of their own into it."""
        if english.kind is not target.kind or not _key(english):
            return False
        if english.kind in CELLS:
            return True
        return fold(english.text) != fold(target.text) and not self._adds(english.text, target.text)

    def _adds(self, english: str, target: str) -> bool:
        return has_more(english, target, self.locales[1])

    def _sentences(self, document: Document, indices: Iterable[int], side: int) -> list[str]:
        blocks = (document.blocks[index] for index in indices)
        return [fold(one.text) for block in blocks for one in segments(block, self.locales[side], self.profile)]
