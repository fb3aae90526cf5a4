"""How much of a translation a human will have to change, as far as the search itself tells. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING, Final

from sync.engines.smt.unmasking import legible
from sync.engines.smt.weights import EXAMPLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sync.engines.smt.decoder import State
    from sync.engines.smt.model import Model
    from sync.engines.smt.options import Option
    from sync.engines.smt.task import Task

SEEN: Final = 1.5
"""Places from which a phrase pair counts as seen more than once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """A translation of one segment."""

    text: str
    """Markdown, in one line."""
    masked: str
    """The same with a character in the place of each piece of markup, numbered as in the masked source."""
    score: float
    """Of the search, a logarithm; comparable between translations of the same segment only."""
    features: Mapping[str, float]
    """What the expectation rests on; by the names of ``FEATURES``."""
    expected_hter: float
    """Share of its words that a human is expected to change, 0 to 1."""
    unknown: tuple[str, ...]
    """Words that were carried over because nothing is known of them."""


def judge(model: Model, task: Task, state: State, masked: str) -> Hypothesis:
    """A finished search as a hypothesis."""
    options = state.options()
    features = measure(model, task, options, state.score)
    return Hypothesis(
        text=legible(masked, task.sentence.placeholders, model.profile),
        masked=masked,
        score=state.score,
        features=features,
        expected_hter=expect(features) if any(not word.sort for word in task.sentence.words) else 0.0,
        unknown=tuple(task.sentence.words[at].surface for at in sorted(_carried(task, options))),
    )


def _carried(task: Task, options: Sequence[Option]) -> set[int]:
    """Positions of words that stay as they are for want of anything better."""
    return {
        option.start
        for option in options
        if option.count == 0
        and option.target == (-1,)
        and not task.sentence.words[option.start].sort
        and task.sentence.words[option.start].surface[0].isalpha()
    }


def measure(model: Model, task: Task, options: Sequence[Option], score: float) -> dict[str, float]:
    """The features of a translation."""
    size = max(len(task.words), 1)
    made = [word for option in options for word in option.words]
    lengths = [option.end - option.start for option in options]
    seen = sum(option.end - option.start for option in options if option.count >= SEEN)
    preferred = [option for option in options if option.features[EXAMPLE]]
    bonus = model.weights.values[EXAMPLE] * sum(option.features[EXAMPLE] for option in preferred)
    ratio = (len(made) + 1) / (size + 1) / model.ratio
    return {
        "score": (score - bonus) / size,
        "seen": seen / size,
        "unknown": (len(task.unknown | _carried(task, options))) / size,
        "language model": task.model.score(made) / (len(made) + 1),
        "longest": max(lengths, default=0) / size,
        "phrase length": log(size / max(len(options), 1)),
        "ratio": abs(log(ratio)),
        "likeness": model.nearest.likeness(task.words),
        "example": sum(option.end - option.start for option in preferred) / size,
        "length": log(size),
        "weakness": 1 / log(len(model.nearest.sentences) + 3),
    }


FEATURES: Final = (
    "score", "seen", "unknown", "language model", "longest", "phrase length", "ratio", "likeness", "example", "length",
    "weakness",
)  # fmt: skip
WEIGHTS: Final = (-6.052, -0.666, 1.212, -0.04, -3.285, 1.114, 0.835, 1.71, -1.0, -0.053, 2.153)
BASE: Final = -3.496


def expect(features: Mapping[str, float]) -> float:
    """The share of the words that a human is expected to change: no less than of those that nothing is known of."""
    total = BASE + sum(weight * features[name] for name, weight in zip(FEATURES, WEIGHTS, strict=True))
    return max(features["unknown"], 1 / (1 + exp(-total)))
