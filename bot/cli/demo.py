"""``amts demo``: the whole job on the bundled book, with nothing staged."""

from __future__ import annotations

import json
import shlex
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Sequence

    from bot.cli.console import Console
    from bot.demo.english import Step
    from bot.demo.forks import Brought

HELP: Final = "Show the whole job on a small book: its English, its forks, their update, the pull requests."
EPILOG: Final = """\
examples:
  amts demo                     in a new folder, with every translation
  amts demo demo/ --lang zh     in demo/, with one translation
  amts demo demo/ --keep        once more, with what you changed in demo/en and demo/zh since

DIR gets four kinds of things: en/, a git repository with the history of the English book; zh/, es/, tr/, one with a
translation of its first edition each; in these a branch amts/sync-COMMIT; and result/LANG/, the changed files with
pull-request.md. An earlier demo in DIR is made anew; a folder with anything else in it is refused.
"""
ENGLISH: Final = "en"
RESULT: Final = "result"


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="where (default: a new temporary folder)")
    parser.add_argument("--keep", action="store_true", help="go on with the repositories of an earlier demo in DIR")
    parser.add_argument(
        "--lang", action="append", default=[], metavar="TAG", help="one translation; may be repeated (default: all)"
    )
    parser.add_argument("--json", action="store_true", help="print the result for a program")


def run(arguments: Namespace, console: Console) -> int:
    """Make the book, bring its forks up to date, show it. Returns 0; raises what ``amts sync`` raises."""
    from bot.demo.folder import prepare
    from sync.delivery import refuse_incomplete

    began = time.perf_counter()
    langs = _languages(arguments)
    folder = prepare(arguments.folder, (ENGLISH, *langs, RESULT), keep=arguments.keep)
    steps, forks = _play(folder, langs, console)
    fields = [_write(fork, folder) for fork in forks]
    seconds = time.perf_counter() - began
    if arguments.json:
        console.print(json.dumps(_summarize(folder, steps, fields, seconds), ensure_ascii=False))
    else:
        from bot.cli.demo_story import Story, tell_story

        tell_story(Story(folder=folder, steps=steps, forks=forks, fields=tuple(fields), seconds=seconds), console)
    for fork in forks:
        refuse_incomplete(fork.first.book, fork.first.report)
    return 0


def _languages(arguments: Namespace) -> tuple[str, ...]:
    from bot.demo.sample import languages
    from sync.errors import UsageError

    known = languages()
    unknown = [lang for lang in arguments.lang if lang not in known]
    if unknown:
        message = f"--lang {unknown[0]}: the book has no such translation. There are: {', '.join(known)}."
        raise UsageError(message)
    if arguments.keep and arguments.folder is None:
        message = "--keep goes on with an earlier demo: name its folder. See amts demo --help."
        raise UsageError(message)
    return tuple(dict.fromkeys(arguments.lang)) or known


def _play(folder: Path, langs: Sequence[str], console: Console) -> tuple[tuple[Step, ...], tuple[Brought, ...]]:
    """The history of English and every fork after its update."""
    from bot.demo.english import read_history
    from bot.demo.forks import STEPS, bring
    from sync.repositories.repository import open_repository

    with console.progress("Demo", 1 + len(langs) * (1 + STEPS)) as advance:
        _make(folder, langs, advance)
        with open_repository(str(folder / ENGLISH)) as source:
            steps = read_history(source)
            forks = []
            for lang in langs:
                with open_repository(str(folder / lang)) as target:
                    forks.append(bring(source, target, lang, command=_command(lang), advance=advance))
    return steps, tuple(forks)


def _make(folder: Path, langs: Sequence[str], advance: Callable[[str], None]) -> None:
    """The repositories that are not there yet."""
    from bot.demo.repositories import create
    from bot.demo.sample import english, fork

    for name in (ENGLISH, *langs):
        if not (folder / name).exists():
            create(folder / name, english() if name == ENGLISH else (fork(name),))
        advance(name)


def _command(lang: str) -> str:
    """What does the same, said to people elsewhere."""
    return shlex.join(["amts", "sync", "--source", ENGLISH, "--target", lang, "--lang", lang, "--publish", "branch"])


def _write(fork: Brought, folder: Path) -> dict[str, Any]:
    """The result of a fork as a program reads it, which is written beside the changed files."""
    from bot.cli.folder import write_folder
    from bot.demo.forks import ENGINE
    from bot.records import report_fields

    plan, written = fork.first.plan, fork.first.written
    fields = report_fields(fork.first.report, engine=ENGINE)
    fields["pull_request"] = {"title": plan.title, "branch": plan.branch, "labels": plan.labels}
    fields["branch"] = {"name": written.branch, "commit": written.commit, "new": written.new}
    place = folder / RESULT / fork.lang
    write_folder(place, plan.files, fields, plan.body)
    return {**fields, "output": str(place), "own": _own_fields(fork), "again": _again_fields(fork)}


def _own_fields(fork: Brought) -> dict[str, int]:
    return {"blocks": len(fork.own), "stayed": sum(one.stayed for one in fork.own)}


def _again_fields(fork: Brought) -> dict[str, Any]:
    again, rest = fork.again.written, fork.rest.report
    return {"new": again.new, "commit": again.commit, "files": len(rest.files), "characters": rest.characters}


def _summarize(folder: Path, steps: Sequence[Step], fields: Sequence[dict[str, Any]], seconds: float) -> dict[str, Any]:
    english = [
        {
            "commit": step.commit.id,
            "date": step.commit.date,
            "subject": step.commit.subject,
            "chapters": step.chapters,
            "changes": dict(step.counts),
        }
        for step in steps
    ]
    return {
        "tool": "amts demo",
        "folder": str(folder),
        "english": english,
        "forks": list(fields),
        "seconds": round(seconds, 3),
    }
