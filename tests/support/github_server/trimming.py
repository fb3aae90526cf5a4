"""An OpenAPI 3.0 document cut down to some operations, its schemas in the words of JSON Schema 2020-12."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

IDLE = frozenset(
    {"description", "example", "examples", "externalDocs", "x-github-breaking-changes", "deprecated", "title"}
)
"""Words of a schema that refuse nothing."""


def trimmed(document: dict[str, Any], operations: Iterable[str]) -> dict[str, Any]:
    """Those operations, and of the components what they refer to. Raises ``KeyError`` for one that is not described."""
    paths: dict[str, Any] = {}
    for name in operations:
        method, path = name.split(" ", 1)
        found = document["paths"].get(path, {}).get(method.lower())
        if found is None:
            raise KeyError(name)
        paths.setdefault(path, {})[method.lower()] = {
            word: found[word] for word in ("parameters", "requestBody", "responses") if word in found
        }
    components: dict[str, dict[str, Any]] = {
        "schemas": {},
        "examples": {},
        "parameters": {},
        "responses": {},
        "headers": {},
    }
    waiting = list(references(paths))
    while waiting:
        _, _, kind, name = waiting.pop().split("/")
        if name not in components[kind]:
            components[kind][name] = document["components"][kind][name]
            waiting.extend(references(components[kind][name]))
    examples = components.pop("examples")
    return {"paths": modern(paths), "components": {**modern(components), "examples": examples}}


def references(node: Any) -> Iterator[str]:
    """All ``$ref`` below a node."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        node = list(node.values())
    if isinstance(node, list):
        for one in node:
            yield from references(one)


def modern(node: Any, names: bool = False) -> Any:
    """Says ``nullable`` as a type, without what refuses nothing; the keys of a node with ``names`` are no words."""
    if isinstance(node, list):
        return [modern(one) for one in node]
    if not isinstance(node, dict):
        return node
    found = {
        word: value if word == "enum" else modern(value, names=word in ("properties", "schemas", "paths"))
        for word, value in node.items()
        if names or word not in IDLE
    }
    return found if names else nullable(found)


def nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """``nullable: true`` of OpenAPI 3.0 in the words of JSON Schema."""
    if schema.pop("nullable", None) is not True:
        return schema
    if "enum" in schema and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}
