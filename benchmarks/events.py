"""Recorded sync events: how much of the humans' work is saved, and whether anything is swallowed or done twice.

    python -m benchmarks.events [--grade gold] [--only NAME …]

Beside the two engines two ways to do without AMTS: nothing, and ``git merge-file`` on whole files, conflicts and all.
Needs ``../shared/data`` (next to this repository) and ``git``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from alignment.markdown import D2L
from sync.assemble import assemble
from sync.measure.events import read_events
from sync.measure.replay import group, replay
from sync.measure.score import score, summarize
from sync.measure.stale import find_stale
from sync.model import Fate, RevisionPair, Status
from sync.plan import plan_chapter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sync.measure.events import Event
    from sync.measure.replay import Played
    from sync.measure.score import Score, Summary

DATA = Path(__file__).parents[2] / "shared" / "data"
ENGINES = ("local", "echo")
NAMES = (*ENGINES, "nothing", "git merge-file")

SCORES = "{:<22}{:>7}{:>8}{:>8}{:>8}{:>8}{:>7}{:>8}{:>8}{:>8}{:>9}"
TITLES = ("", "events", "saved", "indel", "prose", "median", "worse", "lost", "inside", "broken", "seconds")
FATES = "{:<22}{:>9}{:>9}{:>9}{:>9}{:>7}{:>8}{:>8}{:>14}"
FATE_TITLES = ("", "carried", "drafted", "pending", "chars", "share", "failed", "stale", "second run")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What an engine left undone, and what a second run did."""

    failed: tuple[str, ...]
    """Chapters, and why."""
    stale: tuple[str, ...]
    """Segments whose English changed and whose translation is silently what it was."""
    again: tuple[str, ...]
    """Chapters that a second run would change, or for which it would ask an engine."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--grade", choices=("gold", "silver"), default="")
    parser.add_argument("--only", action="append", choices=NAMES, default=[], metavar="NAME", help=", ".join(NAMES))
    arguments = parser.parse_args()
    if not DATA.is_dir():
        print("benchmarks.events: skipped, ../shared/data is not there")
        return 0
    events = read_events(DATA, grade=arguments.grade)
    wanted = arguments.only or NAMES
    print(SCORES.format(*TITLES))
    engines = {name: _play(events, name) for name in ENGINES if name in wanted}
    baselines: dict[str, Callable[[Event], str]] = {"nothing": _nothing, "git merge-file": _merge_file}
    for name in (name for name in baselines if name in wanted):
        _print_baseline(events, name, baselines[name])
    for name, played in engines.items():
        _print_groups(name, played)
    print("\n" + FATES.format(*FATE_TITLES))
    for name, played in engines.items():
        _print_account(name, played)
    return 0


def _play(events: Sequence[Event], name: str) -> tuple[Played, ...]:
    played = replay(events, name, advance=_tell(len(events), name))
    _print_scores(name, summarize([one.score for one in played]), sum(one.seconds for one in played))
    return played


def _tell(total: int, name: str) -> Callable[[str], None]:
    """A counter on a terminal, and only there."""
    done = 0

    def advance(step: str) -> None:
        nonlocal done
        done += 1
        if sys.stderr.isatty():
            end = "\r" if done < total else "\r\033[K"
            print(f"{name}: {done} of {total}", end=end, file=sys.stderr, flush=True)

    return advance


def _print_scores(name: str, summary: Summary, seconds: float) -> None:
    saved = (f"{value:.3f}" for value in (summary.saved, summary.indel, summary.prose, summary.median))
    lost = (f"{value:.2%}" for value in (summary.lost, summary.lost_inside))
    print(
        SCORES.format(name, summary.events, *saved, summary.worse, *lost, summary.broken, f"{seconds:.1f}"), flush=True
    )


def _print_groups(name: str, played: Sequence[Played]) -> None:
    print()
    for one in group(played):
        if one.by in {"lang", "kind"}:
            seconds = sum(member.seconds for member in one.members)
            _print_scores(f"{name}, {one.name}", summarize([member.score for member in one.members]), seconds)


# --- ways to do without ------------------------------------------------------------------------------------------


def _print_baseline(events: Iterable[Event], name: str, update: Callable[[Event], str]) -> None:
    began = time.perf_counter()
    outputs = [(event, update(event)) for event in events]
    seconds = time.perf_counter() - began
    scores: list[Score] = [score(event, output) for event, output in outputs]
    _print_scores(name, summarize(scores), seconds)


def _nothing(event: Event) -> str:
    return event.pair.tgt_old


def _merge_file(event: Event) -> str:
    """The translation with what git can merge of the English change, and marks where it cannot."""
    pair = event.pair
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("translation", "old", "new")]
        for path, text in zip(paths, (pair.tgt_old, pair.en_old, pair.en_new), strict=True):
            path.write_bytes(text.encode("utf-8"))
        done = subprocess.run(["git", "merge-file", "--stdout", *paths], capture_output=True, check=False)
    return done.stdout.decode("utf-8")


# --- what was left undone, what is done twice --------------------------------------------------------------------


def _print_account(name: str, played: Sequence[Played]) -> None:
    account = _account(played)
    counts = (sum(one.result.count(fate) for one in played) for fate in Fate)
    characters = sum(one.result.characters for one in played)
    share = characters / sum(one.result.whole for one in played)
    failed, stale, again = len(account.failed), len(account.stale), f"{len(account.again)} of {len(played)}"
    print(FATES.format(name, *counts, characters, f"{share:.1%}", failed, stale, again))
    for title, found in (("failed", account.failed), ("stale", account.stale), ("changed again", account.again)):
        for line in found:
            print(f"  {title}: {line}")


def _account(played: Sequence[Played]) -> Account:
    failed = (one for one in played if one.result.status is Status.FAILED)
    stale = ((one, text) for one in played for text in find_stale(one.event.pair, one.result))
    return Account(
        failed=tuple(f"{one.event.id}: {one.result.reason}" for one in failed),
        stale=tuple(f"{one.event.id}: {' '.join(text.split())[:100]}" for one, text in stale),
        again=tuple(one.event.id for one in played if _is_done_again(one)),
    )


def _is_done_again(played: Played) -> bool:
    """Whether an update of the result to the same English changes it, or asks an engine anything.

    The whole machinery runs, without the short way that a pipeline takes where English did not change.
    """
    pair, text = played.event.pair, played.result.text
    plan = plan_chapter(
        RevisionPair(path=pair.path, lang=pair.lang, en_old=pair.en_new, en_new=pair.en_new, tgt_old=text), D2L
    )
    return bool(plan.jobs) or assemble(plan, {}).text != text


if __name__ == "__main__":
    sys.exit(main())
