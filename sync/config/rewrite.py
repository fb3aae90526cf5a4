"""Changes values in a YAML text where they stand. Comments, unknown keys, order and spellings stay byte for byte.

Only the characters of a value are replaced, by their place in the text; nothing is dumped anew. The result is read
again and compared with what was asked for before anybody sees it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sync.config.document import Node, read_document
from sync.config.model import CONFIG_PATH, ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

INDENT: Final = "  "
_PLAIN = re.compile(r"[\w./][\w./@*+~-]*(://[\w./@+~-]+)?")
"""What may stand without quotes, also in brackets, if YAML reads it as a text."""
_BY_HAND: Final = "Change the file by hand."


def set_values(yaml_text: str, changes: Mapping[str, object], path: str = CONFIG_PATH) -> str:
    """The text with other values for some top-level keys; keys that it lacks are added at its end.

    A value is a text, a number, a boolean, a list or a mapping of such. Comments inside a list or a mapping that gets
    another value go with it, unless the list only grows.

    Raises:
        ConfigError: the text is no mapping in YAML, or is written in a way in which this value cannot be changed alone.
    """
    before = _root(yaml_text, path)
    text = yaml_text
    for key, value in changes.items():
        text = _with_value(text, _root(text, path), key, value)
    _compare(before, text, changes, path)
    return text


def _root(text: str, path: str) -> Node | None:
    root, problems = read_document(text)
    if problems:
        raise ConfigError(path, tuple(str(problem) for problem in problems), "Nothing was changed.")
    if root is None or (root.kind == "null" and not root.text):
        return None
    if root.kind != "object":
        raise ConfigError(path, ("line 1: a mapping of keys to values is needed.",), "Nothing was changed.")
    return root


def _compare(before: Node | None, text: str, changes: Mapping[str, object], path: str) -> None:
    """Refuse a text in which anything but the changes is another than before."""
    root, problems = read_document(text)
    old = dict(_by_key(before))
    new = dict(_by_key(root))
    kept = {key: node for key, node in new.items() if key not in changes}
    wanted = {key: node for key, node in old.items() if key not in changes}
    written = {key: new[key] for key in changes if key in new}
    asked = {key: _node(value) for key, value in changes.items()}
    if problems or kept != wanted or list(kept) != list(wanted) or written != asked:
        keys = ", ".join(changes)
        raise ConfigError(path, (f"{keys}: cannot be changed without changing what stands around it.",), _BY_HAND)


def _by_key(root: Node | None) -> list[tuple[str, Node]]:
    return [(name.text, value) for name, value in root.entries] if root else []


def _node(value: object) -> Node:
    """The node that a value shall be read as."""
    if isinstance(value, dict):
        entries = ((Node(kind="string", text=str(key)), _node(one)) for key, one in value.items())
        return Node(kind="object", entries=tuple(entries))
    if isinstance(value, list | tuple):
        return Node(kind="array", items=tuple(_node(one) for one in value))
    if isinstance(value, bool) or value is None:
        return Node(kind="null" if value is None else "boolean", text=_inline(value))
    return Node(kind="integer" if isinstance(value, int) else "string", text=str(value))


def _with_value(text: str, root: Node | None, key: str, value: object) -> str:
    entry = root.entry(key) if root else None
    newline = "\r\n" if "\r\n" in text else "\n"
    if entry:
        return _replaced(text, *entry, value, newline, flow=bool(root and root.flow))
    if root and root.flow:
        joint = ", " if root.entries else ""
        return f"{text[: root.end - 1].rstrip()}{joint}{_inline(key)}: {_inline(value)}{text[root.end - 1 :]}"
    indent = " " * _column(text, root.entries[0][0].start) if root and root.entries else ""
    added = f"{indent}{_inline(key)}:{_block(value, indent, newline)}{newline}"
    place = _end_of_document(text, root.end if root else 0)
    gap = newline if place and text[place - 1] not in "\r\n\ufeff" else ""
    return text[:place] + gap + added + text[place:]


def _end_of_document(text: str, start: int) -> int:
    """Where a line can be added: before the mark that ends the document, or at the end."""
    mark = re.compile(r"^\.\.\.(?=\s|$)", re.MULTILINE).search(text, start)
    return mark.start() if mark else len(text)


def _column(text: str, place: int) -> int:
    """How far from the beginning of its line a character stands, a byte order mark not counted."""
    return len(text[text.rfind("\n", 0, place) + 1 : place].lstrip("\ufeff"))


def _replaced(text: str, name: Node, old: Node, value: object, newline: str, *, flow: bool) -> str:
    if old == _node(value):
        return text
    grown = _grown(text, old, value, newline)
    if grown is not None:
        return grown
    colon = text.index(":", name.end) + 1
    start, end = (colon, colon) if _is_empty(old) else (old.start, _end(text, old))
    between = text[colon:start].rstrip()  # a comment, where the value begins in a line below
    if flow or old.flow or not _is_long(value):
        written = f" {_inline(value)}{between}"
    else:
        indent = " " * _column(text, name.start)
        written = between + _block(value, indent, newline)
    rest = text[end:]
    return text[:colon] + written + (" " if rest[:1] == "#" else "") + rest


def _grown(text: str, old: Node, value: object, newline: str) -> str | None:
    """The text with items added to a list of lines, if that is all; comments of the others stay."""
    if old.kind != "array" or old.flow or not isinstance(value, list | tuple):
        return None
    if _node(value).items[: len(old.items)] != old.items or _is_empty(old.items[-1]):
        return None
    indent = " " * _column(text, old.start)
    line_end = text.find("\n", _end(text, old))
    place = len(text) if line_end < 0 else line_end + 1
    gap = newline if line_end < 0 else ""
    added = "".join(f"{indent}- {_inline(one)}{newline}" for one in value[len(old.items) :])
    return text[:place] + gap + added + text[place:]


def _is_empty(node: Node) -> bool:
    return node.kind == "null" and not node.text


def _is_long(value: object) -> bool:
    return isinstance(value, list | tuple | dict) and bool(value)


def _end(text: str, node: Node) -> int:
    """Where the last character of a value stands; the parser counts blank lines and comments below it in."""
    parts = [*node.items, *(value for _, value in node.entries)]
    if parts and not node.flow:
        return _end(text, parts[-1])
    return node.start + len(text[node.start : node.end].rstrip())


def _block(value: object, indent: str, newline: str) -> str:
    """A value as it stands after a key and its colon, lists and mappings on lines of their own."""
    if not _is_long(value):
        return f" {_inline(value)}"
    if isinstance(value, dict):
        lines = [f"{_inline(str(key))}: {_inline(one)}" for key, one in value.items()]
    else:
        assert isinstance(value, list | tuple)
        lines = [f"- {_inline(one)}" for one in value]
    return "".join(f"{newline}{indent}{INDENT}{line}" for line in lines)


def _inline(value: object) -> str:
    """A value on one line, as it may stand in brackets too."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_inline(str(key))}: {_inline(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_inline(one) for one in value) + "]"
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return str(value) if isinstance(value, int) else _text(str(value))


def _text(text: str) -> str:
    """A text, in quotes where YAML would read it as something else without them."""
    if _PLAIN.fullmatch(text) and read_document(f"- {text}")[0] == _node([text]):
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else f"\\U{ord(character):08x}"
