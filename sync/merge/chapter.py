"""One chapter in its three texts, parsed, cut into sentences and aligned: where every step of a merge looks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from alignment.diff import diff
from alignment.lexicon import induce
from alignment.locales import load
from alignment.markdown import parse
from alignment.model import Bead, Kind
from alignment.ownpages import share_pages
from alignment.segmentation import segments
from alignment.tokens import terms, tokenize
from sync.bitext.memory import sentence_pairs
from sync.merge.cell.code import comment_pairs, comments_differ
from sync.merge.elsewhere import NOWHERE
from sync.merge.habits import Habits, learn_habits
from sync.merge.prose.language_pair import LanguagePair, count_neighbours
from sync.merge.prose.model import Merge
from sync.merge.prose.passage import Passage, read_passage
from sync.merge.standing import align_standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.locales import Locale
    from alignment.markdown import Profile
    from alignment.model import Alignment, ChangeSet, Document
    from sync.merge.elsewhere import Elsewhere
    from sync.merge.groups import Group
    from sync.model import RevisionPair

CONTEXTS: Final = {Kind.HEADING: "heading", Kind.IMAGE: "caption", Kind.TABLE: "cell"}
PROSE: Final = "prose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Everything known about a chapter before anything is decided."""

    path: str
    lang: str
    old: Document
    new: Document
    target: Document
    changes: ChangeSet
    alignment: Alignment
    languages: LanguagePair
    habits: Habits
    newline: str
    """What ends a line of the translation as it is stored; inside of the program it is ``\\n``."""
    translates_comments: bool
    """Whether the translators translate comments in code cells."""
    bitext: tuple[tuple[str, str], ...]
    """Sentence pairs of old English and translation."""
    elsewhere: Elsewhere = NOWHERE
    """What other chapters gave away in the same update."""

    def passage(self, document: Document, indices: Sequence[int]) -> Passage:
        """Some blocks of one of the three documents as sentences."""
        locale = self.languages.target if document is self.target else self.languages.source
        return _passage(document, indices, locale, self.languages.profile)

    def merge_of(self, group: Group) -> Merge:
        """What it takes to merge a group of blocks sentence by sentence."""
        kinds = [self.new.blocks[index].kind for index in group.new[:1]]
        return Merge(
            old=self.passage(self.old, group.old),
            new=self.passage(self.new, group.new),
            target=self.passage(self.target, group.target),
            beads=self.sentence_beads(group.old, group.target),
            context=CONTEXTS.get(kinds[0], PROSE) if kinds else PROSE,
        )

    def sentence_beads(self, olds: Sequence[int], targets: Sequence[int]) -> tuple[Bead, ...]:
        """The sentence beads of all links among these blocks, counted through both passages."""
        source_at = _offsets([len(self.passage(self.old, [index]).sentences) for index in olds], olds)
        target_at = _offsets([len(self.passage(self.target, [index]).sentences) for index in targets], targets)
        return tuple(
            Bead(
                tuple(_number(k, link.blocks.source, source_at) for k in bead.source),
                tuple(_number(k, link.blocks.target, target_at) for k in bead.target),
                bead.confidence,
            )
            for link in self.alignment.links
            if set(link.blocks.source) <= set(olds) and set(link.blocks.target) <= set(targets)
            for bead in link.sentences
        )


Offsets = dict[int, tuple[int, int]]
"""For each block the number of its first sentence in the passage, and how many it has."""


def _offsets(counts: Sequence[int], indices: Sequence[int]) -> Offsets:
    offsets: Offsets = {}
    at = 0
    for index, count in zip(indices, counts, strict=True):
        offsets[index] = at, count
        at += count
    return offsets


def _number(k: int, blocks: Sequence[int], offsets: Offsets) -> int:
    """The number in the passage of the ``k``-th sentence of these blocks."""
    for block in blocks:
        first, count = offsets[block]
        if k < count:
            return first + k
        k -= count
    message = f"no sentence {k} in blocks {blocks}"
    raise IndexError(message)


def _passage(document: Document, indices: Sequence[int], locale: Locale, profile: Profile) -> Passage:
    blocks = [document.blocks[index] for index in indices]
    return read_passage(blocks, [segments(block, locale, profile) for block in blocks])


def read_chapter(pair: RevisionPair, profile: Profile, elsewhere: Elsewhere = NOWHERE) -> Chapter:
    """Parse, compare and align the three texts of a chapter."""
    source, target = load(pair.source_lang), load(pair.lang)
    newline = _newline(pair.tgt_old)
    if share_pages(pair.en_old, pair.tgt_old, profile):
        profile = replace(profile, own_hosts=())
    english = (text.replace("\r\n", "\n") for text in (pair.en_old, pair.en_new))
    old, new, translation = (parse(text, profile) for text in (*english, pair.tgt_old.replace(newline, "\n")))
    standing = align_standing(old, translation, (source, target), profile)
    bitext = tuple(sentence_pairs(standing.source, standing.target, standing.translated, pair.lang, profile))
    known = [(terms(tokenize(left, profile)), terms(tokenize(right, profile))) for left, right in bitext]
    cells = _cells(old, translation, standing.alignment)
    passages = [_passage(translation, [index], target, profile) for index in _prose(translation)]
    return Chapter(
        path=pair.path,
        lang=pair.lang,
        old=old,
        new=new,
        target=translation,
        changes=diff(old, new),
        alignment=standing.alignment,
        languages=LanguagePair(
            source=source,
            target=target,
            profile=profile,
            lexicon=induce(known),
            neighbours=count_neighbours(tokenize(right, profile) for _, right in bitext),
        ),
        habits=learn_habits(translation, passages, target, profile),
        newline=newline,
        translates_comments=any(comments_differ(*cell) for cell in cells),
        bitext=(*bitext, *_comments(cells)),
        elsewhere=elsewhere,
    )


def _newline(text: str) -> str:
    """``\\r\\n`` for a text all of whose lines end so. In a mixed text every line keeps its own."""
    return "\r\n" if 0 < text.count("\n") == text.count("\r\n") == text.count("\r") else "\n"


def _prose(document: Document) -> list[int]:
    return [index for index, block in enumerate(document.blocks) if block.is_prose]


def _comments(cells: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What translated comments and docstrings say in both languages."""
    for old, target in cells:
        if old != target:
            yield from (pair for pair in comment_pairs(old, target) if pair[0] != pair[1])


def _cells(old: Document, target: Document, alignment: Alignment) -> list[tuple[str, str]]:
    """Code cells with their translations."""
    pairs = [
        (old.blocks[link.blocks.source[0]], target.blocks[link.blocks.target[0]])
        for link in alignment.links
        if len(link.blocks.source) == len(link.blocks.target) == 1
    ]
    return [(one.text, other.text) for one, other in pairs if one.kind is other.kind is Kind.CODE]
