"""TMX 1.4b, in which programs for translators exchange what they know: written, and read as they write it. Pure."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from alignment.diff import fold
from sync.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TOOL: Final = "amts"
CHAPTER: Final = "x-chapter"
"""Type of the property that holds the path of the chapter that a unit comes from."""
FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A text in some languages."""

    texts: tuple[tuple[str, str], ...]
    """BCP-47 tag and text of each language, in a unit to write that of the source first."""
    properties: tuple[tuple[str, str], ...] = ()
    """Type and value."""
    changed: str = field(default="", compare=False)
    """When it was last changed, as TMX says it (``20260131T235959Z``), or nothing."""


# Writing


def render_tmx(units: Iterable[Unit], *, source: str, segtype: str = "sentence", version: str = "0") -> str:
    """A whole file, to be written as UTF-8 without a byte order mark.

    ``segtype`` says what a unit is (``sentence``, ``paragraph``, ``phrase``), ``version`` which AMTS wrote it. The same
    units are always the same bytes. Characters that XML does not allow are left out.
    """
    head = {
        "creationtool": TOOL,
        "creationtoolversion": version,
        "segtype": segtype,
        "o-tmf": TOOL,
        "adminlang": "en",
        "srclang": source,
        "datatype": "plaintext",
    }
    attributes = " ".join(f"{name}={_quoted(value)}" for name, value in head.items())
    body = "".join(_render(unit) for unit in units)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
        f"  <header {attributes}/>\n  <body>\n{body}  </body>\n</tmx>\n"
    )


def _render(unit: Unit) -> str:
    stamp = f" changedate={_quoted(unit.changed)}" if unit.changed else ""
    properties = "".join(
        f"      <prop type={_quoted(kind)}>{_plain(value)}</prop>\n" for kind, value in unit.properties
    )
    texts = "".join(f"      <tuv xml:lang={_quoted(tag)}><seg>{_plain(text)}</seg></tuv>\n" for tag, text in unit.texts)
    return f"    <tu{stamp}>\n{properties}{texts}    </tu>\n"


def _plain(text: str) -> str:
    return escape(FORBIDDEN.sub("", text), {"\r": "&#13;"})


def _quoted(text: str) -> str:
    return quoteattr(FORBIDDEN.sub("", text))


# Reading


BOMS: Final = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
UNMARKED: Final = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
"""How a file begins that has no byte order mark, though it needs one."""
DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
DECLARED: Final = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)")
OLD: Final = frozenset(
    {"ascii", "big5", "cp1250", "cp1251", "cp1252", "cp1254", "cp1258", "cp932", "cp949", "euc_jp", "euc_kr"}
    | {"gb18030", "gb2312", "gbk", "iso8859-1", "iso8859-2", "iso8859-9", "iso8859-15", "shift_jis", "utf-8"}
)
"""Encodings, as Python calls them, that a file may declare. Others exist to do worse than to name characters."""

CODES: Final = frozenset({"bpt", "ept", "ph", "it", "ut"})
"""Elements round the markup of the program that wrote the file."""
MARKUP: Final = re.compile(r"\s*(?:(?:</?[\w:.-]+(?:\s[^<>]*)?/?>\s*)*|\{\d*\}|\{\\.*|\})\s*", re.DOTALL)
"""Markup that is none in Markdown: tags, numbered holes, RTF. What else stands in a code is part of the text."""
BREAK: Final = re.compile(r"\s*<br\b", re.IGNORECASE)


def parse_tmx(data: bytes, name: str) -> tuple[Unit, ...]:
    """The units of a file in their order, texts with white space folded. ``name`` is for the messages.

    Markup of other programs is left out, markup of Markdown stays. What a unit lacks is not complained about.

    Raises:
        InputError: it is no well-formed XML, no TMX, in an unknown encoding, or it uses entities of its own.
    """
    text = _decode(data, name)
    reader = _Reader(name)
    try:
        reader.parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        message = f"{name}, line {error.lineno}: not a well-formed TMX file ({reason}). Export it again."
        raise InputError(message) from error
    return tuple(reader.units)


def _decode(data: bytes, name: str) -> str:
    """The characters of a file, with an empty line for its declaration: the encoding said there is dealt with."""
    encoding = _encoding(data, name)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = (
            f"{name}, line {line}: not {encoding} at byte {error.start}. Save the TMX file as UTF-8 and try again."
        )
        raise InputError(message) from error
    return DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), text)


def _encoding(data: bytes, name: str) -> str:
    marked = next((encoding for bom, encoding in (BOMS | UNMARKED).items() if data.startswith(bom)), None)
    declared = DECLARED.match(data)
    if marked or not declared:
        return marked or "utf-8"
    said = declared[1].decode("ascii", "replace")
    if said.casefold().startswith("utf-16"):  # it would have begun otherwise
        return "utf-8"
    try:
        found = codecs.lookup(said).name
    except LookupError:
        found = ""
    if found in OLD:
        return found
    message = f"{name}, line 1: the encoding {said} is not known here. Save the TMX file as UTF-8 and try again."
    raise InputError(message)


class _Reader:
    """Collects units while a parser reads. It knows the line, which a tree does not."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.units: list[Unit] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._read
        self.parser.EntityDeclHandler = self._refuse_entities
        self.parser.SkippedEntityHandler = self._refuse_entity
        self._is_begun = False
        self._texts: list[tuple[str, str]] = []
        self._properties: list[tuple[str, str]] = []
        self._changed = self._lang = self._kind = ""
        self._open: list[tuple[str, list[str]]] = []
        """The elements from a ``seg`` or ``prop`` inwards, outermost first, with what they hold so far."""

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if not self._is_begun:
            self._begin(tag)
        if self._open or tag in {"seg", "prop"}:
            is_line = tag in CODES and attributes.get("type") == "lb"
            self._open.append((tag, ["<br>"] if is_line else []))
            self._kind = attributes.get("type", "") if tag == "prop" else self._kind
        elif tag == "tu":
            self._texts, self._properties, self._changed = [], [], ""
        elif tag == "tuv":
            self._lang = (attributes.get("xml:lang") or attributes.get("lang") or "").strip()
        if tag in {"tu", "tuv"}:
            self._changed = max(self._changed, attributes.get("changedate") or attributes.get("creationdate") or "")

    def _begin(self, tag: str) -> None:
        self._is_begun = True
        if tag != "tmx":
            message = f"{self._here()}: begins with <{tag}>, not with <tmx>. Export the memory as TMX 1.4."
            raise InputError(message)

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if self._open:
            inside = "".join(self._open.pop()[1])
            self._close(tag, inside)
        elif tag == "tu":
            self.units.append(Unit(tuple(self._texts), tuple(self._properties), self._changed))

    def _close(self, tag: str, inside: str) -> None:
        """An element inside another gives its text to that; the outermost is done with."""
        if self._open:
            self._open[-1][1].append(_text_of_code(inside) if tag in CODES else inside)
        elif tag == "seg":
            self._texts.append((self._lang, fold(inside)))
        else:
            self._properties.append((self._kind, inside.strip()))

    def _read(self, text: str) -> None:
        if self._open:
            self._open[-1][1].append(text)

    def _refuse_entities(self, *_: object) -> None:
        message = (
            f"{self._here()}: declares XML entities; refused, because they can be made to fill the memory. Remove them."
        )
        raise InputError(message)

    def _refuse_entity(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            message = f"{self._here()}: &{name}; means nothing in TMX. Write the character itself."
            raise InputError(message)

    def _here(self) -> str:
        return f"{self.name}, line {self.parser.CurrentLineNumber}"


def _text_of_code(inside: str) -> str:
    """What a code says in a text of Markdown."""
    if BREAK.match(inside):
        return " "
    return "" if MARKUP.fullmatch(inside) else inside
