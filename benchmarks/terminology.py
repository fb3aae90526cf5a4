"""How well people and Amazon Translate follow the glossaries of the forks, and how long telling so takes.

    python -m benchmarks.terminology [--contested] [--sample N]

Reads ``../shared/data`` (next to this repository): the glossaries of the forks, chapters that people translated, and
recorded raw output of Amazon Translate. ``--contested`` lists the terms that are mostly put otherwise, ``--sample``
prints N random findings of each row, to be judged by a reader.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alignment.markdown import D2L
from sync.bitext.sources import read_chapters
from sync.bitext.terminology.passages import passages_of
from sync.bitext.terminology.reading import read_terms
from sync.bitext.terminology.usage import Fate, departures, records_of, uses_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sync.bitext.terminology.model import TermBase
    from sync.bitext.terminology.usage import Record

DATA: Final = Path(__file__).parents[2] / "shared" / "data"
GLOSSARIES: Final = {
    "zh": "d2l-zh.TERMINOLOGY.md",
    "tr": "d2l-tr.TERMINOLOGY.md",
    "vi": "d2l-vi.glossary.md",
    "ko": "d2l-ko.TERMINOLOGY.md",
}
ROW: Final = "{:<5} {:<14} {:>8} {:>6} {:>5} {:>5} {:>9} {:>8} {:>8} {:>9} {:>10} {:>8}"
SEED: Final = 1

Chapter = tuple[str, str, str]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contested", action="store_true", help="list the contested terms")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="print N random findings of each row")
    arguments = parser.parse_args()
    if not DATA.exists():
        print(f"skipped: {DATA} is not there")
        return 0
    titles = ("lang", "text", "chapters", "pairs", "terms", "used", "uses", "followed", "findings", "no trace")
    print(ROW.format(*titles, "contested", "seconds"))
    for lang, file in GLOSSARIES.items():
        base = read_terms((DATA / "terminology" / file).read_text("utf-8"), lang)
        for name, chapters in _texts(lang):
            records = _row(lang, name, chapters, base)
            if arguments.contested:
                _list_contested(records)
            _print_sample(records, arguments.sample)
    return 0


def _texts(lang: str) -> Iterator[tuple[str, list[Chapter]]]:
    pairs = DATA / "pairs" / lang
    if pairs.is_dir():
        yield "people", [(one.path, one.english, one.translation) for one in read_chapters(pairs, pairs)]
    folders = sorted(path for path in (DATA / "amazon" / lang).iterdir() if path.is_dir())
    yield "people's edit", [_read(folder, "human") for folder in folders]
    yield "raw Amazon", [_read(folder, "amazon") for folder in folders]


def _read(folder: Path, name: str) -> Chapter:
    own = folder / f"{name}_en.md"
    english = own if own.exists() else folder / "en.md"
    return folder.name, english.read_text("utf-8"), (folder / f"{name}.md").read_text("utf-8")


def _row(lang: str, name: str, chapters: Sequence[Chapter], base: TermBase) -> tuple[Record, ...]:
    start = time.perf_counter()
    passages = passages_of(chapters, lang)
    records = records_of(uses_of(base, passages, D2L))
    seconds = time.perf_counter() - start
    uses = [use for record in records for use in record.uses]
    followed, traceless = (sum(use.fate is fate for use in uses) for fate in (Fate.FOLLOWED, Fate.NO_TRACE))
    counts = (len(chapters), len(passages), len(base.translated), len(records), len(uses))
    share = f"{followed / max(len(uses), 1):.1%}"
    contested = sum(record.contested for record in records)
    findings = sum(1 for _ in departures(records))
    print(ROW.format(lang, name, *counts, share, findings, traceless, contested, f"{seconds:.1f}"))
    return records


def _list_contested(records: Sequence[Record]) -> None:
    for record in records:
        if record.contested:
            mostly, times = record.mostly
            expected = " or ".join(record.uses[0].expected)
            print(
                f"      {record.terms[0].source}: {expected} in {record.followed} of {len(record.uses)}"
                f"{f', mostly {mostly} ({times})' if mostly else ''}"
            )


def _print_sample(records: Sequence[Record], count: int) -> None:
    found = list(departures(records))
    for use in random.Random(SEED).sample(found, min(count, len(found))):
        print(f"    {use.fate}: {use.english}: expected {' or '.join(use.expected)}, has {use.instead}")
        print(f"        {use.passage.source}\n        {use.passage.target}")


if __name__ == "__main__":
    sys.exit(main())
