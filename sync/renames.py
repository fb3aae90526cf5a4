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

from sync.cuttings import cut, weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LEAST: Final = 0.3
"""Share of the smaller one of two chapters, the old and the new, that must be in both if more chapters are involved."""
ENOUGH: Final = 0.5
"""The same for a chapter with one successor, which has no other predecessor."""
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
    """Share of the characters of both sides that stand on both, 0 to 1."""
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
    shared: Counter[str]
    likeness: float
    """Share of the characters of both that are in both."""
    part: float
    """Share of the smaller one that is in the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """Some chapters as texts and as cuttings, by path."""

    texts: Mapping[str, str]
    cuttings: Mapping[str, Counter[str]]


def find_renames(old: Mapping[str, str], new: Mapping[str, str], given: Mapping[str, str] | None = None) -> Renames:
    """Find the new paths of chapters by what they say.

    Args:
        old: the English at their baselines of the chapters whose path English no longer has, by path.
        new: the newest English of the chapters that the fork lacks, by path.
        given: old path → new path, as somebody laid it down; it wins over what is found.
    """
    laid_down = dict(given or {})
    olds, news = (_Side(texts=side, cuttings={path: cut(text) for path, text in side.items()}) for side in (old, new))
    wrong = [path for path, to in laid_down.items() if path not in old or to not in new]
    fixed = [_link(path, to, olds, news) for path, to in laid_down.items() if path not in wrong]
    found = [
        link
        for link in _links(olds, news)
        if link.old not in laid_down and link.new not in laid_down.values() and link.part >= LEAST
    ]
    single, copied = _without_copies(sorted(found, key=lambda link: (-weight(link.shared), link.old, link.new)))
    stars = _stars(single)
    weak = [star[0] for star in stars if len(star) == 1 and star[0].part < ENOUGH]
    renames = [_rename(star, olds, news) for star in stars if star[0] not in weak]
    renames += [_rename(star, olds, news, given=True) for star in _stars(fixed)]
    return Renames(
        found=tuple(sorted(renames, key=lambda one: (one.old, one.new))),
        unclear=tuple(sorted({*map(_say_weak, weak), *copied, *(_say_wrong(path, laid_down, old) for path in wrong)})),
    )


def _links(olds: _Side, news: _Side) -> Iterator[_Link]:
    """Every old and new chapter that have a sentence in common."""
    places: dict[str, list[str]] = defaultdict(list)
    for path, cuttings in olds.cuttings.items():
        for cutting in cuttings:
            places[cutting].append(path)
    for to, cuttings in news.cuttings.items():
        for path in sorted({path for cutting in cuttings for path in places.get(cutting, ())}):
            yield _link(path, to, olds, news)


def _link(path: str, to: str, olds: _Side, news: _Side) -> _Link:
    one, other = olds.cuttings[path], news.cuttings[to]
    shared = one & other
    sizes, common = (weight(one), weight(other)), weight(shared)
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
    for one, other in combinations(links, 2):
        if (one.old == other.old) is (one.new == other.new) or not _is_copy(one, other):
            continue
        better, worse = sorted((one, other), key=lambda link: -link.likeness)
        dropped.append(worse)
        if better.likeness - worse.likeness < CLEARLY:
            dropped.append(better)
            unclear += [_say_copied(link, links) for link in (better, worse)]
    return [link for link in links if link not in dropped], unclear


def _is_copy(one: _Link, other: _Link) -> bool:
    """Whether two links with a common end are about the same text."""
    smaller = min(weight(one.shared), weight(other.shared))
    return weight(one.shared & other.shared) >= COPIED * smaller


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
    shared = sum((link.shared for link in star), Counter())
    size = sum(weight(side.cuttings[path]) for side, paths in ((olds, old), (news, new)) for path in paths)
    return Rename(
        old=_in_order(old, olds, news.texts[star[0].new]),
        new=_in_order(new, news, olds.texts[star[0].old]),
        kind=kind,
        similarity=2 * weight(shared) / max(size, 1),
        given=given,
    )


def _in_order(paths: Iterable[str], side: _Side, other: str) -> tuple[str, ...]:
    """Paths of one side by where in the text of the other side most of each stands."""
    order = {cutting: at for at, cutting in enumerate(cut(other))}

    def place(path: str) -> tuple[float, str]:
        places = [order[cutting] for cutting in side.cuttings[path] if cutting in order]
        return (median(places) if places else len(order)), path

    return tuple(sorted(paths, key=place))


def _say_weak(link: _Link) -> Unclear:
    return Unclear(
        link.old, f"{link.new} has only {link.part:.0%} of it or is itself that much of it; name it by hand."
    )


def _say_copied(link: _Link, links: Iterable[_Link]) -> Unclear:
    rivals = sorted({one.new if one.old == link.old else one.old for one in links if _meets(one, link)})
    return Unclear(link.old, f"The same text is in {' and in '.join(rivals)}; name the successor by hand.")


def _meets(one: _Link, link: _Link) -> bool:
    return (one.old == link.old or one.new == link.new) and _is_copy(one, link)


def _say_wrong(path: str, given: Mapping[str, str], old: Mapping[str, str]) -> Unclear:
    if path not in old:
        return Unclear(path, "It is named as renamed, but English still has it, or the fork never had it.")
    return Unclear(path, f"It is named as renamed to {given[path]}, which English lacks or the fork has already.")
