"""What the successors of a renamed, split or merged chapter begin with, for the ordinary update to do the rest. Pure.

A renamed chapter begins with the old one. One that was merged begins with the old ones behind one another. Those that
a chapter was split into share it: each gets the English that went there with the translation of that. What English
dropped, and what only the translation has, goes with what it stood behind, so that every line is somewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from alignment.diff import diff, fold
from alignment.enclosures import find_ends
from alignment.locales import load
from alignment.markdown import D2L, parse
from alignment.model import Kind, Op
from sync.chapters.cuttings import cut
from sync.chapters.renames import Kind as Change
from sync.merge.standing import align_standing
from sync.model import SOURCE_LANGUAGE, RevisionPair

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from alignment.markdown import Profile
    from alignment.model import Block, Document, Link
    from sync.chapters.renames import Rename

APART: Final = 4
"""Characters in common with another successor for which it is worth to think that the old chapter is cut there."""
EDITED: Final = 0.5
"""What a block that was edited on its way says of where it went, beside one that was not."""
OWN: Final = 60
"""Characters from which a block that stands in several successors, word for word, gives each its translation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A chapter that is gone: its English at the baseline, and its translation."""

    english: str
    translation: str


def starting_pairs(
    rename: Rename, origins: Mapping[str, Origin], english: Mapping[str, str], lang: str, profile: Profile = D2L
) -> tuple[RevisionPair, ...]:
    """The chapter before its update for each new path of a rename, in order.

    Args:
        rename: as ``find_renames`` gives it.
        origins: the chapters that are gone, by path.
        english: the newest English, by path.
        lang: BCP-47 tag of the translation.
        profile: the dialect of the book.
    """
    news = [english[path] for path in rename.new]
    if rename.kind is Change.SPLIT:
        begins = _shared_out(origins[rename.old[0]], news, lang, profile)
    else:
        begins = [_one_behind_another([origins[path] for path in rename.old])]
    return tuple(
        RevisionPair(path=path, lang=lang, en_old=begin.english, en_new=new, tgt_old=begin.translation)
        for path, new, begin in zip(rename.new, news, begins, strict=True)
    )


def _one_behind_another(origins: Sequence[Origin]) -> Origin:
    if len(origins) == 1:
        return origins[0]
    return Origin(
        english=_joined([origin.english for origin in origins]),
        translation=_joined([origin.translation for origin in origins]),
    )


def _joined(texts: Sequence[str]) -> str:
    """Texts with a blank line between them, in the line ends of the first."""
    newline = "\r\n" if "\r\n" in texts[0] else "\n"
    plain = [text.replace("\r\n", "\n").removeprefix("\ufeff").strip("\n") for text in texts]
    mark = "\ufeff" if texts[0].startswith("\ufeff") else ""
    return mark + "\n\n".join(text for text in plain if text).replace("\n", newline) + newline


def _shared_out(origin: Origin, news: Sequence[str], lang: str, profile: Profile) -> list[Origin]:
    """The parts of a chapter for each of its successors."""
    newline = "\r\n" if "\r\n" in origin.translation else "\n"
    old = parse(origin.english.replace("\r\n", "\n"), profile)
    target = parse(origin.translation.replace("\r\n", "\n"), profile)
    scores = [_score(old, parse(new.replace("\r\n", "\n"), profile)) for new in news]
    locales = load(SOURCE_LANGUAGE), load(lang)
    links = align_standing(old, target, locales, profile).alignment.links
    homes = _enclosed(_homes(old, news, scores), old)
    theirs, ours = _sides(homes, links, len(target.blocks))
    ours = _enclosed(ours, target)
    return [
        Origin(
            english=_take(old, theirs, number),
            translation=_take(target, ours, number).replace("\n", newline),
        )
        for number in range(len(news))
    ]


def _score(old: Document, new: Document) -> list[float]:
    """For each old block how many of its characters speak for it being in the new chapter."""
    scores = [0.0] * len(old.blocks)
    for change in diff(old, new).changes:
        if change.new:
            for index in change.old:
                scores[index] = len(fold(old.blocks[index].text)) * (1.0 if change.op is Op.KEPT else EDITED)
    return scores


def _homes(old: Document, news: Sequence[str], scores: Sequence[Sequence[float]]) -> list[set[int]]:
    """The successors that each old block went to: the best way to cut the chapter, and where else it stands."""
    path, known = _best_cut(scores), [cut(new) for new in news]
    homes = []
    for index, best in enumerate(path):
        block = old.blocks[index]
        size = len(fold(block.text))
        whole = {number for number, score in enumerate(scores) if size >= OWN and score[index] >= size}
        parts = {number for number, new in enumerate(known) if block.is_prose and cut(block.text) & new}
        homes.append({best} | whole | parts)
    return homes


def _enclosed(homes: Sequence[set[int]], document: Document) -> list[set[int]]:
    """The same with all blocks of a tab where one of them goes."""
    result = [set(home) for home in homes]
    for begin, end in find_ends(document).items():
        inside = range(begin, end + 1)
        goes = set[int]().union(*(homes[index] for index in inside))
        for index in inside:
            result[index] |= goes
    return result


def _best_cut(scores: Sequence[Sequence[float]]) -> list[int]:
    """A successor for each block, such that most goes where it stands and the chapter is cut seldom (Viterbi)."""
    numbers, length = range(len(scores)), len(scores[0])
    best = [0.0 for _ in numbers]
    steps: list[list[int]] = []
    for index in range(length):
        step = [max(numbers, key=lambda k, n=n: best[k] - APART * (k != n)) for n in numbers]  # type: ignore[misc]
        best = [best[step[n]] - APART * (step[n] != n) + scores[n][index] for n in numbers]
        steps.append(step)
    at = max(numbers, key=lambda n: best[n])
    path: list[int] = []
    for step in reversed(steps):
        path.append(at)
        at = step[at]
    return path[::-1]


def _sides(homes: Sequence[set[int]], links: Iterable[Link], targets: int) -> tuple[list[set[int]], list[set[int]]]:
    """The successors that the blocks of both sides go to. What is linked stays together; it is copied, if need be."""
    theirs, ours = [set(home) for home in homes], [set[int]() for _ in range(targets)]
    for link in links:
        goes = set[int]().union(*(homes[index] for index in link.blocks.source))
        for index in link.blocks.source:
            theirs[index] |= goes
        for index in link.blocks.target:
            ours[index] |= goes
    first = next((home for home in ours if home), {0})
    for index, home in enumerate(ours):
        home |= (ours[index - 1] if index else {min(first)}) if not home else set()
    return theirs, ours


def _take(document: Document, homes: Sequence[set[int]], number: int) -> str:
    """The blocks of a part as a chapter."""
    taken = [index for index, home in enumerate(homes) if number in home]
    blocks: list[Block] = []
    for index, following in zip_longest(taken, taken[1:]):
        block = document.blocks[index]
        if following is None:
            blocks.append(replace(block, gap="\n"))
        elif following != index + 1 and not _is_list([block.kind, document.blocks[following].kind]):
            blocks.append(replace(block, gap=max(block.gap, "\n\n", key=len)))
        else:
            blocks.append(block)
    head = document.head if taken[:1] == [0] else ""
    return replace(document, blocks=tuple(blocks), head=head).render()


def _is_list(kinds: Sequence[Kind]) -> bool:
    return all(kind is Kind.ITEM for kind in kinds)
