"""What a configuration may say, from the JSON Schema that is published; the schema is the only place that knows it.

The part of JSON Schema that it uses is checked here, and not by a library, because the messages are the point: each
says the line, the key, what is wrong and what is allowed.
"""

from __future__ import annotations

import json
import re
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, cast

from sync.config.document import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sync.config.document import Node

SCHEMA_FILE: Final = "amts.schema.json"

NAMES: Final = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
    "date": "a date",
    "array": "a list",
    "object": "a mapping",
}
"""Kind of value → how people call it."""

LONGEST: Final = 40
"""Characters of a word that may have been meant to be another."""

KEYWORDS: Final = {
    *("type", "enum", "pattern", "minimum", "items", "uniqueItems", "properties", "required", "propertyNames"),
    *("additionalProperties", "anyOf", "$ref"),
}
"""What of JSON Schema is checked here. Those that only describe are not among them."""


def schema_text() -> str:
    """The published file."""
    return files("sync").joinpath(SCHEMA_FILE).read_text("utf-8")


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of a configuration."""
    return cast("dict[str, Any]", json.loads(schema_text()))


def rule_of(key: str) -> dict[str, Any]:
    """What the schema says of one key, references followed. Raises KeyError where it has no such key."""
    return _followed(schema()["properties"][key])


def keys() -> tuple[str, ...]:
    """The keys that mean something, in the order of the schema."""
    return tuple(schema()["properties"])


def near(word: str, known: Iterable[str]) -> str:
    """The one of ``known`` that ``word`` was probably meant to be, or nothing."""
    if not 2 <= len(word) <= LONGEST:
        return ""
    folded = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold().replace("_", "-"), folded, n=1, cutoff=0.7)
    return folded[found[0]] if found else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that suggests a known word, with a space before it; nothing where none is near."""
    found = near(word, known)
    return f' Did you mean "{found}"?' if found else ""


def check(node: Node) -> Iterator[Problem]:
    """All that is wrong with a whole configuration, and its unknown keys, which are not fatal."""
    yield from _check(node, schema(), "")


def check_value(node: Node, key: str) -> Iterator[Problem]:
    """All that is wrong with the value of one key. Raises KeyError where the schema has no such key."""
    yield from _check(node, rule_of(key), key)


def _followed(rule: dict[str, Any]) -> dict[str, Any]:
    """A rule with what its ``$ref`` names laid under it."""
    if "$ref" not in rule:
        return rule
    name = rule["$ref"].removeprefix("#/$defs/")
    return {**_followed(schema()["$defs"][name]), **{word: value for word, value in rule.items() if word != "$ref"}}


def _alternatives(rule: dict[str, Any]) -> list[dict[str, Any]]:
    """The rules of which one must hold, each for a kind of value of its own."""
    return [_followed(one) for one in rule.get("anyOf", [rule])]


def _check(node: Node, rule: dict[str, Any], key: str) -> Iterator[Problem]:
    alternatives = _alternatives(_followed(rule))
    fitting = next((one for one in alternatives if one["type"] == node.kind), None)
    if fitting is None:
        yield Problem(node.line, key, _wrong_kind(node, [one["type"] for one in alternatives]))
    elif node.kind == "object":
        yield from _check_entries(node, fitting, key)
    elif node.kind == "array":
        yield from _check_items(node, fitting, key)
    else:
        yield from _check_scalar(node, fitting, key)


def _wrong_kind(node: Node, wanted: list[str]) -> str:
    """A message, with what to write instead where that is plain."""
    needs = " or ".join(NAMES[kind] for kind in wanted)
    if node.kind in {"array", "object"}:
        return f"is {NAMES[node.kind]}, and {needs} is needed."
    if node.kind == "null":
        return f"has no value, and {needs} is needed. Give one, or delete the key."
    says = f"{node.shown} is {NAMES[node.kind]}, and {needs} is needed."
    if "string" in wanted:
        return f'{says} Put it in quotes: "{node.text}".'
    if wanted == ["integer"] and node.kind == "string" and node.text.isdecimal():
        return f"{says} Write it without quotes."
    return f"{says} Write it in brackets: [{node.text}]." if "array" in wanted and len(node.text) < 60 else says


def _check_scalar(node: Node, rule: dict[str, Any], key: str) -> Iterator[Problem]:
    allowed = [str(value) for value in rule.get("enum", ())]
    if allowed and node.text not in allowed:
        suggestion = did_you_mean(node.text, allowed)
        yield Problem(node.line, key, f"{node.shown} is not known. Allowed: {', '.join(allowed)}.{suggestion}")
    if "pattern" in rule and not re.fullmatch(rule["pattern"], node.text):
        yield Problem(node.line, key, f"{node.shown} is not allowed. What is needed: {rule['title']}.")
    if "minimum" in rule and int(node.text) < rule["minimum"]:
        yield Problem(node.line, key, f"{node.text} is too small. It must be {rule['minimum']} or more.")


def _check_items(node: Node, rule: dict[str, Any], key: str) -> Iterator[Problem]:
    seen: set[Node] = set()
    for at, item in enumerate(node.items):
        yield from _check(item, rule["items"], f"{key}[{at}]")
        if rule.get("uniqueItems") and item in seen:
            yield Problem(item.line, f"{key}[{at}]", f"{item.shown} is there twice. Delete one of the two.")
        seen.add(item)


def _check_entries(node: Node, rule: dict[str, Any], key: str) -> Iterator[Problem]:
    known, others = rule.get("properties", {}), rule.get("additionalProperties", True)
    for name, value in node.entries:
        inner = f"{key}.{name.text}" if key else name.text
        if "propertyNames" in rule:
            yield from _check(name, rule["propertyNames"], inner)
        if name.text in known:
            yield from _check(value, known[name.text], inner)
        elif isinstance(others, dict):
            yield from _check(value, others, inner)
        else:
            suggestion = did_you_mean(name.text, known)
            yield Problem(name.line, inner, f"no such key; it is kept and has no effect.{suggestion}", fatal=False)
    names = {name.text for name, _ in node.entries}
    for missing in (name for name in rule.get("required", ()) if name not in names):
        yield Problem(node.line, key, f"{missing} is missing. Needed: {', '.join(rule['required'])}.")
