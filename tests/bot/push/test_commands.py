"""``amts plan``, ``run`` and ``report`` on one's own computer: the same as in a workflow."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli import plan, report, run
from bot.cli.console import Console
from sync.errors import InputError, UsageError
from tests.support.action import ENGLISH, FORK, TEA

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.action import Book

LIST = f"- {{language: es, repository: {FORK}}}\n- {{language: tr, repository: book/nowhere}}\n"


class Desk:
    """A folder in which somebody works, with a token that may write to the fork."""

    def __init__(self, book: Book, folder: Path) -> None:
        self.book = book
        self.folder = folder
        (folder / "forks.yml").write_text(LIST)
        book.english(tea=TEA.replace("pot = 3", "pot = 4"))

    def amts(self, command: Any, *arguments: str) -> tuple[int, str]:
        """How a command ended, and what it printed."""
        parser = ArgumentParser()
        command.configure(parser)
        out = StringIO()
        return command.run(parser.parse_args(arguments), Console(out, StringIO(), {})), out.getvalue()

    def plan(self, *more: str) -> str:
        place = str(self.folder / "plan.json")
        _, said = self.amts(plan, str(self.folder / "forks.yml"), "--source", ENGLISH, "--output", place, *more)
        return said

    def run(self, row: int, *more: str) -> int:
        url = self.book.github.url
        where = ("--results", str(self.folder / "results"), "--server", url, "--api", url)
        code, _ = self.amts(run, str(self.folder / "plan.json"), "--row", str(row), *where, *more)
        return code

    def report(self) -> tuple[int, str]:
        return self.amts(report, str(self.folder / "plan.json"), "--results", str(self.folder / "results"))


@pytest.fixture
def desk(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("GITHUB_TOKEN", book.github.token(repositories=[FORK]))
    monkeypatch.setenv("AMTS_PAUSE", "0")
    return Desk(book, tmp_path)


def test_a_plan_prints_what_a_workflow_needs(desk: Desk) -> None:
    said = dict(line.split("=", 1) for line in desk.plan().splitlines())
    assert said["count"] == "2"
    assert len(json.loads(said["matrix"])["include"]) == 2
    assert len(said["plan-id"]) == 64


def test_rows_are_worked_off_one_by_one_and_reported_together(desk: Desk) -> None:
    desk.plan()
    assert [desk.run(0), desk.run(1)] == [0, 7]
    assert [pull.number for pull in desk.book.pulls()] == [1]
    code, said = desk.report()
    assert code == 7
    assert f"| `es` | `{FORK}` | pull requests 1 | 0 | 1 |" in said
    assert "| `tr` | `book/nowhere` | ❌ failed |" in said


def test_a_report_without_failures_ends_well(desk: Desk) -> None:
    desk.plan("--language", "es")
    desk.run(0)
    assert desk.report()[0] == 0


def test_a_dry_run_changes_nothing(desk: Desk) -> None:
    desk.plan("--language", "es")
    assert desk.run(0, "--dry-run") == 0
    assert not desk.book.pulls()


def test_a_row_of_another_plan_is_not_worked_off(desk: Desk) -> None:
    desk.plan()
    with pytest.raises(InputError, match="another plan"):
        desk.run(0, "--plan-id", "0" * 64)


def test_without_a_token_nothing_is_tried(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.plan()
    monkeypatch.delenv("GITHUB_TOKEN")
    with pytest.raises(UsageError, match="Set GITHUB_TOKEN"):
        desk.run(0)


def test_a_token_gets_into_no_result(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    token = desk.book.github.token(repositories=[ENGLISH])
    monkeypatch.setenv("GITHUB_TOKEN", token)
    desk.plan()
    assert desk.run(0) == 7
    assert token not in (desk.folder / "results/result-es.json").read_text()
