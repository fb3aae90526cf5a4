"""``amts setup``: looks at a fork, and writes what it needs to be kept in step."""

from __future__ import annotations

import json
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Final

from bot.cli.options import ENGINES
from bot.cli.publication import add_publication

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence

    from bot.cli.console import Console
    from bot.onboarding.fork import Fork
    from bot.onboarding.setup import Choices, Plan
    from bot.onboarding.standing import Standing
    from sync.repositories.repository import Repository

HELP: Final = "Set up a fork: look at it, write its workflow and .amts.yml, say what it needs."
EPILOG: Final = """\
examples:
  amts setup --target fork/ --dry-run                          what it would write, in full
  amts setup --target fork/ --publish branch                   on the branch amts/setup
  amts setup --target fork/ --source https://github.com/d2l-ai/d2l-en --lang tr --output new/

It writes the workflow .github/workflows/amts.yml, which runs at a minute of the repository's own, .amts.yml with what
nothing else says, and lines of .gitattributes that fold generated files in reviews. What a fork has already is not
overwritten: a second run changes nothing.

The language is that of .amts.yml or config.ini, else the one that the chapters are written in, else the one in the
name (d2l-tr). Afterwards, `amts doctor` says whether all is as it should be.
exit codes: 0 done, or nothing to do; 2 it is not known which language or which English; 5 a repository cannot be read
"""
BRANCH: Final = "amts/setup"
TITLE: Final = "Keep this translation in step with its English"


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--target", required=True, metavar="REPO", help="repository of the translation")
    parser.add_argument(
        "--source",
        default="",
        metavar="REPO",
        help="repository of the English book (default: as .amts.yml or config.ini says it)",
    )
    parser.add_argument(
        "--lang", default="", metavar="TAG", help="language of the translation (default: as it is seen)"
    )
    parser.add_argument(
        "--engine", choices=ENGINES, default="", help="who drafts what changed (default: as .amts.yml says, else local)"
    )
    parser.add_argument(
        "--action",
        default="",
        metavar="OWNER/amts@REF",
        help="the action as the workflow names it: the account that you have AMTS from, and v1 or a commit",
    )
    add_publication(parser)


def run(arguments: Namespace, console: Console) -> int:
    from bot.cli.publication import alone, check_place, check_writable, publish
    from bot.onboarding.fork import beside_english, look_at
    from bot.onboarding.setup import plan_setup
    from sync.repositories.repository import open_repository

    check_place(arguments, "setup")
    _check_action(arguments.action)
    with ExitStack() as stack:
        fork = stack.enter_context(open_repository(arguments.target))
        stack.enter_context(alone(arguments, fork))
        check_writable(arguments, fork)
        found = look_at(fork)
        source = stack.enter_context(_english(arguments, found))
        found, choices = _choose(arguments, found, source)
        standing = beside_english(fork, found, source, choices.lang)
        plan = plan_setup(found, choices, standing)
        fields = publish(
            arguments,
            fork,
            plan.files,
            branch=BRANCH,
            base=found.tip.id,
            message=TITLE,
            source=source.resolve().id,
            fields={"title": TITLE, **_fields(found, choices, standing, plan)},
        )
    if arguments.json:
        console.print(json.dumps(fields, ensure_ascii=False))
        return 0
    _tell(found, choices, standing, console)
    _tell_plan(plan, console, shown=arguments.dry_run)
    console.print(fields["said"])
    return 0


def _check_action(action: str) -> None:
    """Raises UsageError for what no workflow could name."""
    import re

    from sync.errors import UsageError

    if action and not re.fullmatch(r"[\w-]+/amts@[\w][\w./-]*", action):
        message = f"--action {action}: give it as OWNER/amts@REF, like someone/amts@v1."
        raise UsageError(message)


@contextmanager
def _english(arguments: Namespace, found: Fork) -> Iterator[Repository]:
    """The English that was named, or that the fork names. Raises UsageError where nobody does."""
    from pathlib import Path

    from bot.onboarding.places import full_address, is_name
    from sync.errors import UsageError
    from sync.repositories.repository import open_repository

    given = arguments.source
    if given and is_name(given) and not Path(given).exists():
        given = full_address(given)
    location = given or full_address(found.config.source)
    if not location:
        message = (
            "Where is the English book? Nothing in the fork says so. Name it with --source, "
            "like --source https://github.com/d2l-ai/d2l-en."
        )
        raise UsageError(message)
    with open_repository(location) as source:
        yield source


def _choose(arguments: Namespace, found: Fork, source: Repository) -> tuple[Fork, Choices]:
    """What is decided, and the fork as it will be with that. Raises UsageError where the language is not known."""
    from dataclasses import replace

    from bot.onboarding.fork import fitting_follow
    from bot.onboarding.places import address_of, full_address, web_address
    from bot.onboarding.setup import Choices
    from bot.onboarding.workflow import ACTION
    from sync.errors import UsageError

    lang = arguments.lang or found.lang
    if not lang:
        message = "Which language is this fork in? Neither its settings nor its chapters say so. Name it with --lang."
        raise UsageError(message)
    config = found.config
    follow = config.follow if found.has_config else fitting_follow(found, source)
    address = web_address(address_of(source)) if arguments.source else full_address(config.source)
    choices = Choices(
        lang=lang,
        source=address,
        engine=arguments.engine or config.engine,
        follow=follow,
        action=arguments.action or ACTION,
    )
    return replace(found, config=replace(config, follow=follow)), choices


def _fields(found: Fork, choices: Choices, standing: Standing, plan: Plan) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "name": found.name,
        "choices": asdict(choices),
        "glossary": found.glossary,
        "chapters": asdict(standing),
        "contents": {file.path: file.text for file in plan.files},
        "left": list(plan.left),
        "needs": list(plan.needs),
        "steps": list(plan.steps),
    }


def _tell(found: Fork, choices: Choices, standing: Standing, console: Console) -> None:
    said = f"by {found.lang_from}" if choices.lang == found.lang else "as you say"
    rows = {
        "fork": found.name,
        "language": f"{choices.lang}, {said}",
        "English": f"{choices.source or 'on this machine only'}, follows {choices.follow}",
        "chapters": f"{standing.translated} of {standing.english} translated, {standing.behind} behind",
        "made from": f"{standing.beside} kept beside them, {standing.recorded} recorded, {standing.fitted} found by "
        f"comparing, {standing.unknown} not known",
        "glossary": found.glossary or "none",
        "engine": choices.engine,
    }
    for name, text in rows.items():
        console.print(f"{name:<10} {text}")


def _tell_plan(plan: Plan, console: Console, *, shown: bool) -> None:
    for file in plan.files:
        console.print(f"\n+ {file.path}")
        if shown:
            _tell_text(file.text or "", console)
    for path in plan.left:
        console.print(f"\n= {path} is there already and stays as it is." if path else "")
    for title, lines in (("It needs:", plan.needs), ("Next:", plan.steps)):
        console.print(f"\n{title}")
        _tell_list(lines, console)
    console.print()


def _tell_text(text: str, console: Console) -> None:
    for line in text.splitlines():
        console.print(f"  | {line}".rstrip())


def _tell_list(lines: Sequence[str], console: Console) -> None:
    for number, line in enumerate(lines, start=1):
        console.print(f"  {number}. {line}")
