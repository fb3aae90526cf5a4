"""Markup that is corrupted in what reaches a file: recorded practice, and our own engine under the emulator's damage.

    python -m benchmarks.markup_damage [--every 4] [--only PROFILE …] [--show]

*Recorded practice*: blocks of whole forks, translated by a service and brought back to Markdown, whose markup is not
that of the English, as ``corruption.json`` has it; for comparison, what people wrote of the same chapters.

*Ours*: English sentences of the zh chapters go through the engine ``amazon``: boto3 over HTTP, the emulator and an S3
server, with the emulator's clock. A third of the chapters, by name, gives the sentences (every 4th of those that nobody
translated word for word, unless --every says otherwise), another what the service knows by itself, the last the fork's
memory and its parallel data. Every document and every answer in real time meets the damage, the second try of a
segment too; ``job only`` is the same with the second try unharmed. A sentence counts as corrupted if it reaches a file
and differs in more than white space from what the same service made of it unharmed, and as delivered if what reaches
the file is the service's. Where that has nothing, the embedded engine may have: shown apart, corrupted if its markup is
not that of the English.

Goals: nothing corrupted; at least 95 % delivered under ``practice`` and what only changes the form. A profile harms
every sentence that it can, ``practice`` as many as were found. Needs ``../shared/data`` (next to this repository), and
moto[s3] with flask and flask-cors.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from alignment.markdown import D2L
from sync.bitext.marks import marks
from sync.bitext.memory import Memory
from sync.bitext.sources import load_memory
from sync.engines import Aids
from sync.engines.amazon.account import Account
from sync.engines.amazon.batch import HTML, documents_of
from sync.engines.amazon.desk import Desk
from sync.engines.amazon.engine import Amazon
from sync.engines.amazon.money import Rates
from sync.engines.amazon.real_time import DOCUMENT, TRIES
from sync.engines.amazon.service.patience import Time
from sync.engines.amazon.settings import Settings
from sync.engines.amazon.supply import Supply
from sync.engines.amazon.text.documents import read_document
from sync.engines.local import Local
from sync.engines.verify import verified
from sync.model import Job
from tests.support.s3 import S3Server
from tests.support.service import Accounts
from tests.support.translate_emulator import faults
from tests.support.translate_emulator.content.damage import ID, PROFILES
from tests.support.translate_emulator.content.masked import MaskedText
from tests.support.translate_emulator.content.translator import Translated, Translator

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sync.bitext.memory import Pair
    from sync.engines.amazon.text.documents import Document
    from sync.model import Draft
    from tests.support.service import Service

DATA: Final = Path(__file__).parents[2] / "shared" / "data"
LANG: Final = "zh"
PARTS: Final = 3
MILD: Final = ("none", "entities", "spaces", "lost_id", "practice")
"""Profiles under which nearly everything must be delivered."""
ENOUGH: Final = 0.95
PRACTICE: Final = "{:<10}{:>10}{:>14}{:>14}{:>24}"
ROW: Final = "{:<20}{:>10}{:>12}{:>11}{:>11}{:>8}{:>12}{:>11}   {}"
TITLES: Final = ("damage", "segments", "sent again", "corrupted", "delivered", "share", "by embedded", "corrupted", "")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=4, metavar="N", help="take every Nth sentence; default 4")
    parser.add_argument("--only", nargs="+", choices=PROFILES, default=PROFILES, metavar="PROFILE")
    parser.add_argument("--show", action="store_true", help="print what was corrupted, and how it should be")
    arguments = parser.parse_args()
    if not DATA.is_dir():
        print("benchmarks.markup_damage: skipped, ../shared/data is not here")
        return 0
    _print_practice(json.loads((DATA / "corruption.json").read_text("utf-8")))
    return _print_ours(arguments)


# Recorded practice


def _print_practice(found: Mapping[str, Any]) -> None:
    print("Recorded practice: blocks with corrupted markup in raw machine output of whole forks")
    print(PRACTICE.format("", "blocks", "with markup", "corrupted", "people, same chapters"))
    for lang, row in found["whole_fork"].items():
        same = found["same_chapters_machine_and_human"].get(lang)
        people = f"{same['human']['corrupt_among_marked']:.1%}" if same else "-"
        corrupted = f"{row['corrupt_among_marked']:.1%}"
        print(PRACTICE.format(lang, row["blocks"], row["blocks_with_markup"], corrupted, people))


# Ours


class Remembering(Translator):
    """Is asked the same again under each damage, and has to think only once."""

    def __init__(self, base: Mapping[tuple[str, str], Sequence[tuple[str, str]]]) -> None:
        super().__init__(base)
        self._made: dict[object, Translated] = {}

    def translate(self, text: str, languages: tuple[str, str], **given: Any) -> Translated:
        pieces = text.pieces if isinstance(text, MaskedText) else ()
        behind = tuple((ID.sub("", piece.raw), piece.text, piece.partner) for piece in pieces)
        asked = text, behind, languages, len(given.get("examples", ()))
        if asked not in self._made:
            self._made[asked] = super().translate(text, languages, **given)
        return self._made[asked]


Unharmed = dict[tuple[str, str], str]
"""Translations by the way they came, ``batch`` or ``real-time``, and the id of their job."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The sentences, and what they are translated with."""

    jobs: tuple[Job, ...]
    memory: Memory
    local: Local

    def open(self, service: Service) -> Amazon:
        """The engine of a fork that uses an account for the first time."""
        settings = Settings(
            region="us-east-1",
            bucket=service.bucket,
            role=service.emulator.role,
            rates=Rates(),
            book="book",
        )
        account = Account(
            settings=settings,
            lang=LANG,
            clients=service.clients,
            storage=service.storage,
            folder=f"book/{LANG}/",
            time=Time(now=service.now, sleep=service.advance, random=lambda: 0.5),
        )
        supply = Supply(account=account, memory=self.memory, chapters=None, terms=None, profile=D2L)
        return Amazon(self.local, Desk(account, supply, ("en", LANG), self.local.pair))

    def read(self, data: bytes, document: Document) -> Mapping[str, str]:
        """The translations in a document that came back."""
        own = [job for job in self.jobs if job.id in document.parts.values()]
        return read_document(data.decode(), document, own).drafts

    def run(self, service: Service) -> tuple[Amazon, dict[str, Draft]]:
        """All sentences through the engine, and through what every draft must pass."""
        engine = self.open(service)
        ticket = engine.submit(self.jobs)
        while (drafts := engine.collect(ticket)) is None:
            service.advance(60.0)
        return engine, verified(self.jobs, drafts, D2L)


def _print_ours(arguments: argparse.Namespace) -> int:
    began = time.perf_counter()
    base, stage = _stage(arguments.every)
    with S3Server() as s3, Accounts(s3) as accounts:
        unharmed = _unharmed(stage, accounts.open(translator=base))
        print("\nOurs under the emulator's damage: sentences with corrupted markup that reach a file")
        if arguments.every > 1:
            print(f"(of those that have to be sent, only 1 in {arguments.every})")
        print(ROW.format(*TITLES))
        failed = 0
        for profile in arguments.only:
            for name, operation in ((profile, "*"), (f"{profile}, job only", "StartTextTranslationJob")):
                service = accounts.open(translator=base)
                service.emulator.faults.add(operation, faults.damaged(profile), count=None)
                counts = _count(stage, *stage.run(service), unharmed)
                failed += _print_row(name, counts, len(stage.jobs), is_mild=profile in MILD)
                print("".join(f"{one}\n" for one in counts.corrupted if arguments.show), end="")
    print(f"{failed} goals missed; {time.perf_counter() - began:.0f} s")
    return int(failed > 0)


def _stage(every: int) -> tuple[Remembering, Stage]:
    pairs = load_memory([DATA / "pairs"], LANG).pairs
    chapters = sorted({pair.chapter for pair in pairs})
    asked, known, own = ([pair for pair in pairs if pair.chapter in chapters[at::PARTS]] for at in range(PARTS))
    memory = Memory(tuple(own))
    local = Local(("en", LANG), memory, D2L, Aids())
    jobs = (job for job in _jobs(asked) if local.recall(job) is None)
    base = Remembering({("en", LANG): [(pair.source, pair.target) for pair in known]})
    return base, Stage(tuple(jobs)[::every], memory, local)


def _jobs(pairs: Iterable[Pair]) -> Iterable[Job]:
    for number, pair in enumerate(pairs):
        yield Job(id=f"{pair.chapter}:{number}:0", lang=LANG, source=pair.source)


def _unharmed(stage: Stage, service: Service) -> Unharmed:
    """What the service makes of each sentence, by the way it goes and its id; as read, before it is judged."""
    stage.run(service)
    found: Unharmed = {}
    outputs = {name.rsplit(f"/{LANG}.", 1)[-1]: name for name in service.storage.names("book/") if "/out/" in name}
    for number, document in enumerate(documents_of(stage.jobs, D2L)):
        data = service.storage.read(outputs[f"{number:04}.html"]) or b""
        found |= {("batch", job): text for job, text in stage.read(data, document).items()}
    for document in documents_of(stage.jobs, D2L, DOCUMENT):
        answer = service.clients.call(
            "translate",
            "translate_document",
            Document={"Content": document.html.encode(), "ContentType": HTML},
            SourceLanguageCode="en",
            TargetLanguageCode=LANG,
        )
        data = answer["TranslatedDocument"]["Content"]
        found |= {("real-time", job): text for job, text in stage.read(data, document).items()}
    return found


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the sentences in one run."""

    again: int
    corrupted: tuple[str, ...]
    """Each beside its English and what it should be."""
    delivered: int
    embedded: int
    embedded_corrupted: int


def _count(stage: Stage, engine: Amazon, drafts: Mapping[str, Draft], unharmed: Unharmed) -> Counts:
    again = delivered = embedded = embedded_corrupted = 0
    corrupted: list[str] = []
    for job in stage.jobs:
        answer, draft = engine.desk.answer(job), drafts.get(job.id)
        again += answer is not None and answer.tries == TRIES
        if draft is None or not draft.text:
            continue
        if answer is not None and answer.text:
            delivered += 1
            right = unharmed.get((answer.kind, job.id), "")
            if _bare(draft.text) != _bare(right):
                corrupted.append(f"  {job.source}\n    is    {draft.text}\n    not   {right}")
        else:
            embedded += 1
            embedded_corrupted += marks(draft.text, D2L) != marks(job.source, D2L)
    return Counts(again, tuple(corrupted), delivered, embedded, embedded_corrupted)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _print_row(name: str, counts: Counts, segments: int, *, is_mild: bool) -> bool:
    """Returns whether a goal is missed."""
    share = counts.delivered / segments
    corrupted = len(counts.corrupted) + counts.embedded_corrupted
    missed = [f"{corrupted} corrupted"] * (corrupted > 0) + ["too few delivered"] * (is_mild and share < ENOUGH)
    cells = (counts.again, len(counts.corrupted), counts.delivered, f"{share:.1%}")
    end = f"MISSED: {', '.join(missed)}" if missed else ""
    print(ROW.format(name, segments, *cells, counts.embedded, counts.embedded_corrupted, end), flush=True)
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
