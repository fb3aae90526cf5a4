"""Every fault that the emulator of Amazon Translate can be ordered, met by the real command line.

    python -m benchmarks.amazon_faults [--only PATTERN] [--verbose]

`amts sync --engine amazon` runs in this process, through boto3 over HTTP against the emulator and an S3 server, by the
emulator's clock; once with the fault and once more without it. For each fault:

* ``lost``: the second run ends with the same files as one that never met a fault; the first, if it delivered anything,
  has told what became of every changed sentence.
* ``doubled``: one job for each plan and one attempt for each state of the examples, unless the first was ordered to
  fail; no sentence billed twice, unless the service was paid and gave nothing of use, or in real time, where the number
  of times is bounded (shown as the share of all characters that was paid for again).
* ``message``: what the first run says beyond what any run says, by rule: a sentence names the operation or the thing,
  and one says what to do or what happens next. A run that did all it should without a detour owes nobody a word.
* ``code``: 0 done or waiting, 2 usage, 3 budget, 8 engine.

Needs moto[s3] with flask and flask-cors.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import re
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.amazon_fault_cases import CREATE, UPDATE, cases
from sync.engines.amazon.service.explain import UNKNOWN
from tests.support.amazon_fork import LANG, Turned, amts, make_fork, settings
from tests.support.s3 import S3Server
from tests.support.translate_emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.amazon_fault_cases import Case
    from tests.support.amazon_fork import Fork, Said

ROW: Final = "{:<36}{:<46}{:>5}{:>9}{:>12}{:>9}{:>7}"
TITLES: Final = ("group", "fault", "exit", "lost", "doubled", "message", "code")
FATES: Final = ("carried", "drafted", "pending")
NAME: Final = f"amts-book-{LANG}"
OLDER: Final = f"en,{LANG}\nTea is hot.,O chá é quente.\n".encode()
THING: Final = re.compile(
    r"parallel data|\bjobs?\b|bucket|s3://|credentials|\brole\b|glossary|region|amazon\.|characters|segments|examples"
)
NEXT: Final = re.compile(
    r"(?:^|[.:;] |\n)(Run|Compare|Add|Set|Look|Wait|Choose|Delete|See|Make|Allow|Use|Let|Open|Translate"
    r"|In GitHub Actions|It must be|Documents must|Amazon Translate (reads|works)|What was started)\b"
    r"|set amazon\.|`amts|later run|next run|same command|goes on|drafted without it|sent once more"
)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended, and what it left."""

    said: Said
    files: dict[str, str]
    fates: int
    """Changed segments that it has told the fate of."""
    pending: int = 0
    """Those without a draft."""
    reasons: int = 0
    """Those of them of which it says why."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the service was asked for in the end."""

    characters: int
    jobs: tuple[str, ...]
    """Their names."""
    attempts: dict[str, int]
    """At creating or updating parallel data, by description."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="*", metavar="PATTERN", help="'GROUP/FAULT', with * for any signs")
    parser.add_argument("--verbose", action="store_true", help="show what the first run of each fault says")
    arguments = parser.parse_args()
    wanted = [case for case in cases() if fnmatch.fnmatchcase(f"{case.group}/{case.name}", arguments.only)]
    print(ROW.format(*TITLES))
    with (
        tempfile.TemporaryDirectory(prefix="amts-bench-") as folder,
        S3Server() as s3,
        Emulator(s3.endpoint, translator=Turned()) as emulator,
    ):
        stage = Stage(Path(folder), s3, emulator)
        wrong = sum(_show(case, stage, verbose=arguments.verbose) for case in wanted)
    print(f"{len(wanted)} faults, {4 * len(wanted)} cells, {wrong} of them not yes")
    return int(wrong > 0)


def _show(case: Case, stage: Stage, *, verbose: bool) -> int:
    """Prints the row of a fault. Returns how many of its cells are not yes."""
    first, cells = stage.play(case)
    print(ROW.format(case.group, case.name, first.said.code, *cells), flush=True)
    wrong = sum(not cell.startswith("yes") for cell in cells)
    if verbose or wrong:
        print("".join(f"      | {line}\n" for line in first.said.err.splitlines()), end="")
    return wrong


class Stage:
    """Where the faults are played: one emulator, a fork, and a fresh bucket for each."""

    def __init__(self, folder: Path, s3: S3Server, emulator: Emulator) -> None:
        self.folder = folder
        self.s3 = s3
        self.emulator = emulator
        self.fork: Fork = make_fork(folder, glossary=True)
        self.number = 0
        self.plain: dict[tuple[bool, str], tuple[Ended, Ledger]] = {}

    def play(self, case: Case) -> tuple[Ended, Sequence[str]]:
        """The first run, and the cells."""
        reference, paid = self._without_fault(case)
        bucket = self._begin(case)
        case.order(self.emulator, bucket)
        first = self._run(bucket, case, with_fault=True)
        pace = self.emulator.core._account["pace"]
        self.emulator.core.service.account.pace = pace  # type: ignore[assignment]
        self.emulator.faults.clear()
        self.emulator.allow(bucket)
        self.emulator.advance(24 * 3600.0)
        second = self._run(bucket, case, with_fault=False)
        ledger = _ledger(self.emulator)
        return first, (
            _lost(case, first, second, reference),
            _doubled(case, ledger, paid),
            _message(case, first, reference, _is_detour(case, ledger, paid)),
            "yes" if first.said.code == case.code else f"not {case.code}",
        )

    def _without_fault(self, case: Case) -> tuple[Ended, Ledger]:
        """How the same ends where nothing goes wrong."""
        mode = str(case.settings.get("mode", ""))
        if (case.has_older, mode) not in self.plain:
            bucket = self._begin(case)
            ended = self._run(bucket, case, with_fault=False)
            assert ended.files, ended.said.err
            self.plain[case.has_older, mode] = ended, _ledger(self.emulator)
        return self.plain[case.has_older, mode]

    def _begin(self, case: Case) -> str:
        self.number += 1
        self.emulator.reset()
        bucket = self.s3.bucket(f"books-{self.number}")
        if case.has_older:
            self._bring_older(bucket)
        return bucket

    def _bring_older(self, bucket: str) -> None:
        s3, translate = self.emulator.client("s3"), self.emulator.client()
        s3.put_object(Bucket=bucket, Key="older.csv", Body=OLDER)
        config = {"S3Uri": f"s3://{bucket}/older.csv", "Format": "CSV"}
        translate.create_parallel_data(Name=NAME, ParallelDataConfig=config, Description="older", ClientToken="older")
        self.emulator.advance(3600.0)
        s3.close()
        translate.close()

    def _run(self, bucket: str, case: Case, *, with_fault: bool) -> Ended:
        self.number += 1
        place = self.folder / str(self.number)
        config = self.folder / f"{self.number}.yml"
        others = dict(case.settings if with_fault else {k: v for k, v in case.settings.items() if k == "mode"})
        config.write_text(settings(**{"bucket": bucket, "role": self.emulator.role, **others}), "utf-8")
        arguments = ("--engine", "amazon", "--config", config, "--output", place)
        said = amts(self.emulator, "sync", *self.fork.arguments, *arguments, env=case.env if with_fault else None)
        return _ended(said, place)


def _ended(said: Said, place: Path) -> Ended:
    if not (place / "result.json").is_file():
        return Ended(said, {}, 0)
    totals = json.loads((place / "result.json").read_text("utf-8"))["totals"]
    files = {
        str(path.relative_to(place)): path.read_text("utf-8")
        for path in sorted(place.rglob("*"))
        if path.is_file() and path.parent != place
    }
    reasons = (place / "pull-request.md").read_text("utf-8").count("could not be used")
    return Ended(said, files, sum(totals[fate] for fate in FATES), totals["pending"], reasons)


def _ledger(emulator: Emulator) -> Ledger:
    accepted = [one for one in emulator.exchanges if not one.code and one.operation in (CREATE, UPDATE)]
    tokens = {(one.parameters["ClientToken"], one.parameters["Description"]) for one in accepted}
    attempts: dict[str, int] = {}
    for _, description in tokens:
        attempts[description] = attempts.get(description, 0) + 1
    names = tuple(str(one["JobName"]) for one in emulator.core.state()["jobs"])
    return Ledger(sum(bill.characters for bill in emulator.bills), names, attempts)


def _lost(case: Case, first: Ended, second: Ended, reference: Ended) -> str:
    if any(ended.files and ended.fates != reference.fates for ended in (first, second)):
        return "untold"
    if second.said.code or not second.files:
        return f"exit {second.said.code}"
    if case.gives_up and second.pending:
        return f"yes, {second.pending}" if second.reasons >= second.pending else "no reason"
    return "yes" if _texts(second) == _texts(reference) else "differs"


def _texts(ended: Ended) -> dict[str, str]:
    return {path: text for path, text in ended.files.items() if path.endswith(".md")}


def _doubled(case: Case, ledger: Ledger, paid: Ledger) -> str:
    if len(set(ledger.jobs)) < len(ledger.jobs) or len(ledger.jobs) > max(case.jobs, len(paid.jobs)):
        return f"{len(ledger.jobs)} jobs"
    ours = {text: number for text, number in ledger.attempts.items() if text != "older"}
    if any(number > case.attempts for number in ours.values()):
        return f"{max(ours.values())} data"
    again = (ledger.characters - paid.characters) / paid.characters
    if again > case.repeats:
        return f"{again:+.0%}"
    return f"yes {again:+.0%}" if again else "yes"


def _is_detour(case: Case, ledger: Ledger, paid: Ledger) -> bool:
    """Whether things went another way than without a fault, so that there is something to tell."""
    return (len(ledger.jobs), ledger.characters) != (len(paid.jobs), paid.characters) or case.attempts > 1


def _message(case: Case, first: Ended, reference: Ended, is_detour: bool) -> str:
    lines = first.said.err.splitlines()
    if case.waits and not any("Waiting" in line for line in lines):
        return "not told"
    if first.said.code == 0 and not case.waits:
        told = _new_lines(lines, reference.said.err.splitlines()) or "if every answer is lost" in first.said.err
        return "yes" if not is_detour or told else "silent"
    text = "\n".join(_new_lines(lines, reference.said.err.splitlines()))
    if "bug in AMTS" in text or "Traceback" in text:
        return "a bug"
    if UNKNOWN in text:
        return "gaps"
    operation = case.group.rpartition(": ")[2]
    named = THING.search(text) or (operation and operation in text)
    return "yes" if named and NEXT.search(text) else "unclear"


def _new_lines(lines: Iterable[str], known: Iterable[str]) -> list[str]:
    """Lines that say something which a run without a fault does not say."""
    plain = partial(re.sub, r"[0-9a-f]{12,}|[0-9]+", "#")
    there = {plain(line) for line in known}
    return [line for line in lines if plain(line) not in there]


if __name__ == "__main__":
    sys.exit(main())
