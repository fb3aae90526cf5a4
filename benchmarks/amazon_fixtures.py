"""Both forks of the recorded data through the emulator of Amazon Translate, from bundles to files of a pull request.

    python -m benchmarks.amazon_fixtures [LANG …]

Each fork once with the engine ``local`` and once with ``amazon``, each in a process of its own, whose peak memory the
system reports. Then what the service has billed, by its own count, beside what it would bill for those chapters whole
(the same count: text without code, formulas and addresses), and its requests, by operation. ``sent`` and ``whole`` are
the characters of the segments that an engine is asked for, and of the prose of the chapters, with their markup.

The translations are not judged here: the emulator turns letters. Its clock runs fast, so that the seconds are those of
the program. Needs ``../shared/data`` (next to this repository), and moto[s3] with flask and flask-cors.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from alignment.locales import load
from alignment.markdown import D2L, parse
from alignment.segmentation import segments
from benchmarks.fixtures import FIXTURES
from sync.engines.amazon.batch import documents_of
from sync.model import Job
from sync.repositories.repository import open_repository
from tests.support.amazon_fork import Turned, settings
from tests.support.s3 import S3Server
from tests.support.translate_emulator import Clock, Emulator, Pace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FAST: Final = 600.0
"""Seconds of the emulator's clock in a real one."""
ROW: Final = "{:<6}{:<8}{:>9}{:>10}{:>8}{:>9}{:>9}{:>9}{:>9}{:>9}{:>8}{:>7}"
TITLES: Final = (
    "",
    "engine",
    "chapters",
    "delivered",
    "failed",
    "carried",
    "drafted",
    "pending",
    "sent",
    "whole",
    "seconds",
    "MB",
)
UNITS_PER_MEGABYTE: Final = 1e6 if sys.platform == "darwin" else 1e3


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A run of ``amts sync``."""

    result: Mapping[str, Any]
    """As it says itself."""
    seconds: float
    megabytes: float
    """The most that it held at once."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("langs", nargs="*", metavar="LANG", help="some of the fixtures (default: all)")
    arguments = parser.parse_args()
    if not FIXTURES.is_dir():
        print("benchmarks.amazon_fixtures: skipped, ../shared/data/fixtures is not there")
        return 0
    print(ROW.format(*TITLES))
    for lang in arguments.langs or sorted(path.parent.name for path in FIXTURES.glob("*/fork.bundle")):
        _print_row(lang, "local", _measure(lang, ("--engine", "local"), {}))
        with S3Server() as s3, _emulator(s3) as emulator:
            _print_row(lang, "amazon", measured := _with_account(lang, s3, emulator))
            _print_account(lang, measured, emulator)
    return 0


def _emulator(s3: S3Server) -> Emulator:
    return Emulator(s3.endpoint, clock=Clock(scale=FAST), pace=Pace(), translator=Turned())


def _with_account(lang: str, s3: S3Server, emulator: Emulator) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder, "account.yml")
        config.write_text(settings(s3.bucket("books"), emulator.role, poll_seconds=5), "utf-8")
        return _measure(lang, ("--engine", "amazon", "--config", str(config)), emulator.environment())


def _measure(lang: str, engine: Sequence[str], env: Mapping[str, str]) -> Measured:
    bundles = FIXTURES / lang
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "result"
        repositories = ("--source", bundles / "en.bundle", "--target", bundles / "fork.bundle")
        command = (sys.executable, "-m", "bot.cli.main", "sync", *repositories, "--lang", lang, "--output", output)
        began = time.perf_counter()
        process = subprocess.Popen((*command, *engine), stdout=subprocess.DEVNULL, env={**os.environ, **env})
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        result = json.loads((output / "result.json").read_text("utf-8"))
    return Measured(result=result, seconds=seconds, megabytes=usage.ru_maxrss / UNITS_PER_MEGABYTE)


def _print_row(lang: str, engine: str, measured: Measured) -> None:
    result = measured.result
    totals, cost = result["totals"], result["cost"]
    counts = (result["declared"], result["delivered"], result["failed"])
    fates = (totals["carried"], totals["drafted"], totals["pending"])
    usage = (f"{measured.seconds:.1f}", f"{measured.megabytes:.0f}")
    print(ROW.format(lang, engine, *counts, *fates, cost["characters"], cost["whole"], *usage), flush=True)


def _print_account(lang: str, measured: Measured, emulator: Emulator) -> None:
    """What the service has seen and billed."""
    billed = Counter[str]()
    for bill in emulator.bills:
        billed["in jobs with parallel data" if bill.with_examples else "in real time"] += bill.characters
    sent = [one["id"] for one in measured.result["chapters"] if one["drafted"] + one["pending"]]
    whole = _whole(lang, measured.result["source"]["commit"], sent)
    for way, characters in sorted(billed.items()):
        print(
            f"{lang}: billed {characters:,} characters {way}: {characters / whole:.1%} of {whole:,}, the chapters whole"
        )
    print(f"{lang}: {billed.total() / len(sent):,.0f} characters a chapter, of {len(sent)} chapters with such segments")
    requests = Counter(operation for operation, _ in emulator.requests)
    print(f"{lang}: {requests.total()} requests, {requests.total() / len(sent):.2f} a chapter:")
    for operation, number in requests.most_common():
        print(f"{lang}:   {number:>4} {operation}")


def _whole(lang: str, commit: str, paths: Sequence[str]) -> int:
    """Characters that the service would bill for some chapters of the English book."""
    jobs = []
    with open_repository(str(FIXTURES / lang / "en.bundle")) as english:
        files = english.files(commit)
        for path in paths:
            blocks = parse(english.text(files[path]), D2L).blocks
            texts = [segment.text for block in blocks for segment in segments(block, load("en"), D2L)]
            jobs += [Job(id=f"{path}:{number}:0", lang=lang, source=text) for number, text in enumerate(texts)]
    return sum(document.characters for document in documents_of(jobs, D2L))


if __name__ == "__main__":
    sys.exit(main())
