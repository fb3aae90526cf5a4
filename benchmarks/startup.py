"""How long ``amts --help`` takes: what everybody waits for before every command.

python -m benchmarks.startup
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 11
GOAL = 0.3
"""Seconds."""
COMMAND = (sys.executable, "-m", "bot.cli.main", "--help")


def main() -> int:
    seconds = sorted(_measure() for _ in range(RUNS))
    median = statistics.median(seconds)
    print(f"amts --help: {median:.3f} s, median of {RUNS} ({seconds[0]:.3f} to {seconds[-1]:.3f}); goal {GOAL} s")
    return 0


def _measure() -> float:
    began = time.perf_counter()
    subprocess.run(COMMAND, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
