"""How near an output is to what humans made of a chapter, and how near the chapter was before. Pure.

Distances count tokens. With substitutions they are Levenshtein's; without (*indel*) a draft that must be deleted and
typed anew counts as work made, not as work saved.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel, Levenshtein

from sync.measure.anchors import broken_anchors
from sync.measure.texts import lines, prose, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sync.measure.events import Event


@dataclass(frozen=True, slots=True)
class Way:
    """How many tokens are to be changed to come to the humans' text."""

    before: int
    """From the old translation."""
    after: int
    """From the output."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of some whole."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One output, as counts that can be added up."""

    saved: Way
    indel: Way
    prose: Way
    """By insertions and deletions, outside code cells and display math."""
    lost: Share
    """Of the lines that the humans kept: those that the output does not have."""
    lost_inside: Share
    """Of the tokens of prose that the humans kept on lines they changed: those that the output does not have there."""
    precision: Share
    """Of the old lines that the output changed: those that the humans changed, too."""
    recall: Share
    """Of the old lines that the humans changed: those that the output changed, too."""
    broken: tuple[str, ...]
    """Kinds of anchors of which the output has a wrong number."""

    @property
    def is_worse(self) -> bool:
        """Whether the output is farther from the humans' text than the old translation was."""
        return self.saved.after > self.saved.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The scores of some outputs, pooled. Of the first three 1 is the humans' text, 0 no help, less makes it worse."""

    events: int
    saved: float
    indel: float
    prose: float
    median: float
    """Of ``saved``, over the events."""
    worse: int
    """Events."""
    lost: float
    """This and the next: 0 is best, 1 is all."""
    lost_inside: float
    broken: int
    """Events."""
    precision: float
    recall: float


def score(event: Event, output: str) -> Score:
    """The score of an output for an event."""
    old, new = event.pair.tgt_old, event.human
    before, after, mine = lines(old), lines(new), lines(output)
    changed, changed_by_output = before - after, before - mine
    both = (changed & changed_by_output).total()
    return Score(
        saved=_way(Levenshtein.distance, old, output, new),
        indel=_way(Indel.distance, old, output, new),
        prose=_way(Indel.distance, prose(old), prose(output), prose(new)),
        lost=Share(((before & after) - mine).total(), (before & after).total()),
        lost_inside=_lost_inside(prose(old), prose(new), prose(output)),
        precision=Share(both, changed_by_output.total()),
        recall=Share(both, changed.total()),
        broken=broken_anchors(event, output),
    )


def _way(distance: Callable[[list[str], list[str]], int], old: str, output: str, new: str) -> Way:
    goal = tokens(new)
    return Way(distance(tokens(old), goal), distance(tokens(output), goal))


def _lost_inside(old: str, new: str, output: str) -> Share:
    """A translator's wording thrown away by retranslating: what was kept is the same tokens, wherever they stand."""
    before, after = lines(old), lines(new)
    kept = _words(before - after) & _words(after - before)
    return Share((kept - _words(lines(output) - (before & after))).total(), kept.total())


def _words(found: Counter[str]) -> Counter[str]:
    return Counter(tokens("\n".join(found.elements())))


def summarize(scores: Sequence[Score]) -> Summary:
    """The scores of at least one output, pooled: distances and lines are added up before they are divided."""
    one_by_one = [1 - way.after / way.before for way in (one.saved for one in scores) if way.before]
    return Summary(
        events=len(scores),
        saved=_gain([one.saved for one in scores]),
        indel=_gain([one.indel for one in scores]),
        prose=_gain([one.prose for one in scores]),
        median=median(one_by_one) if one_by_one else 0.0,
        worse=sum(one.is_worse for one in scores),
        lost=_ratio([one.lost for one in scores], 0.0),
        lost_inside=_ratio([one.lost_inside for one in scores], 0.0),
        broken=sum(bool(one.broken) for one in scores),
        precision=_ratio([one.precision for one in scores], 1.0),
        recall=_ratio([one.recall for one in scores], 1.0),
    )


def _gain(ways: Sequence[Way]) -> float:
    return 1 - _ratio([Share(way.after, way.before) for way in ways], 1.0)


def _ratio(shares: Sequence[Share], empty: float) -> float:
    """The share of all together; ``empty`` where there is nothing to have a share of."""
    whole = sum(share.whole for share in shares)
    return sum(share.part for share in shares) / whole if whole else empty
