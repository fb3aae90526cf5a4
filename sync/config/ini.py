"""What ``config.ini`` of a book built by d2lbook says of the translation: defaults, for people who have it already.

``translator`` and ``terminology`` of its ``[translation]`` are not read: which engine may cost money is for the
configuration of AMTS to say.
"""

from __future__ import annotations

import re
from configparser import Error, RawConfigParser
from typing import Final

from sync.config.document import Node
from sync.config.model import INI_PATH
from sync.config.schema import check_value

KEYS: Final = (
    ("source", "translation", "origin_repo"),
    ("lang", "project", "lang"),
    ("bibliography", "pdf", "bibfile"),
)
"""Our key, and the section and the key of d2lbook."""

_OWNER_AND_NAME = re.compile(r"[\w.-]+/[\w.-]+")
SOURCE_LANGUAGE: Final = "en"


def read_ini(text: str) -> tuple[dict[str, tuple[Node, str]], tuple[str, ...]]:
    """Our key → its value and where that stands; and warnings. A file that cannot be read says nothing."""
    parser = RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except (Error, ValueError, AttributeError, TypeError) as error:
        reason = " ".join(str(error).split())
        return {}, (f"{INI_PATH} cannot be read, so it gives no defaults: {reason}",)
    found: dict[str, tuple[Node, str]] = {}
    warnings = _other_language(parser)
    for key, section, name in KEYS:
        value = parser.get(section, name, fallback="") or ""
        place = f"{INI_PATH} [{section}] {name}"
        if not value.strip():
            continue
        node = _node(key, value)
        complaints = [f"{place} is not used: {problem.says}" for problem in check_value(node, key)]
        warnings += complaints
        if not complaints:
            found[key] = (node, place)
    return _without_english(found, warnings)


def _other_language(parser: RawConfigParser) -> list[str]:
    origin = (parser.get("translation", "origin_lang", fallback="") or "").strip()
    if not origin or origin.casefold().replace("_", "-").split("-")[0] == SOURCE_LANGUAGE:
        return []
    return [f'{INI_PATH} [translation] origin_lang is "{origin[:20]}", and AMTS follows English only.']


def _without_english(
    found: dict[str, tuple[Node, str]], warnings: list[str]
) -> tuple[dict[str, tuple[Node, str]], tuple[str, ...]]:
    """A translation is not into English: a file that says so was copied from the English book."""
    lang = found.get("lang")
    if lang and lang[0].text.casefold().split("-")[0] == SOURCE_LANGUAGE:
        found = {key: value for key, value in found.items() if key != "lang"}
        if "source" in found:
            warnings.append(f"{lang[1]} is not used: it says English, which is what is translated from.")
    return found, tuple(warnings)


def _node(key: str, value: str) -> Node:
    value = value.strip()
    if key == "source" and _OWNER_AND_NAME.fullmatch(value):
        value = f"https://github.com/{value}"  # d2lbook gives the name on GitHub
    if key == "lang":
        value = value.replace("_", "-")
    if key == "bibliography":
        return Node(kind="array", items=tuple(Node(kind="string", text=name) for name in value.split()))
    return Node(kind="string", text=value)
