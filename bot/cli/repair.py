"""``amts repair``: what earlier machine translation left behind in a fork, repaired as a change of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bot.cli.options import add_profile
from bot.cli.publication import add_publication
from bot.cli.settings import add_request

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from bot.cli.console import Console
    from sync.config import Config
    from sync.model import Diagnostic
    from sync.repairs import Repaired
    from sync.report import Book
    from sync.repositories.repository import Repository

HELP: Final = "Repair what earlier machine translation left behind in a fork; no engine is asked."
EPILOG: Final = """\
examples:
  amts repair --source en/ --target fork/ --lang vi --dry-run
  amts repair --source en/ --target fork/ --lang vi --publish branch

Each chapter is held against the English that it was translated from. Damaged markup is repaired where that shows
without doubt what was meant; the change contains nothing else. Where that English is not known, only what can be
nothing else is repaired. What is in doubt is listed and stays.
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
    from sync.repositories.repository import open_repository
    from sync.repositories.revisions import FileChange

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
            fields={"chapters": [_fields(path, one) for path, one in found.items() if one.done or _left(one)]},
        )
    if arguments.json:
        console.print(json.dumps(fields, ensure_ascii=False))
        return 0
    for path, one in found.items():
        for done in one.done:
            console.print(f"{path}:{done.line}: {done.rule}: {done.message}")
        for left in _left(one):
            console.print(f"{path}:{left.line}: left, in doubt: {left.message}")
    console.print(fields["said"])
    return 0


def _repair(
    source: Repository, fork: Repository, arguments: Namespace, config: Config, console: Console
) -> dict[str, Repaired]:
    """What each chapter becomes."""
    from alignment.markdown import parse
    from bot.cli.settings import make_request, profile_of
    from sync.chapters.shelf import read_book
    from sync.checks import Subject
    from sync.repairs import repair
    from sync.report import Lack

    profile = profile_of(arguments, config)
    book = read_book(source, fork, make_request(arguments, config, source, fork, arguments.lang))
    found = {}
    unknown = [chapter.path for chapter in book.chapters if chapter.lack is Lack.BASELINE]
    texts = sorted((*book.translated, *((path, "", _text(fork, book, path)) for path in unknown)))
    with console.progress(f"Looking at {book.lang}", len(texts)) as advance:
        for path, english, translation in texts:
            advance(path)
            sides = parse(english, profile), parse(translation, profile)
            found[path] = repair(Subject(source=sides[0], target=sides[1], lang=book.lang, profile=profile))
    return found


def _text(fork: Repository, book: Book, path: str) -> str:
    return fork.text(fork.files(book.target.id)[path])


def _left(one: Repaired) -> list[Diagnostic]:
    """What names damage of all that the rules find; the rest is not this command's."""
    from sync.repairs import DAMAGE

    return [found for found in one.left if found.rule in DAMAGE]


def _fields(path: str, one: Repaired) -> dict[str, Any]:
    return {"id": path, "repaired": _rows(one.done), "left": _rows(_left(one))}


def _rows(found: Sequence[Diagnostic]) -> list[dict[str, Any]]:
    return [{"rule": one.rule, "line": one.line, "message": one.message} for one in found]
