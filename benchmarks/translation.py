"""How well the embedded engine translates chapters that it has not seen.

    python -m benchmarks.translation [LANG …] [--to-english] [--folds N] [--no-base] [--bins] [--thot]
        [--young N] [--show N]

For each language every chapter is held out in turn and translated by a model trained on all others (``others``), then
every chapter folder (``base``); nothing of what is held out is seen by any part of the model. With ``--folds N`` the
chapters are held out in N groups instead, each from as many folders as there are. BLEU is the mean over chapters, and
of all segments together; ``words only`` is without math, code and other markup. TER counts tokens of the same
tokenizer. The gain is that of ``others`` over ``base``, over all segments together, with its 95 % interval by paired
bootstrap. ``--young N`` is a fork with N chapters. Needs ``../shared/data`` (next to this repository) and ``pip install
sacrebleu``; ``--thot`` needs ``sil-machine[thot]``.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any

from alignment.locales import load
from alignment.markdown import D2L, mask, spans
from alignment.markdown.masking import SENTINELS
from sync.bitext.sources import load_memory
from sync.engines.smt import train

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sync.bitext.memory import Pair
    from sync.engines.smt import Hypothesis

PAIRS = Path(__file__).parents[2] / "shared" / "data" / "pairs"
ROUNDS = 1000
"""Of the bootstrap."""

Translate = Any


@dataclass(slots=True)
class Segment:
    """One held-out sentence."""

    chapter: str
    source: str
    human: str
    made: str
    hypothesis: Hypothesis | None


@dataclass(slots=True)
class Run:
    """One way to hold out."""

    segments: list[Segment] = field(default_factory=list)
    training: list[float] = field(default_factory=list)
    translating: float = 0.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("langs", nargs="*", metavar="LANG", help="default: zh tr pt")
    parser.add_argument("--to-english", action="store_true", help="translate into English instead")
    parser.add_argument("--folds", type=int, default=0, metavar="N", help="hold chapters out in N groups")
    parser.add_argument("--no-base", action="store_true", help="do not hold folders out")
    parser.add_argument("--bins", action="store_true", help="expected and true HTER by bin")
    parser.add_argument("--thot", action="store_true", help="ThotSmtModel beside it, on the first of four groups")
    parser.add_argument("--young", type=int, default=0, metavar="N", help="only N chapters are translated so far")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N translations")
    arguments = parser.parse_args()
    if not (PAIRS.exists() and find_spec("sacrebleu")):
        print(f"skipped: needs {PAIRS} and pip install sacrebleu")
        return 0
    for lang in arguments.langs or ("zh", "tr", "pt"):
        _report(lang, arguments)
    return 0


def _report(lang: str, arguments: argparse.Namespace) -> None:
    pairs = load_memory([PAIRS], lang).pairs
    languages = (lang, "en") if arguments.to_english else ("en", lang)
    name = f"{languages[0]}→{languages[1]}"
    if arguments.thot:
        from benchmarks.translation_thot import translate_all

        group = _groups(pairs, 4)[0]
        runs = {way: hold_out(pairs, languages, [group], by_chapter, way=way) for way in (None, translate_all)}
        for way, run in runs.items():
            _report_run(f"{name} {'ThotSmtModel' if way else 'smt'}", run, languages[1])
        return
    if arguments.young:
        names = _names(pairs, by_chapter)
        known = set(names[:: len(names) // arguments.young][: arguments.young])
        run = hold_out(pairs, languages, [set(names) - known], by_chapter)
        _report_run(f"{name} with {len(known)} chapters, {len(pairs) - len(run.segments)} pairs", run, languages[1])
        _report_bins(run, languages[1])
        return
    single = [{chapter} for chapter in _names(pairs, by_chapter)]
    groups = _groups(pairs, arguments.folds) if arguments.folds else single
    others = hold_out(pairs, languages, groups, by_chapter)
    _report_run(f"{name} others", others, languages[1])
    _report_markup(others)
    if arguments.bins:
        _report_bins(others, languages[1])
    if not arguments.no_base:
        base = hold_out(pairs, languages, [{folder} for folder in _names(pairs, by_folder)], by_folder)
        _report_run(f"{name} base", base, languages[1])
        _report_gain(base, others, languages[1])
    for segment in random.Random(1).sample(others.segments, arguments.show):
        print(f"  {segment.hypothesis and segment.hypothesis.expected_hter:.2f} {segment.made}\n       {segment.human}")


# Holding out


def by_chapter(path: str) -> str:
    return path


def by_folder(path: str) -> str:
    return path.split("/")[0]


def _names(pairs: Sequence[Pair], key: Callable[[str], str]) -> list[str]:
    return sorted({key(pair.chapter) for pair in pairs})


def _groups(pairs: Sequence[Pair], count: int) -> list[set[str]]:
    """Chapters in groups: neighbours in different ones."""
    names = _names(pairs, by_chapter)
    return [set(names[start::count]) for start in range(count)]


def hold_out(
    pairs: Sequence[Pair],
    languages: tuple[str, str],
    groups: Sequence[set[str]],
    key: Callable[[str], str],
    way: Any = None,
) -> Run:
    """Translate each group by a model trained on all others."""
    run = Run()
    for group in groups:
        seen = [_sides(pair, languages) for pair in pairs if key(pair.chapter) not in group]
        held = [(pair.chapter, *_sides(pair, languages)) for pair in pairs if key(pair.chapter) in group]
        made, training, translating = (way or _translate)(seen, [source for _, source, _ in held], languages)
        run.training.append(training)
        run.translating += translating
        for (chapter, source, human), one in zip(held, made, strict=True):
            text, hypothesis = (one, None) if isinstance(one, str) else (one.text, one)
            run.segments.append(Segment(chapter, source, human, text, hypothesis))
    return run


def _sides(pair: Pair, languages: tuple[str, str]) -> tuple[str, str]:
    return (pair.source, pair.target) if languages[0] == "en" else (pair.target, pair.source)


def _translate(
    seen: Sequence[tuple[str, str]], sources: Sequence[str], languages: tuple[str, str]
) -> tuple[list[Hypothesis], float, float]:
    start = time.process_time()
    model = train(seen, source=load(languages[0]), target=load(languages[1]), profile=D2L)
    middle = time.process_time()
    made = [model.translate(source) for source in sources]
    return made, middle - start, time.process_time() - middle


# Figures


def _report_run(title: str, run: Run, lang: str) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\n{title}: {len(run.segments)} segments; {mean(run.training):.1f} CPU seconds of training a model, "
        f"{len(run.segments) / run.translating:.1f} segments/s, {memory:.0f} MB at most"
    )
    for name, strip in (("as it stands", str), ("words only", _words)):
        texts = [(one.chapter, strip(one.made), strip(one.human)) for one in run.segments]
        texts = [text for text in texts if text[2]]
        by = defaultdict(list)
        for chapter, made, human in texts:
            by[chapter].append((made, human))
        chapters = mean(_bleu(found, lang) for found in by.values())
        every = [text[1:] for text in texts]
        print(
            f"  {name:<13} {len(every):>5} segments  BLEU {chapters:.1f} mean of {len(by)} chapters, "
            f"{_bleu(every, lang):.1f} of all   chrF {_chrf(every):.1f}   TER {_ter(every, lang):.1f}",
            flush=True,
        )


def _words(text: str) -> str:
    return " ".join(SENTINELS.sub(" ", mask(text).text).split())


def _bleu(texts: Sequence[tuple[str, str]], lang: str) -> float:
    import sacrebleu

    made, human = [one for one, _ in texts], [one for _, one in texts]
    return float(sacrebleu.corpus_bleu(made, [human], tokenize=load(lang).score.tokenizer, force=True).score)


def _chrf(texts: Sequence[tuple[str, str]]) -> float:
    import sacrebleu

    return float(sacrebleu.corpus_chrf([one for one, _ in texts], [[one for _, one in texts]]).score)


def _ter(texts: Sequence[tuple[str, str]], lang: str) -> float:
    import sacrebleu

    cut = tokenizer(lang)
    made, human = [cut(one) for one, _ in texts], [cut(one) for _, one in texts]
    return float(sacrebleu.corpus_ter(made, [human]).score)


def tokenizer(lang: str) -> Any:
    from sacrebleu.metrics import BLEU

    return BLEU(tokenize=load(lang).score.tokenizer).tokenizer


def hter(segment: Segment, cut: Any) -> float:
    """Edits, moves included, for each token of the human's sentence; 1 at most."""
    import sacrebleu

    return min(1.0, float(sacrebleu.sentence_ter(cut(segment.made), [cut(segment.human)]).score) / 100)


def _report_gain(base: Run, others: Run, lang: str) -> None:
    import numpy as np
    from sacrebleu.metrics import BLEU

    metric = BLEU(tokenize=load(lang).score.tokenizer)
    order = [sorted(run.segments, key=lambda one: (one.chapter, one.source, one.human)) for run in (base, others)]
    counts = [
        np.array([metric._extract_corpus_statistics([one.made], [[one.human]])[0] for one in run], float)
        for run in order
    ]
    rng = np.random.default_rng(1)
    size = len(order[0])
    gains = []
    for _ in range(ROUNDS):
        chosen = rng.integers(0, size, size)
        gains.append(_score(counts[1][chosen]) - _score(counts[0][chosen]))
    low, high = np.quantile(gains, (0.025, 0.975))
    print(f"  gain of BLEU from the same folder: {mean(gains):.1f} ({low:.1f} to {high:.1f})", flush=True)


def _statistics(metric: Any, one: Segment) -> Any:
    return metric._extract_corpus_statistics([one.made], [[one.human]])[0]


def _score(counts: Any) -> float:
    import numpy as np

    made, human, *rest = counts.sum(0)
    matches, totals = np.array(rest[:4]), np.array(rest[4:8])
    return float(100 * np.exp(np.log(matches / totals).mean()) * min(1, np.exp(1 - human / made)))


def _report_markup(run: Run) -> None:
    whole = swapped = same = 0
    for one in run.segments:
        made, source, human = _order(one.made), _order(one.source), _order(one.human)
        whole += sorted(made) == sorted(source)
        if sorted(made) == sorted(human):
            swapped += made != human
            same += source != human
    print(
        f"  markup: {whole} of {len(run.segments)} have each piece once; {swapped} have it in another order than the "
        f"human's translation ({same} have if it stays in the order of the source)"
    )


def _order(text: str) -> list[str]:
    return ["".join(one.text.split()) for _, _, one in spans(text, D2L)]


def _report_bins(run: Run, lang: str) -> None:
    cut = tokenizer(lang)
    bins: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for one in run.segments:
        if one.hypothesis:
            bins[min(9, int(10 * one.hypothesis.expected_hter))].append((one.hypothesis.expected_hter, hter(one, cut)))
    print("  expected HTER   segments   expected   true")
    for number, found in sorted(bins.items()):
        expected, true = mean(one for one, _ in found), mean(one for _, one in found)
        print(f"  {number / 10:.1f} – {number / 10 + 0.1:.1f}       {len(found):>8}   {expected:>8.2f}   {true:.2f}")


if __name__ == "__main__":
    sys.exit(main())
