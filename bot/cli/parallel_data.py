"""``amts parallel-data``: examples by which Amazon Translate takes its style from the translators."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.cli import parallel_data_resources as resources
from bot.cli.options import add_profile

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping, Sequence

    from bot.cli.console import Console
    from sync.bitext.parallel_data.model import ParallelData

HELP: Final = "Build parallel data for Amazon Translate from chapters; see to what the service keeps."
BUILD: Final = "Build parallel data for Amazon Translate from chapters and their translations."
EPILOG: Final = """\
examples:
  amts parallel-data build --source en/ --target zh/ --lang zh --granularity sentence --format csv -o zh.csv
  amts parallel-data build --source en/ --target zh/ --lang zh --target tr/ --lang tr --granularity sentence \\
      --format tsv -o all.tsv --exclude chapter_preface --exclude-segments test-set.txt
  amts parallel-data list --region us-east-1
  amts parallel-data show amts-book-zh
  amts parallel-data download amts-book-zh -o zh.csv
  amts parallel-data delete amts-book-zh --yes

Chapters are matched by path: X.md in both folders. The English may also lie beside the translation (X_origin.md,
X.en.md, X.en_best.md); of several the one that fits best is taken. Then --source and --target may be the same folder.

Several --target with their --lang give one file with a column for each language, or, with {lang} in the name after
-o, one file for each. What is left out is counted and told; --json shows examples.

list, show, download and delete are about what Amazon Translate keeps; credentials are taken from where AWS tools look
for them. Look at a file from there with a text editor: a spreadsheet would run formulas that somebody put into it.
"""
PLACE: Final = "{lang}"
EXAMPLES: Final = 5


def configure(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="build|list|show|download|delete", required=True)
    _configure_build(actions.add_parser("build", help="write a file of pairs", description=BUILD))
    resources.configure(actions)


def _configure_build(build: ArgumentParser) -> None:
    build.add_argument(
        "--source",
        required=True,
        action="append",
        type=Path,
        metavar="DIR",
        help="English chapters; once, or for each --target",
    )
    build.add_argument("--target", required=True, action="append", type=Path, metavar="DIR", help="translated chapters")
    build.add_argument("--lang", required=True, action="append", metavar="TAG", help="language of each --target")
    build.add_argument("--granularity", required=True, choices=("sentence", "paragraph"), help="what a pair is")
    build.add_argument("--format", required=True, choices=("csv", "tsv", "tmx"), help="of the file")
    build.add_argument(
        "-o", "--output", required=True, metavar="FILE", help="file to write; may have {lang} in its name"
    )
    build.add_argument(
        "--exclude", action="append", default=[], metavar="GLOB", help="chapters or folders to leave out"
    )
    build.add_argument(
        "--exclude-segments",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="texts, one a line, that must not be learned, nor what is nearly the same; may be repeated",
    )
    build.add_argument(
        "--memory",
        action="append",
        default=[],
        type=Path,
        metavar="FILE.tmx|DIR",
        help="pairs to add: a TMX file, or a folder of chapters with their English beside them; may be repeated",
    )
    build.add_argument("--json", action="store_true", help="print the result for a program")
    add_profile(build)


def run(arguments: Namespace, console: Console) -> int:
    return _run_build(arguments, console) if arguments.action == "build" else resources.run(arguments, console)


def _run_build(arguments: Namespace, console: Console) -> int:
    from sync.bitext.parallel_data.tables import Form

    folders = _folders(arguments)
    texts = [line for path in arguments.exclude_segments for line in _lines(path)]
    books = [_build(arguments, *place, texts, console) for place in folders]
    files = _files(arguments.output, books)
    _check_filled(books)
    _write(files, Form(arguments.format))
    if arguments.json:
        fields = {"files": list(files), "languages": [_fields(book) for book in books]}
        console.print(json.dumps(fields, ensure_ascii=False))
        return 0
    for book in books:
        _tell(book, console)
    for path, inside in files.items():
        console.print(f"wrote {path}: {', '.join(book.lang for book in inside)}")
    return 0


def _folders(arguments: Namespace) -> list[tuple[Path, Path, str]]:
    """Source, target and language of each book.

    Raises:
        UsageError: their numbers do not match, or Amazon does not have a language or has it twice.
    """
    from sync.bitext.parallel_data.limits import amazon_codes
    from sync.errors import UsageError

    sources, targets, langs = arguments.source, arguments.target, arguments.lang
    if len(targets) != len(langs) or len(sources) not in {1, len(targets)}:
        message = (
            f"There are {len(sources)} --source, {len(targets)} --target and {len(langs)} --lang. Give a --lang for "
            f"each --target, and --source once or as often."
        )
        raise UsageError(message)
    amazon_codes(langs)
    return list(zip(sources * (len(targets) // len(sources)), targets, langs, strict=True))


def _lines(path: Path) -> list[str]:
    from sync.files import read_text

    return [line for line in read_text(path).splitlines() if line.strip()]


def _build(
    arguments: Namespace, source: Path, target: Path, lang: str, texts: Sequence[str], console: Console
) -> ParallelData:
    from alignment.markdown import PROFILES
    from sync.bitext.parallel_data.build import build
    from sync.bitext.parallel_data.model import Granularity
    from sync.bitext.sources import load_memory, read_chapters

    profile = PROFILES[arguments.profile]
    with console.progress(f"Reading {lang}", 0) as advance:
        chapters = read_chapters(source, target, profile=profile, advance=advance)
        memory = load_memory(arguments.memory, lang, profile=profile, advance=advance).pairs
    with console.progress(f"Linking {lang}", len(chapters)) as advance:
        return build(
            chapters,
            lang,
            granularity=Granularity(arguments.granularity),
            profile=profile,
            exclude=arguments.exclude,
            segments=texts,
            memory=memory,
            advance=advance,
        )


def _files(output: str, books: Sequence[ParallelData]) -> dict[str, Sequence[ParallelData]]:
    """What goes into which file."""
    if PLACE in output:
        return {output.replace(PLACE, book.lang): [book] for book in books}
    return {output: books}


def _check_filled(books: Sequence[ParallelData]) -> None:
    """Raises InputError where a language would have no line: Amazon takes no empty file."""
    from sync.errors import InputError

    for book in books:
        if not book.entries:
            reasons = "; ".join(f"{count} {reason}" for reason, count in book.counts().items())
            message = f"{book.lang}: no pair is left, so nothing was written ({reasons or 'no sentence is linked'})."
            raise InputError(message)


def _write(files: Mapping[str, Sequence[ParallelData]], form: Any) -> None:
    from importlib.metadata import version

    from sync.bitext.parallel_data.tables import render
    from sync.files import write_text

    for path, inside in files.items():
        write_text(Path(path), render(inside, form, version=version("amts")))


def _fields(book: ParallelData) -> dict[str, Any]:
    left = {
        reason.name.lower(): {
            "said": str(reason),
            "count": count,
            "examples": [
                {"chapter": one.chapter, "line": one.line, "source": one.source, "target": one.target}
                for one in [one for one in book.omissions if one.reason is reason][:EXAMPLES]
            ],
        }
        for reason, count in book.counts().items()
    }
    return {
        "lang": book.lang,
        "granularity": str(book.granularity),
        "chapters": book.chapters,
        "pairs": len(book.entries),
        "cut": book.cut,
        "left_out": left,
    }


def _tell(book: ParallelData, console: Console) -> None:
    console.print(f"{book.lang}: {len(book.entries):,} {book.granularity} pairs from {book.chapters} chapters")
    if book.cut:
        console.print(f"{book.cut:>8,}  paragraphs cut into runs of sentences")
    for reason, count in book.counts().items():
        console.print(f"{count:>8,}  left out: {reason}")
