"""A YAML text as a tree in which every value knows its line, its spelling and its place; nothing is retyped.

YAML 1.2 is read: ``no`` is the language of Norway and not a lie. Strangers write these texts, so what could grow or run
(aliases, tags, a second document) is refused, and so is a key that is there twice.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ruamel.yaml.nodes import Node as YamlNode

MAX_BYTES: Final = 64 * 1024
MAX_SHOWN: Final = 60
"""Characters shown of a value in a message."""

KINDS: Final = {
    "str": "string",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
    "null": "null",
    "timestamp": "date",
    "merge": "string",
    "value": "string",
    "seq": "array",
    "map": "object",
}
"""Tag of YAML → what JSON Schema calls it; there is no date in JSON. An integer is one in plain decimal digits."""

_TAG: Final = "tag:yaml.org,2002:"
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}")
_SECRET = re.compile(r"(?<=://)[^/@\s]+@")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong or odd in a configuration."""

    line: int
    """From 1; 0 where it has no line."""
    key: str
    """``order[1]``; empty where it concerns the whole text."""
    says: str
    fatal: bool = True
    """Whether the configuration cannot be used."""

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line else ""
        return f"{place}{self.key}: {self.says}" if self.key else f"{place}{self.says}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A value of a YAML text. Two are equal when they say the same."""

    kind: str
    """A word of ``KINDS``."""
    text: str = ""
    """A scalar, without quotes and escapes, but never retyped."""
    items: tuple[Node, ...] = ()
    entries: tuple[tuple[Node, Node], ...] = ()
    line: int = field(compare=False, default=0)
    start: int = field(compare=False, default=0)
    """Where it stands in the text, in characters; its end is after its last character."""
    end: int = field(compare=False, default=0)
    flow: bool = field(compare=False, default=False)
    """Whether it is written in brackets."""

    @property
    def shown(self) -> str:
        """The value for a message: short, and without the password of a URL."""
        text = _SECRET.sub("…@", self.text)
        text = text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"
        return f'"{text}"' if self.kind == "string" else text

    def entry(self, key: str) -> tuple[Node, Node] | None:
        """A key and its value, where it has them."""
        return next((entry for entry in self.entries if entry[0].text == key), None)


def read_document(text: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """The tree of a text, and all that is wrong with its YAML; no tree where it is empty or cannot be read."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        return None, (Problem(0, "", f"{size:,} bytes are too many for a configuration; {MAX_BYTES:,} are allowed."),)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            root = YAML(typ="safe", pure=True).compose(text)
    except RecursionError:
        return None, (Problem(0, "", "lists or mappings are nested too deeply."),)
    except (YAMLError, ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        return None, (_complaint(error),)
    if root is None:
        return None, ()
    reader = _Reader()
    return reader.node(root, ""), tuple(reader.problems)


def _complaint(error: Exception) -> Problem:
    """What the YAML parser says, in one line. Its mark counts lines from 0."""
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        reasons = [part for part in (error.context, error.problem) if part]
        return Problem(mark.line + 1 if mark else 0, "", f"not YAML: {', '.join(reasons) or 'nobody knows why'}.")
    reason = str(error).partition("\n")[0] or type(error).__name__
    return Problem(0, "", f"not YAML: {reason}.")


class _Reader:
    """Makes nodes of those of the parser, and notes what is not allowed."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def node(self, found: YamlNode, key: str) -> Node:
        """The tree below a node. An alias is the same node once more, so it is not followed."""
        mark = found.start_mark
        line, start, end = mark.line + 1, mark.index, found.end_mark.index
        if id(found) in self._seen:
            self.problems.append(Problem(line, key, "aliases (`*name`) are not allowed. Write the value out."))
            return Node(kind="null", line=line)
        self._seen.add(id(found))
        kind = self._kind(found, key, line)
        if isinstance(found, ScalarNode):
            return Node(kind=kind, text=str(found.value), line=line, start=start, end=end)
        assert isinstance(found, SequenceNode | MappingNode)
        flow = bool(found.flow_style)
        if isinstance(found, SequenceNode):
            items = tuple(self.node(one, f"{key}[{at}]") for at, one in enumerate(found.value))
            return Node(kind=kind, items=items, line=line, start=start, end=end, flow=flow)
        entries = tuple(self._entries(found, key))
        return Node(kind=kind, entries=entries, line=line, start=start, end=end, flow=flow)

    def _kind(self, found: YamlNode, key: str, line: int) -> str:
        tag = str(found.tag or "")
        kind = KINDS.get(tag.removeprefix(_TAG), "") if tag.startswith(_TAG) else ""
        own = {"array"} if isinstance(found, SequenceNode) else {"object"}
        allowed = set(KINDS.values()) - {"array", "object"} if isinstance(found, ScalarNode) else own
        if kind == "integer" and not _DECIMAL.fullmatch(str(found.value)):
            return "number"
        if kind in allowed:
            return kind
        self.problems.append(Problem(line, key, f"the tag {tag} is not allowed. Write the value without it."))
        return "string" if isinstance(found, ScalarNode) else own.pop()

    def _entries(self, found: MappingNode, key: str) -> Iterator[tuple[Node, Node]]:
        lines: dict[str, int] = {}
        for name_node, value_node in found.value:
            name = self.node(name_node, key)
            if name.items or name.entries or name.kind in {"array", "object"}:
                self.problems.append(Problem(name.line, key, "a list or a mapping cannot be a key."))
                continue
            inner = f"{key}.{name.text}" if key else name.text
            if name.text in lines:
                says = f"is there twice, first in line {lines[name.text]}. Delete one of the two."
                self.problems.append(Problem(name.line, inner, says))
            lines.setdefault(name.text, name.line)
            value = self.node(value_node, inner)
            # The parser says that an empty value stands where the next one begins.
            yield name, value if value.text or value.kind != "null" else replace(value, line=name.line)


def plain(node: Node) -> object:
    """A node as JSON has it: texts, numbers, lists, mappings. A number with a fraction stays as it is spelled."""
    if node.kind == "object":
        return {name.text: plain(value) for name, value in node.entries}
    if node.kind == "array":
        return [plain(item) for item in node.items]
    if node.kind == "integer":
        return int(node.text)
    if node.kind == "boolean":
        return node.text.casefold() == "true"
    return None if node.kind == "null" else node.text
