"""What a run of the action is asked for: its inputs, and what somebody said who started it by hand. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.inputs import read_inputs
from bot.model import Dispatched, Inputs
from bot.upkeep.keeping import OPEN_AT_MOST, Limits
from bot.upkeep.lanes import GroupBy
from sync.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.model import Event

NAMES: Final = (
    "github-token",
    "target-language",
    "source-repo",
    "source-ref",
    "paths",
    "engine",
    "dry-run",
    "max-characters",
    "group-by",
    "max-open-prs",
)
"""The inputs of ``action.yml``."""
OF_A_RUN: Final = {"paths": "paths", "source-ref": "ref", "dry-run": "dry-run", "max-characters": "max-characters"}
"""Those that somebody may give who starts a run by hand, under these names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What holds for one run."""

    token: str = field(repr=False)
    lang: str
    """Empty where the fork's configuration says it."""
    source: str
    """A URL, or ``owner/name`` on the same server; empty where the configuration says it."""
    engine: str
    limits: Limits
    inputs: Inputs
    """Paths, the English revision, a dry run, a limit of characters."""


def read_options(env: Mapping[str, str], event: Event) -> Options:
    """The options of a run; what was said when it was started by hand comes first.

    Raises:
        UsageError: an input is not what it should be.
    """
    given = {name: env.get(f"INPUT_{name.upper().replace('-', '_')}", "").strip() for name in NAMES}
    inputs = read_inputs({name: given[key] for key, name in OF_A_RUN.items() if given[key]})
    if isinstance(event, Dispatched):
        inputs = _over(inputs, event.inputs)
    return Options(
        token=given["github-token"],
        lang=given["target-language"],
        source=given["source-repo"],
        engine=given["engine"],
        limits=Limits(open_pulls=_open_pulls(given["max-open-prs"]), group_by=_group_by(given["group-by"])),
        inputs=inputs,
    )


def _over(inputs: Inputs, said: Inputs) -> Inputs:
    return Inputs(
        paths=said.paths or inputs.paths,
        languages=said.languages,
        ref=said.ref or inputs.ref,
        dry_run=said.dry_run or inputs.dry_run,
        max_characters=inputs.max_characters if said.max_characters is None else said.max_characters,
    )


def _open_pulls(text: str) -> int:
    if not text:
        return OPEN_AT_MOST
    if text.isascii() and text.isdecimal() and len(text) < 4:
        return int(text)
    message = f"The input max-open-prs is {text[:40]!r}. Give a whole number, like {OPEN_AT_MOST}."
    raise UsageError(message)


def _group_by(text: str) -> GroupBy:
    try:
        return GroupBy(text or GroupBy.FOLDER)
    except ValueError as error:
        message = f"The input group-by is {text[:40]!r}. Choose one of: {', '.join(GroupBy)}."
        raise UsageError(message) from error
