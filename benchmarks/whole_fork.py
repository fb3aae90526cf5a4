"""Whole forks: time, memory and what is written, for a book in which nothing changed and for a year of real history.

    python -m benchmarks.whole_fork

First a made-up book of 1,000 chapters that is current, then the same with ten chapters changed: the cost grows with
what changed, but for an engine that learns from all of the book. Then real English history, v0.15.0 → v0.17.1, with
the English of the first tag as the fork. Needs ``git`` and, for the second, ``../shared/data`` (next to this
repository).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPLAY = Path(__file__).parents[2] / "shared" / "data" / "fixtures" / "replay" / "en.bundle"
CHAPTERS = 1_000
CHANGED = 10
PERSON = {f"GIT_{role}_{what}": "bench@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the program as a whole process."""

    seconds: float
    megabytes: float
    """Most memory it had at a time."""
    fields: dict[str, Any]


def main() -> int:
    print(f"{'':<44}{'seconds':>9}{'MB':>7}{'declared':>10}{'delivered':>11}{'skipped':>9}{'failed':>8}{'files':>7}")
    with tempfile.TemporaryDirectory(prefix="amts-bench-") as folder:
        _made_up(Path(folder))
        if REPLAY.is_file():
            _replay(Path(folder))
        else:
            print("the replay of English history: skipped, ../shared/data is not here")
    return 0


def _made_up(folder: Path) -> None:
    english, fork = folder / "en", folder / "fork"
    texts = {f"chapter_{number // 20}/part{number}.md": _chapter(number) for number in range(CHAPTERS)}
    _commit(english, texts, "first")
    beside = {path.replace(".md", "_origin.md"): text for path, text in texts.items()}
    _commit(fork, texts | beside, "translated")
    _row(f"{CHAPTERS} chapters, nothing changed", _sync(english, fork, "es", folder / "out0"))
    _commit(english, {path: f"{text}\nMore.\n" for path, text in list(texts.items())[:CHANGED]}, "second")
    for engine in ("echo", "local"):
        run = _sync(english, fork, "es", folder / f"out-{engine}", "--engine", engine)
        _row(f"{CHAPTERS} chapters, {CHANGED} changed, {engine}", run)


def _chapter(number: int) -> str:
    paragraphs = (f"This is paragraph {part} of chapter {number}, and it says $x_{part}$.\n" for part in range(40))
    return f"# Chapter {number}\n:label:`sec_{number}`\n\n" + "\n".join(paragraphs)


def _replay(folder: Path) -> None:
    english, fork = folder / "replay", folder / "replay-fork"
    _git(folder, "clone", "--quiet", str(REPLAY), str(english))
    _git(folder, "clone", "--quiet", str(REPLAY), str(fork))
    _git(fork, "checkout", "--quiet", "-B", "main", "v0.15.0")
    chapters = [path for path in fork.rglob("*.md") if not path.name.endswith("_origin.md")]
    _commit(
        fork,
        {str(path.relative_to(fork)).replace(".md", "_origin.md"): path.read_text("utf-8") for path in chapters},
        "t",
    )
    for engine in ("echo", "local"):
        run = _sync(english, fork, "es", folder / f"replay-{engine}", "--source-ref", "v0.17.1", "--engine", engine)
        _row(f"v0.15.0 to v0.17.1, {len(chapters)} chapters, {engine}", run)
    reasons = Counter(one["reason"].split(":")[0] for one in run.fields["chapters"] if one["reason"])
    for reason, times in reasons.most_common():
        print(f"    {times:>4} {reason[:100]}")
    totals = run.fields["totals"]
    print(f"    segments {totals}, characters {run.fields['cost']['characters']:,} of {run.fields['cost']['whole']:,}")


def _sync(source: Path, target: Path, lang: str, output: Path, *more: str) -> Run:
    given = ["sync", "--source", str(source), "--target", str(target), "--lang", lang, "--output", str(output)]
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli.main", *given, *more], stdout=subprocess.DEVNULL, cwd=Path(__file__).parents[1]
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status) not in {0, 7}:
        sys.exit(f"amts sync ended with {os.waitstatus_to_exitcode(status)}")
    fields = json.loads((output / "result.json").read_text("utf-8"))
    return Run(seconds=seconds, megabytes=usage.ru_maxrss / 1024, fields=fields)


def _row(name: str, run: Run) -> None:
    counts = (run.fields[key] for key in ("declared", "delivered", "skipped", "failed"))
    declared, delivered, skipped, failed = counts
    files = len(run.fields["files"])
    print(
        f"{name:<44}{run.seconds:>9.2f}{run.megabytes:>7.0f}{declared:>10}{delivered:>11}{skipped:>9}{failed:>8}{files:>7}"
    )


def _commit(folder: Path, files: dict[str, str], message: str) -> None:
    if not folder.is_dir():
        folder.mkdir()
        _git(folder, "init", "--quiet", "--initial-branch=main")
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8", newline="")
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", message)


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, env={**os.environ, **PERSON}, check=True)


if __name__ == "__main__":
    sys.exit(main())
