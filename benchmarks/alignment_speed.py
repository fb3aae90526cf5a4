"""How long alignment takes, and how much memory: a whole book, one chapter, and how both grow with a chapter's size.

    python -m benchmarks.alignment_speed [--lang vi]

Reads the chapters of the gold in ``../shared`` (next to this repository), parses, splits and aligns them with nothing
known before. A book of 170 chapters is made of those there are, some of them twice.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does

import argparse
import json
import resource
import sys
import time
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from alignment.aligner import align_all, align_sides, sentence_pairs
from alignment.lexicon import induce
from alignment.locales import load
from alignment.markdown import D2L, parse
from alignment.sides import cut

if TYPE_CHECKING:
    from collections.abc import Callable

    from alignment.sides import Side

GOLD = Path(__file__).parents[2] / "shared" / "data" / "alignment"
BOOK = 170
"""Chapters of the whole English book."""
ROW = "{:<34} {:>9} {:>10} {:>9} {:>9}"


@dataclass(frozen=True, slots=True)
class Texts:
    """A chapter and its translation."""

    source: str
    target: str

    def cut(self, lang: str) -> tuple[Side, Side]:
        return cut(parse(self.source), load("en"), D2L), cut(parse(self.target), load(lang), D2L)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lang", default="vi", help="a folder of the gold (default: vi)")
    lang = parser.parse_args().lang
    if not GOLD.exists():
        print(f"skipped: {GOLD} is not there")
        return 0
    chapters = _read(GOLD / lang)
    print(ROW.format("", "chapters", "characters", "CPU s", "peak MB"))
    sides = [chapter.cut(lang) for chapter in chapters]
    alignments = align_all(sides, D2L)
    pairs = (sentence_pairs(*both, found, D2L) for both, found in zip(sides, alignments, strict=True))
    lexicon = induce(pair for found in pairs for pair in found)
    median = sorted(chapters, key=lambda chapter: len(chapter.source))[len(chapters) // 2]
    _report("one chapter, lexicon known", [median], lambda: align_sides(*median.cut(lang), D2L, lexicon))
    for times in (1, 2, 4, 8):
        longer = Texts("\n".join([median.source] * times), "\n".join([median.target] * times))
        _report(f"one chapter, {times} times as long", [longer], lambda one=longer: align_sides(*one.cut(lang), D2L))
    book = list(islice(cycle(chapters), BOOK))
    _report("the whole book, nothing known", book, lambda: align_all([one.cut(lang) for one in book], D2L))
    return 0


def _read(folder: Path) -> list[Texts]:
    entries = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines()]
    return [Texts(*((folder / entry[side]["file"]).read_text("utf-8") for side in ("src", "tgt"))) for entry in entries]


def _report(label: str, chapters: list[Texts], work: Callable[[], object]) -> None:
    start = time.process_time()
    work()
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = sum(len(one.source) + len(one.target) for one in chapters)
    print(ROW.format(label, len(chapters), f"{size:,}", f"{seconds:.3f}", f"{peak:.0f}"), flush=True)


if __name__ == "__main__":
    sys.exit(main())
