"""Recorded events through the pipeline, each as if nothing but its own three texts were known."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sync.bitext.memory import Memory
from sync.engines import open_engine
from sync.measure.score import score
from sync.pipeline import update_chapter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sync.measure.events import Event
    from sync.measure.score import Score
    from sync.model import ChapterResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What the pipeline made of an event."""

    event: Event
    result: ChapterResult
    score: Score
    seconds: float
    """Of the pipeline, without the score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Some events that have something in common."""

    name: str
    by: str
    """What they have in common: ``all``, ``lang``, ``kind``, ``lang and kind``."""
    members: tuple[Played, ...]


NAMES: Final[Mapping[str, Callable[[Event], str]]] = {
    "lang": lambda event: event.lang,
    "kind": lambda event: event.kind,
    "lang and kind": lambda event: f"{event.lang} {event.kind}",
}


def replay(
    events: Sequence[Event], engine: str, *, advance: Callable[[str], None] = lambda step: None
) -> tuple[Played, ...]:
    """Every event with the engine called ``engine``, which has no memory. ``advance`` is told the id of each.

    Raises:
        UsageError: there is no such engine.
    """
    engines = {lang: open_engine(engine, lang, Memory()) for lang in {event.lang for event in events}}
    played = []
    for event in events:
        began = time.perf_counter()
        result = update_chapter(event.pair, engines[event.lang])
        seconds = time.perf_counter() - began
        played.append(Played(event=event, result=result, score=score(event, result.text), seconds=seconds))
        advance(event.id)
    return tuple(played)


def group(played: Sequence[Played]) -> Iterator[Group]:
    """All together, then each language, each kind, each kind of each language."""
    yield Group(name="all", by="all", members=tuple(played))
    for by, name_of in NAMES.items():
        for name in sorted({name_of(one.event) for one in played}):
            yield Group(name=name, by=by, members=tuple(one for one in played if name_of(one.event) == name))
