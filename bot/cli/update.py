"""``amts update``: one translated file, or many, brought up to new English, without git."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.cli.options import add_engine, add_profile

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

    from alignment.markdown import Profile
    from bot.cli.console import Console
    from sync.bitext.memory import Memory
    from sync.engines import Engine
    from sync.model import ChapterResult, RevisionPair

HELP: Final = "Bring one translated file up to new English."
EPILOG: Final = """\
examples:
  amts update en_old.md en_new.md chapter.zh.md --lang zh -o chapter.zh.md
  amts update en_old.md en_new.md chapter.tr.md --lang tr -o out.md --memory fork/ --json
  amts update --batch jobs.jsonl --engine local --memory pairs/

A line of JOBS.jsonl: {"id", "lang", "en_old", "en_new", "tgt_old", "out"} and optionally "withhold", a list of
chapter folders whose memory this job must not see. Paths are relative to the current folder.
"""

KEYS: Final = ("id", "lang", "en_old", "en_new", "tgt_old", "out")


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("en_old", nargs="?", type=Path, metavar="EN_OLD", help="the English that TARGET translates")
    parser.add_argument("en_new", nargs="?", type=Path, metavar="EN_NEW", help="the English it shall translate")
    parser.add_argument("target", nargs="?", type=Path, metavar="TARGET", help="the translation")
    parser.add_argument("--lang", metavar="TAG", help="language of the translation, as a BCP-47 tag")
    parser.add_argument("-o", "--output", type=Path, metavar="OUT", help="where to write the result")
    parser.add_argument("--batch", type=Path, metavar="JOBS.jsonl", help="many updates in one process")
    parser.add_argument("--json", action="store_true", help="print the result for a program")
    add_engine(parser)
    add_profile(parser)


def run(arguments: Namespace, console: Console) -> int:
    from sync.errors import UsageError

    if arguments.batch is not None:
        return _run_batch(arguments, console)
    if None in (arguments.en_old, arguments.en_new, arguments.target, arguments.lang, arguments.output):
        message = "update needs EN_OLD EN_NEW TARGET, --lang and -o; or --batch. See amts update --help."
        raise UsageError(message)
    job = {
        "id": str(arguments.target),
        "lang": arguments.lang,
        "en_old": arguments.en_old,
        "en_new": arguments.en_new,
        "tgt_old": arguments.target,
        "out": arguments.output,
    }
    result = _update(job, _Workshop(arguments, console))
    console.print(json.dumps(_row(job["id"], result), ensure_ascii=False) if arguments.json else _summary(result))
    return _exit_code([result])


def _run_batch(arguments: Namespace, console: Console) -> int:
    jobs = list(_read_jobs(arguments.batch))
    workshop = _Workshop(arguments, console)
    results = []
    with console.progress("Updating", len(jobs)) as advance:
        for job in jobs:
            results.append(_try_update(job, workshop))
            console.print(json.dumps(_row(job["id"], results[-1]), ensure_ascii=False))
            advance(job["id"])
    return _exit_code(results)


def _exit_code(results: Iterable[ChapterResult]) -> int:
    from sync.errors import ChaptersFailed
    from sync.model import Status

    return ChaptersFailed.exit_code if any(result.status is Status.FAILED for result in results) else 0


def _read_jobs(path: Path) -> Iterable[dict[str, Any]]:
    from sync.errors import UsageError
    from sync.files import read_text

    for number, line in enumerate(read_text(path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            job = json.loads(line)
            missing = [key for key in KEYS if not isinstance(job.get(key), str)]
        except (ValueError, AttributeError) as error:
            message = f"{path}:{number}: not a JSON object ({error})."
            raise UsageError(message) from error
        if missing:
            message = f"{path}:{number}: needs {', '.join(missing)} as text. Each line has {', '.join(KEYS)}."
            raise UsageError(message)
        yield job


class _Workshop:
    """The engines of a run: one for each language and set of withheld folders, made when first needed."""

    def __init__(self, arguments: Namespace, console: Console) -> None:
        from alignment.markdown import PROFILES

        self.profile: Profile = PROFILES[arguments.profile]
        self.name: str = arguments.engine
        self.paths: list[Path] = arguments.memory
        self.console = console
        self.memories: dict[str, Memory] = {}
        self.engines: dict[tuple[str, tuple[str, ...]], Engine] = {}

    def engine(self, lang: str, withheld: Iterable[str]) -> Engine:
        from sync.engines import open_engine

        key = lang, tuple(sorted(withheld))
        if key not in self.engines:
            self.engines[key] = open_engine(self.name, lang, self._memory(lang).without(key[1]))
        return self.engines[key]

    def _memory(self, lang: str) -> Memory:
        from sync.bitext.sources import load_memory

        if lang not in self.memories:
            with self.console.progress(f"Reading the memory for {lang}", 0) as advance:
                self.memories[lang] = load_memory(self.paths, lang, profile=self.profile, advance=advance)
        return self.memories[lang]


def _try_update(job: dict[str, Any], workshop: _Workshop) -> ChapterResult:
    """One update of many: what goes wrong with one is told in its line and stops no other."""
    from sync.errors import InputError
    from sync.model import ChapterResult, Status

    try:
        return _update(job, workshop)
    except InputError as error:
        return ChapterResult(path=job["id"], lang=job["lang"], status=Status.FAILED, text="", reason=str(error))


def _update(job: dict[str, Any], workshop: _Workshop) -> ChapterResult:
    from sync.files import write_text
    from sync.pipeline import update_chapter

    pair = _read_pair(job)
    engine = workshop.engine(job["lang"], job.get("withhold", ()))
    result = update_chapter(pair, engine, profile=workshop.profile)
    write_text(Path(job["out"]), result.text)
    return result


def _read_pair(job: dict[str, Any]) -> RevisionPair:
    from sync.files import read_text
    from sync.model import RevisionPair

    texts = {key: read_text(Path(job[key])) for key in ("en_old", "en_new", "tgt_old")}
    return RevisionPair(path=str(job["tgt_old"]), lang=job["lang"], **texts)


def _row(name: str, result: ChapterResult) -> dict[str, Any]:
    from sync.records import result_fields

    return {"id": name, **result_fields(result)}


def _summary(result: ChapterResult) -> str:
    from sync.model import Fate

    counts = ", ".join(f"{result.count(fate)} {fate}" for fate in Fate)
    lines = [f"{result.path}: {result.status}; segments: {counts}, {result.kept} kept"]
    lines += [f"  {result.reason}"] if result.reason else []
    lines += [
        f"  pending (English line {outcome.line}): {(outcome.new_source or outcome.old_source)[:100]}"
        for outcome in result.outcomes
        if outcome.fate is Fate.PENDING
    ]
    lines += [f"  {one.severity} (line {one.line}): {one.message}" for one in result.diagnostics]
    return "\n".join(lines)
