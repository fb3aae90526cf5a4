"""``amts effort``: what drafts have saved, by what was merged."""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser
from typing import TYPE_CHECKING

import pytest

from bot.cli import effort
from bot.cli.console import Console
from sync.errors import InputError
from sync.measure.effort import PostEdit, to_text
from tests.support.repositories import make_repository

if TYPE_CHECKING:
    from pathlib import Path


def amts_effort(*arguments: str | Path) -> str:
    parser = ArgumentParser()
    effort.configure(parser)
    out = io.StringIO()
    effort.run(parser.parse_args([str(word) for word in arguments]), Console(out, io.StringIO(), {}))
    return out.getvalue()


def record(pull: int, merged: str, *hters: float) -> str:
    edits = [
        PostEdit(path="a.md", digest=f"{number:016}", origin="machine", characters=100, hter=hter)
        for number, hter in enumerate(hters)
    ]
    return to_text(edits, pull=pull, lang="es", merged=merged, source="c0ffee")


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    return make_repository(
        tmp_path / "fork",
        {
            ".amts/effort/7.json": record(7, "2026-10-30T10:00:00+00:00", 0.0, 0.5),
            ".amts/effort/9.json": record(9, "2026-11-02T10:00:00+00:00", 0.0),
            ".amts/effort/12.json": record(12, "2026-11-20T10:00:00+00:00", 0.0, 1.0, 0.0),
        },
    )


def test_each_month_has_its_drafts_and_what_they_saved(fork: Path) -> None:
    october, november = json.loads(amts_effort("--target", fork, "--json"))
    assert (october["month"], october["drafts"], october["untouched"], october["saved"]) == ("2026-10", 2, 1, 150)
    assert (november["month"], november["pulls"], november["drafts"], november["share"]) == ("2026-11", 2, 4, 0.75)


def test_people_see_how_far_the_goal_is(fork: Path) -> None:
    text = amts_effort("--target", fork)
    assert "2026-11" in text
    assert "75% of the typing of 600 drafted characters was saved; the goal is 80%." in text


def test_a_table_can_be_pasted(fork: Path) -> None:
    lines = amts_effort("--target", fork, "--markdown").splitlines()
    assert lines[0].startswith("| month |")
    assert lines[2] == "| 2026-10 | 1 | 2 | 1 | 1 | 0.25 | 200 | 150 | 75% |"


def test_a_fork_without_a_record_is_told_when_the_first_comes(tmp_path: Path) -> None:
    assert "No record yet" in amts_effort("--target", make_repository(tmp_path / "fork", {"a.md": "A\n"}))


@pytest.mark.parametrize("text", ["{", "[]", '{"version": 9}', '{"version": 1, "merged": "x", "drafts": [{"a": 1}]}'])
def test_a_record_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"\.amts/effort/7\.json is no record"):
        amts_effort("--target", make_repository(tmp_path / "fork", {".amts/effort/7.json": text}))
