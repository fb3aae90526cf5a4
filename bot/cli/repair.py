"""``amts repair``: what earlier machine translation left behind in a fork, repaired as a change of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bot.cli.options import add_profile
from bot.cli.publication import add_publication
from bot.cli.settings import add_request

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from bot.cli.console import Console
    from sync.config import Config
    from sync.repairs import Repaired
    from sync.repository import Repository

HELP: Final = "Repair what earlier machine translation left behind in a fork; no engine is asked."
EPILOG: Final = """\
examples:
  amts repair --source en/ --target fork/ --lang vi --dry-run
  amts repair --source en/ --target fork/ --lang vi --publish branch

Each chapter is held against the English that it was translated from. Damaged markup is repaired where that shows
without doubt what was meant; the change contains nothing else. What is in doubt is found by `amts check`.
"""


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--target", required=True, metavar="REPO", help="repository of the translation")
    parser.add_argument("--lang", required=True, metavar="TAG", help="language of the translation, as a BCP-47 tag")
    add_request(parser)
    add_publication(parser)
    add_profile(parser)
    parser.set_defaults(profile=None)  # then the fork's configuration says it


def run(arguments: Namespace, console: Console) -> int:
    from bot.cli.publication import alone, check_place, check_writable, publish
    from bot.cli.settings import open_source, read_settings
    from sync.repository import open_repository
    from sync.revisions import FileChange

    check_place(arguments, "repair")
    with open_repository(arguments.target) as fork, alone(arguments, fork):
        check_writable(arguments, fork)
        config, base = read_settings(arguments, fork), fork.resolve(arguments.target_ref)
        with open_source(arguments, config) as source:
            found = _repair(source, fork, arguments, config, console)
        fields = publish(
            arguments,
            fork,
            [FileChange(path, one.text) for path, one in found.items() if one.done],
            branch=f"amts/repairs-{base.short}",
            base=base.id,
            message=f"Repair {sum(len(one.done) for one in found.values())} traces of machine translation",
            source=base.id,
            fields={"chapters": [_fields(path, one) for path, one in found.items() if one.done]},
        )
    if arguments.json:
        console.print(json.dumps(fields, ensure_ascii=False))
        return 0
    for path, one in found.items():
        for done in one.done:
            console.print(f"{path}:{done.line}: {done.rule}: {done.message}")
    console.print(fields["said"])
    return 0


def _repair(
    source: Repository, fork: Repository, arguments: Namespace, config: Config, console: Console
) -> dict[str, Repaired]:
    """What each chapter becomes whose English is known."""
    from alignment.markdown import parse
    from bot.cli.settings import make_request, profile_of
    from sync.checks import Subject
    from sync.repairs import repair
    from sync.shelf import read_book

    profile = profile_of(arguments, config)
    book = read_book(source, fork, make_request(arguments, config, source, arguments.lang))
    found = {}
    with console.progress(f"Looking at {book.lang}", len(book.chapters)) as advance:
        for path, english, translation in book.translated:
            advance(path)
            sides = parse(english, profile), parse(translation, profile)
            found[path] = repair(Subject(source=sides[0], target=sides[1], lang=book.lang, profile=profile))
    return found


def _fields(path: str, one: Repaired) -> dict[str, Any]:
    return {
        "id": path,
        "repaired": [{"rule": done.rule, "line": done.line, "message": done.message} for done in one.done],
    }
