"""A synchronization as a program reads it: the content of ``result.json``. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sync.model import Fate, Status
from sync.records import result_fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.baselines.baseline import Baseline
    from sync.engines import Charge
    from sync.report import ChapterReport, SyncReport
    from sync.repositories.revisions import Commit

TOOL: Final = "amts sync"
VERSION: Final = 1


def report_fields(report: SyncReport, *, engine: str, dry_run: bool = False) -> dict[str, Any]:
    """Every chapter and the totals. ``declared`` is the sum of the four ways in which a chapter can end.

    In a dry run nothing was drafted, and ``pending`` counts what an engine would be asked for and what will stay
    pending in any case; ``characters`` is what it would be sent. Each of ``groups`` is merged as a whole or not at all.
    """
    counts = {str(status): report.count(status) for status in Status}
    return {
        "tool": TOOL,
        "version": VERSION,
        "dry_run": dry_run,
        "lang": report.lang,
        "engine": engine,
        "source": _commit(report.source),
        "target": _commit(report.target),
        "declared": sum(counts.values()),
        **counts,
        "totals": {"kept": report.kept, **{str(fate): report.segments(fate) for fate in Fate}},
        "cost": {
            "characters": report.characters,
            "whole": report.whole,
            "share": round(report.characters / report.whole, 4) if report.whole else 0.0,
            **({"billed": charge_fields(report.charges)} if report.charges else {}),
        },
        "seconds": round(report.seconds, 3),
        "chapters": [_chapter(chapter) for chapter in report.chapters],
        "groups": [list(group) for group in report.groups],
        "files": [file.path for file in report.files],
    }


def waiting_fields(lang: str, why: str) -> dict[str, Any]:
    """The result of a fork whose service is still at work: nothing was written, and a later run goes on."""
    return {"tool": TOOL, "version": VERSION, "lang": lang, "waiting": why}


def charge_fields(charges: Sequence[Charge]) -> dict[str, Any]:
    """What a service is paid for a run. ``settled``: by its own count, and not by ours."""
    return {
        "characters": sum(charge.characters for charge in charges),
        "dollars": str(sum(charge.dollars for charge in charges)),
        "settled": all(charge.settled for charge in charges),
    }


def _commit(commit: Commit) -> dict[str, str]:
    return {"commit": commit.id, "date": commit.date}


def _chapter(chapter: ChapterReport) -> dict[str, Any]:
    result = chapter.result
    return {
        "id": result.path,
        **result_fields(result),
        "whole": result.whole,
        "baseline": baseline_fields(chapter.baseline),
        "reason": result.reason,
    }


def baseline_fields(baseline: Baseline | None) -> dict[str, Any] | None:
    """Which English a translation was made from, and how sure that is."""
    if baseline is None:
        return None
    return {
        "commit": baseline.commit,
        "how": str(baseline.how),
        "confidence": baseline.confidence,
        "reason": baseline.reason,
    }
