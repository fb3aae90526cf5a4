"""Chapters in two languages → parallel data: linked, judged, cut to size, each source once. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alignment.locales import load
from alignment.markdown import D2L
from sync.bitext.engine_text import engine_text
from sync.bitext.parallel_data import limits
from sync.bitext.parallel_data.duplicates import settle
from sync.bitext.parallel_data.judge import SURE, Judge, LengthHabit
from sync.bitext.parallel_data.model import (
    Candidate,
    Entry,
    Granularity,
    Omission,
    ParallelData,
    Passage,
    Reason,
)
from sync.bitext.parallel_data.passages import joined, passages
from sync.repositories.paths import selects
from sync.state import unsettled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from alignment.markdown import Profile
    from sync.bitext.memory import Pair
    from sync.bitext.parallel_data.model import ChapterPair

FORGIVEN: Final = frozenset(
    {None, Reason.SHAPE, Reason.WORDLESS, Reason.MARKUP, Reason.NUMBERS, Reason.LENGTH, Reason.SIGN}
)
"""What is no matter in a sentence of a paragraph that is sound as a whole: its neighbour may make up for it."""

_Left = tuple[Reason, Candidate]


def build(
    chapters: Iterable[ChapterPair],
    lang: str,
    *,
    granularity: Granularity = Granularity.SENTENCE,
    profile: Profile = D2L,
    exclude: Sequence[str] = (),
    segments: Iterable[str] = (),
    memory: Sequence[Pair] = (),
    advance: Callable[[str], None] = lambda step: None,
) -> ParallelData:
    """What a book gives in one language within Amazon's rules, and what not and why.

    Args:
        chapters: in the order in which their entries shall stand.
        exclude: patterns for the paths of chapters that are not to be used at all.
        segments: texts, in either language, that must not be among the entries, nor anything nearly the same.
        memory: pairs from elsewhere, Markdown as it stands.
        advance: called with the path of each chapter that is read.
    """
    every = [_settled(chapter) for chapter in chapters]
    used = [chapter for chapter in every if not _is_excluded(chapter.path, exclude)]
    remembered = (pair for pair in memory if not _is_excluded(pair.chapter, exclude))
    found = [*passages(used, lang, profile, advance), *_passages_of_memory(remembered, profile)]
    states = {chapter.path: chapter.state for chapter in used}
    judge = Judge(_habit(found, lang), profile, excluded=segments, states=states)
    harvest = _Harvest(judge, load(lang).text.joiner)
    for passage in found:
        harvest.take(passage, granularity)
    kept, doubles = settle(harvest.kept)
    articles = [_omitted(chapter.path) for chapter in every if _is_excluded(chapter.path, exclude)]
    return ParallelData(
        lang=lang,
        granularity=granularity,
        entries=tuple(_entry(one) for one in kept),
        omissions=(*articles, *(_omission(*one) for one in (*harvest.left, *doubles))),
        chapters=len(used),
        cut=harvest.cut,
    )


def judged(
    chapters: Iterable[ChapterPair], lang: str, profile: Profile, advance: Callable[[str], None]
) -> Iterator[tuple[Reason | None, Candidate]]:
    """All linked sentences of a book, each with what speaks against learning from it, whatever an engine's rules."""
    used = [_settled(chapter) for chapter in chapters]
    found = tuple(passages(used, lang, profile, advance))
    judge = Judge(_habit(found, lang), profile, states={chapter.path: chapter.state for chapter in used})
    for passage in found:
        for candidate in passage.candidates:
            yield judge.objection(candidate), candidate


def _settled(chapter: ChapterPair) -> ChapterPair:
    """With the English that the translation says: edits that still wait for it are taken back."""
    english, state = unsettled(chapter.english, chapter.translation, chapter.state)
    return replace(chapter, english=english, state=state)


def _is_excluded(path: str, exclude: Sequence[str]) -> bool:
    return bool(exclude) and selects(exclude, path)


def _passages_of_memory(pairs: Iterable[Pair], profile: Profile) -> Iterator[Passage]:
    for number, pair in enumerate(pairs):
        candidate = Candidate(
            chapter=pair.chapter,
            line=0,
            place=(number, 0),
            at=0,
            source=engine_text(pair.source, profile),
            target=engine_text(pair.target, profile),
            left=pair.source,
            right=pair.target,
            shape=(1, 1),
            confidence=1.0,
        )
        yield Passage(candidates=(candidate,), is_whole=False)


def _habit(found: Iterable[Passage], lang: str) -> LengthHabit:
    pairs = (
        (one.source, one.target)
        for passage in found
        for one in passage.candidates
        if one.shape == (1, 1) and one.confidence >= SURE and one.source != one.target
    )
    return LengthHabit.of(pairs, load(lang).text.ratio)


class _Harvest:
    """Candidates that are entries, and the others with their reasons."""

    def __init__(self, judge: Judge, joiner: str) -> None:
        self.kept: list[Candidate] = []
        self.left: list[_Left] = []
        self.cut = 0
        self._judge = judge
        self._joiner = joiner

    def take(self, passage: Passage, granularity: Granularity) -> None:
        if granularity is Granularity.PARAGRAPH and passage.is_whole and len(passage.candidates) > 1:
            self._take_paragraph(passage.candidates)
        else:
            for candidate in passage.candidates:
                self._sort(candidate, self._fault(candidate))

    def _take_paragraph(self, candidates: Sequence[Candidate]) -> None:
        """As one entry if nothing in it speaks against that, else cut at the sentences that must not be in it."""
        whole = joined(candidates, self._joiner)
        faults = [self._fault(one) for one in candidates]
        if FORGIVEN.issuperset(faults) and not self._fault(whole, shapes=False):
            self.kept.append(whole)
            return
        before = len(self.kept)
        run: list[Candidate] = []
        for candidate, reason in zip(candidates, faults, strict=True):
            if run and (reason or self._is_long([*run, candidate])):
                self._end(run)
                run = []
            if reason:
                self.left.append((reason, candidate))
            else:
                run.append(candidate)
        if run:
            self._end(run)
        self.cut += len(self.kept) > before

    def _is_long(self, run: Sequence[Candidate]) -> bool:
        piece = joined(run, self._joiner)
        return limits.is_long(piece.source) or limits.is_long(piece.target)

    def _end(self, run: Sequence[Candidate]) -> None:
        piece = joined(run, self._joiner)
        self._sort(piece, self._fault(piece, shapes=False))

    def _sort(self, candidate: Candidate, reason: Reason | None) -> None:
        if reason:
            self.left.append((reason, candidate))
        else:
            self.kept.append(candidate)

    def _fault(self, candidate: Candidate, *, shapes: bool = True) -> Reason | None:
        objection = self._judge.objection(candidate, shapes=shapes)
        return objection or limits.fault(candidate.source) or limits.fault(candidate.target)


def _entry(one: Candidate) -> Entry:
    return Entry(source=one.source, target=one.target, chapter=one.chapter, place=one.place, confidence=one.confidence)


def _omission(reason: Reason, one: Candidate) -> Omission:
    return Omission(reason=reason, source=one.source, target=one.target, chapter=one.chapter, line=one.line)


def _omitted(path: str) -> Omission:
    return Omission(reason=Reason.ARTICLE, source="", target="", chapter=path, line=0)
