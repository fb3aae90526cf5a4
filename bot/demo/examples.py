"""Chooses a few changed segments that show what an update does: different ones, and short enough to read. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from sync.model import Fate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sync.model import Outcome
    from sync.report import SyncReport

READABLE: Final = 280
"""Characters of one text that a reader takes in at a glance."""
ELLIPSIS: Final = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A changed segment in four texts, of which many lines are cut down to those that changed."""

    lang: str
    path: str
    outcome: Outcome
    english: tuple[str, str]
    """Before and after."""
    translation: tuple[str, str]

    @property
    def nature(self) -> tuple[str, ...]:
        """What makes it another kind of example: cells and formulas, what happened, who drafted it, why."""
        outcome = self.outcome
        mark = (outcome.new_source or outcome.old_source)[:2].strip("[(!:*")
        sort = mark if mark in {"``", "$$"} else "prose"
        return sort, outcome.op, str(outcome.origin), outcome.note.partition(":")[0]


def choose(reports: Sequence[SyncReport], fate: Fate, most: int) -> tuple[Example, ...]:
    """At most ``most`` examples: from each fork in turn, what is unlike those before it first."""
    queues = [[example for example in _examples(report, fate) if _is_telling(example)] for report in reports]
    chosen: list[Example] = []
    while len(chosen) < most and any(queues):
        for queue in queues:
            if queue and len(chosen) < most:
                chosen.append(queue.pop(_unlike(queue, chosen)))
    return tuple(chosen)


def _unlike(queue: Sequence[Example], chosen: Sequence[Example]) -> int:
    natures = {example.nature for example in chosen}
    sources = {example.english[1] for example in chosen}
    return max(
        range(len(queue)),
        key=lambda i: (queue[i].english[1] not in sources, queue[i].nature not in natures, -i),
    )


def _is_telling(example: Example) -> bool:
    """Whether a reader can see in it what happened."""
    (old, new), (old_target, new_target) = example.english, example.translation
    if not 0 < len(old + new) <= 2 * READABLE or len(old_target + new_target) > 2 * READABLE:
        return False
    return example.outcome.fate is Fate.PENDING or (old_target != new_target and old_target + new_target != new)


def _examples(report: SyncReport, fate: Fate) -> Iterator[Example]:
    for chapter in report.chapters:
        for outcome in chapter.result.outcomes:
            if outcome.fate is fate:
                yield Example(
                    lang=report.lang,
                    path=chapter.result.path,
                    outcome=outcome,
                    english=_shorten(outcome.old_source, outcome.new_source),
                    translation=_shorten(outcome.old_target, outcome.new_target),
                )


def _shorten(before: str, after: str) -> tuple[str, str]:
    """Two versions of a cell without most of the lines that they share."""
    old, new = before.splitlines(), after.splitlines()
    if len(old) < 3 or len(new) < 3:
        return before, after
    left: list[str] = []
    right: list[str] = []
    for tag, i, j, m, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left += _abridge(old[i:j], tag)
        right += _abridge(new[m:n], tag)
    return "\n".join(left), "\n".join(right)


def _abridge(lines: Sequence[str], tag: str) -> Sequence[str]:
    return lines if tag != "equal" or len(lines) < 2 else (ELLIPSIS,)
