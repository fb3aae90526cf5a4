"""``amts revert``: the last update of some chapters undone, on a branch or in a folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bot.cli.publication import add_publication

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from bot.cli.console import Console
    from sync.repositories.revert import Revert

HELP: Final = "Undo the last update of a chapter; what people did since stays."
EPILOG: Final = """\
examples:
  amts revert chapter_x/y.md --target fork/ --dry-run          what would be undone
  amts revert chapter_x/y.md --target fork/ --publish branch   the chapter, its English and its state as they were
  amts revert chapter_x/y.md --target fork/ --output result/

The last update is the newest commit that changed the state of the chapter in .amts. Where people changed the same
words since, nothing is done and you are told. The next sync offers the same changes again: `amts baseline set` with
the newest English revision, or `keep` in .amts.yml, says that they are not wanted.
"""


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="chapter, as it is called in the repository")
    parser.add_argument("--target", required=True, metavar="REPO", help="repository of the translation")
    parser.add_argument("--target-ref", default="", metavar="REV", help="revision of the fork")
    add_publication(parser)


def run(arguments: Namespace, console: Console) -> int:
    from bot.cli.publication import alone, check_place, check_writable, publish
    from sync.repositories.repository import open_repository
    from sync.repositories.revert import plan_revert

    check_place(arguments, "revert")
    with open_repository(arguments.target) as fork, alone(arguments, fork):
        check_writable(arguments, fork)
        base = fork.resolve(arguments.target_ref).id
        reverts = [plan_revert(fork, path, base) for path in sorted(set(arguments.paths))]
        fields = publish(
            arguments,
            fork,
            [file for one in reverts for file in one.files],
            branch=f"amts/revert-{base[:8]}",
            base=base,
            message=f"Undo the last update of {_which(reverts)}",
            source=reverts[0].update.id,
            fields={"base": base, "chapters": [_fields(one) for one in reverts]},
        )
    if arguments.json:
        console.print(json.dumps(fields, ensure_ascii=False))
        return 0
    for one in reverts:
        console.print(_line(one))
    console.print(fields["said"])
    return 0


def _which(reverts: Sequence[Revert]) -> str:
    return reverts[0].path if len(reverts) == 1 else f"{len(reverts)} chapters"


def _fields(one: Revert) -> dict[str, Any]:
    return {"id": one.path, "update": one.update.id, "files": [file.path for file in one.files], "later": one.later}


def _line(one: Revert) -> str:
    stays = "; what people did since stays" if one.later else ""
    return f"{one.path}: as before {one.update.short} of {one.update.date[:10]} ({one.update.subject}){stays}"
