"""How well blocks and sentences are aligned: strict F1 on the gold, clean, drifted and really drifted.

    python -m benchmarks.alignment_gold [SET …] [--docs N]

Reads the gold, its scorer and its maker of drift in ``../shared`` (next to this repository).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).parents[2] / "shared"
GOLD = SHARED / "data" / "alignment"
SCORER = SHARED / "bench" / "alignment_score.py"
DRIFT = SHARED / "bench" / "alignment_stress.py"

CLEAN = ("vi", "zh", "tr", "vi-drift")
DRIFTED = tuple((name, variant) for name in ("vi", "zh", "tr") for variant in ("light", "move", "heavy"))
ROW = "{:<10} {:<7} {:<11} {:>7} {:>7} {:>7} {:>7} {:>9}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """F1 in percent, and time."""

    block: float
    sentence: float
    null_block: float
    null_sentence: float
    seconds: float
    """Per document, reading included."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"some of {', '.join(CLEAN)} (default: all)")
    parser.add_argument("--docs", type=int, default=0, metavar="N", help="only the first N documents of each set")
    arguments = parser.parse_args()
    if not GOLD.exists():
        print(f"skipped: {GOLD} is not there")
        return 0
    wanted = arguments.sets or CLEAN
    print(ROW.format("set", "variant", "units", "block", "sent", "null b", "null s", "s/doc"))
    with tempfile.TemporaryDirectory() as folder:
        for name in wanted:
            gold = _shorten(GOLD / name / "gold.jsonl", Path(folder) / name, arguments.docs)
            for units in (True, False):
                _report(name, "clean", gold, units=units)
            if name == "vi":
                _report_by_hand(gold)
        for name, variant in DRIFTED:
            if name in wanted:
                _report(name, variant, _drift(name, variant, Path(folder), arguments.docs), units=True)
    return 0


def _shorten(gold: Path, folder: Path, docs: int) -> Path:
    """The first documents of a set, with links to its files."""
    folder.mkdir(parents=True)
    for chapter in gold.parent.iterdir():
        if chapter.is_dir():
            (folder / chapter.name).symlink_to(chapter)
    lines = gold.read_text("utf-8").splitlines(keepends=True)
    short = folder / "gold.jsonl"
    short.write_text("".join(lines[: docs or None]), "utf-8")
    return short


def _drift(name: str, variant: str, folder: Path, docs: int) -> Path:
    out = folder / f"{name}-{variant}"
    only = ["--docs", str(docs)] if docs else []
    command = [str(DRIFT), str(GOLD / name / "gold.jsonl"), str(out), "--variant", variant, *only]
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
    return out / "gold.jsonl"


def _report(name: str, variant: str, gold: Path, *, units: bool) -> None:
    score = _score(gold, name.split("-")[0], units=units)
    numbers = (score.block, score.sentence, score.null_block, score.null_sentence)
    cells = [f"{number:.1f}" if number else "" for number in numbers]
    print(ROW.format(name, variant, "given" if units else "our own", *cells, f"{score.seconds:.3f}"), flush=True)


def _report_by_hand(gold: Path) -> None:
    """The beads that a reader aligned: the only fair sample of those that are not one to one."""
    only = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    for entry in only:
        entry["sent_links"] = [[*link[:2], int(len(link) > 3)] for link in entry["sent_links"]]
    by_hand = gold.with_name("by_hand.jsonl")
    by_hand.write_text("".join(f"{json.dumps(entry, ensure_ascii=False)}\n" for entry in only), "utf-8")
    _report("vi", "by hand", by_hand, units=True)


def _score(gold: Path, lang: str, *, units: bool) -> Score:
    """Align with the command itself, and score what it prints."""
    lines = gold.with_name("system.jsonl")
    command = [sys.executable, "-m", "bot.cli.main", "align", "--batch", str(gold), "--lang", lang]
    start = time.perf_counter()
    with lines.open("w", encoding="utf-8") as out:
        subprocess.run([*command, *(["--units"] if units else [])], check=True, stdout=out)
    seconds = time.perf_counter() - start
    scorer = [sys.executable, str(SCORER), str(gold), str(lines), "--json"]
    scored = subprocess.run(scorer, check=True, capture_output=True)
    total = json.loads(scored.stdout)["total"]
    strict, null = (
        {level: 100 * total[level][kind]["f1"] for level in ("block", "sent")} for kind in ("strict", "null")
    )
    return Score(
        block=strict["block"],
        sentence=strict["sent"],
        null_block=null["block"],
        null_sentence=null["sent"],
        seconds=seconds / len(gold.read_text("utf-8").splitlines()),
    )


if __name__ == "__main__":
    sys.exit(main())
