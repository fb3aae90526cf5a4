"""A term of the glossary is translated as the glossary says.

People depart from their own glossary. A term that a chapter mostly puts otherwise is named once; what an update writes
is to follow the glossary all the same.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sync.bitext.terminology.judge import judge_of
from sync.bitext.terminology.usage import contests, expected
from sync.checks.reading import shorten
from sync.checks.subject import Finding
from sync.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sync.bitext.terminology.model import Term
    from sync.checks.reading import Reading

NAME: Final = "ignored-term"

Place = tuple[int, str, str]
"""Line, English wording and translation of a sentence that does not follow."""


def find(reading: Reading) -> Iterator[Finding]:
    """Sentences whose English has a term and whose translation has none of its accepted translations."""
    if reading.terms is None:
        return
    uses: dict[tuple[Term, ...], int] = defaultdict(int)
    ignored: dict[tuple[Term, ...], list[Place]] = defaultdict(list)
    judge = judge_of(reading.terms, reading.profile)
    for pair in reading.pairs:
        for english, translated in pair.sentences:
            for one in judge.judge(english, translated):
                uses[one.terms] += 1
                if not one.followed:
                    ignored[one.terms].append((pair.line, english[one.start : one.end], translated))
    for terms, places in ignored.items():
        yield from _findings(terms, places, uses[terms])


def _findings(terms: tuple[Term, ...], places: Sequence[Place], uses: int) -> Iterator[Finding]:
    accepted = " or ".join(expected(terms))
    if contests(uses - len(places), uses):
        message = f"{terms[0].source}: the glossary says {accepted}; {len(places)} of {uses} sentences say otherwise"
        yield _finding(terms, places[0][0], message, len(places))
        return
    for line, wording, translated in places:
        yield _finding(terms, line, f"{wording}: the glossary says {accepted}: {shorten(translated)}", 1)


def _finding(terms: tuple[Term, ...], line: int, message: str, times: int) -> Finding:
    return Finding(
        line=line,
        severity=Severity.NOTE,
        message=message,
        key=terms[0].source,
        times=times,
        when_new=Severity.WARNING,
    )
