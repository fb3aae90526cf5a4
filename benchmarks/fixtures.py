"""Both forks of the recorded data end to end, from bundles to the files of a pull request: time, memory, characters.

    python -m benchmarks.fixtures [LANG …]

Each runs in a process of its own, whose peak memory the system reports. Needs ``../shared/data`` (next to this
repository).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parents[2] / "shared" / "data" / "fixtures"
ROW = "{:<6}{:>10}{:>11}{:>8}{:>9}{:>10}{:>9}{:>9}{:>9}{:>9}{:>8}"
TITLES = ("", "chapters", "delivered", "failed", "carried", "drafted", "pending", "chars", "share", "seconds", "MB")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A run of ``amts sync``."""

    result: dict[str, Any]
    """As it says itself."""
    seconds: float
    """From the start of the process to its end."""
    megabytes: float
    """The most that it held at once."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("langs", nargs="*", metavar="LANG", help="some of the fixtures (default: all)")
    arguments = parser.parse_args()
    if not FIXTURES.is_dir():
        print("benchmarks.fixtures: skipped, ../shared/data/fixtures is not there")
        return 0
    found = sorted(path.parent.name for path in FIXTURES.glob("*/fork.bundle"))
    print(ROW.format(*TITLES))
    for lang in arguments.langs or found:
        _print_row(lang, _measure(lang))
    return 0


def _measure(lang: str) -> Measured:
    bundles = FIXTURES / lang
    with tempfile.TemporaryDirectory() as folder:
        repositories = ("--source", bundles / "en.bundle", "--target", bundles / "fork.bundle")
        output = Path(folder) / "result"
        command = (sys.executable, "-m", "bot.cli.main", "sync", *repositories, "--lang", lang, "--output", output)
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        result = json.loads((output / "result.json").read_text("utf-8"))
    return Measured(result=result, seconds=seconds, megabytes=usage.ru_maxrss / _UNITS_PER_MEGABYTE)


_UNITS_PER_MEGABYTE = 1e6 if sys.platform == "darwin" else 1e3


def _print_row(lang: str, measured: Measured) -> None:
    result = measured.result
    totals, cost = result["totals"], result["cost"]
    counts = (result["declared"], result["delivered"], result["failed"])
    fates = (totals["carried"], totals["drafted"], totals["pending"])
    share, seconds = f"{cost['share']:.1%}", f"{measured.seconds:.1f}"
    print(
        ROW.format(lang, *counts, *fates, cost["characters"], share, seconds, f"{measured.megabytes:.0f}"), flush=True
    )


if __name__ == "__main__":
    sys.exit(main())
