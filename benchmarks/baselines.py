"""How often the right English is found, and what a wrong one costs.

    python -m benchmarks.baselines [--saved]

Tables: forks whose X_origin.md is as it is, removed, or two revisions too old; updates as recorded, with the two
English texts they name to choose from, and with every version of a year of real history; chapters whose snapshot is
known to be stale, or not; and the confidence against being right. With --saved the forks are also brought up to date
from each baseline, and scored. What a fork's own record does not name (``rule: port``) was labelled by another
fingerprint, with the latest of equals, so that equals count as wrong there: the last column counts them as right. Needs
``../shared/data`` (next to this repository).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alignment.diff import diff
from alignment.markdown import parse
from alignment.model import Op
from sync.baselines.baseline import Baseline, Evidence, find_baseline
from sync.baselines.fit import fingerprint, votes
from sync.errors import BaselineNotFound
from sync.measure.events import Event, read_events
from sync.measure.score import score, summarize
from sync.model import RevisionPair
from sync.pipeline import update_chapter
from sync.repositories.repository import open_repository
from sync.repositories.revisions import File, Version

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DATA = Path(__file__).parents[2] / "shared" / "data"
LANGS = ("zh", "tr")
AS_IT_IS, REMOVED, TOO_OLD = "as it is", "removed", "two revisions older"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A translation, the versions that English had, and the one that it was made from."""

    name: str
    condition: str
    lang: str
    translation: str
    versions: tuple[str, ...]
    """Texts, newest first."""
    right: int
    snapshot: int | None
    event: Event | None = None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--saved", action="store_true")
    arguments = parser.parse_args()
    if not DATA.is_dir():
        print("benchmarks.baselines: skipped, ../shared/data is not here")
        return 0
    real = _history()
    cases = [*fixtures(), *events(), *real_history(real), *pairs(real)]
    found = [(case, find(case)) for case in cases]
    print(f"{'':<42}{'chapters':>9}{'found':>7}{'right':>7}{'share':>8}{'or as near':>12}")
    for condition in sorted({case.condition for case in cases}):
        _row(condition, [(case, base) for case, base in found if case.condition == condition])
    _confidence(found)
    if arguments.saved:
        _saved(found)
    return 0


def find(case: Case) -> Baseline | None:
    """The baseline that is found for a case."""
    versions = tuple(Version(str(number), f"c{number}", "") for number in range(len(case.versions)))
    evidence = Evidence(
        path=case.name,
        translation=case.translation,
        versions=versions,
        read=lambda version: case.versions[int(version.blob)],
        origin=None if case.snapshot is None else case.versions[case.snapshot],
        origin_blob="" if case.snapshot is None else str(case.snapshot),
    )
    try:
        return find_baseline(evidence)
    except BaselineNotFound:
        return None


def is_right(case: Case, base: Baseline | None) -> bool:
    """Whether it is the right one, or one between which and the right one nothing changed."""
    if base is None:
        return False
    right = case.versions[case.right]
    return base.text == right or all(
        change.op is Op.KEPT and not change.moved for change in diff(parse(base.text), parse(right)).changes
    )


def fixtures() -> Iterator[Case]:
    """The forks before and after their update, with the real history of English between."""
    known = {event.id: event for event in read_events(DATA)}
    for lang in LANGS:
        folder = DATA / "fixtures" / lang
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        with (
            open_repository(str(folder / "en.bundle")) as english,
            open_repository(str(folder / "fork.bundle")) as fork,
        ):
            files = fork.files(fork.resolve().id)
            paths = [chapter["path"] for chapter in manifest["chapters"]]
            history = english.versions(english.resolve().id, paths)
            for chapter in manifest["chapters"]:
                path = chapter["path"]
                blobs = [version.blob for version in history[path]]
                texts = tuple(english.text(File(path, blob)) for blob in blobs)
                before = fork.text(files[path])
                after = (folder / "truth" / path).read_text("utf-8")
                event = known.get(chapter["event"])
                yield from _conditions(chapter, lang, blobs, texts, (before, after), event)


def _conditions(
    chapter: dict[str, Any],
    lang: str,
    blobs: Sequence[str],
    texts: tuple[str, ...],
    translations: tuple[str, str],
    event: Event | None,
) -> Iterator[Case]:
    ends = (("before", "en_old", translations[0]), ("after", "en_new", translations[1]))
    for side, key, translation in ends:
        right = blobs.index(chapter[key]["blob"])
        for condition, snapshot in ((AS_IT_IS, right), (REMOVED, None), (TOO_OLD, right + 2)):
            if snapshot is None or snapshot < len(blobs):
                yield Case(
                    name=chapter["path"],
                    condition=f"{lang}, {side} the update, {condition}",
                    lang=lang,
                    translation=translation,
                    versions=texts,
                    right=right,
                    snapshot=snapshot,
                    event=event if side == "before" else None,
                )


def events() -> Iterator[Case]:
    """Both ends of every recorded update, with the two English texts to choose from."""
    for event in read_events(DATA):
        pair = event.pair
        for right, translation in ((1, pair.tgt_old), (0, event.human)):
            yield Case(
                name=event.id,
                condition=f"events, {pair.lang}, no snapshot",
                lang=pair.lang,
                translation=translation,
                versions=(pair.en_new, pair.en_old),
                right=right,
                snapshot=None,
            )


def _history() -> dict[str, dict[str, str]]:
    """A year of English: for each path the texts it had by their blobs, newest first."""
    with open_repository(str(DATA / "fixtures" / "replay" / "en.bundle")) as english:
        tip = english.resolve().id
        versions = english.versions(tip, english.files(tip))
        return {
            path: {version.blob: english.text(File(path, version.blob)) for version in found}
            for path, found in versions.items()
            if path.endswith(".md")
        }


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def real_history(real: dict[str, dict[str, str]]) -> Iterator[Case]:
    """Recorded updates whose English is in that year, with every version of it to choose from."""
    known = {event.id: event for event in read_events(DATA)}
    for row in _rows("events.jsonl"):
        event, texts = known[row["id"]], real.get(row["en_path"] if "en_path" in row else row["path"], {})
        for key, translation in (("en_old", event.pair.tgt_old), ("en_new", event.human)):
            if row[key]["blob"] in texts:
                yield Case(
                    name=row["id"],
                    condition=f"real history, {row['lang']}, {row['rule']}",
                    lang=row["lang"],
                    translation=translation,
                    versions=tuple(texts.values()),
                    right=list(texts).index(row[key]["blob"]),
                    snapshot=None,
                )


def pairs(real: dict[str, dict[str, str]]) -> Iterator[Case]:
    """Chapters of living forks beside which English lies, the one they were made from or older."""
    for row in _rows("pairs.jsonl"):
        is_stale = bool(row.get("origin_stale"))
        if (row.get("en") or {}).get("how") != "_origin.md" or (is_stale and "en_best" not in row["files"]):
            continue
        read = {name: (DATA / place).read_text("utf-8") for name, place in row["files"].items()}
        texts = real.get(row["path"], {})
        own, right = row["en"]["blob"], (row["en_best"] if is_stale else row["en"])["blob"]
        where = "of the year"
        if own not in texts or right not in texts:
            texts = {right: read["en_best"], own: read["en"]} if is_stale else {own: read["en"]}
            where = "as given"
        yield Case(
            name=row["path"],
            condition=f"{row['lang']} pairs, {'stale' if is_stale else 'good'}, {where}",
            lang=row["lang"],
            translation=read["tgt"],
            versions=tuple(texts.values()),
            right=list(texts).index(right),
            snapshot=list(texts).index(own),
        )


def is_as_near(case: Case, base: Baseline | None) -> bool:
    """Whether the translation has nothing that tells what was found from the right one."""
    if base is None:
        return False
    marks = (fingerprint(text) for text in (case.translation, base.text, case.versions[case.right]))
    mine, others = votes(*marks)
    return mine == others


def _row(name: str, found: Sequence[tuple[Case, Baseline | None]]) -> None:
    known = sum(base is not None for _, base in found)
    right = sum(is_right(case, base) for case, base in found)
    near = sum(is_as_near(case, base) for case, base in found)
    print(f"{name:<42}{len(found):>9}{known:>7}{right:>7}{right / len(found):>8.1%}{near / len(found):>12.1%}")


def _confidence(found: Sequence[tuple[Case, Baseline | None]]) -> None:
    bins: dict[str, list[bool]] = defaultdict(list)
    for case, base in found:
        if base is not None:
            low = next(edge for edge in (0.99, 0.95, 0.9, 0.8, 0.6, 0.0) if base.confidence >= edge)
            bins[f"{low:.2f} and more"].append(is_right(case, base))
    print(f"\n{'confidence':<42}{'chapters':>9}{'right':>7}{'share':>8}")
    for name in sorted(bins, reverse=True):
        print(f"{name:<42}{len(bins[name]):>9}{sum(bins[name]):>7}{sum(bins[name]) / len(bins[name]):>8.1%}")


def _saved(found: Sequence[tuple[Case, Baseline | None]]) -> None:
    from sync.bitext.memory import Memory
    from sync.engines import open_engine

    print(f"\n{'saved by an update from it':<42}{'chapters':>9}{'saved':>8}{'indel':>8}")
    scores = defaultdict(list)
    for case, base in found:
        if case.event is None:
            continue
        for name, text in ((case.condition, base.text if base else None), (f"{case.lang}, the right one", None)):
            right = name.endswith("the right one")
            pair = case.event.pair
            used = (
                pair
                if right
                else RevisionPair(
                    path=pair.path, lang=pair.lang, en_old=text or pair.en_old, en_new=pair.en_new, tgt_old=pair.tgt_old
                )
            )
            result = update_chapter(used, open_engine("local", pair.lang, Memory()))
            scores[name].append(score(case.event, result.text))
    for name, all_scores in scores.items():
        summary = summarize(all_scores)
        print(f"{name:<42}{len(all_scores):>9}{summary.saved:>8.3f}{summary.indel:>8.3f}")


if __name__ == "__main__":
    sys.exit(main())
