"""``amts terminology``: what the glossary says, whether the translation follows, and what Amazon Translate takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.cli.options import add_profile
from bot.cli.terminology_summary import (
    change_fields,
    record_fields,
    remark_fields,
    say_record,
    say_state,
    say_use,
    term_fields,
    touched_fields,
    use_fields,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from bot.cli.console import Console
    from sync.bitext.terminology.amazon import Terminology
    from sync.bitext.terminology.impact import TermChange, Touched
    from sync.bitext.terminology.model import TermBase
    from sync.bitext.terminology.passages import Passage
    from sync.bitext.terminology.usage import Record

HELP: Final = "read the glossary of a book: check translations by it, build Amazon's terminology from it"
EPILOG: Final = """\
examples:
  amts terminology show TERMINOLOGY.md --lang zh
  amts terminology build TERMINOLOGY.md --lang zh --format csv -o terms.csv
  amts terminology build zh.md vi.md --lang zh --lang vi --format tmx -o terms.tmx
  amts terminology check --terms TERMINOLOGY.md --source en/ --target fork/ --lang zh
  amts terminology usage --terms TERMINOLOGY.md --source en/ --target fork/ --lang zh
  amts terminology impact --old before.md --new after.md --source en/ --target fork/ --lang zh

show    what was understood of a glossary, and what was not, line by line
build   a custom terminology for Amazon Translate; what it would refuse is left out and counted
check   sentences whose English has a term and whose translation has another word for it. Terms that the translators
        themselves mostly put otherwise are contested: named once, and not enforced
usage   how often each term is followed, and what is written instead
impact  the terms that differ between two glossaries, and the sentences that have them

A glossary is a Markdown table, lines with a separator (term; translation), or CSV or TSV with a header. Which side is
English is found out. --source and --target are two folders, or two files.
exit codes: 0 done, 1 check found something, 2 wrong usage, 6 unreadable input
"""


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(dest="action", metavar="show|build|check|usage|impact", required=True)
    show = actions.add_parser("show", help="what a glossary says", description="What was understood of a glossary.")
    show.add_argument("file", type=Path, metavar="FILE", help="the glossary")
    show.add_argument("--lang", default="", metavar="TAG", help="which language, where the file has several")
    _configure_build(actions.add_parser("build", help="Amazon's terminology", description="Build a terminology."))
    for name, about in (
        ("check", "sentences that say a term otherwise"),
        ("usage", "how often each term is followed"),
        ("impact", "what a changed glossary touches"),
    ):
        action = actions.add_parser(name, help=about, description=about)
        _configure_texts(action)
        for option in ("--old", "--new") if name == "impact" else ("--terms",):
            action.add_argument(option, type=Path, required=True, metavar="FILE", help="a glossary")
        if name == "check":
            action.add_argument(
                "--all", action="store_true", help="also sentences with no trace of the term: they may do without"
            )
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true", help="print the result for a program")


def _configure_build(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help="a glossary for each --lang, or one for all"
    )
    parser.add_argument("--lang", action="append", required=True, metavar="TAG", help="language; may be repeated")
    parser.add_argument("--format", choices=("csv", "tsv", "tmx"), default="csv", help="of the file (default: csv)")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help="the file to write")
    parser.add_argument(
        "--direction", choices=("uni", "multi"), default="uni", help="translate from English only, or from any column"
    )
    parser.add_argument("--capitals", action="store_true", help="add each term as it begins a sentence")
    parser.add_argument("--plurals", action="store_true", help="add each term in its English plural")


def _configure_texts(parser: ArgumentParser) -> None:
    parser.add_argument("--source", type=Path, required=True, metavar="PATH", help="the English: a folder or a file")
    parser.add_argument("--target", type=Path, required=True, metavar="PATH", help="its translation")
    parser.add_argument("--lang", required=True, metavar="TAG", help="language of the translation, e.g. zh, pt-BR")
    add_profile(parser)


def run(arguments: Namespace, console: Console) -> int:
    """Do what is asked. Returns 1 if ``check`` found something; raises InputError, UsageError."""
    actions = {"show": _show, "build": _build, "check": _check, "usage": _usage, "impact": _impact}
    return actions[arguments.action](arguments, console)


def read_base(path: Path, lang: str) -> TermBase:
    """The glossary in a file. Raises InputError where there is none in it."""
    from sync.bitext.terminology.reading import read_terms
    from sync.errors import InputError
    from sync.files import read_text

    base = read_terms(read_text(path), lang)
    if not base.terms:
        message = (
            f"{path}: no glossary that can be read. It takes a Markdown table, lines like `term; translation`, or CSV "
            "or TSV whose first line names the columns, one of them English."
        )
        raise InputError(message)
    return base


def _passages(arguments: Namespace, console: Console) -> tuple[Passage, ...]:
    from alignment.markdown import PROFILES
    from sync.bitext.sources import read_chapters
    from sync.bitext.terminology.passages import passages_of
    from sync.errors import UsageError
    from sync.files import read_text

    profile = PROFILES[arguments.profile]
    source, target = arguments.source, arguments.target
    if source.is_dir() != target.is_dir():
        message = f"{source} and {target}: one is a folder, the other is not. Name two folders or two files."
        raise UsageError(message)
    if source.is_dir():
        with console.progress("reading", 0) as advance:
            found = read_chapters(source, target, profile=profile, advance=advance)
        chapters = [(one.path, one.english, one.translation) for one in found]
    else:
        chapters = [(target.name, read_text(source), read_text(target))]
    return passages_of(chapters, arguments.lang, profile)


# Show


def _show(arguments: Namespace, console: Console) -> int:
    base = read_base(arguments.file, arguments.lang)
    if arguments.json:
        fields = {
            "notation": base.notation,
            "terms": [term_fields(term) for term in base.terms],
            "unread": [remark_fields(one) for one in base.unread],
            "doubts": [remark_fields(one) for one in base.doubts],
        }
        console.print(json.dumps(fields, ensure_ascii=False))
        return 0
    for term in base.terms:
        note = f"   ({term.note})" if term.note else ""
        console.print(f"{term.line}: {' = '.join(term.wordings)}: {', '.join(term.targets) or '(open)'}{note}")
    for kind, remarks in (("not read", base.unread), ("doubtful", base.doubts)):
        for one in remarks:
            console.print(f"{arguments.file}:{one.line}: {kind}: {one.reason}: {one.text}")
    console.print(
        f"{arguments.file}: {base.notation}; {len(base.terms)} terms, {len(base.terms) - len(base.translated)} of them "
        f"open; {len(base.unread)} lines not read, {len(base.doubts)} doubtful"
    )
    return 0


# Build


def _build(arguments: Namespace, console: Console) -> int:
    from sync.bitext.terminology.amazon import build_terminology, render
    from sync.files import write_bytes

    bases = [(lang, read_base(path, lang)) for path, lang in _sources(arguments)]
    terminology = build_terminology(
        bases,
        multi=arguments.direction == "multi",
        capitals=arguments.capitals,
        plurals=arguments.plurals,
        gaps=arguments.format == "tmx",
    )
    data, written = render(terminology, arguments.format)
    write_bytes(arguments.output, data)
    if arguments.json:
        fields = {
            "file": str(arguments.output),
            "format": arguments.format.upper(),
            "directionality": arguments.direction.upper(),
            "languages": written.codes,
            "terms": len(written.rows),
            "bytes": len(data),
            "dropped": written.dropped,
            "discouraged": written.discouraged,
        }
        console.print(json.dumps(fields, ensure_ascii=False))
    else:
        _tell_built(written, arguments, console)
    return 0


def _sources(arguments: Namespace) -> list[tuple[Path, str]]:
    from sync.errors import UsageError

    files, langs = arguments.files, arguments.lang
    if len(files) not in (1, len(langs)):
        message = f"{len(files)} glossaries for {len(langs)} languages. Name one --lang for each FILE, in their order."
        raise UsageError(message)
    return list(zip(files * len(langs) if len(files) == 1 else files, langs, strict=True))


def _tell_built(written: Terminology, arguments: Namespace, console: Console) -> None:
    for reason, count in written.dropped.items():
        console.print(f"left out: {count} terms: {reason}")
    for code in written.discouraged:
        console.print(
            f"hint: Amazon recommends no terminology for {code}, whose words take endings: it writes a term as it "
            "stands. Parallel data teaches it the endings, too."
        )
    console.print(
        f"{arguments.output}: {len(written.rows)} terms in {', '.join(written.codes)}; upload it as "
        f"{arguments.format.upper()}, directionality {arguments.direction.upper()}"
    )


# Check and usage


def _records(arguments: Namespace, console: Console) -> tuple[Record, ...]:
    from alignment.markdown import PROFILES
    from sync.bitext.terminology.usage import records_of, uses_of

    base = read_base(arguments.terms, arguments.lang)
    return records_of(uses_of(base, _passages(arguments, console), PROFILES[arguments.profile]))


def _check(arguments: Namespace, console: Console) -> int:
    from sync.bitext.terminology.usage import Fate, departures

    records = _records(arguments, console)
    found = sorted(departures(records, free=arguments.all), key=lambda use: (use.passage.chapter, use.passage.line))
    contested = [record for record in records if record.contested]
    uses = [use for record in records for use in record.uses]
    followed, traceless = (sum(use.fate is fate for use in uses) for fate in (Fate.FOLLOWED, Fate.NO_TRACE))
    if arguments.json:
        fields = {
            "findings": [use_fields(use) for use in found],
            "contested": [record_fields(record) for record in contested],
            "uses": len(uses),
            "followed": followed,
            "no_trace": traceless,
        }
        console.print(json.dumps(fields, ensure_ascii=False))
        return int(bool(found))
    for use in found:
        console.print(say_use(use))
    for record in contested:
        console.print(f"contested: {say_record(record)}")
    console.print(
        f"{len(uses)} uses of terms: {followed} followed, {len(found)} findings, {len(contested)} contested terms, "
        f"{traceless} uses without a trace{'' if arguments.all else ' (--all lists them)'}"
    )
    return int(bool(found))


def _usage(arguments: Namespace, console: Console) -> int:
    records = sorted(_records(arguments, console), key=lambda one: (not one.contested, -len(one.uses)))
    if arguments.json:
        console.print(json.dumps([record_fields(record) for record in records], ensure_ascii=False))
        return 0
    for record in records:
        console.print(f"{'contested: ' if record.contested else ''}{say_record(record)}")
    return 0


# Impact


def _impact(arguments: Namespace, console: Console) -> int:
    from alignment.markdown import PROFILES
    from sync.bitext.terminology.impact import compare, touched

    old, new = (read_base(path, arguments.lang) for path in (arguments.old, arguments.new))
    changes = compare(old, new)
    passages = _passages(arguments, console) if changes else ()
    found = touched(old, new, passages, PROFILES[arguments.profile])
    if arguments.json:
        fields = {
            "terms": [change_fields(change) for change in changes],
            "segments": [touched_fields(one) for one in found],
        }
        console.print(json.dumps(fields, ensure_ascii=False))
        return 0
    _tell_impact(changes, found, console)
    return 0


def _tell_impact(changes: Sequence[TermChange], found: Sequence[Touched], console: Console) -> None:
    for change in changes:
        old, new = (", ".join(wordings) or "nothing" for wordings in (change.old, change.new))
        console.print(f"{change.move}: {change.source}: {old} → {new}")
    for one in found:
        place = f"{one.passage.chapter}:{one.passage.line}"
        console.print(f"{place}: {one.change.source}: {say_state(one)}: {one.passage.source} → {one.passage.target}")
    fine = sum(one.has_new for one in found)
    console.print(f"{len(changes)} terms differ; they touch {len(found)} sentences, {fine} of which say it already")
