"""What a person at a terminal is told of a synchronization."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.cli.console import Console
    from sync.baselines.baseline import Baseline
    from sync.report import ChapterReport, SyncReport


def tell(report: SyncReport, fields: Mapping[str, Any], console: Console) -> None:
    """A row for each chapter that was worked on, a line for each reason to leave others out, and the totals."""
    from sync.model import Status

    rows = [chapter for chapter in report.chapters if chapter.files or chapter.result.status is Status.FAILED]
    if rows:
        _print_table(rows, fields["dry_run"], console)
    _print_reasons(report.having(Status.SKIPPED), console)
    for line in _totals(report, fields):
        console.print(line)


def _print_table(rows: list[ChapterReport], dry_run: bool, console: Console) -> None:
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    from bot.quoting import printable

    table = Table(box=SIMPLE, pad_edge=False)
    table.add_column("chapter", overflow="fold")
    for title in ("kept", "carried", *(("to draft",) if dry_run else ("drafted", "pending")), "characters", "of"):
        table.add_column(title, justify="right")
    table.add_column("from" if dry_run else "result", overflow="fold")
    for chapter in rows:
        cells = _counts(chapter, dry_run)
        last = origin_of(chapter.baseline) if dry_run else chapter.result.status
        table.add_row(Text(printable(chapter.result.path)), *cells, Text(printable(last)))
    console.rich().print(table)


def _counts(chapter: ChapterReport, dry_run: bool) -> tuple[str, ...]:
    from sync.model import Fate

    result = chapter.result
    drafted, pending = result.count(Fate.DRAFTED), result.count(Fate.PENDING)
    rest = (pending,) if dry_run else (drafted, pending)
    return tuple(f"{n:,}" for n in (result.kept, result.count(Fate.CARRIED), *rest, result.characters, result.whole))


def origin_of(baseline: Baseline | None) -> str:
    """The commit that a translation was made from, how that is known, and the confidence if it is not certain."""
    if baseline is None:
        return ""
    doubt = "" if baseline.confidence == 1.0 else f" {baseline.confidence:.0%}"
    return f"{baseline.commit[:8]} {baseline.how}{doubt}".strip()


def _print_reasons(skipped: tuple[ChapterReport, ...], console: Console) -> None:
    from bot.quoting import printable

    reasons: dict[str, list[str]] = {}
    for chapter in skipped:
        reason = chapter.result.reason.replace(chapter.result.path, "X.md")
        reasons.setdefault(reason, []).append(chapter.result.path)
    for reason, paths in reasons.items():
        which = ", ".join(paths[:3]) + (f" and {len(paths) - 3} more" if len(paths) > 3 else "")
        console.print(printable(f"skipped {len(paths)}: {reason} ({which})"))


def _totals(report: SyncReport, fields: Mapping[str, Any]) -> list[str]:
    from sync.model import Fate, Status

    counts = " + ".join(f"{report.count(status)} {status}" for status in Status)
    share = f" of {report.whole:,} ({report.characters / report.whole:.1%})" if report.whole else ""
    if fields["dry_run"]:
        sent = f"{report.characters:,} characters{share} to translate. Nothing was sent and nothing was written."
        return [f"{len(report.chapters)} chapters: {counts}", sent]
    fates = ", ".join(f"{report.segments(fate):,} {fate}" for fate in Fate)
    lines = [
        f"{len(report.chapters)} chapters declared = {counts}",
        f"Segments: {report.kept:,} kept, {fates}. {report.characters:,} characters{share} sent to {fields['engine']}.",
    ]
    if "billed" in fields["cost"]:
        lines.append(_bill(**fields["cost"]["billed"]))
    if "branch" in fields:
        lines.append(_branch(fields["branch"]))
    if "output" in fields:
        lines.append(f"Written to {fields['output']}: {len(report.files)} files, pull-request.md, result.json.")
    return lines


def _bill(characters: int, dollars: str, *, settled: bool) -> str:
    counted = "by the service's own count" if settled else "by our count, for the service does not say"
    return f"Billed: {characters:,} characters, about ${float(dollars):,.2f}, {counted}."


def _branch(branch: Mapping[str, Any]) -> str:
    if not branch["commit"]:
        return "No branch: the fork is up to date."
    state = "" if branch["new"] else ", as it was already"
    return f"Branch {branch['name']} at {branch['commit'][:8]}{state}."
