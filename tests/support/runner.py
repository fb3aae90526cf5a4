"""What GitHub's runner makes of what a step prints and writes, as its documentation says: so that tests see effects."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_COMMAND = re.compile(r"\s*::([^\s:]+)(?:\s+([^:]*))?::(.*)")
_OLD_COMMAND = re.compile(r".*?##\[([^\s\]]+)(?:\s+([^\]]*))?\](.*)")


@dataclass(frozen=True, slots=True)
class Heard:
    """One command that the runner carries out."""

    name: str
    data: str
    properties: dict[str, str] = field(default_factory=dict)


def heard(printed: str) -> list[Heard]:
    """The commands in what a step printed, in order, with those left out that are said while commands are off."""
    found, token = [], ""
    for line in re.split(r"\r\n|\r|\n", printed):
        match = _COMMAND.fullmatch(line) or _OLD_COMMAND.fullmatch(line)
        if not match:
            continue
        if token:
            token = "" if match[1] == token else token
        elif match[1] == "stop-commands":
            token = match[3]
        else:
            pairs = (pair.split("=", 1) for pair in (match[2] or "").split(",") if "=" in pair)
            found.append(Heard(match[1], _plain(match[3]), {key: _plain(value) for key, value in pairs}))
    return found


def _plain(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def outputs(written: str) -> dict[str, str]:
    """What is read from a file of outputs: ``name=value``, or ``name<<END`` and lines up to ``END``."""
    found: dict[str, str] = {}
    lines = iter(written.split("\n"))
    for line in lines:
        name, _, end = line.partition("<<")
        if end:
            value = []
            while (inner := next(lines)) != end:
                value.append(inner)
            found[name] = "\n".join(value)
        elif "=" in line:
            name, _, found[name] = line.partition("=")
    return found
