"""The pull requests that a volunteer would get for a window of real English history, and how large each is.

    python -m benchmarks.pull_requests [--from v0.16.1] [--to v0.17.1]

The English of the first tag is the fork, so every chapter is translated and none has words of its own. ``segments``
need words; ``lines`` of the translation change, as far as they do without drafts. The pull request in which nothing
needs words has no limit; one of a single chapter, or of chapters that need each other, is not cut. Needs
``../shared/data`` (next to this repository) and ``git``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path

from bot.cli.settings import read_settings
from bot.cli.sync_fork import update_fork
from bot.upkeep.lanes import LINES, SEGMENTS, arrange, works
from sync.engines import Service
from sync.repositories.repository import open_repository

BUNDLE = Path(__file__).parents[2] / "shared" / "data" / "fixtures" / "replay" / "en.bundle"
ROW = "{:<46}{:>10}{:>10}{:>8}  {}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="first", default="v0.16.1", metavar="TAG")
    parser.add_argument("--to", dest="last", default="v0.17.1", metavar="TAG")
    arguments = parser.parse_args()
    if not BUNDLE.is_file():
        print("benchmarks.pull_requests: skipped, ../shared/data is not here")
        return 0
    with tempfile.TemporaryDirectory(prefix="amts-bench-") as folder:
        _report(Path(folder), arguments.first, arguments.last)
    return 0


def _report(folder: Path, first: str, last: str) -> None:
    fork = _fork(folder, first)
    began = time.perf_counter()
    with open_repository(str(BUNDLE)) as source, open_repository(str(fork)) as target:
        wishes = Namespace(
            source_ref=last, target_ref="", path=[], baseline="", engine="echo", memory=[], max_characters=None,
            dry_run=True, retry=False, profile=None, config=None, cache=None,
        )  # fmt: skip
        config = read_settings(wishes, target)
        service = Service(values={}, env={}, book="replay", say=lambda text: None)
        quiet = lambda title, total: nullcontext(lambda step: None)  # noqa: E731
        _, report = update_fork(wishes, source, target, config, "zh", quiet, service)
    found = arrange(works(report), room=10_000)
    print(ROW.format("branch", "chapters", "segments", "lines", "over the limits"))
    over = 0
    for lane in found.lanes:
        is_over = lane.segments > 0 and (lane.segments > SEGMENTS or lane.lines > LINES)
        over += is_over
        why = ("one chapter" if len(lane.paths) == 1 else "they need each other") if is_over else ""
        print(ROW.format(lane.branch, len(lane.paths), lane.segments, lane.lines, why))
    chapters = sum(len(lane.paths) for lane in found.lanes)
    print(
        f"{first} → {last}: {len(report.chapters)} chapters, {chapters} in {len(found.lanes)} pull requests, {over} "
        f"over the limits ({SEGMENTS} segments, {LINES} lines); {len(found.rewritten)} changed by more than half "
        f"or need one that did, and are told in the tracking issue; {time.perf_counter() - began:.0f} s"
    )


def _fork(folder: Path, tag: str) -> Path:
    """The English of a tag, with itself beside each chapter as what it was translated from."""
    fork = folder / "fork"
    subprocess.run(["git", "clone", "--quiet", str(BUNDLE), str(fork)], check=True)
    _git(fork, "checkout", "--quiet", "-B", "main", tag)
    for path in list(fork.rglob("*.md")):
        path.with_name(f"{path.stem}_origin.md").write_bytes(path.read_bytes())
    _git(fork, "add", "--all")
    _git(fork, "-c", "user.name=Bench", "-c", "user.email=bench@example.org", "commit", "--quiet", "-m", "translated")
    return fork


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True)


if __name__ == "__main__":
    sys.exit(main())
