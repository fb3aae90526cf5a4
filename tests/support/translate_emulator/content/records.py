"""Parallel data as the service takes it in: which records become examples, which are skipped, which fail. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from tests.support.translate_emulator.content.delimited import (
    FORMS,
    BadFile,
    Bom,
    Line,
    check_languages,
    decode,
    read_lines,
    shortened,
)
from tests.support.translate_emulator.content.exchange import Unit, read_units

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["BadFile", "Examples", "read_examples"]

BadSign = Literal["record", "file"]

MOST: Final = 1_000
"""Bytes of a segment in UTF-8."""
SIGNS: Final = ("+", "-", "=", "@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """What a file of parallel data gives. Every record is imported, skipped or failed: the three add up to all."""

    source_language: str
    target_languages: tuple[str, ...]
    pairs: dict[str, tuple[tuple[str, str], ...]]
    """Source and target by target language, each source once, in the order of the file."""
    imported: int
    skipped: int
    failed: int
    size: int
    """Code points of all examples, sources and targets."""
    messages: tuple[tuple[str, str], ...]
    """Which record, and what is the matter with it."""

    def auxiliary(self) -> str:
        """The auxiliary file that the service keeps beside the data, as JSON."""
        summary = {"record_error_count": self.failed, "record_skipped_count": self.skipped}
        messages = [{"content": content, "message": message} for content, message in self.messages]
        return json.dumps({"summary": summary, "messages": messages}, ensure_ascii=False)


def read_examples(
    data: bytes, form: str, *, bad_first_sign: BadSign = "record", bom: Bom = "refuse", most: int = MOST
) -> Examples:
    """Read a file of parallel data.

    Args:
        form: ``CSV``, ``TSV`` or ``TMX``.
        bad_first_sign: whether a field that begins with ``+ - = @`` fails its record or the file. TMX may have them.
        bom: whether a byte order mark fails the file.
        most: bytes from which a segment is too long.

    Raises:
        BadFile: the whole file is refused.
    """
    if form not in FORMS:
        msg = f"The format {form} is not supported."
        raise BadFile(msg)
    text = decode(data, bom)
    if form == "TMX":
        return _of_units(*read_units(text), most)
    languages, lines = read_lines(text, form)
    harvest = _Harvest(languages[0], languages[1:], most)
    for line in lines:
        _take_line(harvest, line, bad_first_sign)
    return harvest.examples()


def _take_line(harvest: _Harvest, line: Line, bad_first_sign: BadSign) -> None:
    """One record of CSV or TSV."""
    fault = line.fault
    if not fault and any(field.startswith(SIGNS) for field in line.fields):
        fault = "A field begins with one of the characters + - = @."
        if bad_first_sign == "file":
            msg = f"{line.name}: {fault}"
            raise BadFile(msg)
    if fault:
        harvest.fail(line.name, fault)
    else:
        targets = zip(harvest.targets, line.fields[1:], strict=False)
        harvest.take(line.name, line.fields[0] if line.fields else "", targets)


def _of_units(source: str, units: tuple[Unit, ...], most: int) -> Examples:
    targets = tuple(dict.fromkeys(code for unit in units for code, _ in unit.texts if code and code != source))
    if not targets:
        msg = "Invalid TMX format. The file has no tuv element with a target language code."
        raise BadFile(msg)
    check_languages((source, *targets))
    harvest = _Harvest(source, targets, most)
    for unit in units:
        codes = [code for code, _ in unit.texts]
        if codes.count(source) != 1:
            message = "One tu element should contain exactly one tuv element with the source language code"
            harvest.fail(unit.name, f"Invalid TMX format. {message}: {source}")
        elif "" in codes or len(set(codes)) < len(codes):
            message = "Each tuv element should have a language code, and no two of a tu element the same"
            harvest.fail(unit.name, f"Invalid TMX format. {message}.")
        else:
            texts = dict(unit.texts)
            harvest.take(unit.name, texts.pop(source), texts.items(), unit.changed)
    return harvest.examples()


@dataclass(slots=True)
class _Harvest:
    """Examples while a file is read."""

    source: str
    targets: tuple[str, ...]
    most: int
    found: dict[str, dict[str, tuple[str, str]]] = field(init=False)
    """Date of the change and target, by language and source."""
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("imported", "skipped", "failed"), 0))
    messages: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.found = {code: {} for code in self.targets}

    def fail(self, name: str, message: str) -> None:
        self.counts["failed"] += 1
        self.messages.append((name, message))

    def skip(self, name: str, message: str) -> None:
        self.counts["skipped"] += 1
        self.messages.append((name, message))

    def take(self, name: str, source: str, targets: Iterable[tuple[str, str]], changed: str = "") -> None:
        """A sound record. It counts as skipped when nothing of it is left."""
        if not source.strip():
            return self.skip(name, "The source segment is empty.")
        if self._is_long(source):
            return self.skip(name, f"The source segment is longer than {self.most} bytes: {shortened(source)}")
        filled = [(code, text) for code, text in targets if text.strip()]
        usable = [(code, text) for code, text in filled if not self._is_long(text)]
        notes = [f"The target segment of {code} is longer than {self.most} bytes." for code, _ in filled]
        notes = [note for note, one in zip(notes, filled, strict=True) if one not in usable]
        if not usable:
            return self.skip(name, " ".join(notes) or "There is no target segment.")
        self.messages += ((name, note) for note in notes)
        self.counts["imported"] += 1
        for code, text in usable:
            self._keep(code, source, text, changed)
        return None

    def _keep(self, code: str, source: str, text: str, changed: str) -> None:
        """The last one wins, or that of the latest change."""
        known = self.found[code]
        if source in known and known[source][0] > changed:
            return
        known.pop(source, None)
        known[source] = changed, text

    def _is_long(self, text: str) -> bool:
        return len(text.encode()) > self.most

    def examples(self) -> Examples:
        pairs = {
            code: tuple((source, text) for source, (_, text) in known.items()) for code, known in self.found.items()
        }
        sources = dict.fromkeys(source for known in pairs.values() for source, _ in known)
        targets = (text for known in pairs.values() for _, text in known)
        return Examples(
            source_language=self.source,
            target_languages=self.targets,
            pairs=pairs,
            size=sum(map(len, sources)) + sum(map(len, targets)),
            messages=tuple(self.messages),
            **self.counts,
        )
