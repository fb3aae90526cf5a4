"""Whether exchanged markup is noticed, and what is taken for exchanged in what people wrote.

    python -m benchmarks.markup_order [LANG …] [--folds 4] [--show]

Sentence pairs of chapters whose translators kept every formula, span of code, reference and address, and had two
different ones of them at least; judged with the words of the other groups of chapters alone. *Refused*: as they are,
those whose markup is in the order of the English and those where it is not. *Caught*: with each two of their pieces of
markup exchanged, a sentence counting once however many it has; apart those that thereby come into the order of the
English, as nothing then looks strange. The limits in ``sync/engines/order.py`` were chosen by zh. Needs
``../shared/data`` (next to this repository).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alignment.lexicon import induce
from alignment.locales import load
from alignment.markdown import D2L, spans
from alignment.tokens import terms, tokenize
from sync.bitext.marks import LITERAL
from sync.bitext.sources import load_memory
from sync.engines.order import is_supported
from sync.merge.prose.language_pair import LanguagePair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sync.bitext.memory import Pair

PAIRS: Final = Path(__file__).parents[2] / "shared" / "data" / "pairs"
ROW: Final = "{:<6}{:>10}{:>16}{:>16}{:>20}{:>20}{:>16}"
TITLES: Final = (
    "",
    "sentences",
    "kept, refused",
    "moved, refused",
    "exchanged, caught",
    "back, caught",
    "all, refused",
)

Place = tuple[int, int, str]
"""Start, end and text of a piece of markup."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("langs", nargs="*", metavar="LANG", help="default: zh tr pt")
    parser.add_argument("--folds", type=int, default=4, metavar="N", help="groups of chapters; default 4")
    parser.add_argument("--show", action="store_true", help="print what is wrong: refused as it is, or not caught")
    arguments = parser.parse_args()
    if not PAIRS.is_dir():
        print("benchmarks.markup_order: skipped, ../shared/data is not here")
        return 0
    print(ROW.format(*TITLES))
    for lang in arguments.langs or ("zh", "tr", "pt"):
        found: Counter[str] = Counter()
        for pair, held in _groups(lang, arguments.folds):
            for one in held:
                _add(found, one, pair, show=arguments.show)
        _print_row(lang, found)
    return 0


def _groups(lang: str, folds: int) -> Iterator[tuple[LanguagePair, Sequence[Pair]]]:
    """Each group of chapters, with what the others teach."""
    pairs = load_memory([PAIRS], lang).pairs
    chapters = sorted({pair.chapter for pair in pairs})
    for fold in range(folds):
        held = set(chapters[fold::folds])
        others = [(pair.source, pair.target) for pair in pairs if pair.chapter not in held]
        lexicon = induce((terms(tokenize(one, D2L)), terms(tokenize(other, D2L))) for one, other in others)
        languages = LanguagePair(source=load("en"), target=load(lang), profile=D2L, lexicon=lexicon)
        yield languages, [pair for pair in pairs if pair.chapter in held]


def _add(found: Counter[str], one: Pair, pair: LanguagePair, *, show: bool) -> None:
    """Count a sentence pair."""
    is_right = is_supported(one.source, one.target, pair)
    found["all"] += 1
    found["refused"] += not is_right
    if not _can_be_exchanged(one):
        return
    kind = "kept" if _is_in_order(one.source, one.target) else "moved"
    found[kind] += 1
    found[f"{kind} refused"] += not is_right
    if show and not is_right:
        print(f"refused, {kind}\n  {one.source}\n  {one.target}")
    _add_exchanged(found, one, pair, show=show)


def _can_be_exchanged(one: Pair) -> bool:
    ours, theirs = ([text for _, _, text in _places(text)] for text in (one.source, one.target))
    return len(set(ours)) > 1 and Counter(ours) == Counter(theirs)


def _add_exchanged(found: Counter[str], one: Pair, pair: LanguagePair, *, show: bool) -> None:
    wrong = list(_exchanged(one.target))
    totals: Counter[str] = Counter()
    for text in wrong:
        kind = "back" if _is_in_order(one.source, text) else "exchanged"
        is_caught = not is_supported(one.source, text, pair)
        totals[kind] += 1
        totals[f"{kind} caught"] += is_caught
        if show and not is_caught:
            print(f"not caught, {kind}\n  {one.source}\n  {text}")
    for name, times in totals.items():
        found[name] += times / len(wrong)  # type: ignore[assignment]


def _exchanged(text: str) -> Iterator[str]:
    """The text with each two different pieces of its markup exchanged."""
    for (start, end, one), (first, last, other) in combinations(_places(text), 2):
        if one != other:
            yield text[:start] + text[first:last] + text[end:first] + text[start:end] + text[last:]


def _is_in_order(source: str, target: str) -> bool:
    return [text for _, _, text in _places(source)] == [text for _, _, text in _places(target)]


def _places(text: str) -> list[Place]:
    return [(start, end, one.text) for start, end, one in spans(text, D2L) if one.mark in LITERAL]


def _print_row(lang: str, found: Counter[str]) -> None:
    def share(kind: str, part: str) -> str:
        return f"{found[f'{kind} {part}'] / found[kind]:.1%} of {found[kind]:.0f}" if found[kind] else "-"

    cells = (share("kept", "refused"), share("moved", "refused"), share("exchanged", "caught"), share("back", "caught"))
    sentences, refused = found["kept"] + found["moved"], f"{found['refused'] / found['all']:.1%}"
    print(ROW.format(lang, sentences, *cells, refused), flush=True)


if __name__ == "__main__":
    sys.exit(main())
