"""What became of a book, as the Markdown of a pull request: what needs a human first, everything else below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.quoting import block, code, contrast, heading, inline
from bot.sizing import LIMIT, Table, count, fill
from bot.upkeep.segments import short
from sync.model import Fate, Severity, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sync.baselines.baseline import Baseline
    from sync.model import Outcome
    from sync.report import ChapterReport, SyncReport

SHARES: Final = (0.35, 0.2, 0.05, 0.05, 0.1)
"""How much each of five tables may take: for a human, chapters, together, the whole book, left out. Segments get the
rest."""
SAVE: Final = "#@save"
"""The mark of a cell that d2lbook copies into the book's library."""
SAVED: Final = "cells of the library changed: it has to be built anew (`d2lbook build lib`)"

SHOWN: Final = 600
"""Characters shown of a text that is not compared with another."""

NO_BASELINE: Final = "–"

REST: Final = "the summary of the run has more, the diff of the files and `.amts/state` have all of it"
"""Where what does not fit can be found."""


def body(report: SyncReport, *, source: str, command: str, claim: str = "") -> str:
    """The body of the pull request.

    ``source`` is what the English repository is called, ``command`` what was run; ``claim``, unseen, stands at its end.
    """
    verdict, again = _verdict(report, source), _again(command)
    room = LIMIT - len(verdict) - len(again) - len(claim) - 20
    tables = (list(_human(report)), [_chapters(report)], [_together(report)], [_effects(report)], [_left_out(report)])
    human, *others = (fill(table, int(room * share), rest=REST) for share, table in zip(SHARES, tables, strict=True))
    chapters, together, effects, left_out = others
    segments = fill(list(_segments(report)), room - len(human) - sum(map(len, others)), rest=REST)
    human = human and f"### For a human first\n\n{human}"
    segments = segments and f"### What changed\n\n{segments}"
    parts = (verdict, human, chapters, together, effects, segments, left_out, again, claim)
    return "\n\n".join(part for part in parts if part) + "\n"


def _verdict(report: SyncReport, source: str) -> str:
    done = report.count(Status.DELIVERED) + report.count(Status.UNCHANGED)
    date = f" of {report.source.date[:10]}" if report.source.date else ""
    fates = ", ".join(f"{report.segments(fate):,} {fate}" for fate in Fate)
    share = f" ({report.characters / report.whole:.1%} of these chapters)" if report.whole else ""
    return (
        f"**{done} of {count(len(report.chapters), 'chapter')} {'follows' if done == 1 else 'follow'} "
        f"{inline(source)} `{report.source.short}`{date}; {_waiting(report)}.**\n\n"
        f"{_statuses(report)}. Changed segments: {fates}. {count(report.kept, 'segment')} did not change in English "
        f"and kept the translators' words. {count(report.characters, 'character')} went to an engine{share}."
        f"{_bill(report)}"
    )


def _bill(report: SyncReport) -> str:
    if not report.charges:
        return ""
    characters, dollars = (sum(getattr(one, name) for one in report.charges) for name in ("characters", "dollars"))
    counted = "" if all(one.settled for one in report.charges) else ", by our own count"
    return f" {count(characters, 'character')} were billed, about ${dollars:,.2f}{counted}."


def _waiting(report: SyncReport) -> str:
    pending = report.segments(Fate.PENDING)
    if not pending:
        return "nothing waits for a translation"
    return f"{count(pending, 'changed segment')} {'waits' if pending == 1 else 'wait'} for a translation"


def _statuses(report: SyncReport) -> str:
    found = ((status, report.count(status)) for status in Status)
    text = ", ".join(f"{number} {status}" for status, number in found if number)
    return f"{count(len(report.chapters), 'chapter')}: {text}" if text else "No chapters"


def _human(report: SyncReport) -> Iterator[Table]:
    """Failures first, then for each chapter what is pending and the warnings."""
    failed = [
        _row(code(chapter.result.path), inline(chapter.result.reason)) for chapter in report.having(Status.FAILED)
    ]
    if failed:
        yield Table(opening="| failed, and left as it was | why |\n|---|---|", size=len(failed), rows=failed)
    for chapter in report.having(Status.DELIVERED, Status.UNCHANGED):
        rows = [*_waiting_rows(chapter), *_warning_rows(chapter)]
        opening = (
            f"#### {code(chapter.result.path)}\n\n"
            "| line | id | what | English, or what is wrong | translation as it stands |\n|--:|---|---|---|---|"
        )
        yield Table(opening=opening, size=len(rows), rows=rows)


def _waiting_rows(chapter: ChapterReport) -> Iterator[str]:
    for outcome in chapter.result.outcomes:
        if outcome.fate is Fate.PENDING:
            yield _row(str(outcome.line), short(outcome), f"{outcome.op}, pending", *_pending(outcome))


def _warning_rows(chapter: ChapterReport) -> Iterator[str]:
    for found in chapter.result.diagnostics:
        if found.severity is not Severity.NOTE:
            what = f"{found.severity}: {inline(found.rule)}"
            yield _row(str(found.line), "", what, inline(found.message, cut=SHOWN), "")


def _pending(outcome: Outcome) -> tuple[str, str]:
    english = outcome.new_source or outcome.old_source
    note = f"<br>*{inline(outcome.note)}*" if outcome.note else ""
    standing = inline(outcome.new_target or outcome.old_target, cut=SHOWN) or "none yet"
    offer = f"<br>*draft, {outcome.confidence:.0%} sure:* {inline(outcome.offer, cut=SHOWN)}" if outcome.offer else ""
    return inline(english, cut=SHOWN) + note, standing + offer


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _chapters(report: SyncReport) -> Table:
    rows = [_chapter(chapter) for chapter in report.chapters if chapter.files]
    opening = (
        "### Chapters\n\n| chapter | kept | carried | drafted | pending | translated from | how we know |\n"
        "|---|--:|--:|--:|--:|---|---|"
    )
    return Table(opening=opening, size=len(rows), rows=rows)


def _chapter(chapter: ChapterReport) -> str:
    result = chapter.result
    counts = (str(result.kept), *(str(result.count(fate)) for fate in Fate))
    base = chapter.baseline
    return _row(code(result.path), *counts, _revision(base), _evidence(base))


def _together(report: SyncReport) -> Table:
    """What breaks the book if only a part of it is merged."""
    rows = [_row(str(len(group)), _paths(group)) for group in report.groups]
    opening = (
        "### Merged together\n\nThese need each other: take each row as a whole, or not at all.\n\n"
        "| chapters | which |\n|--:|---|"
    )
    return Table(opening=opening, size=len(rows), rows=rows)


def _effects(report: SyncReport) -> Table:
    """What an update means for more than its own chapters."""
    rows = [
        _row(code(chapter.result.path), SAVED)
        for chapter in report.having(Status.DELIVERED)
        if any(SAVE in text for one in chapter.result.outcomes for text in (one.old_source, one.new_source))
    ]
    opening = "### For the whole book\n\n| chapter | what follows from it |\n|---|---|"
    return Table(opening=opening, size=len(rows), rows=rows)


def _revision(baseline: Baseline | None) -> str:
    return f"`{baseline.commit[:8]}`" if baseline and baseline.commit else NO_BASELINE


def _evidence(baseline: Baseline | None) -> str:
    if baseline is None:
        return NO_BASELINE
    return f"{inline(baseline.reason) or baseline.how} ({baseline.confidence:.0%})"


def _segments(report: SyncReport) -> Iterator[Table]:
    """One folded table for each chapter: what changed in English and what changed in the translation, side by side."""
    for chapter in report.having(Status.DELIVERED):
        outcomes = [outcome for outcome in chapter.result.outcomes if outcome.fate is not Fate.PENDING]
        title = f"{heading(chapter.result.path)}: {count(len(outcomes), 'changed segment')}"
        opening = (
            f"<details><summary>{title}</summary>\n\n"
            "| line | id | English before | English after | translation before | translation after | from |\n"
            "|--:|---|---|---|---|---|---|"
        )
        yield Table(opening=opening, size=len(outcomes), rows=map(_segment, outcomes), closing="\n\n</details>")


def _segment(outcome: Outcome) -> str:
    english = contrast(outcome.old_source, outcome.new_source)
    translation = contrast(outcome.old_target, outcome.new_target)
    sure = f", {outcome.confidence:.0%}" if outcome.fate is Fate.DRAFTED else ""
    how = f"{outcome.fate}, {outcome.origin}{sure}" if outcome.fate is Fate.DRAFTED else f"{outcome.op}, {outcome.fate}"
    note = f"<br>{inline(outcome.note, cut=200)}" if outcome.note else ""
    return _row(str(outcome.line), short(outcome), *english, *translation, how + note)


def _left_out(report: SyncReport) -> Table:
    """What was not done, by reason, so that fifty chapters without a translation are one row."""
    reasons: dict[str, list[str]] = {}
    for chapter in report.having(Status.SKIPPED):
        reason = chapter.result.reason.replace(chapter.result.path, "X.md")
        reasons.setdefault(reason, []).append(chapter.result.path)
    rows = [_row(inline(reason), str(len(paths)), _paths(paths)) for reason, paths in reasons.items()]
    return Table(opening="### Left out\n\n| why | chapters | which |\n|---|--:|---|", size=len(rows), rows=rows)


def _paths(paths: Sequence[str]) -> str:
    shown = ", ".join(code(path) for path in paths[:20])
    return f"{shown} and {len(paths) - 20} more" if len(paths) > 20 else shown


def _again(command: str) -> str:
    promise = "The same texts give the same result, and a run with nothing to do changes nothing."
    return f"### To run this again\n\n{block(command, 'sh')}\n\n{promise}"


def changes(report: SyncReport, room: int) -> str:
    """Only the segments: first what a human has to look at, then what changed. At most ``room`` characters."""
    return fill([*_human(report), *_segments(report)], room, rest=REST)
