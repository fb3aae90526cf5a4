"""One chapter brought up to date, and what is to be said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment.diff import fold
from alignment.markdown import D2L
from sync.assemble import assemble
from sync.engines.echo import Echo
from sync.model import ChapterResult, RevisionPair
from sync.pipeline import draft, update_chapter
from sync.plan import plan_chapter

if TYPE_CHECKING:
    from alignment.markdown import Profile
    from sync.engines import Engine


def update(
    old: str, new: str, target: str, lang: str, engine: Engine | None = None, profile: Profile = D2L
) -> ChapterResult:
    """The chapter after an update; with the null engine unless another is given."""
    pair = RevisionPair(path="tea/pots.md", lang=lang, en_old=old, en_new=new, tgt_old=target)
    return update_chapter(pair, engine or Echo(), profile=profile)


def merge(old: str, new: str, target: str, lang: str, engine: Engine | None = None) -> ChapterResult:
    """The same without the short way for English that did not change: the whole machinery runs."""
    pair = RevisionPair(path="tea/pots.md", lang=lang, en_old=old, en_new=new, tgt_old=target)
    plan = plan_chapter(pair, D2L)
    return assemble(plan, draft(engine or Echo(), plan.jobs))


def remarks(result: ChapterResult) -> str:
    """What became of each change, a line each, and what else a reader is told."""
    fates = [f"{one.fate} {one.op}: {fold(one.new_source or one.old_source)}" for one in result.outcomes]
    found = [f"! {one.severity} {one.rule}: {one.message}" for one in result.diagnostics]
    return "\n".join((*fates, *found))
