"""Which chapters that are gone live on under other paths. Pure.

Only texts are compared, so it is the same whether English renamed a file in one commit, deleted and added it in two,
or renamed it more than once since the translation was made.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from statistics import median
from typing import TYPE_CHECKING, Final

from sync.chapters.cuttings import shingles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sync.chapters.cuttings import Shingle

ENOUGH: Final = 0.25
"""Share of the smaller one of two chapters, the old and the new, that is in both, from which one succeeds the other.

Two chapters of a book that have nothing to do with one another share 0.02 to 0.05; chapters that were rewritten from
beginning to end 0.3 to 0.4.
"""
NOTABLE: Final = 0.1
"""From here it is worth telling that a chapter might be the successor."""
MOST: Final = 8
"""Chapters that a chapter is looked for in. What stands in more of them says nothing of where they come from."""
COPIED: Final = 0.5
"""Share of what a chapter has in common with two others that is the same text: from there it is a copy, no part."""
CLEARLY: Final = 0.2
"""How much more alike than a copy the successor must be, not to be taken for the copy."""


class Kind(StrEnum):
    RENAMED = "renamed"
    SPLIT = "split"
    MERGED = "merged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """Chapters that are gone, and those that have their text now. On one side there is a single one."""

    old: tuple[str, ...]
    """Several, in the order of the new text, where they were merged."""
    new: tuple[str, ...]
    """Several, in the order of the old text, where it was split."""
    kind: Kind
    similarity: float
    """Share of the words of both sides that stand on both, 0 to 1."""
    given: bool = False
    """Somebody said so."""


@dataclass(frozen=True, slots=True, order=True)
class Unclear:
    """A chapter that is gone, and why no successor was taken for it."""

    old: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Renames:
    """What became of the chapters that are gone; one that is in neither has left no trace."""

    found: tuple[Rename, ...] = ()
    unclear: tuple[Unclear, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """What an old and a new chapter have in common."""

    old: str
    new: str
    shared: Counter[Shingle]
    likeness: float
    """Share of the words of both that are in both."""
    part: float
    """Share of the smaller one that is in the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """Some chapters as texts and as runs of words, by path."""

    texts: Mapping[str, str]
    words: Mapping[str, Counter[Shingle]]


def find_renames(old: Mapping[str, str], new: Mapping[str, str], given: Mapping[str, str] | None = None) -> Renames:
    """Find the new paths of chapters by what they say.

    Args:
        old: the English at their baselines of the chapters whose path English no longer has, by path.
        new: the newest English of the chapters that the fork lacks, by path.
        given: old path → new path, as somebody laid it down; it wins over what is found.
    """
    laid_down = dict(given or {})
    olds, news = (_Side(texts=side, words={path: shingles(text) for path, text in side.items()}) for side in (old, new))
    wrong = [path for path, to in laid_down.items() if path not in old or to not in new]
    fixed = [_link(path, to, olds, news) for path, to in laid_down.items() if path not in wrong]
    links = [one for one in _links(olds, news) if one.old not in laid_down and one.new not in laid_down.values()]
    single, copied = _without_copies([one for one in links if one.part >= ENOUGH])
    stars = _stars(single)
    renames = [_rename(star, olds, news) for star in stars]
    renames += [_rename(star, olds, news, given=True) for star in _stars(fixed)]
    settled = {path for one in renames for path in one.old} | {one.old for one in copied}
    weak = {one.old: _say_weak(one) for one in reversed(links) if one.old not in settled}
    return Renames(
        found=tuple(sorted(renames, key=lambda one: (one.old, one.new))),
        unclear=tuple(sorted({*weak.values(), *copied, *(_say_wrong(path, laid_down, old) for path in wrong)})),
    )


def _links(olds: _Side, news: _Side) -> list[_Link]:
    """Every old and new chapter that have more than chance in common, those with most first."""
    places: dict[Shingle, list[str]] = defaultdict(list)
    for path, words in olds.words.items():
        for shingle in words:
            places[shingle].append(path)
    telling = {shingle: paths for shingle, paths in places.items() if len(paths) <= MOST}
    links = []
    for to, words in news.words.items():
        common = Counter(path for shingle in words for path in telling.get(shingle, ()))
        near = [path for path, count in common.items() if count >= NOTABLE * min(len(olds.words[path]), len(words))]
        links += [_link(path, to, olds, news) for path in sorted(near, key=lambda path: -common[path])[:MOST]]
    return sorted(links, key=lambda link: (-link.shared.total(), link.old, link.new))


def _link(path: str, to: str, olds: _Side, news: _Side) -> _Link:
    one, other = olds.words[path], news.words[to]
    shared = one & other
    sizes, common = (one.total(), other.total()), shared.total()
    return _Link(
        old=path,
        new=to,
        shared=shared,
        likeness=2 * common / max(sum(sizes), 1),
        part=common / max(min(sizes), 1),
    )


def _without_copies(links: Sequence[_Link]) -> tuple[list[_Link], list[Unclear]]:
    """The links of which no other has the same text, or not as well; and the chapters for which none is left."""
    dropped: list[_Link] = []
    unclear: list[Unclear] = []
    ends = [[link for link in links if link.old == path][:MOST] for path in {link.old for link in links}]
    ends += [[link for link in links if link.new == path] for path in {link.new for link in links}]
    for one, other in (pair for end in ends for pair in combinations(end, 2)):
        if not _is_copy(one, other):
            continue
        better, worse = sorted((one, other), key=lambda link: -link.likeness)
        dropped.append(worse)
        if better.likeness - worse.likeness < CLEARLY:
            dropped.append(better)
            unclear += [_say_copied(link, links) for link in (better, worse)]
    return [link for link in links if link not in dropped], unclear


def _is_copy(one: _Link, other: _Link) -> bool:
    """Whether two links with a common end are about the same text."""
    smaller = min(one.shared.total(), other.shared.total())
    return (one.shared & other.shared).total() >= COPIED * smaller


def _stars(links: Iterable[_Link]) -> list[list[_Link]]:
    """The links in groups of which one end is common to all, the strongest first; what joins two groups is left out.

    A part that went from a chapter to the successor of another is no rename, but a move of blocks between chapters.
    """
    stars: list[list[_Link]] = []
    for link in links:
        touched = [star for star in stars if any(link.old == one.old or link.new == one.new for one in star)]
        if not touched:
            stars.append([link])
        elif len(touched) == 1 and _has_one_centre([*touched[0], link]):
            touched[0].append(link)
    return stars


def _has_one_centre(links: Sequence[_Link]) -> bool:
    return len({link.old for link in links}) == 1 or len({link.new for link in links}) == 1


def _rename(star: Sequence[_Link], olds: _Side, news: _Side, *, given: bool = False) -> Rename:
    old, new = ({link.old for link in star}, {link.new for link in star})
    kind = Kind.SPLIT if len(new) > 1 else Kind.MERGED if len(old) > 1 else Kind.RENAMED
    shared = sum(link.shared.total() for link in star)
    size = sum(side.words[path].total() for side, paths in ((olds, old), (news, new)) for path in paths)
    return Rename(
        old=_in_order(old, olds, news.texts[star[0].new]),
        new=_in_order(new, news, olds.texts[star[0].old]),
        kind=kind,
        similarity=2 * shared / max(size, 1),
        given=given,
    )


def _in_order(paths: Iterable[str], side: _Side, other: str) -> tuple[str, ...]:
    """Paths of one side by where in the text of the other side most of each stands."""
    order = {shingle: at for at, shingle in enumerate(shingles(other))}

    def place(path: str) -> tuple[float, str]:
        places = [order[shingle] for shingle in side.words[path] if shingle in order]
        return (median(places) if places else len(order)), path

    return tuple(sorted(paths, key=place))


def _say_weak(link: _Link) -> Unclear:
    return Unclear(link.old, f"{link.new} has only {link.part:.0%} in common with it; if it is the successor, say so.")


def _say_copied(link: _Link, links: Iterable[_Link]) -> Unclear:
    rivals = sorted({one.new if one.old == link.old else one.old for one in links if _meets(one, link)})
    return Unclear(link.old, f"The same text is in {' and in '.join(rivals)}; say which is the successor.")


def _meets(one: _Link, link: _Link) -> bool:
    return (one.old == link.old or one.new == link.new) and _is_copy(one, link)


def _say_wrong(path: str, given: Mapping[str, str], old: Mapping[str, str]) -> Unclear:
    if path not in old:
        return Unclear(path, "It is named as renamed, but English still has it, or the fork never had it.")
    return Unclear(path, f"It is named as renamed to {given[path]}, which English lacks or the fork has already.")
