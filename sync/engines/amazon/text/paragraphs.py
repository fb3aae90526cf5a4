"""HTML that a service has written, as paragraphs of words and elements: tolerant of form, not of content. Pure."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

VOID: Final = frozenset({"br", "wbr", "img", "hr", "meta", "link", "input"})
"""Elements without content and end."""
TAGS: Final = "(?:code|b|i|a|span)"
"""What stands for markup: see ``shown``."""
ESCAPED_TAG: Final = re.compile(
    rf"""<\s*(?:/\s*{TAGS}|{TAGS}\s[^<>]*\bid\s*=\s*["']?p\d+-\d+["']?[^<>]*)\s*>""", re.IGNORECASE
)
"""A tag of ours that came back as text."""


@dataclass(frozen=True, slots=True)
class Open:
    """The beginning of an element."""

    tag: str
    name: str
    """Its id, or nothing."""


@dataclass(frozen=True, slots=True)
class Close:
    """The end of an element."""

    tag: str


Event = Open | Close | str


@dataclass(slots=True)
class Paragraph:
    """One ``<p>``, as it came."""

    name: str
    """Its id, or nothing."""
    events: list[Event] = field(default_factory=list)


def read_paragraphs(document: str) -> list[Paragraph]:
    """The paragraphs of a document, in its order; what stands outside of them is left out.

    Whatever the document is, something is read, and what is missing is missed by its id.
    """
    text = document if re.search(r"<p[\s>]", document, re.I) else html.unescape(document)
    reader = _Reader()
    reader.feed(text.replace("<![", "&lt;!["))  # where Python's parser gives up
    reader.close()
    return reader.paragraphs


def with_names(paragraphs: Sequence[Paragraph], wanted: Sequence[str]) -> list[Paragraph]:
    """The same paragraphs, with the ids of those that lost them, where it is plain by their places whose they are.

    Between two that have their ids, exactly as many must have none as are missing there.
    """
    marks = [-1, *(at for at, paragraph in enumerate(paragraphs) if paragraph.name), len(paragraphs)]
    places = {name: at for at, name in enumerate(wanted)}
    made = list(paragraphs)
    for first, last in pairwise(marks):
        before = places.get(paragraphs[first].name, len(wanted)) if first >= 0 else -1
        behind = places.get(paragraphs[last].name, -1) if last < len(paragraphs) else len(wanted)
        if last - first == behind - before:
            for step in range(1, last - first):
                made[first + step] = Paragraph(wanted[before + step], paragraphs[first + step].events)
    return made


def sure_names(paragraphs: Sequence[Paragraph], wanted: Sequence[str]) -> set[str]:
    """The ids of paragraphs whose whole text is theirs, out of those that are wanted.

    Each has to be there once. Where one is not, the paragraph before it may have taken in its text: one that is not
    ended runs until the next begins.
    """
    counts = Counter(paragraph.name for paragraph in paragraphs)
    once = [counts[name] == 1 for name in wanted]
    return {
        name for name, is_once, is_ended in zip(wanted, once, [*once[1:], True], strict=True) if is_once and is_ended
    }


def with_tags(paragraph: Paragraph) -> Paragraph | None:
    """The same paragraph with tags of ours that were escaped as tags again; nothing if it has none."""
    if not any(isinstance(event, str) and ESCAPED_TAG.search(event) for event in paragraph.events):
        return None
    reader = _Reader()
    reader.feed("<p>" + "".join(_written(event) for event in paragraph.events) + "</p>")
    reader.close()
    return Paragraph(paragraph.name, reader.paragraphs[0].events)


def _written(event: Event) -> str:
    if isinstance(event, Open):
        return f'<{event.tag} id="{html.escape(event.name)}">'
    if isinstance(event, Close):
        return f"</{event.tag}>"
    parts: list[str] = []
    at = 0
    for found in ESCAPED_TAG.finditer(event):
        parts += (html.escape(event[at : found.start()]), re.sub(r"^<\s*(/?)\s*", r"<\1", found[0]))
        at = found.end()
    return "".join((*parts, html.escape(event[at:])))


class _Reader(HTMLParser):
    """Sorts what it meets into paragraphs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[Paragraph] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = (dict(attrs).get("id") or "").strip()
        if tag == "p":
            self.paragraphs.append(Paragraph(name))
            self.inside = True
        else:
            self._add(" " if tag in VOID else Open(tag, name))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "body", "html"):
            self.inside = False
        elif tag not in VOID:
            self._add(Close(tag))

    def handle_data(self, data: str) -> None:
        self._add(data)

    def handle_comment(self, data: str) -> None:
        self._add(Open("!--", ""))

    def handle_decl(self, decl: str) -> None:
        self._add(Open("!", ""))

    def unknown_decl(self, data: str) -> None:
        self._add(Open("![", ""))

    def handle_pi(self, data: str) -> None:
        self._add(Open("?", ""))

    def _add(self, event: Event) -> None:
        if self.inside:
            self.paragraphs[-1].events.append(event)
