"""Damage of earlier machine translation: what is found and repaired, and what is touched in human text.

    python -m benchmarks.damage [--show]

Needs ``../shared/data`` (next to this repository). With --show every repair is printed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from alignment.markdown import parse
from sync.checks import Subject, check
from sync.repairs import DAMAGE, repair

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parents[2] / "shared" / "data"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    if not DATA.is_dir():
        print("benchmarks.damage: skipped, ../shared/data is not here")
        return 0
    table: dict[str, Counter[str]] = {}
    kinds: dict[str, Counter[str]] = {}
    for name, lang, source, target in texts():
        row, kind = table.setdefault(name, Counter()), kinds.setdefault(name, Counter())
        subject = Subject(source=parse(source.read_text("utf-8")), target=parse(target.read_text("utf-8")), lang=lang)
        done = repair(subject)
        again = repair(Subject(source=subject.source, target=parse(done.text), lang=lang))
        before = check(subject)
        row.update(
            chapters=1,
            found=sum(one.rule in DAMAGE for one in before),
            repaired=len(done.done),
            left=sum(one.rule in DAMAGE for one in done.left),
            before=len(before),
            after=len(done.left),
            again=len(again.done),
        )
        kind.update(one.rule for one in done.done)
        for one in done.done if arguments.show else ():
            print(f"{target.relative_to(DATA)}:{one.line}: {one.rule}: {one.message}")
    titles = ("chapters", "found", "repaired", "left", "before", "after", "again")
    print(f"{'':<24}" + "".join(f"{title:>10}" for title in titles) + "  repairs")
    for name, row in table.items():
        print(f"{name:<24}" + "".join(f"{row[title]:>10}" for title in titles) + f"  {dict(kinds[name])}")
    return 0


def texts() -> Iterator[tuple[str, str, Path, Path]]:
    """Name of the row, language, English, translation: raw machine output, then what people wrote."""
    for line in (DATA / "amazon.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        folder = DATA / "amazon" / row["lang"] / row["chapter"].replace("/", "-")
        yield f"amazon {row['lang']}", row["lang"], folder / "en.md", folder / "amazon.md"
        human_english = folder / "human_en.md"
        english = human_english if human_english.is_file() else folder / "en.md"
        yield f"human {row['lang']}", row["lang"], english, folder / "human.md"
    for line in (DATA / "pairs.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        english = row["files"].get("en_best", row["files"]["en"])
        yield f"human {row['lang']}, pairs", row["lang"], DATA / english, DATA / row["files"]["tgt"]


if __name__ == "__main__":
    sys.exit(main())
