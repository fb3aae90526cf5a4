"""Recorded sync events: chapters that people moved from one English version to a later one. Reads files."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sync.errors import InputError, UsageError
from sync.files import read_text
from sync.model import RevisionPair
from sync.repositories.paths import unsafe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INDEX: Final = "events.jsonl"
FOLDER: Final = "events"
KEYS: Final = ("id", "lang", "kind", "grade")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One chapter before the maintainers of a fork brought it up to new English, and what they made of it."""

    id: str
    kind: str
    """What English changed: ``prose-edit``, ``code-only``, ``mixed``, …"""
    grade: str
    """How purely the humans followed English: ``gold`` or ``silver``."""
    pair: RevisionPair
    human: str = field(repr=False)
    """The translation as the humans left it."""

    @property
    def lang(self) -> str:
        return self.pair.lang


def read_events(data: Path, *, grade: str = "") -> tuple[Event, ...]:
    """The events of a data set: ``events.jsonl`` and ``events/<id>/{en_old,en_new,tgt_old,tgt_new}.md``.

    Raises:
        UsageError: there is no such data set, or it has no event of that grade.
        InputError: a line or a file cannot be read.
    """
    index = data / INDEX
    if not index.is_file():
        message = f"{index}: there is no such file. Name the folder of a data set, which has {INDEX} and {FOLDER}/."
        raise UsageError(message)
    events = tuple(_read(data, row) for row in _rows(index) if grade in {"", row["grade"]})
    if not events:
        message = f"{index}: no event of grade {grade!r}." if grade else f"{index}: no events."
        raise UsageError(message)
    return events


def _rows(index: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(read_text(index).splitlines(), start=1):
        try:
            row = json.loads(line)
            yield {key: str(row[key]) for key in KEYS}
        except (ValueError, KeyError, TypeError) as error:
            message = f"{index}:{number}: not an event ({error!r}). Each line is an object with {', '.join(KEYS)}."
            raise InputError(message) from error


def _read(data: Path, row: dict[str, str]) -> Event:
    name = row["id"]
    if unsafe(name) or "/" in name:
        message = f"{data / INDEX}: an event cannot be called {name!r}, for its files are."
        raise InputError(message)
    keys = ("en_old", "en_new", "tgt_old", "tgt_new")
    en_old, en_new, tgt_old, human = (read_text(data / FOLDER / name / f"{key}.md") for key in keys)
    pair = RevisionPair(path=name, lang=row["lang"], en_old=en_old, en_new=en_new, tgt_old=tgt_old)
    return Event(id=name, kind=row["kind"], grade=row["grade"], pair=pair, human=human)
