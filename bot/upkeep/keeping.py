"""A fork kept in step by pull requests: first those that are open, then as many new ones as there is room for.

A chapter is in one open pull request at a time. What people committed to one is never overwritten: it is the text that
the next English is carried into. One that was closed is not offered again until its English changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.upkeep.decisions import Start, start_of
from bot.upkeep.harvest import harvest, records_on
from bot.upkeep.lanes import Arrangement, GroupBy, Lane, Work, arrange, smallest, works
from bot.upkeep.ours import declined
from sync.chapters.priority import ordered
from sync.delivery import refuse_incomplete
from sync.errors import AmtsError, Waiting
from sync.model import Fate
from sync.report import Lack
from sync.repositories.branches import foreign_commits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bot.forge.pulls import Pull
    from bot.upkeep.ours import Own
    from bot.upkeep.site import Site
    from sync.report import Book, SyncReport
    from sync.repositories.revisions import FileChange

OPEN_AT_MOST: Final = 3
CANNOT: Final = (Lack.TEXT, Lack.BASELINE)
NEWS: Final = "Brought to newer English"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a fork takes at once."""

    open_pulls: int = OPEN_AT_MOST
    group_by: GroupBy = GroupBy.FOLDER


@dataclass(slots=True, kw_only=True)
class Upkeep:
    """What a run has done for one fork and language."""

    lang: str
    opened: list[Pull] = field(default_factory=list)
    renewed: list[Pull] = field(default_factory=list)
    reports: list[SyncReport] = field(default_factory=list)
    """Of each pull request that was opened or renewed."""
    survey: SyncReport | None = None
    """Of all that is behind and in no open pull request, as it was before anything was drafted."""
    arrangement: Arrangement = field(default_factory=lambda: Arrangement(lanes=(), later=(), rewritten=()))
    places: dict[str, int] = field(default_factory=dict)
    """Path of each chapter that is in an open pull request, and the number of that."""
    proposed: tuple[Lane, ...] = ()
    """What would be opened, after a look that changes nothing."""
    refused: dict[str, str] = field(default_factory=dict)
    """Path of each translated chapter that cannot be brought up to date, and why."""
    is_first: bool = False
    """Whether the fork has never seen a pull request of ours."""
    waiting: list[str] = field(default_factory=list)
    """What a service is still at work on."""
    problems: list[AmtsError] = field(default_factory=list)


def keep_up(site: Site, limits: Limits) -> Upkeep:
    """Bring a fork up to date, as far as its people can review it.

    One pull request that fails stops no other. Once a service is waited for in vain, it is not waited for again: what
    is left is for the next run.
    """
    ours = site.own_pulls()
    done = _begin(site, ours)
    for one in ours:
        if one.pull.is_open and not one.is_paused and not done.waiting:
            _attempt(done, partial(renew, site, one, done))
    _attempt(done, partial(_open_new, site, limits, ours, done))
    return done


def look(site: Site, limits: Limits) -> Upkeep:
    """What ``keep_up`` would open, as ``proposed``. Nothing is drafted, and nothing changes anywhere."""
    ours = site.own_pulls()
    done = _begin(site, ours)
    _attempt(done, partial(_arrange, site, limits, ours, done))
    done.proposed = _chosen(done)
    return done


def _begin(site: Site, ours: Sequence[Own]) -> Upkeep:
    places = {path: one.pull.number for one in ours if one.pull.is_open for path in one.claim.chapters}
    return Upkeep(lang=site.lang, is_first=not ours, places=places)


def _attempt(done: Upkeep, step: Callable[[], object]) -> bool:
    """Take a step, or put down why not. Returns whether it was taken."""
    try:
        step()
    except Waiting as error:
        done.waiting.append(str(error))
    except AmtsError as error:
        done.problems.append(error)
    else:
        return True
    return False


# Open ones


def renew(site: Site, one: Own, done: Upkeep, *, retry: bool = False) -> bool:
    """Bring an open pull request to the newest English. Returns whether there was anything to do.

    As long as it has no commits of people it is made anew from the default branch; with such commits, the new English
    is carried into what they wrote.

    Raises:
        AmtsError: it could not be done; the pull request is as it was.
    """
    paths = tuple(one.claim.chapters)
    theirs = foreign_commits(site.fork, site.tip, one.pull.head)
    start = Start(commit=one.pull.head) if theirs else start_of(site.fork, site.tip, one)
    book, _ = site.update(paths=paths, target=start.commit, dry_run=True)
    if not retry and all(one.has(chapter.path, chapter.blob) for chapter in book.chapters if chapter.path in paths):
        return False
    book, report = site.update(paths=paths, target=start.commit, retry=retry)
    plan = site.plan(book, report, one.pull.branch, start)
    plan = replace(plan, files=(*plan.files, *(() if theirs else records_on(site, one.pull.head))))
    base = one.pull.head if theirs else site.tip
    if not plan.files or site.deliver(plan, report, base=base) == one.pull.head:
        return False
    if theirs:
        _tell_news(site, one, plan.body)
    done.reports.append(report)
    done.renewed.append(site.open(plan) if not theirs else one.pull)
    return True


def _tell_news(site: Site, one: Own, body: str) -> None:
    """What was added on top of what people did: their pull request keeps its text, and a comment has the news."""
    text = f"{NEWS}, on top of the commits of others here.\n\n{body}"
    site.client.say(one.pull.number, text, lambda comment: comment.body == text)


# New ones


@dataclass(frozen=True, slots=True, kw_only=True)
class _Owed:
    """A chapter in the terms by which chapters are put in order."""

    path: str
    behind: int
    since: str
    characters: int
    work: Work


def _open_new(site: Site, limits: Limits, ours: Sequence[Own], done: Upkeep) -> None:
    book, survey = _arrange(site, limits, ours, done)
    records = harvest(site, ours)
    lanes = _chosen(done)
    if done.waiting or not _attempt(done, partial(_ask_at_once, site, lanes)):
        lanes = ()
    for lane in lanes:
        if not done.waiting:
            _attempt(done, partial(_open, site, lane, done, records))
        records = () if done.opened else records
    _attempt(done, partial(refuse_incomplete, book, survey))


def _ask_at_once(site: Site, lanes: Sequence[Lane]) -> None:
    """Let a service draft all lanes in one job. What each gets of it is known when it is asked again, lane by lane."""
    if site.asks_at_once and len(lanes) > 1:
        site.update(paths=[path for lane in lanes for path in lane.paths])


def _arrange(site: Site, limits: Limits, ours: Sequence[Own], done: Upkeep) -> tuple[Book, SyncReport]:
    """Look what is behind, and put it into pull requests that do not exist yet."""
    book, done.survey = site.update(dry_run=True)
    done.refused = {chapter.path: chapter.refusal for chapter in book.chapters if chapter.lack in CANNOT}
    refused = declined(ours)
    blobs = {chapter.path: chapter.blob for chapter in book.chapters}
    free = [
        work
        for work in _in_order(site, book, done.survey)
        if work.path not in done.places
        and not (work.path in refused and blobs[work.path].startswith(refused[work.path]))
    ]
    room = max(0, limits.open_pulls - len(set(done.places.values())))
    done.arrangement = arrange(free, room=room, taken=site.branches(), group_by=limits.group_by)
    return book, done.survey


def _in_order(site: Site, book: Book, survey: SyncReport) -> Iterable[Work]:
    """What is to be done, the most valuable first."""
    since = {chapter.path: chapter.since for chapter in book.chapters}
    results = {chapter.result.path: chapter.result for chapter in survey.chapters}
    owed = [
        _Owed(
            path=work.path,
            behind=sum(results[work.path].count(fate) for fate in Fate),
            since=since.get(work.path, ""),
            characters=results[work.path].characters,
            work=work,
        )
        for work in works(survey)
    ]
    return (one.work for one in ordered(owed, site.config.order, site.config.most_read))


def _chosen(done: Upkeep) -> tuple[Lane, ...]:
    """All that there is room for; where people have never seen one, only the smallest."""
    if not done.is_first:
        return done.arrangement.lanes
    first = smallest(done.arrangement.lanes)
    return (first,) if first else ()


def _open(site: Site, lane: Lane, done: Upkeep, records: Sequence[FileChange]) -> None:
    """Draft the chapters of a lane and open its pull request; ``records`` of earlier ones go along.

    Raises:
        AmtsError: it could not be done.
    """
    book, report = site.update(paths=lane.paths)
    plan = site.plan(book, report, lane.branch)
    if not plan.files:
        return
    plan = replace(plan, files=(*plan.files, *records))
    site.deliver(plan, report, base=site.tip)
    done.reports.append(report)
    done.opened.append(site.open(plan))
    done.places |= dict.fromkeys(lane.paths, done.opened[-1].number)
    site.say(f"{site.lang}: opened {done.opened[-1].url}")
