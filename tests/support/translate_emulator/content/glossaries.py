"""Custom terminologies as the service takes them in. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.support.translate_emulator.content.delimited import FORMS, BadFile, Bom, check_languages, decode, read_lines
from tests.support.translate_emulator.content.exchange import read_units

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["BadFile", "Glossary", "read_terminology"]

LONGEST: Final = 200
"""Bytes of a term in UTF-8."""
MOST_TARGETS: Final = 10

Row = dict[str, str]
"""A term in some languages, by language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """The terms of a terminology."""

    source_language: str
    target_languages: tuple[str, ...]
    directionality: str
    """``UNI``, or ``MULTI`` where any language of the file may be the source."""
    rows: tuple[Row, ...]
    skipped: int
    messages: tuple[tuple[str, str], ...]
    """Which record was skipped, and why."""

    @property
    def terms(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Terms of the source language and what they become, by target language."""
        return {target: self.pairs(self.source_language, target) for target in self.target_languages}

    @property
    def count(self) -> int:
        """Records that have a term and what it becomes."""
        return len(self.rows)

    def languages(self) -> frozenset[tuple[str, str]]:
        """The sources and targets that it is good for."""
        every = (self.source_language, *self.target_languages)
        sources = every if self.directionality == "MULTI" else every[:1]
        return frozenset((source, target) for source in sources for target in every if source != target)

    def pairs(self, source: str, target: str) -> tuple[tuple[str, str], ...]:
        """Terms and what they become, each term once: the last one in the file wins."""
        if (source, target) not in self.languages():
            return ()
        return tuple({row[source]: row[target] for row in self.rows if source in row and target in row}.items())

    def auxiliary(self) -> str:
        """The auxiliary file, in the form of that of parallel data."""
        summary = {"record_error_count": 0, "record_skipped_count": self.skipped}
        messages = [{"content": content, "message": message} for content, message in self.messages]
        return json.dumps({"summary": summary, "messages": messages}, ensure_ascii=False)


def read_terminology(
    data: bytes, form: str, directionality: str | None = "UNI", *, bom: Bom = "refuse", longest: int = LONGEST
) -> Glossary:
    """Read a file of terms: ``CSV``, ``TSV`` or ``TMX``. ``longest`` is the bytes that a term may have.

    Raises:
        BadFile: the whole file is refused.
    """
    if form not in FORMS:
        msg = f"The format {form} is not supported."
        raise BadFile(msg)
    text = decode(data, bom)
    messages: list[tuple[str, str]] = []
    if form == "TMX":
        languages, rows = _of_units(text)
    else:
        languages, lines = read_lines(text, form)
        messages += ((line.name, line.fault) for line in lines if line.fault)
        sound = (line for line in lines if not line.fault)
        rows = ((line.name, dict(zip(languages, line.fields, strict=False))) for line in sound)
    if len(languages) - 1 > MOST_TARGETS:
        msg = f"The file has {len(languages) - 1} target languages; {MOST_TARGETS} are allowed."
        raise BadFile(msg)
    way = directionality or "UNI"
    kept = tuple(_usable(rows, languages[0] if way == "UNI" else "", longest, messages))
    if not kept:
        msg = "The file has no terms."
        raise BadFile(msg)
    return Glossary(
        source_language=languages[0],
        target_languages=languages[1:],
        directionality=way,
        rows=kept,
        skipped=len(messages),
        messages=tuple(messages),
    )


def _of_units(text: str) -> tuple[tuple[str, ...], Iterable[tuple[str, Row]]]:
    source, units = read_units(text)
    others = dict.fromkeys(code for unit in units for code, _ in unit.texts if code != source)
    languages = (source, *others)
    if not others:
        msg = "Invalid TMX format. The file has no tuv element with a target language code."
        raise BadFile(msg)
    check_languages(languages)
    return languages, ((unit.name, dict(unit.texts)) for unit in units)


def _usable(
    rows: Iterable[tuple[str, Row]], needed: str, longest: int, messages: list[tuple[str, str]]
) -> Iterable[Row]:
    """The rows without what is blank or too long; messages for those of which too little is left."""
    for name, row in rows:
        filled = {code: term.strip() for code, term in row.items() if term.strip()}
        kept = {code: term for code, term in filled.items() if len(term.encode()) <= longest}
        if len(kept) >= 2 and (not needed or needed in kept):
            yield kept
        elif len(kept) < len(filled):
            messages.append((name, f"A term is longer than {longest} bytes."))
        else:
            messages.append((name, "The term or its translation is empty."))
