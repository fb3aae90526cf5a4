"""Finds the best translation: stacks of hypotheses by the number of words covered. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sync.engines.smt.phrase_table import APART, MONOTONE, SWAP
from sync.engines.smt.weights import DISTORTION, LANGUAGE_MODEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.engines.smt.language_model import LanguageModel
    from sync.engines.smt.options import Option
    from sync.engines.smt.weights import Weights

BEAM: Final = 30
LIMIT: Final = 6
"""Words that a phrase may be moved over."""
WORST: Final = -1e9


class Hypothesis:
    """A translation of some of the words."""

    __slots__ = ("before", "coverage", "end", "option", "score", "state", "total")

    def __init__(
        self, score: float, total: float, coverage: int, end: int, state: int, option: Option | None, before: Hypothesis | None
    ) -> None:
        self.score = score
        self.total = total
        self.coverage = coverage
        self.end = end
        self.state = state
        self.option = option
        self.before = before

    def options(self) -> list[Option]:
        """What it is made of, in the order of the target."""
        found: list[Option] = []
        one: Hypothesis | None = self
        while one is not None and one.option is not None:
            found.append(one.option)
            one = one.before
        return found[::-1]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What must be translated together, and what must not be passed: spans of words, and walls between words."""

    zones: tuple[tuple[int, int], ...] = ()
    walls: tuple[int, ...] = ()

    def allow(self, start: int, end: int) -> bool:
        """Whether a phrase lies within or around each zone and on one side of each wall."""
        if any(start < wall < end for wall in self.walls):
            return False
        return all(
            end <= first or start >= last or (start <= first and last <= end) or (first <= start and end <= last)
            for first, last in self.zones
        )

    def keeps(self, option: Option) -> bool:
        """Whether the words of each zone within a phrase become words of their own, side by side."""
        return all(_keeps(option, first, last) for first, last in self.zones)

    def window(self, coverage: int, size: int) -> tuple[int, int]:
        """The words from which the next phrase must come."""
        low, high = 0, size
        for wall in self.walls:
            if coverage & ((1 << wall) - 1) != (1 << wall) - 1:
                high = min(high, wall)
        for first, last in self.zones:
            mask = ((1 << (last - first)) - 1) << first
            if coverage & mask and coverage & mask != mask:
                low, high = max(low, first), min(high, last)
        return low, high


def _keeps(option: Option, first: int, last: int) -> bool:
    start, end = option.start, option.end
    if end <= first or start >= last:
        return True
    if first <= start and end <= last:
        return bool(option.target)
    inside = {j for i, j in option.links if first <= start + i < last}
    outside = {j for i, j in option.links if not first <= start + i < last}
    return bool(inside) and not any(min(inside) <= j <= max(inside) for j in outside)


class Decoder:
    """One search. ``options`` are by start, then by end, best first."""

    def __init__(
        self,
        size: int,
        options: Sequence[Sequence[tuple[int, Sequence[Option]]]],
        model: LanguageModel,
        weights: Weights,
        bounds: Bounds,
        *,
        beam: int = BEAM,
        limit: int = LIMIT,
    ) -> None:
        self.size = size
        self.options = options
        self.model = model
        self.bounds = bounds
        self.beam = beam
        self.limit = limit
        self.of_model = weights.values[LANGUAGE_MODEL]
        self.of_distortion = weights.values[DISTORTION]
        self.future = self._future()
        self.stacks: list[dict[tuple[int, int, int], Hypothesis]] = [{} for _ in range(size + 1)]
        self.floors = [WORST] * (size + 1)
        self.windows: dict[int, tuple[int, int]] = {}
        self.rest: dict[int, float] = {}

    def search(self) -> list[Hypothesis]:
        """Whole translations, best first; none where the bounds and the limit leave no way."""
        start = Hypothesis(0.0, self._rest(0), 0, 0, self.model.begin, None, None)
        self.stacks[0][0, 0, start.state] = start
        for covered in range(self.size):
            for hypothesis in self._kept(covered):
                self._expand(hypothesis)
            self.stacks[covered] = {}
        return sorted(map(self._ended, self.stacks[self.size].values()), key=lambda one: -one.score)

    def _ended(self, hypothesis: Hypothesis) -> Hypothesis:
        hypothesis.score += self.of_model * self.model.step(hypothesis.state, self.model.end)[0]
        if hypothesis.option is not None:
            hypothesis.score += hypothesis.option.after[MONOTONE if hypothesis.end == self.size else APART]
        return hypothesis

    def _kept(self, covered: int) -> list[Hypothesis]:
        return sorted(self.stacks[covered].values(), key=lambda one: -one.total)[: self.beam]

    def _future(self) -> list[list[float]]:
        """The best that each span may still bring, by start and end."""
        best = [[WORST] * (self.size + 1) for _ in range(self.size + 1)]
        for start, ends in enumerate(self.options):
            for end, options in ends:
                if options:
                    best[start][end] = options[0].hope
        for length in range(1, self.size + 1):
            for start in range(self.size - length + 1):
                end = start + length
                parts = [best[start][middle] + best[middle][end] for middle in range(start + 1, end)]
                best[start][end] = max([best[start][end], *parts])
        return best

    def _rest(self, coverage: int) -> float:
        """What the words not covered may still bring."""
        found = self.rest.get(coverage)
        if found is None:
            found, at = 0.0, 0
            while at < self.size:
                if coverage >> at & 1:
                    at += 1
                    continue
                first = at
                while at < self.size and not coverage >> at & 1:
                    at += 1
                found += self.future[first][at]
            self.rest[coverage] = found
        return found

    def _window(self, coverage: int) -> tuple[int, int]:
        found = self.windows.get(coverage)
        if found is None:
            found = self.windows[coverage] = self.bounds.window(coverage, self.size)
        return found

    def _expand(self, hypothesis: Hypothesis) -> None:
        coverage, last = hypothesis.coverage, hypothesis.end
        low, high = self._window(coverage)
        gap = _first_gap(coverage)
        stop = min(high, max(last, gap) + self.limit + 1, gap + self.limit + 1)
        for start in range(max(low, gap), stop):
            if coverage >> start & 1:
                continue
            jump = abs(start - last)
            if jump > self.limit and start != gap:
                continue
            for end, options in self.options[start]:
                if end > high or coverage >> start & ((1 << (end - start)) - 1):
                    break
                if start != gap and end - gap > self.limit + 1:
                    break
                self._extend(hypothesis, jump, options, coverage | ((1 << (end - start)) - 1) << start)

    def _extend(self, hypothesis: Hypothesis, jump: int, options: Sequence[Option], coverage: int) -> None:
        """Add each option of one span."""
        size = coverage.bit_count()
        stack, before = self.stacks[size], hypothesis.option
        step, memo = self.model.step, self.model.memo
        base = hypothesis.score + self.of_distortion * jump
        rest = self._rest(coverage)
        first = options[0]
        orientation = MONOTONE if first.start == hypothesis.end else APART
        if before is not None and first.end == before.start:
            orientation = SWAP
        if before is not None:
            base += before.after[orientation]
        of_model = self.of_model
        for option in options:
            score = base + option.score + option.before[orientation]
            if score + option.hope - option.score + rest < self.floors[size] - SLACK:
                continue
            state, gain = hypothesis.state, 0.0
            for word in option.words:
                found = memo[state].get(word) or step(state, word)
                gain += found[0]
                state = found[1]
            score += of_model * gain
            total = score + rest
            if total < self.floors[size]:
                continue
            key = coverage, option.end, state
            known = stack.get(key)
            if known is None or known.total < total:
                stack[key] = Hypothesis(score, total, coverage, option.end, state, option, hypothesis)
                if len(stack) > 4 * self.beam:
                    self._prune(size)

    def _prune(self, size: int) -> None:
        kept = sorted(self.stacks[size].items(), key=lambda item: -item[1].total)[: self.beam]
        self.stacks[size] = dict(kept)
        self.floors[size] = kept[-1][1].total


SLACK: Final = 0.3
"""How much better than without its neighbours the language model may find a phrase."""


def _first_gap(coverage: int) -> int:
    """The first word not covered."""
    return (~coverage & (coverage + 1)).bit_length() - 1
