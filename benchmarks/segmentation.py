"""How well sentences are split: hard cases, boundaries that people set, and speed.

    python -m benchmarks.segmentation [SET …] [--misses N] [--only PART …]

Reads ``../shared/data`` (next to this repository). Where ``sentencex`` and ``yasbd`` are
installed, they stand beside us.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, TypedDict

from alignment import segmentation
from alignment.locales import load
from alignment.markdown import D2L, parse, spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from alignment.model import Block

Splitter: TypeAlias = "Callable[[str, str], Sequence[str]]"
"""Text and language to sentences."""


class Side(TypedDict):
    """One side of a document of the gold; spans in code points."""

    file: str
    blocks: list[tuple[int, int, str]]
    sents: list[tuple[int, int, int]]


DATA: Final = Path(__file__).parents[2] / "shared" / "data"
SETS: Final = ("vi", "vi-drift", "zh", "tr")
PROSE: Final = ("para", "item")
END: Final = "‖"
ROUNDS: Final = 5


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"gold sets (default: {' '.join(SETS)})")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="show N boundaries of each disagreement")
    parser.add_argument("--only", nargs="*", choices=("cases", "gold", "speed"), default=("cases", "gold", "speed"))
    arguments = parser.parse_args()
    if not DATA.exists():
        print(f"skipped: {DATA} is not there")
        return 0
    splitters = {"ours": _ours, **_peers()}
    if "cases" in arguments.only:
        _report_cases(splitters)
    if "gold" in arguments.only:
        _report_gold(arguments.sets or SETS, splitters, arguments.misses)
    if "speed" in arguments.only:
        _report_speed(splitters)
    return 0


# --- splitters ---------------------------------------------------------------------------------------------------


def _ours(text: str, lang: str) -> list[str]:
    return [text[start:end] for start, end in segmentation.split(text, load(lang), D2L)]


def _peers() -> dict[str, Splitter]:
    found: dict[str, Splitter] = {}
    try:
        import sentencex  # type: ignore[import-not-found, unused-ignore]

        found["sentencex"] = lambda text, lang: list(sentencex.segment(lang, text))
    except ImportError:
        pass
    try:
        import yasbd  # type: ignore[import-not-found, unused-ignore]

        detectors = cache(yasbd.BoundaryDetector)
        found["yasbd"] = lambda text, lang: list(detectors(lang).segment(text))
    except ImportError:
        pass
    return found


# --- hard cases --------------------------------------------------------------------------------------------------


def _report_cases(splitters: dict[str, Splitter]) -> None:
    cases = list(_cases())
    for name, splitter in splitters.items():
        right: Counter[str] = Counter()
        for lang, given, expected in cases:
            found = [sentence.strip() for sentence in splitter(given, lang) if sentence.strip()]
            right[lang] += found == expected
            if found != expected and name == "ours":
                print(f"missed {lang}: {f' {END} '.join(found)}")
        total = Counter(lang for lang, _, _ in cases)
        per_language = "  ".join(f"{lang} {right[lang]}/{count}" for lang, count in total.items())
        print(f"cases {name:<10} {sum(right.values())}/{len(cases)}  {per_language}")


def _cases() -> Iterator[tuple[str, str, list[str]]]:
    """Language, text and sentences of each hard case."""
    for line in (DATA / "segmentation" / "hard-cases.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            lang, text = line.split("\t")
            joiner = "" if lang in ("zh", "ja", "ko") else " "
            yield lang, text.replace(END, joiner), [sentence.strip() for sentence in text.split(END)]


# --- boundaries that people set ----------------------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    """Boundaries of one side of one set."""

    agreed: int = 0
    ours: int = 0
    gold: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    shown: dict[str, list[str]] = field(default_factory=dict)

    @property
    def f1(self) -> float:
        return 200 * self.agreed / max(1, self.ours + self.gold)

    def add(self, text: str, ours: set[int], gold: set[int]) -> None:
        self.agreed += len(ours & gold)
        self.ours += len(ours)
        self.gold += len(gold)
        for place in sorted(ours ^ gold):
            kind = ("we split " if place in ours else "they split ") + _kind(text, place)
            self.kinds[kind] += 1
            before, after = text[max(0, place - 60) : place], text[place : place + 40]
            self.shown.setdefault(kind, []).append(f"{before}{END}{after}".replace("\n", " "))


def _report_gold(sets: Sequence[str], splitters: dict[str, Splitter], misses: int) -> None:
    for name in sets:
        folder = DATA / "alignment" / name
        documents = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines()]
        for side, lang in (("src", "en"), ("tgt", name.split("-")[0])):
            for splitter in splitters:
                tally = Tally()
                for document in documents:
                    sure = {number for link in document["sent_links"] if link[2] for number in link[side == "tgt"]}
                    _tally(tally, folder, document[side], sure, lang, splitters[splitter])
                print(f"gold  {splitter:<10} {name:<9} {lang}  F1 {tally.f1:.2f}  of {tally.gold} boundaries")
                if splitter == "ours":
                    _show(tally, misses)


def _tally(tally: Tally, folder: Path, side: Side, sure: set[int], lang: str, splitter: Splitter) -> None:
    """Compare the boundaries of blocks all of whose sentences the gold is sure of."""
    text = (folder / side["file"]).read_text("utf-8")
    sentences: dict[int, list[int]] = {}
    vague = {block for number, (_, _, block) in enumerate(side["sents"]) if number not in sure}
    for start, _, block in side["sents"]:
        sentences.setdefault(block, []).append(start)
    for number, (start, end, kind) in enumerate(side["blocks"]):
        if kind in PROSE and number in sentences and number not in vague:
            inner = text[start:end]
            lead = sum(len(block.lead) for block in parse(inner, D2L).blocks[:1])
            ours = {lead + place for place in _starts(inner[lead:], splitter(inner[lead:], lang))[1:]}
            tally.add(inner, ours, {place - start for place in sentences[number][1:]})


def _starts(text: str, sentences: Sequence[str]) -> list[int]:
    """Where sentences begin in a text."""
    found, at = [], 0
    for sentence in sentences:
        if body := sentence.strip():
            at = text.index(body, at)
            found.append(at)
            at += len(body)
    return found


def _kind(text: str, place: int) -> str:
    """What stands round a boundary: the last three signs before it, and what comes after."""
    before = text[:place].rstrip()
    word = before[-3:]
    shape = "".join(
        "a" if sign.islower() else "A" if sign.isalpha() else "0" if sign.isdigit() else sign for sign in word
    )
    after = text[place : place + 1]
    sort = "a" if after.islower() else "A" if after.isalpha() else "0" if after.isdigit() else after
    return f"{shape} {END} {sort}"


def _show(tally: Tally, misses: int) -> None:
    for kind, count in tally.kinds.most_common(25 if misses else 6):
        print(f"      {count:>4}  {kind}")
        for line in tally.shown[kind][:misses]:
            print(f"            {line}")


# --- speed -------------------------------------------------------------------------------------------------------


def _report_speed(splitters: dict[str, Splitter]) -> None:
    for lang in ("en", "zh", "tr", "pt"):
        blocks = [block for path in _chapters(lang) for block in parse(path.read_text("utf-8"), D2L).blocks]
        prose = [block for block in blocks if block.is_prose]
        size = sum(len(block.text) for block in prose) / 1e6
        cold = min(_seconds(prose, lang, cold=True) for _ in range(ROUNDS))
        warm = min(_seconds(prose, lang, cold=False) for _ in range(ROUNDS))
        peers = "".join(
            f"  {name} {size / _peer_seconds(run, prose, lang):.2f}"
            for name, run in splitters.items()
            if name != "ours"
        )
        print(f"speed {lang}  {size:.2f} MB  ours {size / cold:.2f} MB/s, markup known {size / warm:.2f}{peers}")


def _chapters(lang: str) -> list[Path]:
    if lang == "en":
        return sorted((DATA / "pairs").rglob("*.en.md"))
    return sorted(path for path in (DATA / "pairs" / lang).rglob("*.md") if not path.name.endswith(".en.md"))


def _seconds(blocks: Sequence[Block], lang: str, *, cold: bool) -> float:
    """What it takes to split all blocks; cold: markup is not known yet from an earlier reader of the same text."""
    locale = load(lang)
    spans.cache_clear()
    seconds = 0.0
    for block in blocks:
        if not cold:
            spans(block.text, D2L)
        seconds += _timed(lambda block=block: segmentation.segments(block, locale, D2L))  # type: ignore[misc]
    return seconds


def _peer_seconds(splitter: Splitter, blocks: Sequence[Block], lang: str) -> float:
    return _timed(lambda: [splitter(block.text, lang) for block in blocks])


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
