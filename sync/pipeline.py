"""The way of a chapter: plan, drafts, assembly. Two pure halves round the one step that may cost something."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alignment.markdown import D2L
from sync.assemble import assemble
from sync.bitext.memory import Memory
from sync.engines import open_engine
from sync.engines.verify import verified
from sync.errors import EngineError
from sync.merge.elsewhere import NOWHERE, find_elsewhere
from sync.merge.habits import fit
from sync.model import ChapterResult, Origin, Status
from sync.plan import plan_chapter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from alignment.markdown import Profile
    from sync.engines import Engine
    from sync.journal import Journal
    from sync.merge.elsewhere import Elsewhere, Text
    from sync.model import Draft, Job, RevisionPair
    from sync.plan import ChapterPlan

PATIENCE: Final = 1.0
"""Seconds between two looks at an engine that is still at work."""


def update_chapter(pair: RevisionPair, engine: Engine, *, profile: Profile = D2L) -> ChapterResult:
    """Bring one chapter up to date. One that cannot be is returned as failed, with the reason; nothing is raised."""
    planned = try_plan(pair, profile)
    if isinstance(planned, ChapterResult):
        return planned
    return try_assemble(planned, draft(engine, planned.jobs, profile))


def update_chapters(
    pairs: Sequence[RevisionPair],
    engine: Engine,
    *,
    profile: Profile = D2L,
    advance: Callable[[str], None] = lambda step: None,
    gone: Iterable[Text] = (),
    journal: Journal | None = None,
) -> tuple[ChapterResult, ...]:
    """The same for many chapters of one language, whose jobs go to the engine all at once.

    What English moved from one chapter to another takes its translation along. ``gone`` are the chapters that English
    no longer has: path, English and translation. With a ``journal`` each chapter is finished before the next begins,
    and those that it knows are taken from it.
    """
    elsewhere = _try_elsewhere(pairs, profile, gone)
    if journal is not None:
        return tuple(_update_once(pair, engine, profile, advance, elsewhere, journal) for pair in pairs)
    planned = []
    for pair in pairs:
        planned.append(try_plan(pair, profile, elsewhere))
        advance(pair.path)
    plans = [plan for plan in planned if not isinstance(plan, ChapterResult)]
    drafts = draft(engine, [job for plan in plans for job in plan.jobs], profile)
    return tuple(plan if isinstance(plan, ChapterResult) else try_assemble(plan, drafts) for plan in planned)


def _update_once(
    pair: RevisionPair,
    engine: Engine,
    profile: Profile,
    advance: Callable[[str], None],
    elsewhere: Elsewhere,
    journal: Journal,
) -> ChapterResult:
    """One chapter, unless it is done already."""
    result = journal.get(pair.path)
    if result is None:
        planned = try_plan(pair, profile, elsewhere)
        if isinstance(planned, ChapterResult):
            result = planned
        else:
            result = try_assemble(planned, draft(engine, planned.jobs, profile))
        journal.put(result)
    advance(pair.path)
    return result


def _try_elsewhere(pairs: Sequence[RevisionPair], profile: Profile, gone: Iterable[Text]) -> Elsewhere:
    """What moved between the chapters; nothing, where a broken chapter hinders looking."""
    try:
        return find_elsewhere(pairs, profile, gone)
    except Exception:  # the chapter that is broken says so when it is planned; the others go on without it
        return NOWHERE


def try_plan(pair: RevisionPair, profile: Profile = D2L, elsewhere: Elsewhere = NOWHERE) -> ChapterPlan | ChapterResult:
    """The plan of a chapter; its result at once where English did not change or the chapter cannot be planned."""
    if pair.en_old == pair.en_new:
        return _untouched(pair, Status.UNCHANGED, "")
    try:
        return plan_chapter(pair, profile, elsewhere)
    except Exception as error:  # one bad chapter does not stop the others; the run ends red
        return _failed(pair, error)


def try_assemble(plan: ChapterPlan, drafts: Mapping[str, Draft]) -> ChapterResult:
    """The chapter put together; left as it was, and failed, if that cannot be done."""
    try:
        return assemble(plan, _fit(plan, drafts))
    except Exception as error:  # see try_plan
        return _failed(plan.pair, error)


def _failed(pair: RevisionPair, error: Exception) -> ChapterResult:
    reason = f"This is a bug in AMTS; the chapter was left as it was: {type(error).__name__}: {error}"
    return _untouched(pair, Status.FAILED, reason)


def _untouched(pair: RevisionPair, status: Status, reason: str) -> ChapterResult:
    return ChapterResult(
        path=pair.path, lang=pair.lang, status=status, text=pair.tgt_old, old_text=pair.tgt_old, reason=reason
    )


def draft(engine: Engine, jobs: Sequence[Job], profile: Profile = D2L) -> Mapping[str, Draft]:
    """What an engine makes of some jobs, by job, refused drafts without text. Without jobs the engine is not asked.

    Raises:
        EngineError: it answered a job that it was not given.
    """
    if not jobs:
        return {}
    ticket = engine.submit(jobs)
    while (drafts := engine.collect(ticket)) is None:
        time.sleep(PATIENCE)
    unknown = {one.job for one in drafts} - {job.id for job in jobs}
    if unknown:
        message = f"The engine answered jobs it was not given: {', '.join(sorted(unknown)[:3])}."
        raise EngineError(message)
    return verified(jobs, drafts, profile)


def _fit(plan: ChapterPlan, drafts: Mapping[str, Draft]) -> dict[str, Draft]:
    """The drafts of a chapter as its translators would have set them. A repaired sentence is theirs already."""
    own = {job.id: job for job in plan.jobs if job.id in drafts}
    habits, profile = plan.chapter.habits, plan.chapter.languages.profile
    return {
        name: replace(drafts[name], text=fit(drafts[name].text, habits, profile))
        if job.context == "prose" and drafts[name].origin is not Origin.REPAIR
        else drafts[name]
        for name, job in own.items()
    }


__all__ = ["Memory", "draft", "open_engine", "plan_chapter", "try_plan", "update_chapter", "update_chapters"]
