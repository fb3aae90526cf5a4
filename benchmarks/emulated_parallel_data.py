"""Whether parallel data reach the translations, by the emulator of Amazon Translate. Amazon's own quality is another.

    python -m benchmarks.emulated_parallel_data [LANG …] [--folds N] [--only-fold K] [--http] [--show N]

The chapters are held out in N groups, neighbours in different ones, and translated sentence by sentence, each sentence
a paragraph of a document of HTML as the engine ``amazon`` sends it:

* ``without``: by a model of the base alone. The base are the sentence pairs, as the memory of a fork has them, of every
  second chapter folder by name, without the held-out chapters.
* ``paragraphs``: with parallel data of paragraphs, made as for ``amts parallel-data``, of the chapters in the other
  folders, without the held-out ones. Nothing of it is in the base. The emulator then uses a model of the base plus
  these, and prefers the wording of close examples.
* ``sentences``: with parallel data of sentences, of the same chapters.

Both directions. What does not come back, or with other markup, counts as its source. BLEU of all segments together; the
95 % intervals are by bootstrap over segments, of gains by paired bootstrap. By default the documents go straight
through ``Translator``; with ``--http`` through boto3, an S3 server and the emulator, with the same figures. Needs
``../shared/data`` (next to this repository) and ``pip install sacrebleu``.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol

from alignment.locales import load
from benchmarks.translation import PAIRS, ROUNDS, _groups, _score, _sides, _statistics, by_folder
from sync.bitext.parallel_data.build import build
from sync.bitext.parallel_data.limits import amazon_code
from sync.bitext.parallel_data.model import Granularity
from sync.bitext.sources import load_memory, read_chapters
from sync.engines.amazon.text.documents import read_document, render_documents
from sync.model import Job
from tests.support.translate_emulator.content.html import translate_html
from tests.support.translate_emulator.content.translator import Translator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sync.bitext.memory import Pair
    from sync.bitext.parallel_data.model import ChapterPair

Bitext = tuple[tuple[str, str], ...]
Languages = tuple[str, str]

WAYS = {"without": None, "paragraphs": Granularity.PARAGRAPH, "sentences": Granularity.SENTENCE}
BUCKET = "benchmark"


@dataclass(frozen=True, slots=True)
class Made:
    """One held-out sentence and what came back for it."""

    source: str
    human: str
    made: str
    is_back: bool


@dataclass(slots=True)
class Run:
    """One way, all groups together."""

    segments: list[Made] = field(default_factory=list)
    examples: list[int] = field(default_factory=list)
    characters: int = 0
    seconds: float = 0.0


class Service(Protocol):
    """What translates documents with parallel data."""

    def translate(self, documents: Sequence[str], languages: Languages, examples: Bitext) -> tuple[list[str], int]:
        """The documents as they come back, and the characters that are billed."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("langs", nargs="*", metavar="LANG", help="default: zh")
    parser.add_argument("--folds", type=int, default=4, metavar="N", help="groups of chapters; default 4")
    parser.add_argument("--only-fold", type=int, metavar="K", help="only group K, from 1")
    parser.add_argument("--http", action="store_true", help="the whole path: boto3, S3, HTTP")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N translations")
    arguments = parser.parse_args()
    if not (PAIRS.exists() and find_spec("sacrebleu")):
        print(f"skipped: needs {PAIRS} and pip install sacrebleu")
        return 0
    for lang in arguments.langs or ("zh",):
        for languages in (("en", lang), (lang, "en")):
            runs = _hold_out(lang, languages, arguments)
            _report(runs, languages)
            _show(runs, arguments.show)
    return 0


# Holding out


def _hold_out(lang: str, languages: Languages, arguments: argparse.Namespace) -> dict[str, Run]:
    pairs = load_memory([PAIRS], lang).pairs
    chapters = read_chapters(PAIRS / lang, PAIRS / lang)
    groups = _groups(pairs, arguments.folds)
    chosen = [groups[arguments.only_fold - 1]] if arguments.only_fold else groups
    runs = {way: Run() for way in WAYS}
    for held in chosen:
        base_folders = set(sorted({by_folder(pair.chapter) for pair in pairs})[::2])
        base = tuple(
            _sides(pair, languages)
            for pair in pairs
            if by_folder(pair.chapter) in base_folders and pair.chapter not in held
        )
        others = [one for one in chapters if by_folder(one.path) not in base_folders and one.path not in held]
        wanted = [pair for pair in pairs if pair.chapter in held]
        with _served(languages, base, http=arguments.http) as service:
            for way, granularity in WAYS.items():
                examples = _examples(others, lang, languages, granularity)
                _add(runs[way], service, wanted, languages, examples)
    return runs


def _examples(
    chapters: Sequence[ChapterPair], lang: str, languages: Languages, granularity: Granularity | None
) -> Bitext:
    if granularity is None:
        return ()
    entries = build(chapters, lang, granularity=granularity).entries
    return tuple((one.source, one.target) if languages[0] == "en" else (one.target, one.source) for one in entries)


def _add(run: Run, service: Service, wanted: Sequence[Pair], languages: Languages, examples: Bitext) -> None:
    """Translate the held-out sentences in one way."""
    sides = [_sides(pair, languages) for pair in wanted]
    jobs = [Job(id=str(number), lang=languages[1], source=source) for number, (source, _) in enumerate(sides)]
    documents = render_documents(jobs)
    start = time.perf_counter()
    answers, characters = service.translate([document.html for document in documents], languages, examples)
    run.seconds += time.perf_counter() - start
    run.characters += characters
    run.examples.append(len(examples))
    drafts: dict[str, str] = {}
    for document, answer in zip(documents, answers, strict=True):
        drafts |= read_document(answer, document, jobs).drafts
    for job, (source, human) in zip(jobs, sides, strict=True):
        run.segments.append(Made(source, human, drafts.get(job.id, source), job.id in drafts))


# The two ways to the translator


@dataclass(frozen=True, slots=True)
class Direct:
    """No HTTP: what the emulator does with a document."""

    translator: Translator

    def translate(self, documents: Sequence[str], languages: Languages, examples: Bitext) -> tuple[list[str], int]:
        def one(text: str) -> str:
            return self.translator.translate(text, languages, examples=examples).text

        made = [translate_html(document, one) for document in documents]
        return [one.text for one in made], sum(one.characters for one in made)


@dataclass(frozen=True, slots=True)
class OverHttp:
    """boto3, to the emulator and to an S3 server."""

    emulator: Any

    def translate(self, documents: Sequence[str], languages: Languages, examples: Bitext) -> tuple[list[str], int]:
        codes = amazon_code(languages[0]), amazon_code(languages[1])
        run = f"run{len(self.emulator.bills)}"
        data = self._import(run, codes, examples) if examples else []
        s3 = self.emulator.client("s3")
        for number, document in enumerate(documents):
            s3.put_object(Bucket=BUCKET, Key=f"{run}/in/{number:04}.html", Body=document.encode())
        client = self.emulator.client()
        job = client.start_text_translation_job(
            InputDataConfig={"S3Uri": f"s3://{BUCKET}/{run}/in/", "ContentType": "text/html"},
            OutputDataConfig={"S3Uri": f"s3://{BUCKET}/{run}/out/"},
            DataAccessRoleArn=self.emulator.role,
            SourceLanguageCode=codes[0],
            TargetLanguageCodes=[codes[1]],
            ParallelDataNames=data,
        )
        self.emulator.advance(24 * 3600)
        found = client.describe_text_translation_job(JobId=job["JobId"])["TextTranslationJobProperties"]
        folder = found["OutputDataConfig"]["S3Uri"].removeprefix(f"s3://{BUCKET}/")
        keys = [f"{folder}{codes[1]}.{number:04}.html" for number in range(len(documents))]
        made = [s3.get_object(Bucket=BUCKET, Key=key)["Body"].read().decode() for key in keys]
        return made, self.emulator.bills[-1].characters

    def _import(self, run: str, codes: Languages, examples: Bitext) -> list[str]:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([codes, *examples])
        self.emulator.client("s3").put_object(Bucket=BUCKET, Key=f"{run}.csv", Body=text.getvalue().encode())
        client = self.emulator.client()
        config = {"S3Uri": f"s3://{BUCKET}/{run}.csv", "Format": "CSV"}
        client.create_parallel_data(Name=run, ParallelDataConfig=config)
        self.emulator.advance(24 * 3600)
        found = client.get_parallel_data(Name=run)["ParallelDataProperties"]
        counts = [found.get(f"{kind}RecordCount", 0) for kind in ("Imported", "Skipped", "Failed")]
        print(f"  imported, skipped, failed records of {len(examples)}: {counts}", flush=True)
        return [run]


@contextmanager
def _served(languages: Languages, base: Bitext, *, http: bool) -> Iterator[Service]:
    if not http:
        yield Direct(Translator({languages: base}))
        return
    from tests.support.s3 import S3Server
    from tests.support.translate_emulator.emulator import Emulator

    codes = amazon_code(languages[0]), amazon_code(languages[1])
    with S3Server() as s3, Emulator(s3.endpoint, translator=Translator({codes: base})) as emulator:
        s3.bucket(BUCKET)
        yield OverHttp(emulator)


# Figures


def _report(runs: dict[str, Run], languages: Languages) -> None:
    import numpy as np
    from sacrebleu.metrics import BLEU

    metric = BLEU(tokenize=load(languages[1]).score.tokenizer)
    counts = {way: np.array([_statistics(metric, one) for one in run.segments], float) for way, run in runs.items()}
    size = len(counts["without"])
    print(f"\n{languages[0]}→{languages[1]}: {size} held-out sentences")
    print("  way          examples   BLEU (95 %)              gain over without (95 %)    back    characters   seconds")
    rng = np.random.default_rng(1)
    draws = [rng.integers(0, size, size) for _ in range(ROUNDS)]
    scores = {way: np.array([_score(found[draw]) for draw in draws]) for way, found in counts.items()}
    for way, run in runs.items():
        bleu = f"{_score(counts[way]):.1f} {_interval(scores[way])}"
        gain = _gain(counts, scores, way, "without") if way != "without" else ""
        back = sum(one.is_back for one in run.segments) / size
        examples = "–".join(map(str, sorted({min(run.examples), max(run.examples)})))
        print(
            f"  {way:<12} {examples:<10} {bleu:<24} {gain:<27} {back:.1%}  {run.characters:>10} {run.seconds:>9.0f}",
            flush=True,
        )
    print(f"  gain of sentences over paragraphs: {_gain(counts, scores, 'sentences', 'paragraphs')}", flush=True)


def _gain(counts: dict[str, Any], scores: dict[str, Any], way: str, other: str) -> str:
    return f"{_score(counts[way]) - _score(counts[other]):+.1f} {_interval(scores[way] - scores[other])}"


def _interval(values: Any) -> str:
    import numpy as np

    low, high = np.quantile(values, (0.025, 0.975))
    return f"({low:.1f} to {high:.1f})"


def _show(runs: dict[str, Run], count: int) -> None:
    size = len(runs["without"].segments)
    for number in random.Random(1).sample(range(size), min(count, size)):
        first = runs["without"].segments[number]
        print(f"  {first.source}\n    human       {first.human}")
        for way, run in runs.items():
            print(f"    {way:<11} {run.segments[number].made}")


if __name__ == "__main__":
    sys.exit(main())
