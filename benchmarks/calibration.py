"""How sure a link is, against how often it is right: the share of wrong links by confidence, on the gold.

    python -m benchmarks.calibration [--fit] [SET …]

A set is a folder of the gold and a variant of ``alignment_stress.py`` (``vi:heavy``). ``thin`` is a variant of our own:
some sentences of either side are taken out, since the gold has nearly no sentence without a counterpart. With ``--fit``
the weights of ``alignment/confidence.py`` are fitted anew on these sets, by logistic regression, and printed; without,
those in use are judged. Needs ``../shared`` (next to this repository).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from alignment import aligner
from alignment.confidence import BLOCK_WEIGHTS, MOST, SENTENCE_WEIGHTS, block_features, rate, sentence_features
from alignment.locales import load
from alignment.markdown import D2L
from alignment.model import PROSE
from benchmarks.alignment_gold import GOLD, _drift
from bot.cli.align import _given

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.model import Alignment
    from alignment.sides import Measured, Side

SETS = [f"{lang}:{variant}" for lang in ("vi", "zh", "tr") for variant in ("clean", "light", "heavy", "move", "thin")]
BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.01)
THINNED = {"src": 0.05, "tgt": 0.08}
"""Share of the sentences taken out, of paragraphs that have more."""

Units = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A link that the gold knows to be right or wrong."""

    level: str
    confidence: float
    features: tuple[float, ...]
    right: bool


class Truth:
    """What the gold says of one document, on one level."""

    def __init__(self, entry: dict[str, Any], level: str) -> None:
        self.sure = {(tuple(left), tuple(right)) for left, right, is_sure, *_ in entry[f"{level}_links"] if is_sure}
        known = [{unit for link in self.sure for unit in link[side]} for side in (0, 1)]
        self.known = known[0], known[1]
        blocks = [entry[side]["blocks"] for side in ("src", "tgt")]
        self.kinds = [
            [kind for *_, kind in of] if level == "block" else [of[block][2] for *_, block in entry[side]["sents"]]
            for of, side in zip(blocks, ("src", "tgt"), strict=True)
        ]

    def judge(self, units: Units) -> bool | None:
        """Whether a link is right; nothing where the gold does not care."""
        prose = any(self.kinds[side][unit] in PROSE for side in (0, 1) for unit in units[side])
        cares = any(unit in self.known[side] for side in (0, 1) for unit in units[side])
        return units in self.sure if prose and cares else None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=[*SETS, "vi-drift:clean"], metavar="SET")
    parser.add_argument("--fit", action="store_true", help="fit the weights anew, and judge by them")
    arguments = parser.parse_args()
    if not GOLD.exists():
        print(f"skipped: {GOLD} is not there")
        return 0
    judged = [one for name in arguments.sets for one in _judge(name)]
    for level, weights in (("block", BLOCK_WEIGHTS), ("sent", SENTENCE_WEIGHTS)):
        links = [one for one in judged if one.level == level]
        if arguments.fit:
            found = _fit(np.array([one.features for one in links]), np.array([one.right for one in links], dtype=float))
            print(f"\n{level}: in use {weights}, fitted {tuple(np.round(found, 2).tolist())}")
            odds = np.array([one.features for one in links]) @ found
            links = [replace(one, confidence=float(1 / (1 + np.exp(-x)))) for one, x in zip(links, odds, strict=True)]
        _print(level, links)
    return 0


def _judge(name: str) -> Iterator[Judged]:
    folder, variant = name.split(":")
    with tempfile.TemporaryDirectory() as out:
        made = variant not in ("clean", "thin")
        gold = _drift(folder, variant, Path(out), 0) if made else GOLD / folder / "gold.jsonl"
        entries = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
        if variant == "thin":
            entries = [_thinned(entry, random.Random(number)) for number, entry in enumerate(entries)]
        lang = folder.split("-")[0]
        sides = [
            tuple(_side(gold.parent, entry[side], tag) for side, tag in (("src", "en"), ("tgt", lang)))
            for entry in entries
        ]
    seen: list[tuple[Alignment, Measured, Measured]] = []
    aligner.rate = lambda *given: (seen.append(given), rate(*given))[1]  # type: ignore[assignment,func-returns-value]
    found = aligner.align_all(sides, D2L)  # type: ignore[arg-type]
    aligner.rate = rate
    for entry, before, alignment in zip(entries, seen[-len(entries) :], found, strict=True):
        yield from _links(entry, before, alignment)


def _side(folder: Path, side: dict[str, Any], tag: str) -> Side:
    return _given(folder, side, load(tag), D2L).side


def _thinned(entry: dict[str, Any], choice: random.Random) -> dict[str, Any]:
    """A document without some of its sentences, each of which had exactly one counterpart."""
    entry = json.loads(json.dumps(entry))
    for at, side in enumerate(("src", "tgt")):
        sentences, left = entry[side]["sents"], [0] * len(entry[side]["blocks"])
        for *_, block in sentences:
            left[block] += 1
        single = {link[at][0] for link in entry["sent_links"] if link[2] and len(link[0]) == len(link[1]) == 1}
        gone = set()
        for number in sorted(single):
            block = sentences[number][2]
            if left[block] > 1 and choice.random() < THINNED[side]:
                gone.add(number)
                left[block] -= 1
        kept = {number: place for place, number in enumerate(n for n in range(len(sentences)) if n not in gone)}
        entry[side]["sents"] = [sentences[number] for number in kept]
        for link in entry["sent_links"]:
            link[at] = [kept[number] for number in link[at] if number in kept]
    return entry


def _links(
    entry: dict[str, Any], before: tuple[Alignment, Measured, Measured], alignment: Alignment
) -> Iterator[Judged]:
    raw, source, target = before
    truths = Truth(entry, "block"), Truth(entry, "sent")
    features = block_features(raw.links, source, target)
    for link, unrated, seen in zip(alignment.links, raw.links, features, strict=True):
        if seen is None:
            continue
        right = truths[0].judge((link.blocks.source, link.blocks.target))
        if right is not None:
            yield Judged(level="block", confidence=link.blocks.confidence, features=seen, right=right)
        odds = min(sum(x * w for x, w in zip(seen, BLOCK_WEIGHTS, strict=True)), MOST)
        ours, theirs = source.sentences(link.blocks.source), target.sentences(link.blocks.target)
        linked = (bead for bead in link.sentences if bead.source and bead.target)
        for bead, one in zip(linked, sentence_features(unrated), strict=True):
            units = tuple(ours[i] for i in bead.source), tuple(theirs[j] for j in bead.target)
            right = truths[1].judge(units)
            if right is not None:
                yield Judged(level="sent", confidence=bead.confidence, features=(*one, odds), right=right)


def _fit(features: np.ndarray[Any, Any], right: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Logistic regression by Newton's method, held back a little from extreme weights."""
    weights = np.zeros(features.shape[1])
    hold = np.diag([0.0, *[1.0] * (len(weights) - 1)]) + 1e-9 * np.eye(len(weights))
    for _ in range(30):
        chance = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (right - chance) - hold @ weights
        curve = (features * (chance * (1 - chance))[:, None]).T @ features + hold
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def _print(level: str, links: Sequence[Judged]) -> None:
    print(f"\n{level}: {len(links)} links, {sum(not one.right for one in links)} wrong")
    print(f"{'confidence':<16}{'links':>8}{'mean':>8}{'right':>8}{'wrong':>7}")
    error = 0.0
    for low, high in pairwise(BINS):
        inside = [one for one in links if low <= one.confidence < high]
        if inside:
            mean = sum(one.confidence for one in inside) / len(inside)
            right = sum(one.right for one in inside) / len(inside)
            error += len(inside) / len(links) * abs(mean - right)
            label = f"{low:.3f} – {min(high, 1):.3f}"
            print(f"{label:<16}{len(inside):>8}{mean:>8.3f}{right:>8.3f}{sum(not one.right for one in inside):>7}")
    print(f"expected calibration error {error:.4f}")


if __name__ == "__main__":
    sys.exit(main())
