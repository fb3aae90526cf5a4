"""TMX 1.4b as Amazon Translate reads it, for parallel data and terminologies. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from tests.support.translate_emulator.content.delimited import BadFile, check_languages

if TYPE_CHECKING:
    from collections.abc import Mapping

CODES: Final = frozenset({"bpt", "ept", "ph", "it", "ut"})
"""Elements in which no text of the segment stands."""
ENCODING: Final = re.compile(r"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")


@dataclass(slots=True)
class Unit:
    """A ``tu`` as it stands."""

    number: int
    """Among the units of the file, from 1."""
    changed: str = ""
    """The latest ``changedate`` in it, or nothing."""
    texts: list[tuple[str, str]] = field(default_factory=list)
    """Language and text of each ``tuv``."""

    @property
    def name(self) -> str:
        return f"Number {self.number} TU element"


def read_units(text: str) -> tuple[str, tuple[Unit, ...]]:
    """The source language of a file and its units.

    Raises:
        BadFile: it is no TMX, not well-formed, names no source language, or declares entities.
    """
    declared = ENCODING.match(text)
    if declared and declared[1].casefold() != "utf-8":
        msg = f"The encoding {declared[1]} is not supported. Save the file as UTF-8."
        raise BadFile(msg)
    reader = _Reader()
    try:
        reader.parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        msg = f"Invalid TMX format. Line {error.lineno}: {reason}."
        raise BadFile(msg) from error
    if not reader.source:
        msg = "Invalid TMX format. The header element has no srclang."
        raise BadFile(msg)
    check_languages((reader.source,))
    return reader.source, tuple(reader.units)


class _Reader:
    """Collects units while a parser reads."""

    def __init__(self) -> None:
        self.units: list[Unit] = []
        self.source = ""
        self.path: list[str] = []
        self.language = ""
        self.text: list[str] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._read
        self.parser.EntityDeclHandler = self._refuse_entities

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if not self.path and tag != "tmx":
            msg = "Invalid TMX format. The file does not begin with a tmx element."
            raise BadFile(msg)
        self.path.append(tag)
        if tag == "header":
            self.source = attributes.get("srclang", "")
        elif tag == "tu":
            self.units.append(Unit(len(self.units) + 1))
        elif tag == "tuv":
            self.language = attributes.get("xml:lang", "")
            self.text = []
        if tag in {"tu", "tuv"} and self.units:
            self.units[-1].changed = max(self.units[-1].changed, attributes.get("changedate", ""))

    def _end(self, tag: str) -> None:
        self.path.pop()
        if tag == "tuv" and self.units:
            self.units[-1].texts.append((self.language, "".join(self.text)))

    def _read(self, text: str) -> None:
        if "seg" in self.path and CODES.isdisjoint(self.path):
            self.text.append(text)

    def _refuse_entities(self, *_: object) -> None:
        msg = "Invalid TMX format. The file declares entities."
        raise BadFile(msg)
