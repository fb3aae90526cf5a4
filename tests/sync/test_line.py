"""Which release a fork was made from, and that no major version is crossed unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sync.repositories.follow import choose
from sync.repositories.line import release_made_from
from sync.repositories.repository import open_repository
from tests.support.repositories import commit, git, make_repository

if TYPE_CHECKING:
    from pathlib import Path

TAGS = [("v0.9.0", "nine"), ("v0.17.0", "seventeen"), ("v1.0.0", "one"), ("v1.2.0", "two")]


@pytest.mark.parametrize(("made_from", "followed"), [("v0.9.0", "seventeen"), ("v1.0.0", "two"), (None, "two")])
def test_a_release_of_another_major_version_is_not_followed(made_from: str | None, followed: str) -> None:
    assert choose("release", "tip", TAGS, made_from).commit == followed


def test_a_tag_that_is_named_is_followed_across_major_versions() -> None:
    assert choose("v1.2.0", "tip", TAGS, "v0.9.0").commit == "two"


def english(folder: Path) -> Path:
    """A book with three releases; the second chapter came with the second of them."""
    book = make_repository(folder, {"a.md": "A1\n", "c.md": "C1\n"})
    git(book, "tag", "v0.1.0")
    commit(book, {"a.md": "A2\n", "b.md": "B1\n"})
    git(book, "tag", "v0.2.0")
    commit(book, {"a.md": "A3\n"})
    git(book, "tag", "v1.0.0")
    return book


def made_from(book: Path, fork: Path) -> str | None:
    with open_repository(str(book)) as source, open_repository(str(fork)) as target:
        return release_made_from(source, target, target.resolve().id)


def test_most_chapters_decide(tmp_path: Path) -> None:
    fork = make_repository(
        tmp_path / "fork", {"a_origin.md": "A2\n", "b_origin.md": "B1\n", "c_origin.md": "something else\n"}
    )
    assert made_from(english(tmp_path / "en"), fork) == "v0.2.0"


def test_of_two_that_fit_as_well_the_newer_one_counts(tmp_path: Path) -> None:
    fork = make_repository(tmp_path / "fork", {"b_origin.md": "B1\n"})
    assert made_from(english(tmp_path / "en"), fork) == "v1.0.0"


def test_a_fork_that_says_nothing_was_made_from_nothing_that_is_known(tmp_path: Path) -> None:
    fork = make_repository(tmp_path / "fork", {"a.md": "Á\n"})
    assert made_from(english(tmp_path / "en"), fork) is None


def test_a_recorded_baseline_counts_more_than_the_english_beside_a_chapter(tmp_path: Path) -> None:
    book = english(tmp_path / "en")
    blob = git(book, "rev-parse", "v0.1.0:a.md")
    state = f'{{"version": 2, "baseline": {{"commit": "", "blob": "{blob}"}}, "pending": []}}\n'
    fork = make_repository(tmp_path / "fork", {"a_origin.md": "A3\n", ".amts/state/a.json": state})
    assert made_from(book, fork) == "v0.1.0"
