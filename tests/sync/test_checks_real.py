"""The rules on recorded translations: people are believed, and what machines damage is seen."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from alignment.markdown import parse
from sync.checks import Subject, check
from sync.model import Severity

DATA = Path(__file__).parents[3] / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the recorded translations (../shared/data) are not here")


def rows(name: str) -> list[dict]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def findings(source: Path, target: Path, lang: str) -> Counter:
    english, translation = (parse(path.read_bytes().decode()) for path in (source, target))
    return Counter((one.severity, one.rule) for one in check(Subject(source=english, target=translation, lang=lang)))


def test_people_rarely_break_a_chapter():
    events = [row for row in rows("events.jsonl") if row["grade"] == "gold"][::3]
    found = Counter()
    for event in events:
        folder = DATA / "events" / event["id"]
        found += findings(folder / "en_new.md", folder / "tgt_new.md", event["lang"])
    errors = {rule: count for (severity, rule), count in found.items() if severity is Severity.ERROR}
    assert sum(errors.values()) <= len(events) / 5, errors


def test_what_a_machine_damaged_is_found_and_what_people_made_of_it_is_sound():
    machine, people = Counter(), Counter()
    for row in [row for row in rows("amazon.jsonl") if row["lang"] in ("zh", "tr") and not row["human_en"]]:
        folder = DATA / row["dir"]
        machine += findings(folder / "en.md", folder / "amazon.md", row["lang"])
        people += findings(folder / "en.md", folder / "human.md", row["lang"])
    for rule in ("emphasis", "leftover-english", "machine-damage", "slides"):
        by_machine, by_people = (
            sum(n for (_, name), n in found.items() if name == rule) for found in (machine, people)
        )
        assert by_machine > 3 * by_people, rule


def test_headings_that_swallowed_their_text_are_found():
    swallowed = [row for row in rows("amazon.jsonl") if row["lang"] == "vi"]
    found = Counter()
    for row in swallowed:
        folder = DATA / row["dir"]
        found += findings(folder / "en.md", folder / "amazon.md", "vi")
        long_ones = [
            line
            for line in (folder / "amazon.md").read_text("utf-8").splitlines()
            if line[:1] == "#" and len(line) > 150
        ]
        found["long", "heading"] += len(long_ones)
    assert found[Severity.ERROR, "swallowed-heading"] >= found["long", "heading"] > 0
