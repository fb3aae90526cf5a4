"""Wording that people asked to keep: English that changed under it is held back, and told instead of done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment.diff import diff, diff_sentences, fold
from alignment.locales import load
from alignment.markdown import D2L, parse
from alignment.markdown.pending import digest
from alignment.model import Op
from alignment.segmentation import segments
from sync.model import SOURCE_LANGUAGE, Fate, Outcome
from sync.state import KEPT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from alignment.markdown import Profile
    from alignment.model import Block, Document

NOTE = "kept as it is, as was asked for"


def hold_back(old: str, new: str, keep: Collection[str], profile: Profile = D2L) -> tuple[str, tuple[Outcome, ...]]:
    """The new English with the old wording wherever ``keep`` has the digest of that, and what was held back.

    ``keep`` has digests of English sentences or of whole blocks (``alignment.markdown.pending.digest``). What English
    removed is removed: there is no place left for it.
    """
    if not keep or old == new:
        return new, ()
    before, after = parse(old, profile), parse(new, profile)
    texts = [block.text for block in after.blocks]
    told: list[Outcome] = []
    for change in diff(before, after).changes:
        if change.op is Op.EDITED and len(change.old) == len(change.new) == 1:
            at = change.new[0]
            for one, other in _held(before.blocks[change.old[0]], after.blocks[at], keep, profile):
                texts[at] = texts[at].replace(other, one, 1)
                told.append(_outcome(one, other, after.blocks[at].line))
    return _render(after, texts), tuple(told)


def _held(old: Block, new: Block, keep: Collection[str], profile: Profile) -> Iterator[tuple[str, str]]:
    """Old and new wording of what is kept in a block: all of it, or some of its sentences."""
    if digest(old.text) in keep or digest(old.content) in keep:
        yield old.text, new.text
        return
    english = load(SOURCE_LANGUAGE)
    sides = [[segment.text for segment in segments(block, english, profile)] for block in (old, new)]
    for change in diff_sentences(*sides).changes:
        if change.op is Op.EDITED and len(change.old) == len(change.new) == 1:
            one, other = sides[0][change.old[0]], sides[1][change.new[0]]
            if digest(one) in keep:
                yield one, other


def _outcome(old: str, new: str, line: int) -> Outcome:
    return Outcome(op=KEPT, fate=Fate.PENDING, line=line, old_source=fold(old), new_source=fold(new), note=NOTE)


def _render(document: Document, texts: list[str]) -> str:
    pairs = zip(texts, document.blocks, strict=True)
    return document.head + "".join(text + block.gap for text, block in pairs)
