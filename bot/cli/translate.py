"""``amts translate``: a draft of a whole chapter that has no translation yet, in either direction."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.cli.options import add_account, add_engine, add_profile, open_models, open_service

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from bot.cli.console import Console
    from sync.model import ChapterResult, Outcome, RevisionPair

HELP: Final = "Draft a chapter that has no translation yet; its structure, code and markup stay."
EPILOG: Final = """\
examples:
  amts translate chapter.md -o chapter.zh.md --lang zh --memory d2l-zh/
  amts translate chapter.md -o chapter.tr.md --lang tr --memory tm.tmx --terms TERMINOLOGY.md
  amts translate chapter.zh.md -o chapter.en.md --lang en --from zh --memory d2l-zh/

What the engine cannot draft well stands in OUT as a comment that renders nothing, and is listed. To bring a translation
that is there up to date, use amts update or amts sync.
"""

SHOWN: Final = 20
"""Waiting segments listed for people."""


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("source", type=Path, metavar="SOURCE", help="the chapter to translate")
    parser.add_argument("-o", "--output", type=Path, metavar="OUT", required=True, help="where to write the draft")
    parser.add_argument("--lang", metavar="TAG", required=True, help="language to translate into, as a BCP-47 tag")
    parser.add_argument(
        "--from", dest="source_lang", metavar="TAG", default="en", help="language of SOURCE (default: en)"
    )
    parser.add_argument("--terms", type=Path, metavar="FILE", help="the glossary that drafts should follow")
    parser.add_argument("--json", action="store_true", help="print the result for a program")
    add_engine(parser)
    add_account(parser)
    add_profile(parser)


def run(arguments: Namespace, console: Console) -> int:
    """Draft the chapter, and print what became of it. Returns 0, or 7 where it failed.

    Raises:
        UsageError: the two languages are none that a memory of English and a translation can serve, or OUT is SOURCE.
        InputError: the chapter, the memory or the glossary cannot be read.
    """
    from sync.errors import ChaptersFailed
    from sync.files import write_text
    from sync.model import Status

    result = _translate(arguments, console)
    if result.status is not Status.FAILED:
        write_text(arguments.output, result.text)
    console.print(json.dumps(_row(result), ensure_ascii=False) if arguments.json else _summary(result, arguments))
    return ChaptersFailed.exit_code if result.status is Status.FAILED else 0


def _translate(arguments: Namespace, console: Console) -> ChapterResult:
    from alignment.markdown import PROFILES
    from sync.bitext.sources import load_memory
    from sync.engines import Aids, open_engine
    from sync.pipeline import update_chapter

    pair = _pair(arguments)
    profile = PROFILES[arguments.profile]
    other = pair.lang if _is_english(pair.source_lang) else pair.source_lang
    with console.progress(f"Reading the memory for {other}", 0) as advance:
        memory = load_memory(arguments.memory, other, profile=profile, advance=advance)
    service = open_service(arguments, console)
    aids = Aids(models=open_models(arguments, console), terms=pair.terms, service=service)
    known = memory if _is_english(pair.source_lang) else memory.reversed()
    engine = open_engine(arguments.engine, pair.lang, known, profile, source_lang=pair.source_lang, aids=aids)
    return update_chapter(pair, engine, profile=profile)


def _pair(arguments: Namespace) -> RevisionPair:
    """The chapter as an update from nothing: all of it is new."""
    from bot.cli.terminology import read_base
    from sync.errors import UsageError
    from sync.files import read_text
    from sync.model import RevisionPair

    if _is_english(arguments.source_lang) == _is_english(arguments.lang):
        message = (
            f"From {arguments.source_lang} to {arguments.lang}: one of the two must be English, which every memory "
            "has. Name the language of SOURCE with --from, and the other with --lang."
        )
        raise UsageError(message)
    if arguments.output.exists() and arguments.output.samefile(arguments.source):
        message = f"{arguments.output} is SOURCE itself, which would be lost. Name another file with -o."
        raise UsageError(message)
    return RevisionPair(
        path=str(arguments.source),
        lang=arguments.lang,
        source_lang=arguments.source_lang,
        en_old="",
        en_new=read_text(arguments.source),
        tgt_old="",
        terms=read_base(arguments.terms, arguments.lang) if arguments.terms else None,
    )


def _is_english(tag: str) -> bool:
    return tag.casefold().replace("_", "-").split("-")[0] == "en"


def _row(result: ChapterResult) -> dict[str, Any]:
    from sync.records import result_fields

    return {"id": result.path, **result_fields(result)}


def _summary(result: ChapterResult, arguments: Namespace) -> str:
    from sync.model import Fate, Status

    if result.status is Status.FAILED:
        return f"{result.path}: failed; {arguments.output} was not written\n  {result.reason}"
    drafted, waiting = result.count(Fate.DRAFTED), [one for one in result.outcomes if one.fate is Fate.PENDING]
    lines = [f"{arguments.output}: {drafted} segments drafted, {len(waiting)} wait for a translator"]
    lines += [_waiting(one) for one in waiting[:SHOWN]]
    lines += [f"  … and {len(waiting) - SHOWN} more"] if len(waiting) > SHOWN else []
    lines += [f"  {one.severity} (line {one.line}): {one.message}" for one in result.diagnostics]
    return "\n".join(lines)


def _waiting(outcome: Outcome) -> str:
    offer = f"\n    perhaps: {outcome.offer}" if outcome.offer else ""
    return f"  line {outcome.line}: {outcome.new_source[:100]}{offer}"
