"""Finds the best translation: stacks of hypotheses by the number of words covered. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sync.engines.smt.phrase_table import APART, MONOTONE, SWAP
from sync.engines.smt.weights import DISTORTION, LANGUAGE_MODEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.engines.smt.options import Option
    from sync.engines.smt.task import Task

BEAM: Final = 30
LIMIT: Final = 6
"""Words that a phrase may be moved over."""
WORST: Final = -1e9
SLACK: Final = 0.3
"""How much better than without its neighbours the language model may find a phrase."""


@dataclass(slots=True, eq=False)
class State:
    """A translation of some of the words."""

    score: float
    total: float
    """The score, and what the other words may still bring."""
    coverage: int
    """A bit for each word that is translated."""
    end: int
    """Behind the last word of the last phrase."""
    model: int
    """State of the language model."""
    option: Option | None = None
    before: State | None = None

    def options(self) -> list[Option]:
        """What it is made of, in the order of the target."""
        found: list[Option] = []
        one: State | None = self
        while one is not None and one.option is not None:
            found.append(one.option)
            one = one.before
        return found[::-1]


def search(task: Task, *, beam: int = BEAM) -> list[State]:
    """Whole translations of a segment, best first; from left to right where the bounds leave no other way."""
    return _Decoder(task, beam=beam, limit=LIMIT).search() or _Decoder(task, beam=beam, limit=0).search()


class _Decoder:
    """One search, in which no phrase is moved over more than ``limit`` words."""

    def __init__(self, task: Task, *, beam: int, limit: int) -> None:
        size = len(task.words)
        self.size = size
        self.options = task.options
        self.model = task.model
        self.bounds = task.bounds
        self.beam = beam
        self.limit = limit
        self.of_model = task.weights.values[LANGUAGE_MODEL]
        self.of_distortion = task.weights.values[DISTORTION]
        self.future = self._future()
        self.stacks: list[dict[tuple[int, int, int], State]] = [{} for _ in range(size + 1)]
        self.floors = [WORST] * (size + 1)
        self.windows: dict[int, tuple[int, int]] = {}
        self.rest: dict[int, float] = {}

    def search(self) -> list[State]:
        """Whole translations, best first; none where the bounds and the limit leave no way."""
        start = State(0.0, self._rest(0), 0, 0, self.model.begin)
        self.stacks[0][0, 0, start.model] = start
        for covered in range(self.size):
            for state in self._kept(covered):
                self._expand(state)
            self.stacks[covered] = {}
        return sorted(map(self._ended, self.stacks[self.size].values()), key=lambda one: -one.score)

    def _ended(self, hypothesis: State) -> State:
        hypothesis.score += self.of_model * self.model.step(hypothesis.model, self.model.end)[0]
        if hypothesis.option is not None:
            hypothesis.score += hypothesis.option.after[MONOTONE if hypothesis.end == self.size else APART]
        return hypothesis

    def _kept(self, covered: int) -> list[State]:
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

    def _expand(self, state: State) -> None:
        coverage, last = state.coverage, state.end
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
                self._extend(state, jump, options, coverage | ((1 << (end - start)) - 1) << start)

    def _extend(self, state: State, jump: int, options: Sequence[Option], coverage: int) -> None:
        """Add each option of one span, unless it is seen to be hopeless."""
        orientation = _orientation(state, options[0])
        base = state.score + self.of_distortion * jump
        if state.option is not None:
            base += state.option.after[orientation]
        rest = self._rest(coverage)
        size = coverage.bit_count()
        least = self.floors[size] - SLACK - base - rest
        for option in options:
            if option.hope + option.before[orientation] >= least:
                self._add(size, state, option, base + option.score + option.before[orientation], coverage, rest)

    def _add(self, size: int, before: State, option: Option, score: float, coverage: int, rest: float) -> None:
        memo, model, gain = self.model.memo, before.model, 0.0
        for word in option.words:
            chance, model = memo[model].get(word) or self.model.step(model, word)
            gain += chance
        score += self.of_model * gain
        total = score + rest
        if total < self.floors[size]:
            return
        stack = self.stacks[size]
        known = stack.get((coverage, option.end, model))
        if known is None or known.total < total:
            stack[coverage, option.end, model] = State(score, total, coverage, option.end, model, option, before)
            if len(stack) > 4 * self.beam:
                self._prune(size)

    def _prune(self, size: int) -> None:
        kept = sorted(self.stacks[size].items(), key=lambda item: -item[1].total)[: self.beam]
        self.stacks[size] = dict(kept)
        self.floors[size] = kept[-1][1].total


def _first_gap(coverage: int) -> int:
    """The first word not covered."""
    return (~coverage & (coverage + 1)).bit_length() - 1


def _orientation(state: State, option: Option) -> int:
    """How the words of an option stand to those of the phrase before it."""
    if state.option is not None and option.end == state.option.start:
        return SWAP
    return MONOTONE if option.start == state.end else APART
