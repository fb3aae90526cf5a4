"""``amts memory``: translation memories for other programs, and from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.cli.options import add_profile

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from bot.cli.console import Console

HELP: Final = "Exchange translation memories (TMX) with other programs."
EPILOG: Final = """\
examples:
  amts memory export --source en/ --target zh/ --lang zh -o zh.tmx
  amts memory show zh.tmx --lang zh

export  every pair of sentences that is surely a translation, Markdown as it stands, for OmegaT, Weblate, Trados, memoQ
show    which languages a TMX file has, how many units each, and with --lang how many can be used and why others cannot
"""
SHOWN: Final = 3
"""Units shown of each kind that cannot be used."""
CUT: Final = 100
"""Characters of each that are shown."""


def configure(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="export|show", required=True)
    about = "write the pairs of a translation as TMX"
    export = actions.add_parser("export", help=about, description=about)
    export.add_argument("--source", required=True, type=Path, metavar="DIR", help="English chapters")
    export.add_argument("--target", required=True, type=Path, metavar="DIR", help="translated chapters")
    export.add_argument("--lang", required=True, metavar="TAG", help="language of the translation, as a BCP-47 tag")
    export.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.tmx", help="file to write")
    about = "say what a TMX file is worth"
    show = actions.add_parser("show", help=about, description=about)
    show.add_argument("file", type=Path, metavar="FILE.tmx", help="translation memory")
    show.add_argument("--lang", default="", metavar="TAG", help="say which units can be used for this language")
    for action in (export, show):
        action.add_argument("--json", action="store_true", help="print the result for a program")
        add_profile(action)


def run(arguments: Namespace, console: Console) -> int:
    return (_export if arguments.action == "export" else _show)(arguments, console)


def _export(arguments: Namespace, console: Console) -> int:
    from importlib.metadata import version

    from alignment.markdown import PROFILES
    from sync.bitext.exchange import export
    from sync.bitext.sources import read_chapters
    from sync.bitext.tmx import render_tmx
    from sync.files import write_text
    from sync.model import SOURCE_LANGUAGE

    profile = PROFILES[arguments.profile]
    with console.progress("Reading", 0) as advance:
        chapters = read_chapters(arguments.source, arguments.target, profile=profile, advance=advance)
    with console.progress("Linking", len(chapters)) as advance:
        found = export(chapters, arguments.lang, profile=profile, advance=advance)
    write_text(arguments.output, render_tmx(found.units, source=SOURCE_LANGUAGE, version=version("amts")))
    if arguments.json:
        left = {reason.name.lower(): count for reason, count in found.left.items()}
        fields = {"file": str(arguments.output), "chapters": len(chapters), "units": len(found.units), "left_out": left}
        console.print(json.dumps(fields, ensure_ascii=False))
        return 0
    console.print(f"wrote {arguments.output}: {len(found.units):,} units from {len(chapters)} chapters")
    for reason, count in found.left.items():
        console.print(f"{count:>8,}  left out: {reason}")
    return 0


def _show(arguments: Namespace, console: Console) -> int:
    from alignment.markdown import PROFILES
    from sync.bitext.exchange import languages, survey
    from sync.bitext.tmx import parse_tmx
    from sync.files import read_bytes

    units = parse_tmx(read_bytes(arguments.file), str(arguments.file))
    tags = languages(units)
    found = survey(units, arguments.lang, PROFILES[arguments.profile]) if arguments.lang else None
    if arguments.json:
        lacks = {lack.name.lower(): len(texts) for lack, texts in found.lacks.items()} if found else {}
        usable = {"lang": arguments.lang, "usable": found.usable, "left_out": lacks} if found else {}
        console.print(json.dumps({"units": len(units), "languages": tags, **usable}, ensure_ascii=False))
        return 0
    console.print(f"{arguments.file}: {len(units):,} units")
    for tag, count in tags.items():
        console.print(f"{count:>8,}  {tag or 'of no language that is named'}")
    if found:
        console.print(f"{found.usable:,} can be used for {arguments.lang}")
        for lack, texts in found.lacks.items():
            console.print(f"{len(texts):>8,}  left out: {lack}")
            for text in texts[:SHOWN]:
                console.print(f"          {text[:CUT]}")
    return 0
