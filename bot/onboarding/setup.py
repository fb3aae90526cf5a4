"""What a fork needs in order to be kept in step: the files to add, the rights to give, the steps to take. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.onboarding.attributes import ATTRIBUTES, with_generated
from bot.onboarding.places import full_address
from bot.onboarding.workflow import ACTION, OWNER, WORKFLOW, own_time, write_workflow
from sync.config import CONFIG_PATH
from sync.repositories.follow import MAIN
from sync.repositories.revisions import FileChange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.onboarding.fork import Fork
    from bot.onboarding.standing import Standing

AMAZON: Final = "amazon"
DAYS: Final = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What is decided for a fork, by people or by what was seen."""

    lang: str
    source: str
    """The address of the English; empty where it is only known on this machine."""
    engine: str
    follow: str
    action: str = ACTION
    """``owner/amts@ref``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What there is to do."""

    files: tuple[FileChange, ...]
    left: tuple[str, ...]
    """Paths that are there already and stay as they are."""
    needs: tuple[str, ...]
    """Permissions and secrets, a line each."""
    steps: tuple[str, ...]
    """What people do next, a line each."""


def plan_setup(fork: Fork, choices: Choices, standing: Standing) -> Plan:
    """What is written, and what people have to do. A file that is there is not written, but for lines that it lacks."""
    attributes = with_generated(fork.attributes, keeps_english=fork.keeps_english)
    wanted = {
        WORKFLOW: "" if fork.own_workflows else write_workflow(choices.engine, fork.name, choices.action),
        CONFIG_PATH: "" if fork.has_config else write_config(fork, choices),
        ATTRIBUTES: "" if attributes == fork.attributes else attributes,
    }
    files = tuple(FileChange(path, text) for path, text in wanted.items() if text)
    left = (fork.own_workflows or (WORKFLOW,))[0], CONFIG_PATH, ATTRIBUTES
    return Plan(
        files=files,
        left=tuple(path for path, text in zip(left, wanted.values(), strict=True) if not text),
        needs=tuple(_needs(choices)),
        steps=(_first_step(fork, choices, some=bool(files)), *_steps(fork, choices, standing)),
    )


def write_config(fork: Fork, choices: Choices) -> str:
    """A ``.amts.yml`` that says what nothing else says, and what is not as it is by default."""
    return "\n".join([*_head(fork), *_keys(fork, choices), ""])


def _head(fork: Fork) -> Iterator[str]:
    yield "# How AMTS keeps this translation in step. Its keys: docs/configuration.md of AMTS, or amts config show."
    inherited = [f"{key} ({fork.place_of(key)})" for key in ("source", "lang", "bibliography") if fork.says(key)]
    if inherited:
        yield f"# Said elsewhere already: {', '.join(inherited)}."


def _keys(fork: Fork, choices: Choices) -> Iterator[str]:
    unsaid = _unsaid(fork, choices)
    yield "version: 1"
    if "source" in unsaid:
        yield f"source: {unsaid['source']} # the English book"
    elif not fork.says("source"):
        yield "# source: https://… # the English book"
    if "lang" in unsaid:
        yield f"lang: {unsaid['lang']}"
    if choices.follow != MAIN:
        yield f"follow: {choices.follow} # waits for releases of the English; main takes every change at once"
    if "engine" in unsaid:
        yield f"engine: {unsaid['engine']}"
    if choices.engine == AMAZON:
        yield from _AMAZON


def _unsaid(fork: Fork, choices: Choices) -> dict[str, str]:
    """The keys whose value is chosen, and is not what the fork says."""
    said = {
        "source": full_address(fork.config.source) or fork.config.source,
        "lang": fork.said_lang,
        "engine": fork.config.engine,
    }
    chosen = {"source": choices.source, "lang": choices.lang, "engine": choices.engine}
    return {key: value for key, value in chosen.items() if value and value != said[key]}


_AMAZON: Final = (
    "amazon: # the steps are in docs/aws.md of AMTS",
    "  # region: us-east-1",
    "  # bucket: the bucket in which everything is kept",
    "  # role: arn:aws:iam::ACCOUNT:role/amts-data",
    "  max-usd-run: 5 # a run that would cost more sends nothing",
    "  max-usd-month: 20",
)


def _needs(choices: Choices) -> Iterator[str]:
    yield "Permissions: the workflow asks for contents, pull-requests and issues to write, and for nothing else."
    yield (
        "Settings → Actions → General: allow GitHub Actions to create and approve pull requests. "
        "Settings → General → Features: Issues, which forks are made without."
    )
    if choices.engine == AMAZON:
        yield (
            "Variables (Settings → Secrets and variables → Actions → Variables): AMTS_ROLE, the ARN of the caller "
            "role, and AMTS_REGION. No secrets: the job gets a role for an hour."
        )
    else:
        yield "Secrets: none. With the default token no checks start on its pull requests; with an App's they do."


def _first_step(fork: Fork, choices: Choices, *, some: bool) -> str:
    by_hand = tuple(_by_hand(fork, choices))
    if some:
        return ", ".join(["Look at the new files", *by_hand, "and merge them into the default branch."])
    return f"All files are there{'; still to do: ' if by_hand else ''}{', '.join(by_hand)}."


def _steps(fork: Fork, choices: Choices, standing: Standing) -> Iterator[str]:
    account = "Set up the account (docs/aws.md), and make" if choices.engine == AMAZON else "Make"
    where = f"--repository {fork.name}" if "/" in fork.name else f"--target {fork.location}"
    yield f"{account} the settings above; then `amts doctor {where}` says what is still missing."
    time = own_time(fork.name)
    yield (
        f"Actions → AMTS → Run workflow, or wait for {DAYS[time.weekday]}, {time.hour:02}:{time.minute:02} UTC. "
        f"{_first(standing)}"
    )


def _by_hand(fork: Fork, choices: Choices) -> Iterator[str]:
    """What the files lack, because only people know it or because it is in a file of theirs."""
    if OWNER in choices.action and not fork.own_workflows:
        yield f"replace {OWNER} in {WORKFLOW}"
    if not choices.source and not fork.says("source"):
        yield f"put the address of the English into {CONFIG_PATH}"
    if fork.has_config:
        yield from (f"`amts config set {key} {value}`" for key, value in _unsaid(fork, choices).items())


def _first(standing: Standing) -> str:
    unknown = f" {standing.unknown} are left alone until it is known which English they were made from."
    found = "No chapter is behind today."
    if standing.behind:
        found = (
            f"{standing.behind} chapters are behind: the first run opens an issue about them, and a small pull request."
        )
    return found + (unknown if standing.unknown else "")
