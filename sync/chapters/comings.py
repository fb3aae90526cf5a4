"""Chapters that come, go and move: what becomes of a path that only one side has. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from alignment.markdown import D2L
from sync.baselines.baseline import CERTAIN, Baseline, How
from sync.chapters.renames import find_renames
from sync.chapters.succession import Origin, starting_pairs
from sync.keep import hold_back
from sync.model import RevisionPair
from sync.report import Chapter, Lack
from sync.state import ChapterState, unsettled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from alignment.markdown import Profile
    from sync.chapters.renames import Rename, Renames


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A translated chapter whose path English no longer has."""

    path: str
    translation: str
    baseline: Baseline
    state: ChapterState

    @property
    def settled(self) -> tuple[Origin, ChapterState]:
        """The English that the translation really says, with it; and what stays pending beside that."""
        english, left = unsettled(self.baseline.text, self.translation, self.state)
        return Origin(english=english, translation=self.translation), left


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A chapter of the newest English that the fork lacks."""

    path: str
    english: str
    blob: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a fork wants of chapters that only one side has."""

    drafts_new: bool = False
    """New chapters are drafted; else they are listed."""
    removes_gone: bool = False
    """Chapters that English removed are removed; else they are listed."""
    renames: tuple[tuple[str, str], ...] = ()
    """Old and new path, laid down by hand."""


NO_WISHES: Final = Wishes()


def settle(
    gone: Sequence[Gone], came: Sequence[Came], wishes: Wishes, lang: str, profile: Profile = D2L
) -> tuple[Chapter, ...]:
    """One chapter for each path of both sides about which there is something to say or to do.

    What was renamed, split or merged keeps its translation under its new paths, as the ordinary update's beginning.
    """
    renames = _find(gone, came, wishes)
    moved = [chapter for one in renames.found for chapter in _move(one, gone, came, lang, profile)]
    known = {chapter.path for chapter in moved}
    doubts = {one.old: one.reason for one in renames.unclear}
    left = [_leave(one, wishes, doubts.get(one.path, "")) for one in gone if one.path not in known]
    new = [_begin(one, lang) for one in came if one.path not in known] if wishes.drafts_new else []
    return (*moved, *left, *new)


def _find(gone: Sequence[Gone], came: Sequence[Came], wishes: Wishes) -> Renames:
    given = {old: new for old, new in wishes.renames if any(one.path == old for one in gone)}
    return find_renames({one.path: one.baseline.text for one in gone}, {one.path: one.english for one in came}, given)


def _move(rename: Rename, gone: Sequence[Gone], came: Sequence[Came], lang: str, profile: Profile) -> Iterator[Chapter]:
    olds = {one.path: one for one in gone if one.path in rename.old}
    news = {one.path: one for one in came if one.path in rename.new}
    pairs = starting_pairs(
        rename,
        {path: one.settled[0] for path, one in olds.items()},
        {path: one.english for path, one in news.items()},
        lang,
        profile,
    )
    first = olds[rename.old[0]]
    reason = f"{rename.kind} from {', '.join(rename.old)}, {rename.similarity:.0%} alike; {first.baseline.reason}"
    baseline = replace(first.baseline, reason=reason)
    for pair in pairs:
        yield _successor(pair, news[pair.path], baseline, rename, olds, profile)
    for one in olds.values():
        yield Chapter(path=one.path, baseline=one.baseline, state=one.state, lives_on=rename.new)


def _successor(
    pair: RevisionPair,
    new: Came,
    baseline: Baseline,
    rename: Rename,
    olds: Mapping[str, Gone],
    profile: Profile,
) -> Chapter:
    ordered = [olds[path] for path in rename.old]
    state, left = _joined([one.state for one in ordered]), _joined([one.settled[1] for one in ordered])
    held, kept = hold_back(pair.en_old, pair.en_new, state.keep, profile)
    return Chapter(
        path=pair.path,
        pair=replace(pair, en_new=held),
        english=new.english,
        blob=new.blob,
        baseline=baseline,
        state=state,
        left=left,
        kept=kept,
        follows=rename.old,
    )


def _joined(states: Sequence[ChapterState]) -> ChapterState:
    """What is remembered of several chapters."""
    return replace(
        states[0],
        pending=tuple(entry for state in states for entry in state.pending),
        machine=tuple(entry for state in states for entry in state.machine),
        keep=tuple(sorted({digest for state in states for digest in state.keep})),
    )


def _leave(one: Gone, wishes: Wishes, doubt: str) -> Chapter:
    if wishes.removes_gone and not doubt:
        return Chapter(path=one.path, baseline=one.baseline, state=one.state, removed=True)
    refusal = "English has no such chapter any more" + (f"; {doubt}" if doubt else "")
    return Chapter(path=one.path, lack=Lack.ENGLISH, refusal=refusal, state=one.state)


def _begin(one: Came, lang: str) -> Chapter:
    """A chapter that is translated from nothing."""
    return Chapter(
        path=one.path,
        pair=RevisionPair(path=one.path, lang=lang, en_old="", en_new=one.english, tgt_old=""),
        english=one.english,
        blob=one.blob,
        baseline=Baseline(text="", how=How.NEW, confidence=CERTAIN, reason="a new chapter"),
        is_new=True,
    )
