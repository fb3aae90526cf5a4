"""No formula, code or reference stands in a sentence more often than in its English.

Translators turn one sentence into another with the same formulas, rarely with one of them twice; engines that lose the
thread repeat them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from alignment.markdown import spans
from alignment.model import Mark
from sync.checks.reading import shorten
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.reading import Reading

NAME: Final = "repeated-markup"
KINDS: Final = frozenset({Mark.MATH, Mark.CODE, Mark.ROLE})


def find(reading: Reading) -> Iterator[Finding]:
    """Marks of an English sentence that its translation has once more."""
    for pair in reading.pairs:
        for english, translated in pair.sentences:
            ours, theirs = _count(english, reading), _count(translated, reading)
            for mark in theirs - ours:
                if ours[mark]:
                    yield Finding(
                        line=pair.line,
                        severity=Severity.NOTE,
                        message=f"{shorten(mark)} stands {theirs[mark]} times instead of {ours[mark]} in a sentence: "
                        f"{shorten(translated)}",
                        key=mark,
                        times=theirs[mark] - ours[mark],
                        when_new=Severity.WARNING,
                    )


def _count(text: str, reading: Reading) -> Counter[str]:
    return Counter(mark.text for _, _, mark in spans(text, reading.profile) if mark.mark in KINDS)
