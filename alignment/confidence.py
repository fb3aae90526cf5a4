"""How sure a link is: the share of links like it that are right.

What a link is worth says little by itself: a free translation shares few words with its English, and two paragraphs
on one subject share many. Its neighbours say more. Where the units before and after correspond too, a wrong link would
need a further mistake; most wrong links stand beside something that was left alone. The weights are those of a logistic
regression on links whose truth is known, of clean and of drifted texts; ``benchmarks/calibration.py`` fits them anew
and prints the share of wrong links by confidence.
"""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING, Final

from alignment.model import Alignment, Bead, Kind, Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from alignment.sides import Measured

LIMITS: Final = (-5.0, 6.0)
"""Scores beyond which more says no more."""

BLOCK_WEIGHTS: Final = (-0.15, 0.85, 0.49, 2.03, -1.77, -1.14)
"""Of one; the score; its negative part; neighbours that correspond (0 to 2); more than two blocks; a heading."""

SENTENCE_WEIGHTS: Final = (-4.81, 1.01, 2.8, -2.45, 0.8, 0.93)
"""Of one; the score; both neighbours linked; more than two sentences; the only bead; the blocks."""

MOST: Final = 4.0
"""Log-odds of the link of the blocks beyond which it says no more about their sentences."""


def rate(alignment: Alignment, source: Measured, target: Measured) -> Alignment:
    """The alignment with calibrated confidence, given one in which confidence is a squashed score."""
    features = block_features(alignment.links, source, target)
    links = []
    for link, seen in zip(alignment.links, features, strict=True):
        if seen is None:
            links.append(link)
            continue
        odds = _weigh(seen, BLOCK_WEIGHTS)
        rated = (_weigh((*one, min(odds, MOST)), SENTENCE_WEIGHTS) for one in sentence_features(link))
        sentences = tuple(
            Bead(bead.source, bead.target, _squash(next(rated))) if bead.source and bead.target else bead
            for bead in link.sentences
        )
        links.append(Link(Bead(link.blocks.source, link.blocks.target, _squash(odds)), sentences))
    return Alignment(tuple(links))


def block_features(links: Sequence[Link], source: Measured, target: Measured) -> Iterator[tuple[float, ...] | None]:
    """Of each link what ``BLOCK_WEIGHTS`` weigh; nothing for what is linked with nothing."""
    linked = {i: link.blocks.target for link in links if link.blocks.target for i in link.blocks.source}
    ends = len(source.blocks), len(target.blocks)
    for link in links:
        bead = link.blocks
        if not (bead.source and bead.target):
            yield None
            continue
        neighbours = ((bead.source[0] - 1, min(bead.target) - 1), (bead.source[-1] + 1, max(bead.target) + 1))
        score = _score(bead.confidence)
        yield (
            1.0,
            score,
            min(score, 0.0),
            float(sum(_correspond(i, j, linked, ends) for i, j in neighbours)),
            float(len(bead.source) + len(bead.target) > 2),
            float(source.blocks[bead.source[0]].kind is Kind.HEADING),
        )


def _correspond(i: int, j: int, linked: Mapping[int, Sequence[int]], ends: tuple[int, int]) -> bool:
    """Whether two neighbours of a link are linked with one another; the edges of both texts are, too."""
    outside = i in (-1, ends[0]), j in (-1, ends[1])
    return all(outside) if any(outside) else j in linked.get(i, ())


def sentence_features(link: Link) -> Iterator[tuple[float, ...]]:
    """Of each sentence bead with two sides what ``SENTENCE_WEIGHTS`` weigh, but for the odds of the blocks."""
    both = [bool(bead.source and bead.target) for bead in link.sentences]
    for place, bead in enumerate(link.sentences):
        if both[place]:
            score = _score(bead.confidence / max(link.blocks.confidence, 1e-9))
            yield (
                1.0,
                score,
                float(all(both[max(place - 1, 0) : place + 2])),
                float(len(bead.source) + len(bead.target) > 2),
                float(len(both) == 1),
            )


def _score(confidence: float) -> float:
    """The score that was squashed."""
    kept = min(max(confidence, _squash(LIMITS[0])), _squash(LIMITS[1]))
    return log(kept / (1 - kept))


def _weigh(features: Sequence[float], weights: Sequence[float]) -> float:
    return sum(feature * weight for feature, weight in zip(features, weights, strict=True))


def _squash(odds: float) -> float:
    return 1 / (1 + exp(-odds))
