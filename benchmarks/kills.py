"""Kills a run over a whole fork at random moments, and looks at what it left.

    python -m benchmarks.kills [--times 50] [--seed 1] [--lang zh]

After each kill the fork must be as it was before, or have the complete result; and the same command must then give
that result. Needs ``git`` and ``../shared/data`` (next to this repository).
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "shared" / "data" / "fixtures"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lang", choices=("zh", "tr"), default="zh")
    arguments = parser.parse_args()
    if not FIXTURES.is_dir():
        print("benchmarks.kills: skipped, ../shared/data is not here")
        return 0
    with tempfile.TemporaryDirectory(prefix="amts-bench-") as folder:
        return _kill(Path(folder), arguments)


def _kill(folder: Path, arguments: argparse.Namespace) -> int:
    english, fork = folder / "en", folder / "fork"
    for name, place in (("en", english), ("fork", fork)):
        bundle = FIXTURES / arguments.lang / f"{name}.bundle"
        subprocess.run(["git", "clone", "--quiet", str(bundle), str(place)], check=True)
    command = [sys.executable, "-m", "bot.cli.main", "sync", "--source", str(english), "--target", str(fork)]
    command += ["--lang", arguments.lang, "--publish", "branch"]
    before = _look(fork)
    began = time.perf_counter()
    _run(command)
    whole, complete = time.perf_counter() - began, _look(fork)
    random.seed(arguments.seed)
    untouched = finished = wrong = 0
    for number in range(1, arguments.times + 1):
        _forget(fork)
        _run(command, seconds=random.uniform(0, whole * 1.05))
        left = _look(fork)
        untouched, finished = untouched + (left == before), finished + (left == complete)
        sound = subprocess.run(["git", "fsck", "--no-dangling"], cwd=fork, capture_output=True, check=False)
        _run(command)
        wrong += left not in (before, complete) or sound.returncode != 0 or _look(fork) != complete
        if number % 10 == 0:
            print(f"{number}: {untouched} as before, {finished} complete, {wrong} wrong", flush=True)
    print(f"{arguments.times} kills within {whole:.1f} s: {untouched} as before, {finished} complete, {wrong} wrong")
    return int(wrong > 0)


def _run(command: list[str], seconds: float | None = None) -> None:
    """Run the command, and kill it after some seconds."""
    process = subprocess.Popen(
        command, cwd=Path(__file__).parents[1], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _look(fork: Path) -> str:
    """What people would see: branches and the trees they hold, the files, the index."""
    shown = ["for-each-ref", "--format=%(refname) %(tree)"], ["status", "--porcelain"], ["ls-files", "--stage"]
    return "\n".join(_git(fork, *arguments) for arguments in shown)


def _forget(fork: Path) -> None:
    for name in _git(fork, "for-each-ref", "--format=%(refname:short)", "refs/heads/amts").split():
        _git(fork, "branch", "--quiet", "-D", name)


def _git(fork: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=fork, capture_output=True, check=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
