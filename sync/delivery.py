"""What is delivered of an update: the report of each chapter, the files it gives, and when a run ends red. Pure."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from sync.errors import BaselineNotFound, ChaptersFailed
from sync.model import ChapterResult, Diagnostic, Severity, Status
from sync.report import DONE, ChapterReport, Lack, SyncReport
from sync.repositories.paths import origin_path, state_path
from sync.repositories.revisions import FileChange
from sync.state import dump_state, next_state
from sync.wholeness.wholeness import keep_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sync.baselines.baseline import Baseline
    from sync.model import RevisionPair
    from sync.report import Book, Chapter


def update_book(book: Book, update: Callable[[Sequence[RevisionPair]], Sequence[ChapterResult]]) -> SyncReport:
    """Update the chapters whose English changed; ``update`` answers each pair with one result, in order.

    With nothing changed, ``update`` is not called at all.
    """
    began = time.perf_counter()
    kept = {chapter.path: chapter.kept for chapter in book.chapters}
    baselines = {chapter.path: chapter.baseline for chapter in book.chapters}
    results = {
        result.path: replace(
            result,
            outcomes=(*result.outcomes, *kept[result.path]),
            diagnostics=(*_doubts(baselines[result.path]), *result.diagnostics),
        )
        for result in (update(book.pairs) if book.pairs else ())
    }
    assert set(results) == {pair.path for pair in book.pairs}, "an update answers for each chapter it was given"
    chapters = tuple(_report(chapter, results, book) for chapter in book.chapters)
    report = keep_whole(SyncReport(lang=book.lang, source=book.source, target=book.target, chapters=chapters), book)
    report = replace(report, seconds=time.perf_counter() - began)
    assert len(book.chapters) == sum(map(report.count, Status)), "every declared chapter ends in one way"
    return report


def refuse_incomplete(book: Book, report: SyncReport) -> None:
    """End a run red that did not do what it was asked to; to be called when all that it did is written.

    Raises:
        ChaptersFailed: some chapters failed; the others are delivered.
        BaselineNotFound: of no translated chapter it is known which English it was made from.
    """
    failed = report.having(Status.FAILED)
    if failed:
        reasons = "\n".join(f"  {chapter.result.path}: {chapter.result.reason}" for chapter in failed)
        message = f"{len(failed)} of {len(report.chapters)} chapters failed and were left as they were:\n{reasons}"
        raise ChaptersFailed(message)
    known = [chapter for chapter in book.chapters if chapter.baseline or chapter.lack is Lack.BASELINE]
    if known and not any(chapter.baseline for chapter in known):
        message = (
            f"It is not known which English the translated chapters ({len(known)}) were made from.\n"
            "Keep that English beside each as X_origin.md, or name an English revision with --baseline."
        )
        raise BaselineNotFound(message)


def _doubts(baseline: Baseline | None) -> tuple[Diagnostic, ...]:
    """What people should look at before anything else: whether the right changes were looked for at all."""
    if baseline is None or baseline.is_enough:
        return ()
    message = f"translated from {baseline.commit[:8] or 'this'}? Only {baseline.confidence:.0%} sure: {baseline.reason}"
    return (Diagnostic(1, "baseline", Severity.WARNING, message),)


def _report(chapter: Chapter, results: Mapping[str, ChapterResult], book: Book) -> ChapterReport:
    if chapter.lives_on or chapter.removed:
        return _give_up(chapter, results, book)
    result = results.get(chapter.path)
    if result is None:
        return ChapterReport(result=_untouched(chapter, book.lang), baseline=chapter.baseline)
    if result.status is Status.UNCHANGED and chapter.follows:
        result = replace(result, status=Status.DELIVERED)
    files = _files(chapter, result, book) if result.status in DONE else ()
    return ChapterReport(result=result, baseline=chapter.baseline, files=files)


def _give_up(chapter: Chapter, results: Mapping[str, ChapterResult], book: Book) -> ChapterReport:
    """A path that English gave up goes with its files, but only when all that lives on elsewhere is there."""
    waiting = [path for path in chapter.lives_on if results[path].status not in DONE]
    there = (chapter.path, origin_path(chapter.path), state_path(chapter.path))
    files = () if waiting else tuple(FileChange(path, None) for path in there if path in book.fork)
    if waiting:
        reason = f"stays until {', '.join(waiting)} can take its text"
    else:
        reason = f"lives on as {', '.join(chapter.lives_on)}" if chapter.lives_on else "English removed it"
    status = Status.SKIPPED if waiting else Status.DELIVERED
    result = ChapterResult(path=chapter.path, lang=book.lang, status=status, text="", reason=reason)
    return ChapterReport(result=result, baseline=chapter.baseline, files=files)


def _untouched(chapter: Chapter, lang: str) -> ChapterResult:
    status = Status.SKIPPED if chapter.refusal else Status.UNCHANGED
    text = chapter.pair.tgt_old if chapter.pair else ""
    return ChapterResult(path=chapter.path, lang=lang, status=status, text=text, old_text=text, reason=chapter.refusal)


def _files(chapter: Chapter, result: ChapterResult, book: Book) -> tuple[FileChange, ...]:
    """The translation if it changed; its English and its state in any case, for the baseline has moved on."""
    assert chapter.pair is not None, "what was updated has its three texts"
    source = book.source
    state = next_state(chapter.left, result, source=chapter.english, commit=source.id, blob=chapter.blob)
    changed = result.text != chapter.pair.tgt_old or chapter.follows
    return (
        *((FileChange(chapter.path, result.text),) if changed else ()),
        *((FileChange(origin_path(chapter.path), chapter.english),) if book.keeps_english else ()),
        FileChange(state_path(chapter.path), dump_state(state)),
    )
