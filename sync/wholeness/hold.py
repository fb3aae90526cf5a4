"""Which updates of chapters can be merged, which of them only together, and which must wait. Pure.

A book holds together when everything a chapter uses is defined by some chapter of it. An update may use what only
another one brings, or take away what others still use.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from sync.checks.book import Unresolved
from sync.checks.book.facts import (
    BIBLIOGRAPHY,
    NOTHING,
    Facts,
    Index,
    Thing,
    is_given,
    known_tabs,
    read_book_facts,
    read_facts,
    waits,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set

    from sync.checks.book import Library

ABSENT: Final = "not part of this update"
"""How a chapter stands of which nothing else is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What becomes of some updates."""

    groups: tuple[tuple[str, ...], ...] = ()
    """Chapters that must be merged together or not at all; each holds two or more."""
    held: Mapping[str, str] = field(default_factory=dict)
    """Chapters that must wait, with the reason."""
    waiting: tuple[Unresolved, ...] = ()
    """Uses, in updates that are merged, of what is not translated yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stake:
    """Something that the updates may leave undefined."""

    thing: Thing
    had: bool
    """Whether the book has it now."""
    removers: frozenset[str]
    """The updates that take it away: all of those who define it now."""
    bringers: frozenset[str]
    """The updates after which it is there and that do not define it now."""
    before: frozenset[str]
    """The chapters that use it now."""
    after: frozenset[str]
    """The updates that use it."""

    def users(self, merged: Set[str]) -> Iterator[str]:
        """The chapters that use it when some updates are merged."""
        yield from (path for path in self.before if path not in merged)
        yield from (path for path in self.after if path in merged)

    def breaks(self, merged: Set[str]) -> bool:
        """Whether it is used and not defined when some updates are merged."""
        stays = self.had and not self.removers <= merged
        return not stays and self.bringers.isdisjoint(merged) and any(self.users(merged))

    def culprits(self, merged: Set[str]) -> frozenset[str]:
        """Who must wait so that it does not break: who takes it away, or who uses it too early."""
        return frozenset((self.removers if self.had else self.after) & merged)

    def ties(self, merged: Set[str]) -> Iterator[frozenset[str]]:
        """The merged updates of which none can do without the others."""
        brought = frozenset(self.bringers & merged)
        if not self.had:
            yield from (brought | {user} for user in self.after & merged - self.bringers)
        elif self.removers <= merged and (self.before or self.after & merged):
            yield self.removers | (brought or frozenset(self.before & merged))


def keys_at_stake(changes: Iterable[tuple[str, str]]) -> frozenset[str]:
    """What some updates, given as old and new text, begin to use or cease to define.

    With nothing at stake a book holds together as it did, whatever else it has.
    """
    facts = ((read_facts(old), read_facts(new)) for old, new in changes)
    return frozenset(
        thing.key for old, new in facts for thing in (new.uses.keys() - old.uses.keys()) | (old.defines - new.defines)
    )


def hold(
    library: Library,
    updates: Mapping[str, str | None],
    *,
    together: Iterable[Sequence[str]] = (),
    standing: Mapping[str, str] | None = None,
) -> Holding:
    """Decide over updates; the outcome does not depend on their order.

    Only what the book has now, or what English has, is asked for: what resolved in neither is nobody's fault.

    Args:
        library: the book before the updates, and its newest English.
        updates: the new text of each chapter; ``None`` where it is removed.
        together: updates that are one, such as both ends of a rename.
        standing: how the other chapters stand, to go on after "chapter_x/y.md, which is …".
    """
    units = _Units(updates, together)
    scales = _Scales.of(library, updates)
    stakes = scales.stakes()
    merged = _settle(stakes, units)
    return Holding(
        groups=_groups([tie for stake in stakes for tie in stake.ties(merged)], units, merged),
        held=_Reasons(scales, stakes, units, merged, standing or {}).all(),
        waiting=tuple(sorted(scales.waiting_uses(stakes, merged))),
    )


class _Units:
    """Updates that are merged or held as one."""

    def __init__(self, updates: Collection[str], together: Iterable[Sequence[str]]) -> None:
        bonds = (frozenset(bond) & frozenset(updates) for bond in together)
        self.all = join([*bonds, *(frozenset({path}) for path in updates)])
        self.of = {path: unit for unit in self.all for path in unit}

    def whole(self, paths: Iterable[str]) -> set[str]:
        """All that goes with some updates."""
        return {one for path in paths for one in self.of[path]}


def join(sets: Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Sets with everything in common united, ordered by their first members."""
    joined: list[frozenset[str]] = []
    for one in sets:
        meeting = [other for other in joined if other & one]
        joined = [other for other in joined if not other & one]
        joined += [one.union(*meeting)] if one else []
    return tuple(sorted(joined, key=min))


def _settle(stakes: Sequence[_Stake], units: _Units) -> frozenset[str]:
    """The updates that can be merged.

    All are tried, and those at fault taken out until nothing breaks. Taking one out may clear another that was taken
    out for its sake: so each is tried once more.
    """
    merged = set(units.of)
    while guilty := {path for stake in stakes if stake.breaks(merged) for path in stake.culprits(merged)}:
        merged -= units.whole(guilty)
    waiting = [unit for unit in units.all if not unit <= merged]
    while cleared := next((unit for unit in waiting if not _broken(stakes, merged | unit)), None):
        merged |= cleared
        waiting.remove(cleared)
    return frozenset(merged)


def _broken(stakes: Sequence[_Stake], merged: Set[str]) -> list[_Stake]:
    return [stake for stake in stakes if stake.breaks(merged)]


class _Scales:
    """Tells what can happen to the things of a book."""

    def __init__(
        self, old: Mapping[str, Facts], new: Mapping[str, Facts], english: Mapping[str, Facts], tabs: Set[str]
    ) -> None:
        self.new, self.tabs = new, tabs
        self.english = Index({path: facts.defines for path, facts in english.items()})
        self.used = {thing[:2] for facts in english.values() for thing in facts.uses}
        self.was = Index({path: facts.defines for path, facts in old.items()})
        self.will = Index({path: facts.defines for path, facts in new.items()})
        self.waiting = Index({path: facts.waiting for path, facts in new.items()})
        self.before, self.after = _users(old), _users(new)

    @classmethod
    def of(cls, library: Library, updates: Mapping[str, str | None]) -> _Scales:
        """Of all that is at stake."""
        fork, chapters = library.fork, library.english.chapters
        cites = any(map(_is_bib, fork.others))
        keys = keys_at_stake((fork.chapters.get(path, ""), text or "") for path, text in updates.items())
        old, english = read_book_facts(fork, keys), read_book_facts(library.english, keys)
        return cls(
            {path: _with_entries(path, facts, english) for path, facts in old.items()},
            {path: read_facts(text, fork.default_tab) if text else NOTHING for path, text in updates.items()},
            {path: facts for path, facts in english.items() if path in chapters or (cites and _is_bib(path))},
            known_tabs(fork),
        )

    def stakes(self) -> tuple[_Stake, ...]:
        """Whatever may break, in order."""
        things = sorted(thing for thing in {*self.before, *self.after} if thing.tab in self.tabs)
        return tuple(stake for thing in things if (stake := self._stake(thing)))

    def _stake(self, thing: Thing) -> _Stake | None:
        has, gets = self.was.definers(thing), self.will.definers(thing)
        before, after = self.before.get(thing, frozenset()), self.after.get(thing, frozenset())
        if has:
            stays = any(path in gets or path not in self.new for path in has)
            one = _Stake(thing=thing, had=True, removers=has, bringers=gets, before=before, after=after)
            return None if stays or is_given(thing, self.english, self.used) else one
        after -= before
        if not after or not self.english.definers(thing):
            return None
        if waits(thing, self.waiting):
            gets |= self.waiting.definers(thing)
        return _Stake(thing=thing, had=False, removers=frozenset(), bringers=gets, before=frozenset(), after=after)

    def waiting_uses(self, stakes: Iterable[_Stake], merged: Set[str]) -> Iterator[Unresolved]:
        """Uses of what comes with the translation of something that waits."""
        for stake in stakes:
            if not stake.had and self.will.definers(stake.thing).isdisjoint(merged):
                message = f"`{stake.thing.key}` waits for a translation: until then nothing is found there"
                for path in stake.after & merged:
                    yield Unresolved(path, self.new[path].uses[stake.thing], stake.thing.rule, message)


def _is_bib(path: str) -> bool:
    return path.endswith(BIBLIOGRAPHY)


def _with_entries(path: str, facts: Facts, english: Mapping[str, Facts]) -> Facts:
    """A bibliography with what it gets from English as soon as a chapter cites it."""
    more = english[path].defines if _is_bib(path) and path in english else frozenset()
    return replace(facts, defines=facts.defines | more)


def _users(book: Mapping[str, Facts]) -> dict[Thing, frozenset[str]]:
    found: dict[Thing, set[str]] = {}
    for path, facts in book.items():
        for thing in facts.uses:
            found.setdefault(thing, set()).add(path)
    return {thing: frozenset(paths) for thing, paths in found.items()}


def _groups(ties: Iterable[frozenset[str]], units: _Units, merged: Set[str]) -> tuple[tuple[str, ...], ...]:
    bonds = [unit for unit in units.all if unit <= merged]
    return tuple(tuple(sorted(group)) for group in join([*bonds, *ties]) if len(group) > 1)


class _Reasons:
    """Says of each update that waits what would break with it."""

    def __init__(
        self,
        scales: _Scales,
        stakes: Sequence[_Stake],
        units: _Units,
        merged: frozenset[str],
        standing: Mapping[str, str],
    ) -> None:
        self.english, self.stakes, self.units, self.merged = scales.english, stakes, units, merged
        self.standing = standing

    def all(self) -> dict[str, str]:
        return {path: self._reason(path) for path in sorted(self.units.of) if path not in self.merged}

    def _reason(self, path: str) -> str:
        """The first cause, and a chapter that waits itself only where there is no other."""
        broken = _broken(self.stakes, self.merged | self.units.of[path])
        own = sorted((cause for stake in broken if (cause := self._own(path, stake))), key=lambda cause: cause[0])
        if own:
            more = f", and {len(own) - 1} more like it" if len(own) > 1 else ""
            return own[0][1] + more
        others = ", ".join(sorted(self.units.of[path] - {path}))
        return f"goes together with {others}, which must wait"

    def _own(self, path: str, stake: _Stake) -> tuple[bool, str] | None:
        """What an update does wrong by itself; and before it, whether only for a chapter that waits."""
        shown = stake.thing.shown
        if path in stake.removers:
            is_held, users = self._named(stake.users(self.merged | self.units.of[path]))
            return is_held, f"would take away what lets {users} {shown}"
        if path not in stake.after:
            return None
        if stake.had:
            return False, f"would {shown}, which {', '.join(sorted(stake.removers))} takes away"
        is_held, come = self._named(stake.bringers or self.english.definers(stake.thing))
        return is_held, f"would {shown}, which the fork does not have: it comes with {come}"

    def _named(self, paths: Iterable[str]) -> tuple[bool, str]:
        """One of some chapters and how it stands, and how many more there are; one that waits only if all do."""
        ordered = sorted((path in self.units.of and path not in self.merged, path) for path in set(paths))
        is_held, first = ordered[0]
        more = f" and {len(ordered) - 1} more" if len(ordered) > 1 else ""
        return is_held, f"{first} ({'held as well' if is_held else self.standing.get(first, ABSENT)}){more}"
