"""``amts baseline`` shows, sets and adopts the English that chapters stand on, and touches no translation."""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli import baseline, status
from bot.cli.console import Console
from sync.errors import UsageError
from tests.support.repositories import branches, git, make_repository, read

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

V1 = "# Pots\n\nA pot holds $2$ cups.\n\n```python\npot = fill(2)\n```\n"
V2 = V1.replace("pot = fill(2)\n", "pot = fill(2)\nlid = cut()\nput(lid)\n")
V3 = V2.replace("$2$", "$3$")
POTS = V2.replace("A pot holds", "一个壶装").replace("Pots", "壶")
LIDS = "# Lids\n\nA lid.\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return make_repository(
        tmp_path / "english",
        {"c/pots.md": V1, "c/lids.md": LIDS},
        {"c/pots.md": V2, "c/lids.md": LIDS.replace("A", "The")},
        {"c/pots.md": V3},
    )


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    """The snapshot of one chapter was left behind; of the other there is none, and nothing in it tells."""
    files = {"c/pots.md": POTS, "c/pots_origin.md": V1, "c/lids.md": "# 盖\n\n一个盖。\n"}
    return make_repository(tmp_path / "fork", files)


def amts(command: ModuleType, *arguments: str | Path) -> str:
    parser = ArgumentParser()
    command.configure(parser)
    out = io.StringIO()
    command.run(parser.parse_args([str(one) for one in arguments]), Console(out, io.StringIO(), {}))
    return out.getvalue()


def show(source: Path, fork: Path) -> dict[str, Any]:
    printed = amts(baseline, "show", "--source", source, "--target", fork, "--lang", "zh", "--json")
    return {row["id"]: row for row in json.loads(printed)}


def merged(fork: Path) -> None:
    [branch] = set(branches(fork)) - {"main"}
    git(fork, "merge", "--quiet", "--ff-only", branch)
    git(fork, "branch", "-D", "--quiet", branch)


def test_show_says_which_english_how_and_why(source: Path, fork: Path) -> None:
    rows = show(source, fork)
    pots = rows["c/pots.md"]["baseline"]
    assert (pots["commit"], pots["how"]) == (git(source, "rev-parse", "HEAD~1"), "fit")
    assert "its _origin.md fits 0" in pots["reason"]
    assert rows["c/pots.md"]["date"] == git(source, "show", "-s", "--format=%cI", "HEAD~1")
    assert rows["c/pots.md"]["subject"] == git(source, "show", "-s", "--format=%s", "HEAD~1")
    assert rows["c/lids.md"]["baseline"] is None
    assert "amts baseline set" in rows["c/lids.md"]["reason"]
    table = amts(baseline, "show", "--source", source, "--target", fork, "--lang", "zh")
    assert "fit" in table
    assert "no baseline" in table


def test_adopt_records_the_best_fit_and_touches_no_translation(source: Path, fork: Path) -> None:
    given = ("adopt", "--source", source, "--target", fork, "--lang", "zh", "--publish", "branch")
    assert "1 chapters" in amts(baseline, *given)
    [branch] = set(branches(fork)) - {"main"}
    changed = git(fork, "diff", "--name-only", "main", branch).splitlines()
    assert changed == [".amts/state/c/pots.json", "c/pots_origin.md"]
    assert read(fork, branch, "c/pots_origin.md") + "\n" == V2
    merged(fork)
    assert show(source, fork)["c/pots.md"]["baseline"]["how"] == "state"
    assert "Record the English that 0 chapters" in amts(baseline, *given[:-2], "--dry-run")


def test_what_is_not_sure_is_left_out_and_said(source: Path, fork: Path) -> None:
    given = ("adopt", "--source", source, "--target", fork, "--lang", "zh", "--dry-run", "--min-confidence", "1")
    assert "left out: c/pots.md: only" in amts(baseline, *given)


def test_the_oldest_of_versions_that_differ_by_a_word_is_adopted(tmp_path: Path) -> None:
    shelf = "\n".join(["Another pot stands on the long shelf."] * 12)
    old = f"{V2}\n{shelf}\n"
    source = make_repository(
        tmp_path / "english",
        {"c/pots.md": V1},
        {"c/pots.md": old},
        {"c/pots.md": old.replace("long", "short", 1)},
        {"c/pots.md": V3},
    )
    fork = make_repository(tmp_path / "fork", {"c/pots.md": POTS + "\n很多壶。\n", "c/pots_origin.md": V1})
    assert show(source, fork)["c/pots.md"]["baseline"]["confidence"] == 0.5
    amts(baseline, "adopt", "--source", source, "--target", fork, "--lang", "zh", "--publish", "branch")
    merged(fork)
    assert read(fork, "HEAD", "c/pots_origin.md") + "\n" == old


def test_set_records_a_revision_and_the_newest_one_marks_a_chapter_current(source: Path, fork: Path) -> None:
    both = ("--source", source, "--target", fork, "--lang", "zh", "--publish", "branch")
    amts(baseline, "set", "c/lids.md", "HEAD~2", *both)
    merged(fork)
    lids = show(source, fork)["c/lids.md"]["baseline"]
    assert (lids["commit"], lids["how"]) == (git(source, "rev-parse", "HEAD~2"), "state")
    amts(baseline, "set", "c/lids.md", "HEAD", *both)
    merged(fork)
    assert '"how": "marked"' in read(fork, "HEAD", ".amts/state/c/lids.json")
    printed = amts(status, "--source", source, "--target", fork, "--lang", "zh", "--json")
    assert {row["id"]: row["stand"] for row in json.loads(printed)["chapters"]}["c/lids.md"] == "current"


def test_a_chapter_that_is_not_there_is_said(source: Path, fork: Path) -> None:
    with pytest.raises(UsageError, match=r"c/cups\.md: .*english has no such chapter"):
        amts(baseline, "set", "c/cups.md", "HEAD", "--source", source, "--target", fork, "--lang", "zh", "--dry-run")
