"""What became of a book → the pull request that says so: a value, which anybody may print, write or send. Pure."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from bot.model import PullRequestPlan
from bot.quoting import neutral
from bot.render import body
from sync.model import Fate, Status

if TYPE_CHECKING:
    from bot.upkeep.ours import Claim
    from sync.report import SyncReport

LABEL: Final = "amts"
PARTIAL: Final = "amts:partial"
"""Some chapters failed; the others are in the pull request."""

TITLE_AT_MOST: Final = 100
"""Characters of each of the two names in a title; GitHub takes 256 in all."""


def plan_pull_request(
    report: SyncReport, *, source: str, command: str, branch: str = "", claim: Claim | None = None
) -> PullRequestPlan:
    """The pull request for a report.

    ``source`` is what the English repository is called, ``command`` what was run; ``branch`` is where the files go,
    ``claim`` what the body says to later runs.
    """
    title = _title(report, source)
    labels = (LABEL, f"lang:{report.lang}", *((PARTIAL,) if report.count(Status.FAILED) else ()))
    return PullRequestPlan(
        title=title,
        branch=branch or f"amts/sync-{report.source.short}",
        message=f"{title}\n\n{_counts(report)}",
        body=body(report, source=source, command=command, claim=claim.to_marker() if claim else ""),
        labels=labels,
        files=report.files,
    )


def _title(report: SyncReport, source: str) -> str:
    changed = sum(report.segments(fate) for fate in Fate)
    segments = f"{changed} segment" + ("" if changed == 1 else "s")
    where = neutral(_where(report), cut=TITLE_AT_MOST)
    return f"[amts:{report.lang}] {where}: {segments} from {neutral(source, cut=TITLE_AT_MOST)}@{report.source.short}"


def _where(report: SyncReport) -> str:
    """The chapter, the folder that all chapters are in, or how many there are."""
    paths = [PurePosixPath(chapter.result.path) for chapter in report.chapters if chapter.files]
    folders = {path.parent for path in paths}
    if len(paths) == 1:
        return str(paths[0])
    if len(folders) == 1 and folders != {PurePosixPath()}:
        return str(folders.pop())
    return f"{len(paths)} chapters"


def _counts(report: SyncReport) -> str:
    fates = ", ".join(f"{report.segments(fate)} {fate}" for fate in Fate)
    chapters = ", ".join(f"{report.count(status)} {status}" for status in Status if report.count(status))
    return f"Chapters: {chapters or 'none'}.\nSegments: {report.kept} kept, {fates}."
