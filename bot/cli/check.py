"""``amts check``: every rule on one translation."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.cli.options import add_profile

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from bot.cli.console import Console
    from sync.checks import Subject
    from sync.model import Diagnostic

HELP: Final = "hold a translation against its English: what is missing, torn, untranslated or said twice"
EPILOG: Final = """\
examples:
  amts check chapter.md chapter.zh.md --lang zh           one line per finding, file:line first
  amts check chapter.md chapter.zh.md --lang zh --json    the same for a program, a JSON list
  amts check chapter.md chapter.zh.md --lang zh --terms TERMINOLOGY.md
                                                          also say where the glossary is not followed
  amts check chapter.md chapter.zh.md --lang zh --fix     repair what earlier machine translation left behind

--fix changes damaged markup where the English shows without doubt what was meant: torn links, roles, emphasis and
items, leaked placeholders, headings that swallowed what follows. It asks no engine, touches neither code nor formulas,
and what is in doubt is listed and stays. `amts repair` does the same for a whole fork, as a change of its own.

An error breaks the book, a warning is worth a look, a note is often meant so.
exit codes: 0 nothing but notes, 1 errors or warnings
"""


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("source", type=Path, metavar="SOURCE", help="the English chapter")
    parser.add_argument("target", type=Path, metavar="TARGET", help="its translation")
    parser.add_argument("--lang", required=True, metavar="TAG", help="language of the translation, e.g. zh, pt-BR")
    parser.add_argument("--terms", type=Path, metavar="FILE", help="the glossary that the translation is to follow")
    parser.add_argument("--fix", action="store_true", help="repair known damage, in place or into OUT")
    parser.add_argument("-o", "--output", type=Path, metavar="OUT", help="where --fix writes (default: TARGET)")
    parser.add_argument("--json", action="store_true", help="print the findings for a program")
    add_profile(parser)


def run(arguments: Namespace, console: Console) -> int:
    """Print the findings. Returns 1 if any is more than a note; raises InputError, UsageError."""
    from alignment.markdown import PROFILES, parse
    from bot.cli.terminology import read_base
    from sync.checks import Subject, check
    from sync.files import read_text
    from sync.model import Severity

    _refuse_lone_output(arguments)
    profile = PROFILES[arguments.profile]
    source, target = (parse(read_text(path), profile) for path in (arguments.source, arguments.target))
    terms = read_base(arguments.terms, arguments.lang) if arguments.terms else None
    subject = Subject(source=source, target=target, lang=arguments.lang, profile=profile, terms=terms)
    done, found = _fix(subject, arguments) if arguments.fix else ((), check(subject))
    if arguments.json:
        rows = [_to_row(one) for one in found]
        result = {"repaired": [_to_row(one) for one in done], "left": rows} if arguments.fix else rows
        console.print(json.dumps(result, ensure_ascii=False))
    else:
        for one in done:
            console.print(f"{arguments.target}:{one.line}: repaired {one.rule}: {one.message}")
        _show(arguments.target, found, console)
    return int(any(one.severity is not Severity.NOTE for one in found))


def _refuse_lone_output(arguments: Namespace) -> None:
    from sync.errors import UsageError

    if arguments.output and not arguments.fix:
        message = "-o says where --fix writes. Add --fix, or leave -o out."
        raise UsageError(message)


def _fix(subject: Subject, arguments: Namespace) -> tuple[Sequence[Diagnostic], Sequence[Diagnostic]]:
    """Repair the translation and write it if that changed anything. Returns what was done and what is left."""
    from sync.files import write_text
    from sync.repairs import repair

    repaired = repair(subject)
    if repaired.done or arguments.output:
        write_text(arguments.output or arguments.target, repaired.text)
    return repaired.done, repaired.left


def _show(path: Path, found: Sequence[Diagnostic], console: Console) -> None:
    for one in found:
        console.print(f"{path}:{one.line}: {one.severity} {one.rule}: {one.message}")
    console.print(f"{path}: {_summarize(found)}")


def _summarize(found: Sequence[Diagnostic]) -> str:
    """``1 error, 2 warnings``, the gravest first."""
    from sync.model import Severity

    counts = Counter(one.severity for one in found)
    graves = [(counts[severity], severity) for severity in reversed(Severity) if counts[severity]]
    return ", ".join(f"{count} {severity}{'s' if count > 1 else ''}" for count, severity in graves) or "nothing found"


def _to_row(one: Diagnostic) -> dict[str, str | int]:
    return {"rule": one.rule, "severity": one.severity, "line": one.line, "message": one.message}
