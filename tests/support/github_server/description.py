"""GitHub's own description of its API, cut down to what is emulated: every call is held against it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import jsonschema_rs

from tests.support.github_server.packages import CACHE, OPENAPI, kept, packed
from tests.support.github_server.trimming import trimmed
from tests.support.github_server.waivers import Violation, unwaived

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DOCUMENT = "urn:github"
GENERAL = frozenset({401, 403, 404, 429, 500, 502, 503})
"""Statuses that any operation may answer, whether its description says so or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method of one path, with the pattern that finds it."""

    name: str
    method: str
    template: str
    pattern: re.Pattern[str]

    @property
    def pointer(self) -> str:
        """Where the description has it, as a JSON pointer."""
        return f"/paths/{escaped(self.template)}/{self.method.lower()}"


def escaped(part: str) -> str:
    """A part of a JSON pointer."""
    return part.replace("~", "~0").replace("/", "~1")


def referring(place: str) -> dict[str, str]:
    """A schema that is what stands at a JSON pointer of the description."""
    return {"$ref": f"{DOCUMENT}#{quote(place, safe='/~')}"}


def pattern_of(template: str, deep: Iterable[str] = ()) -> re.Pattern[str]:
    """What a path looks like; the parameters of ``deep`` hold slashes."""
    deep = frozenset(deep)

    def one(found: re.Match[str]) -> str:
        return f"(?P<{found[1]}>{'.+' if found[1] in deep else '[^/]+'})"

    return re.compile(re.sub(r"\\\{(\w+)\\\}", one, re.escape(template)))


class Description:
    """The part of the description that has ``operations``, each ``METHOD /path/{of}/it``."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self._validators: dict[str, Any] = {}

    @cached_property
    def _registry(self) -> jsonschema_rs.Registry:
        return jsonschema_rs.Registry([(DOCUMENT, dict(self.document))], draft=jsonschema_rs.Draft202012)

    @cached_property
    def operations(self) -> list[Operation]:
        """Those that it has; long paths before short ones, and fixed parts before parameters."""
        found = [
            Operation(
                name=f"{method.upper()} {path}", method=method.upper(), template=path, pattern=pattern_of(path, DEEP)
            )
            for path, methods in self.document["paths"].items()
            for method in methods
        ]
        return sorted(found, key=_order)

    def at(self, pointer: str) -> Any:
        """What stands at a JSON pointer, references followed."""
        node: Any = self.document
        for part in pointer.strip("/").split("/"):
            node = node[part.replace("~1", "/").replace("~0", "~")]
        return self.at(node["$ref"].removeprefix("#")) if isinstance(node, dict) and "$ref" in node else node

    def example(self, name: str) -> Any:
        """GitHub's example of that name, its first entry where it is a list."""
        value = self.document["components"]["examples"][name]["value"]
        return value[0] if isinstance(value, list) else value

    def check_request(self, operation: Operation, query: Mapping[str, str], body: Any) -> list[Violation]:
        """What is wrong with a request; ``body`` is ``None`` where there is none."""
        found = [*self._check_query(operation, query), *self.faults_of_body(operation, body)]
        return unwaived(found)

    def _check_query(self, operation: Operation, query: Mapping[str, str]) -> Iterable[Violation]:
        listed = self.at(operation.pointer).get("parameters", [])
        known = {one["name"]: one for one in map(self._resolved, listed) if one["in"] == "query"}
        for name, value in query.items():
            if name not in known:
                yield Violation(operation.name, "query", f"/{name}", "is no parameter of this operation")
                continue
            for error in self._errors({**known[name]["schema"]}, read_as(known[name]["schema"], value)):
                yield Violation(operation.name, "query", f"/{name}", error.message)

    def _resolved(self, node: dict[str, Any]) -> dict[str, Any]:
        return self.at(node["$ref"].removeprefix("#")) if "$ref" in node else node

    def faults_of_body(self, operation: Operation, body: Any) -> Iterable[Violation]:
        """What is wrong with the body of a request, waivers aside."""
        wanted = self.at(operation.pointer).get("requestBody")
        if body is None or wanted is None:
            if wanted is not None and wanted.get("required"):
                yield Violation(operation.name, "request", "", "has no body")
            elif body:
                yield Violation(operation.name, "request", "", "has a body, and the operation takes none")
            return
        place = f"{operation.pointer}/requestBody/content/application~1json/schema"
        for error in self._errors(referring(place), body, key=place):
            yield Violation(operation.name, "request", pointer(error), error.message)

    def check_answer(self, operation: Operation, status: int, body: Any) -> list[Violation]:
        """What is wrong with an answer; ``body`` is ``None`` where there is none."""
        return unwaived(self.faults_of_answer(operation, status, body))

    def faults_of_answer(self, operation: Operation, status: int, body: Any) -> Iterable[Violation]:
        """What is wrong with an answer, waivers aside."""
        side = f"answer {status}"
        described = self.at(operation.pointer)["responses"]
        if str(status) not in described and status not in GENERAL:
            yield Violation(operation.name, side, "", "is no status of this operation")
            return
        where = self._answer_schema(operation, status)
        if where is None:
            if body is not None:
                yield Violation(operation.name, side, "", "has a body, and the description has none")
            return
        for error in self._errors(referring(where), body, key=where):
            yield Violation(operation.name, side, pointer(error), error.message)

    def _answer_schema(self, operation: Operation, status: int) -> str | None:
        """Where the schema of an answer is; refusals that are not described further are all of one form."""
        node = self.at(operation.pointer)["responses"].get(str(status), {})
        place = node.get("$ref", f"#{operation.pointer}/responses/{status}").removeprefix("#")
        if node and "application/json" in self.at(place).get("content", {}):
            return f"{place}/content/application~1json/schema"
        return "/components/schemas/basic-error" if status >= 400 else None

    def _errors(self, schema: dict[str, Any], value: Any, key: str = "") -> Iterable[Any]:
        key = key or json.dumps(schema, sort_keys=True)
        if key not in self._validators:
            self._validators[key] = jsonschema_rs.Draft202012Validator(schema, registry=self._registry)
        return list(self._validators[key].iter_errors(value))


def _order(one: Operation) -> tuple[int, list[bool]]:
    parts = one.template.split("/")
    return -len(parts), [part.startswith("{") for part in parts]


DEEP = ("path", "ref", "basehead", "branch")
"""Parameters of paths that may hold slashes."""


def pointer(error: Any) -> str:
    """The place of an error in what was looked at."""
    return "".join(f"/{part}" for part in error.instance_path)


def read_as(schema: Mapping[str, Any], value: str) -> Any:
    """A parameter of a query, as the type that it should have, if it can be read as that."""
    if schema.get("type") == "integer" and re.fullmatch(r"-?\d+", value):
        return int(value)
    if schema.get("type") == "boolean" and value in ("true", "false"):
        return value == "true"
    return value


@cache
def description(operations: tuple[str, ...]) -> Description:
    """The description of these operations. Raises ``NotToBeHad`` where there is no package and none is kept."""
    return Description(
        kept(
            CACHE / f"github-operations-{OPENAPI.version}.json",
            operations,
            lambda: trimmed(packed(OPENAPI), operations),
        )
    )
