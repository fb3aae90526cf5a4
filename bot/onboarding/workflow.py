"""The workflow of a fork: written from those that are shipped, and recognised again. Pure but for package data."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib.resources import files
from itertools import count
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

WORKFLOW: Final = ".github/workflows/amts.yml"
FOLDER: Final = ".github/workflows/"
TEMPLATES: Final[Mapping[str, str]] = {"amazon": "pull-amazon.yml"}
"""Engine → what its workflow is made from; the others take ``PLAIN``."""
PLAIN: Final = "pull.yml"
OWNER: Final = "AMTS_OWNER"
ACTION: Final = f"{OWNER}/amts@v1"
"""As the shipped workflows call it."""
DEFAULT_TOKEN: Final = frozenset({"github.token", "secrets.GITHUB_TOKEN"})

_USES = re.compile(r"^\s*(?:-\s+)?uses:\s*[\"']?([\w.-]+/amts@[\w./-]+)", re.MULTILINE)
_CRON = re.compile(r"^(\s*- cron:) .*$", re.MULTILINE)
_TOKEN = re.compile(r"^\s*github-token:\s*[\"']?\$\{\{\s*([^}\n]*?)\s*\}\}", re.MULTILINE)
_EDITION = re.compile(r"^# Written by `amts setup`, edition ([0-9a-f]{8})\b", re.MULTILINE)
_HEADER = """\
# Written by `amts setup`, edition {edition}. It is yours: change what you like, a later setup leaves it as it is.
"""
_SCHEDULED = (
    "at a minute of this repository's own, because at full hours everybody's runs start",
    "collects what a service was still at work on",
)


@dataclass(frozen=True, slots=True)
class Time:
    """A minute of the week."""

    minute: int
    hour: int
    weekday: int
    """0 is Sunday."""

    def cron(self, days: int = 0) -> str:
        """As schedules of workflows say it, some days later."""
        return f"{self.minute} {self.hour} * * {(self.weekday + days) % 7}"


def own_time(name: str) -> Time:
    """The minute of a repository, always the same, spread over the week; never a full hour."""
    number = int.from_bytes(hashlib.sha256(name.casefold().encode()).digest()[:8], "big")
    number, minute = divmod(number, 59)
    number, hour = divmod(number, 24)
    return Time(minute + 1, hour, number % 7)


def template(engine: str) -> str:
    """The workflow that is shipped for an engine."""
    path = files("bot.onboarding").joinpath("workflows", TEMPLATES.get(engine, PLAIN))
    return path.read_text("utf-8")


def write_workflow(engine: str, name: str, action: str = ACTION) -> str:
    """The workflow of the repository ``name``, which takes ``action`` (``owner/amts@ref``)."""
    text = template(engine)
    body = "\n".join(text.split("\n")[_header_lines(text) :]).replace(ACTION, action)
    time, number = own_time(name), count()

    def schedule(found: re.Match[str]) -> str:
        place = next(number)
        return f'{found[1]} "{time.cron(2 * place)}" # {_SCHEDULED[min(place, 1)]}'

    return _HEADER.format(edition=edition_of(text)) + _CRON.sub(schedule, body)


def _header_lines(text: str) -> int:
    lines = text.split("\n")
    return next(number for number, line in enumerate(lines) if not line.startswith("#"))


def edition_of(text: str) -> str:
    """What tells one edition of a workflow from another, whatever its comments, its times and its action's name."""
    plain = _USES.sub("uses:", _CRON.sub(r"\1", text))
    lines = (re.sub(r"(^|\s)#.*", "", line).rstrip() for line in plain.split("\n"))
    return hashlib.sha256("\n".join(line for line in lines if line).encode()).hexdigest()[:8]


def shipped_editions() -> frozenset[str]:
    """Those of this version of the program."""
    return frozenset(edition_of(template(engine)) for engine in ("", *TEMPLATES))


def written_edition(text: str) -> str:
    """The edition that a workflow of a fork was made from, whatever was changed in it since."""
    found = _EDITION.search(text)
    return found[1] if found else edition_of(text)


def actions_in(text: str) -> tuple[str, ...]:
    """How a workflow calls the action: ``owner/amts@ref``; nothing where it does not take it."""
    return tuple(dict.fromkeys(_USES.findall(text)))


def tokens_in(text: str) -> frozenset[str]:
    """The expressions by which a workflow gives the action a token."""
    return frozenset(_TOKEN.findall(text))


def is_workflow(path: str) -> bool:
    """Whether GitHub takes a file for a workflow."""
    return path.startswith(FOLDER) and path.count("/") == 2 and path.endswith((".yml", ".yaml"))
