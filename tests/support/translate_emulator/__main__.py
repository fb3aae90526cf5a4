"""The emulator and an S3 server, by hand."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from sync.bitext.tmx import parse_tmx
from tests.support.s3 import S3Server
from tests.support.translate_emulator.clock import Clock
from tests.support.translate_emulator.content.translator import Translator
from tests.support.translate_emulator.emulator import Emulator
from tests.support.translate_emulator.settings import RATES, Limits, Pace
from tests.support.translate_emulator.signature import Keys

if TYPE_CHECKING:
    from collections.abc import Sequence

Pairs = dict[tuple[str, str], list[tuple[str, str]]]

EPILOG = """examples:
  python -m tests.support.translate_emulator --bucket books > aws.env &
      starts both and writes the lines for a shell into a file; then: . ./aws.env; aws translate list-languages
  python -m tests.support.translate_emulator --time-scale 600
      a job of ten minutes takes a second
  python -m tests.support.translate_emulator --base memory.tmx --base memories/
      translates with what these translation memories teach
  curl -d '{"operation": "StartTextTranslationJob", "effect": {"kind": "job_failed", "message": "No."}}' \\
      $AWS_ENDPOINT_URL_TRANSLATE/_emu/faults
      orders a fault; the effects are in faults.py, the other addresses in control.py
  curl -d '{"advance": 600}' $AWS_ENDPOINT_URL_TRANSLATE/_emu/clock
      moves the clock on by ten minutes
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    found = argparse.ArgumentParser(
        prog="python -m tests.support.translate_emulator",
        description="Emulates Amazon Translate and S3 on this machine until it is interrupted.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    found.add_argument("--port", type=int, default=0, help="of the emulator; a free one by default")
    found.add_argument("--region", default="us-east-1", help="where it says it is (default: %(default)s)")
    found.add_argument(
        "--time-scale",
        type=float,
        default=60.0,
        metavar="N",
        help="seconds of its clock in a real one; 0 is a clock that only /_emu/clock moves (default: %(default)g)",
    )
    found.add_argument(
        "--base",
        type=Path,
        action="append",
        default=[],
        metavar="FILE.tmx|DIR",
        help="translation memories that the service learns from; may be given more than once",
    )
    found.add_argument("--bucket", action="append", default=[], help="create a bucket; may be given more than once")
    found.add_argument("--rates", action="store_true", help="refuse more requests a second than the service takes")
    return found


def read_base(paths: Sequence[Path]) -> Pairs:
    """Sentence pairs by languages, each pair of languages once: from the first in a unit to the others."""
    files = [file for path in paths for file in (sorted(path.rglob("*.tmx")) if path.is_dir() else [path])]
    found: Pairs = {}
    for file in files:
        for unit in parse_tmx(file.read_bytes(), str(file)):
            (source, text), *others = unit.texts
            for target, translation in others:
                found.setdefault((_code(source), _code(target)), []).append((text, translation))
    return found


def _code(tag: str) -> str:
    """The code that the service has for a BCP-47 tag, as far as memories need it."""
    language = tag.split("-")[0].lower()
    return "zh-TW" if tag.lower() in ("zh-tw", "zh-hk", "zh-hant") else language


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs until SIGINT or SIGTERM."""
    asked = parser().parse_args(arguments)
    over = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: over.set())
    translator = Translator(read_base(asked.base))
    limits = Limits(rates=RATES if asked.rates else {})
    clock, keys = Clock(scale=asked.time_scale), Keys(region=asked.region)
    with (
        S3Server(region=asked.region) as s3,
        Emulator(
            s3.endpoint, port=asked.port, keys=keys, limits=limits, pace=Pace(), clock=clock, translator=translator
        ) as emulator,
    ):
        for name in asked.bucket:
            s3.bucket(name)
        for name, value in emulator.environment().items():
            print(f"export {name}={value}")
        print(f"# A role to pass: {emulator.role}", flush=True)
        over.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
