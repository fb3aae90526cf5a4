"""The nouns of comment commands, who may give them, and what people are told about them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.quoting import code, inline
from sync.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

PREFIX: Final = "/amts"


class Level(StrEnum):
    """What somebody must be allowed to do in the repository before a command of theirs is run."""

    ANYONE = "anyone"
    READ = "read"
    WRITE = "write"
    MAINTAIN = "maintain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """``--name``, or ``--name=VALUE`` if it has a value."""

    name: str
    summary: str
    value: str = ""
    """What the value is called in the help; empty if it takes none."""

    @property
    def usage(self) -> str:
        return f"--{self.name}={self.value}" if self.value else f"--{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandSpec:
    """What one command is: all that the grammar checks and the help says."""

    verb: str
    summary: str
    usage: str = ""
    """Its arguments, as in ``PATH…``; the options are added to it."""
    options: tuple[Option, ...] = ()
    level: Level = Level.WRITE
    examples: tuple[str, ...] = ()
    """Whole lines."""
    least: int = 0
    most: int = 0
    """How many arguments it takes."""

    @property
    def line(self) -> str:
        """How it is written."""
        parts = (PREFIX, self.verb, self.usage, *(f"[{option.usage}]" for option in self.options))
        return " ".join(part for part in parts if part)

    def option(self, name: str) -> Option | None:
        """The option of that name."""
        return next((option for option in self.options if option.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One line of a comment, understood. Its words are a stranger's: nobody has checked that the paths exist."""

    verb: str
    options: tuple[tuple[str, str], ...] = ()
    """Names and values, as often as they were given; the value is empty where there is none."""
    arguments: tuple[str, ...] = ()
    line: str = ""
    """As it was written."""

    def has(self, name: str) -> bool:
        return any(given == name for given, _ in self.options)

    def values(self, name: str) -> tuple[str, ...]:
        return tuple(value for given, value in self.options if given == name)


class CommandError(UsageError):
    """A comment that cannot be carried out. ``line``, ``problem`` and ``nearest`` may hold a stranger's words."""

    def __init__(self, problem: str, *, line: str = "", nearest: str = "", spec: CommandSpec | None = None) -> None:
        super().__init__(f"{problem}. {f'Did you mean {nearest}? ' if nearest else ''}Nothing was run.")
        self.problem = problem
        self.line = line
        self.nearest = nearest
        self.spec = spec
        """Of the command that was meant, where that is known."""


_ROLES: Final = {"none": 0, "read": 1, "triage": 2, "write": 3, "maintain": 4, "admin": 5}
_FOLDED: Final = {"none": (0, 0), "read": (1, 2), "write": (3, 4), "admin": (5, 5)}
"""``permission`` says read for triage and write for maintain: the least and the most that it may stand for."""
_NEEDED: Final = {Level.ANYONE: 0, Level.READ: 1, Level.WRITE: 3, Level.MAINTAIN: 4}


def allows(role_name: str, permission: str, level: Level) -> bool:
    """Whether somebody may give a command of that level; both words are what GitHub says of a collaborator.

    A role that the organisation made itself counts as the least that its ``permission`` stands for; where the two words
    contradict each other, or are not known, the lesser counts.
    """
    least, most = _FOLDED.get(permission, (0, 0))
    return min(_ROLES.get(role_name, least), most) >= _NEEDED[level]


def help_text(specs: Iterable[CommandSpec]) -> str:
    """All commands, as Markdown."""
    specs = tuple(specs)
    rows = "\n".join(f"| {_table_code(spec.line)} | {spec.level} | {spec.summary} |" for spec in specs)
    options = "\n".join(
        f"* `{PREFIX} {spec.verb} {option.usage}`: {option.summary}" for spec in specs for option in spec.options
    )
    examples = "\n".join(example for spec in specs for example in spec.examples)
    return (
        "Commands start a line of a comment, one on each line. They are done in order, and none is done if one of them "
        "cannot be understood. Edited comments are not read again.\n\n"
        f"| command | who may | what it does |\n|---|---|---|\n{rows}\n\n"
        f"{options}\n\n```\n{examples}\n```\n"
    )


def _table_code(text: str) -> str:
    return f"`{text}`".replace("|", "\\|")


def refusal(error: CommandError, specs: Iterable[CommandSpec]) -> str:
    """What the author of a comment is told, as Markdown in which nothing of theirs is live."""
    where = f"\n\n> {inline(error.line)}" if error.line else ""
    hint = f" Did you mean {code(error.nearest)}?" if error.nearest else ""
    usage = help_text((error.spec,)) if error.spec else help_text(specs)
    return f"😕 {inline(error.problem)}.{hint} Nothing of this comment was run.{where}\n\n{usage}"
