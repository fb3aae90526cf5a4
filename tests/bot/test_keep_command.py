"""``amts keep`` writes down what stays; updates hold to it until it is released."""

from __future__ import annotations

import io
from argparse import ArgumentParser
from typing import TYPE_CHECKING

import pytest

from bot.cli import keep, sync
from bot.cli.console import Console
from sync.errors import UsageError
from tests.support.repositories import commit, git, make_repository, read

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

SENTENCE = "A cat sat on 5 mats."
OLD = f"# Cats\n\n{SENTENCE} Cats like 3 fish.\n"
NEW = OLD.replace("5", "7").replace("3", "4")
GATOS = "# Gatos\n\nUn gato se sentó en 5 alfombras. A los gatos les gustan 3 peces.\n"


def amts(command: ModuleType, *arguments: str | Path) -> str:
    parser = ArgumentParser()
    command.configure(parser)
    out = io.StringIO()
    assert command.run(parser.parse_args([str(one) for one in arguments]), Console(out, io.StringIO(), {})) == 0
    return out.getvalue()


def merge(fork: Path, command: ModuleType, *arguments: str | Path) -> None:
    """Run a command that adds to a branch, and merge that."""
    amts(command, *arguments, "--target", fork, "--publish", "branch")
    for branch in git(fork, "for-each-ref", "--format=%(refname)", "refs/heads/amts").split():
        git(fork, "merge", "--quiet", "--no-edit", branch)


@pytest.fixture
def english(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "english", {"c/cats.md": OLD}, {"c/cats.md": NEW})


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "fork", {"c/cats.md": GATOS, "c/cats_origin.md": OLD})


def test_kept_wording_stays_through_updates_until_it_is_released(english: Path, fork: Path) -> None:
    update = (sync, "--source", english, "--lang", "es")
    merge(fork, keep, "c/cats.md", "--text", SENTENCE)
    merge(fork, *update)
    kept = GATOS.replace("3", "4")
    assert read(fork, "HEAD", "c/cats.md") + "\n" == kept
    commit(english, {"c/cats.md": NEW.replace("7", "9").replace("4", "6")})
    merge(fork, *update)
    assert read(fork, "HEAD", "c/cats.md") + "\n" == kept.replace("4", "6")
    merge(fork, keep, "c/cats.md", "--release", "--text", SENTENCE)
    merge(fork, *update)
    assert read(fork, "HEAD", "c/cats.md") + "\n" == kept.replace("4", "6").replace("5", "9")


def test_what_is_kept_is_told_as_pending_with_the_reason(english: Path, fork: Path, tmp_path: Path) -> None:
    merge(fork, keep, "c/cats.md", "--text", SENTENCE)
    amts(sync, "--source", english, "--target", fork, "--lang", "es", "--output", tmp_path / "out")
    assert "kept as it is, as was asked for" in (tmp_path / "out" / "pull-request.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(("c/dogs.md", "--text", "x"), "no such chapter"), (("c/cats.md",), "Say what to keep")],
)
def test_what_cannot_be_kept_is_said(fork: Path, arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        amts(keep, *arguments, "--target", fork, "--dry-run")
