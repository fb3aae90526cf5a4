"""Formulas, code and references that stand side by side keep their order.

Languages order a sentence differently, so the order of marks in it says little. But what is joined by a comma or an
"and" is joined in the same order everywhere: ``$f$ and $g$`` that became ``$g$ and $f$`` were exchanged.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from alignment.markdown import spans
from alignment.model import Mark
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sync.checks.reading import Reading

NAME: Final = "order"
JOINED: Final = re.compile(r"\s*(?:,|,?\s*and|,?\s*or|/)\s*")
NEAR: Final = 8
"""Characters that may stand between two joined marks in another language."""
KINDS: Final = frozenset({Mark.MATH, Mark.CODE, Mark.ROLE})

Place = tuple[int, int, str]
"""Start, end and text of a mark."""


def find(reading: Reading) -> Iterator[Finding]:
    """Neighbours that were exchanged."""
    for pair in reading.pairs:
        for english, translated in pair.sentences:
            ours, theirs = _places(english, reading), _places(translated, reading)
            for one, other in _exchanged(english, ours, theirs):
                yield Finding(
                    line=pair.line,
                    severity=Severity.WARNING,
                    message=f"{one} and {other} stand in the other order in the English",
                    key=f"{one} {other}",
                )


def _places(text: str, reading: Reading) -> list[Place]:
    """The marks of a sentence that occur in it once."""
    found = [(start, end, mark.text) for start, end, mark in spans(text, reading.profile) if mark.mark in KINDS]
    texts = [text for _, _, text in found]
    return [place for place in found if texts.count(place[2]) == 1]


def _exchanged(english: str, ours: Sequence[Place], theirs: Sequence[Place]) -> Iterator[tuple[str, str]]:
    near = ((one, other) for one, other in pairwise(theirs) if other[0] - one[1] <= NEAR)
    backwards = {(other[2], one[2]) for one, other in near}
    for (_, end, first), (start, _, second) in pairwise(ours):
        if (first, second) in backwards and JOINED.fullmatch(english[end:start]):
            yield first, second
