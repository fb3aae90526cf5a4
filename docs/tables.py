"""Writes the tables of the documentation that come from what the program reads itself: ``make docs``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sync.config.schema import keys, rule_of, schema

FOLDER = Path(__file__).parent
BEGIN = "<!-- begin: written by `make docs` -->\n"
END = "<!-- end -->\n"


def configuration_table() -> str:
    """One row for each key of the configuration."""
    rows = ["| key | value | default | what it says |", "|---|---|---|---|"]
    for key in keys():
        rule = rule_of(key)
        default = _code(rule["default"]) if "default" in rule else "none"
        cells = (f"`{key}`", _kind(key, rule), default, rule["description"] + _examples(rule))
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


def _kind(key: str, rule: dict[str, Any]) -> str:
    """What may stand as a value, in a few words."""
    if "enum" in rule:
        return ", ".join(map(_code, rule["enum"]))
    if key == "keep":
        return "list: path or glob, or `{path, digest}`"
    if rule["type"] == "array":
        return f"list: {_kind('', _resolved(rule['items']))}"
    if rule["type"] == "object":
        return "mapping of path to path"
    return rule.get("title", "whole number").partition(", like")[0].partition(":")[0]


def _resolved(rule: dict[str, Any]) -> dict[str, Any]:
    return schema()["$defs"][rule["$ref"].rpartition("/")[2]] if "$ref" in rule else rule


def _examples(rule: dict[str, Any]) -> str:
    found = [_code(example) for example in rule.get("examples", ())]
    return f" For example {' or '.join(found)}." if found else ""


def _code(value: object) -> str:
    return f"`{value if isinstance(value, str) else json.dumps(value)}`"


def with_table(text: str, table: str) -> str:
    """A page with another table between its two marks."""
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}{table}{END}{tail}"


def main() -> None:
    page = FOLDER / "configuration.md"
    page.write_text(with_table(page.read_text("utf-8"), configuration_table()), "utf-8")


if __name__ == "__main__":
    main()
