"""Writes the tables of the documentation that come from what the program reads itself: ``make docs``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from sync.config.schema import keys, rule_of, schema

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent
ACTION = FOLDER.parent / "action.yml"
BEGIN = "<!-- begin: written by `make docs` -->\n"
INPUTS = "<!-- begin: inputs, written by `make docs` -->\n"
OUTPUTS = "<!-- begin: outputs, written by `make docs` -->\n"
END = "<!-- end -->\n"
KINDS = {"integer": "whole number", "string": "text"}


def configuration_table() -> str:
    """One row for each key of the configuration."""
    rows = ["| key | value | default | what it says |", "|---|---|---|---|"]
    for key in keys():
        rows += _rows(key, rule_of(key))
    return "\n".join(rows) + "\n"


def _rows(key: str, rule: dict[str, Any]) -> Iterator[str]:
    """The row of a key, and those of the keys below it."""
    default = _code(rule["default"]) if "default" in rule else "none"
    cells = (f"`{key}`", _kind(key, rule), default, rule.get("description", "") + _examples(rule))
    yield "| " + " | ".join(cells) + " |"
    for name, below in rule.get("properties", {}).items():
        yield from _rows(f"{key}.{name}", {**_resolved(below), **below})


def _kind(key: str, rule: dict[str, Any]) -> str:
    """What may stand as a value, in a few words."""
    if "enum" in rule:
        return ", ".join(map(_code, rule["enum"]))
    if key == "keep":
        return "list: path or glob, or `{path, digest}`"
    if "anyOf" in rule:
        return str(rule["anyOf"][0]["title"])
    if rule["type"] == "array":
        return f"list: {_kind('', _resolved(rule['items']))}"
    if "properties" in rule:
        return "mapping"
    if rule["type"] == "object":
        return "mapping of path to path"
    if rule["type"] == "boolean":
        return "`true`, `false`"
    return rule.get("title", KINDS[rule["type"]]).partition(", like")[0].partition(":")[0]


def _resolved(rule: dict[str, Any]) -> dict[str, Any]:
    return schema()["$defs"][rule["$ref"].rpartition("/")[2]] if "$ref" in rule else rule


def _examples(rule: dict[str, Any]) -> str:
    found = [_code(example) for example in rule.get("examples", ())]
    return f" For example {' or '.join(found)}." if found else ""


def _code(value: object) -> str:
    return f"`{value if isinstance(value, str) else json.dumps(value)}`"


def inputs_table(action: dict[str, Any]) -> str:
    """One row for each input of the action."""
    rows = ["| input | default | what it says |", "|---|---|---|"]
    for name, about in action["inputs"].items():
        default = f"`{about['default']}`" if about["default"] else "empty"
        rows.append(f"| `{name}` | {default} | {about['description']} |")
    return "\n".join(rows) + "\n"


def outputs_table(action: dict[str, Any]) -> str:
    """One row for each output of the action."""
    rows = [f"| `{name}` | {about['description']} |" for name, about in action["outputs"].items()]
    return "\n".join(["| output | what it says |", "|---|---|", *rows]) + "\n"


def action_page(text: str) -> str:
    """The page of the action with the tables of what ``action.yml`` has."""
    action = YAML(typ="safe", pure=True).load(ACTION.read_text("utf-8"))
    return with_table(with_table(text, inputs_table(action), INPUTS), outputs_table(action), OUTPUTS)


def with_table(text: str, table: str, begin: str = BEGIN) -> str:
    """A page with another table between its two marks."""
    head, _, rest = text.partition(begin)
    _, _, tail = rest.partition(END)
    return f"{head}{begin}{table}{END}{tail}"


def main() -> None:
    page = FOLDER / "configuration.md"
    page.write_text(with_table(page.read_text("utf-8"), configuration_table()), "utf-8")
    page = FOLDER / "action.md"
    page.write_text(action_page(page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
