"""``amts status`` says of every chapter how it stands beside English, and ends with a code for CI."""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli import status
from bot.cli.console import Console
from sync.state import ChapterState, Machine, Pending, dump_state
from tests.support.repositories import DATE, commit, git, make_repository

if TYPE_CHECKING:
    from pathlib import Path

OLD = "# Cats\n\nA cat sat. Cats like fish.\nThey sleep.\n"
NEW = "# Cats\n\nA cat slept. Cats like fish. They sleep.\n\n```python\ncats = 2\n```\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return make_repository(
        tmp_path / "english",
        {"c/cats.md": OLD, "c/dogs.md": "# Dogs\n", "c/birds.md": "# Birds\n"},
        {"c/cats.md": NEW, "c/fish.md": "# Fish\n", "c/birds.md": None},
    )


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    return make_repository(
        tmp_path / "fork",
        {
            "c/cats.md": "# 猫\n",
            "c/cats_origin.md": OLD,
            "c/dogs.md": "# 狗\n",
            "c/dogs_origin.md": "# Dogs\n",
            "c/birds.md": "# 鸟\n",
            "c/birds_origin.md": "# Birds\n",
        },
    )


def amts_status(source: Path, fork: Path, *arguments: str) -> tuple[int, str]:
    parser = ArgumentParser()
    status.configure(parser)
    out = io.StringIO()
    given = ["--source", str(source), "--target", str(fork), "--lang", "zh", *arguments]
    code = status.run(parser.parse_args(given), Console(out, io.StringIO(), {}))
    return code, out.getvalue()


def chapters(source: Path, fork: Path, *arguments: str) -> dict[str, dict[str, Any]]:
    found = json.loads(amts_status(source, fork, "--json", *arguments)[1])["chapters"]
    return {chapter["id"]: chapter for chapter in found}


def test_every_chapter_stands_somewhere(source: Path, fork: Path) -> None:
    stands = {path: chapter["stand"] for path, chapter in chapters(source, fork).items()}
    assert stands == {"c/birds.md": "gone", "c/cats.md": "behind", "c/dogs.md": "current", "c/fish.md": "missing"}


def test_what_is_behind_is_counted_in_segments_and_dated(source: Path, fork: Path) -> None:
    cats = chapters(source, fork)["c/cats.md"]
    assert (cats["behind"], cats["since"]) == (2, DATE)
    assert cats["baseline"]["commit"] == git(source, "rev-parse", "HEAD~1")


def test_what_waits_and_what_an_engine_wrote_is_counted_also_where_nothing_is_behind(source: Path, fork: Path) -> None:
    waiting = Pending(digest="aa", op="added", new_source="# Dogs")
    written = (
        Machine(source="a", target="狗", origin="machine"),
        Machine(source="b", target="两只狗", origin="machine"),
    )
    blob = git(source, "rev-parse", "HEAD:c/dogs.md")
    state = ChapterState(commit="c", blob=blob, pending=(waiting,), machine=written)
    commit(fork, {".amts/state/c/dogs.json": dump_state(state)})
    dogs = chapters(source, fork)["c/dogs.md"]
    assert (dogs["stand"], dogs["pending"], dogs["machine"], dogs["edited"]) == ("current", 1, 1, 1)


def test_what_the_fork_finds_worth_most_comes_first(source: Path, fork: Path) -> None:
    commit(source, {"c/dogs.md": "# Dogs\n\nA dog ran.\n"})
    commit(fork, {".amts.yml": "order: [read]\nmost-read: [c/dogs.md]\n"})
    assert next(iter(chapters(source, fork))) == "c/dogs.md"


def test_what_the_fork_keeps_as_it_is_needs_no_work(source: Path, fork: Path) -> None:
    commit(fork, {".amts.yml": "keep: [c/cats.md]\n"})
    assert chapters(source, fork)["c/cats.md"]["stand"] == "kept"
    assert amts_status(source, fork, "--path", "c/cats.md")[0] == 0


def test_the_exit_code_says_whether_there_is_work(source: Path, fork: Path) -> None:
    assert amts_status(source, fork)[0] == 1
    assert amts_status(source, fork, "--path", "c/dogs.md")[0] == 0


def test_people_see_a_row_for_each_chapter_with_work_and_the_totals(source: Path, fork: Path) -> None:
    printed = amts_status(source, fork)[1]
    assert "c/dogs.md" not in printed
    assert "1 current, 1 behind, 1 missing, 1 gone" in printed
    assert "2 English segments to follow" in printed
    assert "c/dogs.md" in amts_status(source, fork, "--all")[1]
