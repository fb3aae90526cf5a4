"""``amts revert`` takes an update back, and nothing that people did before or since."""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser
from typing import TYPE_CHECKING

import pytest

from bot.cli import revert, sync
from bot.cli.console import Console
from sync.errors import InputError
from tests.support.repositories import commit, git, make_repository, read

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

OLD = "# Cats\n\nA cat sat on 5 mats. Cats like fish.\n\nDogs are not cats.\n"
NEW = OLD.replace("5", "7")
GATOS = "# Gatos\n\nUn gato se sentó en 5 alfombras. A los gatos les gusta el pescado.\n\nLos perros no son gatos.\n"
UPDATED = GATOS.replace("5", "7")


def amts(command: ModuleType, *arguments: str | Path) -> str:
    parser = ArgumentParser()
    command.configure(parser)
    out = io.StringIO()
    assert command.run(parser.parse_args([str(one) for one in arguments]), Console(out, io.StringIO(), {})) == 0
    return out.getvalue()


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    """A fork whose last commit is an update that was squashed by those who merged it."""
    english = make_repository(tmp_path / "english", {"c/cats.md": OLD}, {"c/cats.md": NEW})
    fork = make_repository(tmp_path / "fork", {"c/cats.md": GATOS, "c/cats_origin.md": OLD})
    amts(sync, "--source", english, "--target", fork, "--lang", "es", "--publish", "branch")
    branch = git(fork, "for-each-ref", "--format=%(refname:short)", "refs/heads/amts")
    git(fork, "merge", "--squash", "--quiet", branch)
    git(fork, "commit", "--quiet", "-m", "Update cats")
    assert read(fork, "HEAD", "c/cats.md") + "\n" == UPDATED
    return fork


def undo(fork: Path) -> dict[str, str]:
    """Path → text of what was written."""
    place = fork.parent / "result"
    amts(revert, "c/cats.md", "--target", fork, "--output", place)
    return {
        name: (place / name).read_text("utf-8")
        for name in json.loads((place / "result.json").read_text())["files"]
        if (place / name).exists()
    }


def test_chapter_english_and_state_are_as_before(fork: Path) -> None:
    said = amts(revert, "c/cats.md", "--target", fork, "--publish", "branch")
    branch = git(fork, "for-each-ref", "--format=%(refname:short)", "refs/heads/amts/revert*")
    assert git(fork, "diff", "--stat", "HEAD~1", branch) == ""
    assert "Update cats" in said
    assert branch in said


def test_what_people_did_since_stays(fork: Path) -> None:
    commit(fork, {"c/cats.md": UPDATED.replace("Los perros", "Los perritos")}, "Polish")
    assert undo(fork)["c/cats.md"] == GATOS.replace("Los perros", "Los perritos")


def test_where_people_changed_the_same_words_nothing_is_undone(fork: Path) -> None:
    commit(fork, {"c/cats.md": UPDATED.replace("7", "siete")}, "Polish")
    with pytest.raises(InputError, match="people changed the same words"):
        undo(fork)
    assert not (fork.parent / "result").exists()


def test_a_chapter_that_was_never_updated_is_said(fork: Path) -> None:
    with pytest.raises(InputError, match=r"c/dogs\.md: no update of it"):
        amts(revert, "c/dogs.md", "--target", fork, "--dry-run")
