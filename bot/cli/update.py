"""``amts update``: one translated file, or many, brought up to new English, without git."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.cli.options import add_account, add_engine, add_profile, open_models, open_service

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator, Sequence

    from alignment.markdown import Profile
    from bot.cli.console import Console
    from sync.bitext.memory import Memory
    from sync.bitext.terminology.model import TermBase
    from sync.engines import Engine
    from sync.model import ChapterResult

HELP: Final = "Bring one translated file, or a batch of them, up to new English, without git."
EPILOG: Final = """\
examples:
  amts update en_old.md en_new.md chapter.zh.md --lang zh -o chapter.zh.md
  amts update en_old.md en_new.md chapter.tr.md --lang tr -o out.md --memory fork/ --json
  amts update --batch jobs.jsonl --engine local --memory pairs/

A line of JOBS.jsonl: {"id", "lang", "en_old", "en_new", "tgt_old", "out"} and optionally "withhold", a list of
chapter folders whose memory this job must not see. Paths are relative to the current folder. Jobs of one language
that withhold the same are done one after another. Each prints a line as soon as it is done.

What English changed and nobody could translate is pending: an edited sentence keeps its old translation, a new one
stands in OUT as a comment. If a chapter fails, OUT is the translation as it was, and the exit code is 7.
"""

KEYS: Final = ("id", "lang", "en_old", "en_new", "tgt_old", "out")
SHOWN: Final = 100
"""Characters of a pending sentence in the summary for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One update: what to read, and where to write."""

    name: str
    lang: str
    en_old: Path
    en_new: Path
    target: Path
    output: Path
    withheld: tuple[str, ...] = ()
    """Chapter folders whose memory it must not see, sorted."""


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("en_old", nargs="?", type=Path, metavar="EN_OLD", help="the English that TARGET translates")
    parser.add_argument("en_new", nargs="?", type=Path, metavar="EN_NEW", help="the English it shall translate")
    parser.add_argument("target", nargs="?", type=Path, metavar="TARGET", help="the translation")
    parser.add_argument("--lang", metavar="TAG", help="language of the translation, as a BCP-47 tag")
    parser.add_argument("-o", "--output", type=Path, metavar="OUT", help="where to write the result; may be TARGET")
    parser.add_argument("--batch", type=Path, metavar="JOBS.jsonl", help="many updates in one process")
    parser.add_argument("--json", action="store_true", help="print the result for a program, as --batch always does")
    parser.add_argument("--terms", type=Path, metavar="FILE", help="the glossary that drafts should follow")
    add_engine(parser)
    add_account(parser)
    add_profile(parser)


def run(arguments: Namespace, console: Console) -> int:
    """Update, and print what became of each file. Returns 0, or 7 where a chapter failed.

    Raises:
        UsageError: wrong or missing arguments, a line of the batch that is no job.
        InputError: the batch or the memory cannot be read; without a batch, any file.
    """
    single = (arguments.en_old, arguments.en_new, arguments.target, arguments.lang, arguments.output)
    _check(single, arguments.batch)
    workshop = _Workshop(arguments, console)
    results = _run_batch(arguments.batch, workshop) if arguments.batch else _run_single(single, workshop)
    failed = False
    for name, result in results:
        as_row = arguments.json or arguments.batch is not None
        console.print(json.dumps(_row(name, result), ensure_ascii=False) if as_row else _summary(result))
        failed |= result.status == "failed"
    return _failed_code() if failed else 0


def _check(single: Sequence[object], batch: Path | None) -> None:
    from sync.errors import UsageError

    if batch is not None and any(argument is not None for argument in single):
        message = "update takes either --batch, or EN_OLD EN_NEW TARGET with --lang and -o; not both."
        raise UsageError(message)
    if batch is None and None in single:
        message = "update needs EN_OLD EN_NEW TARGET, --lang and -o; or --batch. See amts update --help."
        raise UsageError(message)


def _failed_code() -> int:
    from sync.errors import ChaptersFailed

    return ChaptersFailed.exit_code


def _run_single(arguments: Sequence[Any], workshop: _Workshop) -> Iterator[tuple[str, ChapterResult]]:
    en_old, en_new, target, lang, output = arguments
    task = Task(name=str(target), lang=lang, en_old=en_old, en_new=en_new, target=target, output=output)
    yield task.name, workshop.update(task, workshop.engine(lang, ()))


def _run_batch(path: Path, workshop: _Workshop) -> Iterator[tuple[str, ChapterResult]]:
    """The results of all jobs. One engine is there at a time: it is made once, for all jobs that need the same."""
    groups: dict[tuple[str, tuple[str, ...]], list[Task]] = {}
    for task in read_tasks(path):
        groups.setdefault((task.lang, task.withheld), []).append(task)
    for (lang, withheld), tasks in groups.items():
        engine = workshop.engine(lang, withheld)
        with workshop.console.progress(f"Updating {lang}", len(tasks)) as advance:
            for task in tasks:
                yield task.name, workshop.try_update(task, engine)
                advance(task.name)


class _Workshop:
    """What all updates of a run share."""

    def __init__(self, arguments: Namespace, console: Console) -> None:
        from alignment.markdown import PROFILES

        self.profile: Profile = PROFILES[arguments.profile]
        self.name: str = arguments.engine
        self.paths: list[Path] = arguments.memory
        self.is_batch: bool = arguments.batch is not None
        self.console = console
        self.models = open_models(arguments, console)
        self.service = open_service(arguments, console)
        self.memories: dict[str, Memory] = {}
        self.glossary: Path | None = arguments.terms
        self.bases: dict[str, TermBase] = {}

    def engine(self, lang: str, withheld: Iterable[str]) -> Engine:
        from sync.engines import Aids, open_engine

        memory = self._memory(lang).without(withheld)
        aids = Aids(models=self.models, terms=self._terms(lang), service=self.service)
        return open_engine(self.name, lang, memory, self.profile, aids=aids)

    def _memory(self, lang: str) -> Memory:
        from sync.bitext.memory import Memory

        if lang not in self.memories:
            pairs = [pair for path in self.paths for pair in self._read_memory(path, lang).pairs]
            self.memories[lang] = Memory(tuple(pairs))
        return self.memories[lang]

    def _read_memory(self, path: Path, lang: str) -> Memory:
        """What one path has for a language. In a batch of several languages it need not have all of them."""
        from sync.bitext.memory import Memory
        from sync.bitext.sources import load_memory
        from sync.errors import NothingForLanguage

        try:
            with self.console.progress(f"Reading the memory for {lang}", 0) as advance:
                return load_memory([path], lang, profile=self.profile, advance=advance)
        except NothingForLanguage as error:
            if not self.is_batch:
                raise
            self.console.note(str(error))
            return Memory()

    def _terms(self, lang: str) -> TermBase | None:
        from bot.cli.terminology import read_base

        if self.glossary and lang not in self.bases:
            self.bases[lang] = read_base(self.glossary, lang)
        return self.bases.get(lang)

    def update(self, task: Task, engine: Engine) -> ChapterResult:
        """One update. What cannot be read or written is raised."""
        from sync.files import read_text, write_text
        from sync.model import RevisionPair
        from sync.pipeline import update_chapter

        pair = RevisionPair(
            path=task.name,
            lang=task.lang,
            en_old=read_text(task.en_old),
            en_new=read_text(task.en_new),
            tgt_old=read_text(task.target),
            terms=self._terms(task.lang),
        )
        result = update_chapter(pair, engine, profile=self.profile)
        write_text(task.output, result.text)
        return result

    def try_update(self, task: Task, engine: Engine) -> ChapterResult:
        """One update of many: what goes wrong with it is told in its line, and stops no other."""
        from sync.errors import AmtsError

        try:
            return self.update(task, engine)
        except AmtsError as error:
            return _give_up(task, str(error))


def _give_up(task: Task, reason: str) -> ChapterResult:
    """A failed update whose output is the translation as it was, if that can be read and written."""
    from sync.errors import InputError
    from sync.files import read_text, write_text
    from sync.model import ChapterResult, Status

    text = ""
    try:
        text = read_text(task.target)
        write_text(task.output, text)
    except InputError as error:
        reason = reason if str(error) in reason else f"{reason} {error}"
    return ChapterResult(path=task.name, lang=task.lang, status=Status.FAILED, text=text, old_text=text, reason=reason)


# --- the lines of a batch ----------------------------------------------------------------------------------------


def read_tasks(path: Path) -> list[Task]:
    """The jobs of a batch, in their order. All lines are looked at before the first job begins.

    Raises:
        InputError: the file cannot be read.
        UsageError: a line is no job, or two have one id or one output.
    """
    from sync.errors import UsageError
    from sync.files import read_text

    tasks: list[Task] = []
    seen: dict[tuple[str, str], int] = {}
    for number, line in enumerate(read_text(path).removeprefix("\ufeff").split("\n"), start=1):
        if not line.strip():
            continue
        task = _read_task(line, f"{path}:{number}")
        for key in (("id", task.name), ("out", str(task.output))):
            if key in seen:
                message = f"{path}:{number}: {key[0]} {key[1]!r} is that of line {seen[key]}. Each job needs its own."
                raise UsageError(message)
            seen[key] = number
        tasks.append(task)
    return tasks


def _read_task(line: str, place: str) -> Task:
    from sync.errors import UsageError

    try:
        job = json.loads(line)
    except (ValueError, RecursionError) as error:
        message = f"{place}: not JSON ({error}). Each line is an object with {', '.join(KEYS)}."
        raise UsageError(message) from error
    wrong = [key for key in KEYS if not isinstance(job, dict) or not isinstance(job.get(key), str) or not job[key]]
    if wrong:
        message = f"{place}: needs {', '.join(wrong)} as text. Each line is an object with {', '.join(KEYS)}."
        raise UsageError(message)
    withheld = job.get("withhold", [])
    if not isinstance(withheld, list) or not all(isinstance(folder, str) for folder in withheld):
        message = f'{place}: "withhold" must be a list of chapter folders, for example ["recurrent-modern"].'
        raise UsageError(message)
    return Task(
        name=job["id"],
        lang=job["lang"],
        en_old=Path(job["en_old"]),
        en_new=Path(job["en_new"]),
        target=Path(job["tgt_old"]),
        output=Path(job["out"]),
        withheld=tuple(sorted(set(withheld))),
    )


# --- what is printed ---------------------------------------------------------------------------------------------


def _row(name: str, result: ChapterResult) -> dict[str, Any]:
    from sync.records import result_fields

    return {"id": name, **result_fields(result)}


def _summary(result: ChapterResult) -> str:
    from sync.model import Fate

    counts = ", ".join(f"{result.count(fate)} {fate}" for fate in Fate)
    lines = [f"{result.path}: {result.status}; segments: {counts}, {result.kept} kept"]
    lines += [f"  {result.reason}"] if result.reason else []
    lines += [
        f"  pending (English line {outcome.line}): {(outcome.new_source or outcome.old_source)[:SHOWN]}"
        + (f"\n    perhaps: {outcome.offer[:SHOWN]}" if outcome.offer else "")
        for outcome in result.outcomes
        if outcome.fate is Fate.PENDING
    ]
    lines += [f"  {one.severity} (line {one.line}): {one.message}" for one in result.diagnostics]
    return "\n".join(lines)
