"""``amts keep``: wording that stays as it is, whatever becomes of its English."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.cli.publication import add_publication

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from bot.cli.console import Console
    from sync.repositories.repository import Repository
    from sync.repositories.revisions import FileChange

HELP: Final = "Keep the wording of a segment, whatever becomes of its English."
EPILOG: Final = """\
examples:
  amts keep chapter_x/y.md --text "It slept for two hours." --target fork/ --publish branch
  amts keep chapter_x/y.md --segment 5698ed5fd0e95251 --target fork/ --publish branch
  amts keep chapter_x/y.md --release --text "It slept for two hours." --target fork/ --publish branch

TEXT is an English sentence, or a whole block, as it was when it was translated. What English does to it later is told
in each report, and not done. It is written into the state of the chapter, .amts/state/chapter_x/y.json. To keep whole
chapters, list them under `keep` in .amts.yml.
"""


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", help="chapter, as it is called in the repository")
    parser.add_argument("--text", action="append", default=[], help="English sentence or block; may be repeated")
    parser.add_argument(
        "--segment", action="append", default=[], metavar="DIGEST", help="its digest, as reports have it"
    )
    parser.add_argument("--release", action="store_true", help="keep it no longer")
    parser.add_argument("--target", required=True, metavar="REPO", help="repository of the translation")
    parser.add_argument("--target-ref", default="", metavar="REV", help="revision of the fork")
    add_publication(parser)


def run(arguments: Namespace, console: Console) -> int:
    from alignment.markdown.pending import digest
    from bot.cli.publication import alone, check_place, check_writable, publish
    from sync.repositories.repository import open_repository

    check_place(arguments, "keep")
    digests = {*arguments.segment, *map(digest, arguments.text)}
    with open_repository(arguments.target) as fork, alone(arguments, fork):
        check_writable(arguments, fork)
        base = fork.resolve(arguments.target_ref).id
        done = "Release" if arguments.release else "Keep"
        fields = publish(
            arguments,
            fork,
            _changes(fork, base, arguments.path, digests, release=arguments.release),
            branch=f"amts/keep-{base[:8]}",
            base=base,
            message=f"{done} the wording of {len(digests)} segments of {arguments.path}",
            source=base,
            fields={"id": arguments.path, "keep": sorted(digests), "release": arguments.release},
        )
    console.print(json.dumps(fields, ensure_ascii=False) if arguments.json else fields["said"])
    return 0


def _changes(fork: Repository, base: str, path: str, digests: set[str], *, release: bool) -> tuple[FileChange, ...]:
    """The new state of the chapter, if it is another one."""
    from sync.errors import UsageError
    from sync.repositories.paths import state_path
    from sync.repositories.revisions import FileChange
    from sync.state import dump_state, load_state

    files, place = fork.files(base), state_path(path)
    if path not in files:
        message = f"{path}: {fork.location} has no such chapter. Name it as the repository does: chapter_x/y.md."
        raise UsageError(message)
    if not digests:
        message = "Say what to keep: --text with the English sentence, or --segment with its digest."
        raise UsageError(message)
    state = load_state(fork.text(files[place]) if place in files else None, place)
    kept = set(state.keep) - digests if release else set(state.keep) | digests
    if kept == set(state.keep):
        return ()
    return (FileChange(place, dump_state(replace(state, keep=tuple(sorted(kept))))),)
