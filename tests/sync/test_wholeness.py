"""What is delivered of a book leaves it whole, and every chapter that waits for others says for which."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sync.book import sync_book
from sync.chapters.comings import Wishes
from sync.chapters.shelf import Request, read_book
from sync.model import Status
from sync.repositories.repository import open_repository
from tests.support.repositories import make_repository

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sync.checks.book import Library
    from sync.report import SyncReport

Texts = dict[str, str]

POTS = "# Pots\n\nA pot is round.\n\n```{.python .input}\npass\n```\n"
CUPS = "# Cups\n\nA cup is small.\n\n```{.python .input}\npass\n```\n"
CALLING = CUPS.replace("pass", "d2l.pour()")
SAVING = POTS.replace("pass", "def pour():  #@save\n    return 1")
LABELLED = POTS.replace("# Pots", "# Pots\n:label:`sec_pots`")
REFERRING = CUPS.replace("small.", "small, as :numref:`sec_pots` says.")


def foreign(text: str) -> str:
    """A translation."""
    return text.replace("A pot is round", "Eine Kanne ist rund").replace("A cup is small", "Eine Tasse ist klein")


def sync(tmp_path: Path, old: Texts, new: Mapping[str, str | None], fork: Texts | None = None) -> SyncReport:
    """A fork of the old English, with some files of its own, is brought up to the new."""
    english = make_repository(tmp_path / "english", old, new)
    beside = {path.replace(".md", "_origin.md"): text for path, text in old.items()}
    own = {path: foreign(text) for path, text in old.items()} | beside | dict(fork or {})
    target = make_repository(tmp_path / "fork", own)
    with open_repository(str(english)) as source, open_repository(str(target)) as repository:
        return sync_book(read_book(source, repository, Request(lang="de")), "echo")


def reasons(report: SyncReport) -> dict[str, str]:
    return {one.result.path: one.result.reason for one in report.chapters if one.result.reason}


def test_a_call_and_what_it_calls_come_as_one_group(tmp_path: Path) -> None:
    report = sync(tmp_path, {"c/cups.md": CUPS, "c/pots.md": POTS}, {"c/cups.md": CALLING, "c/pots.md": SAVING})
    assert report.groups == (("c/cups.md", "c/pots.md"),)
    assert not reasons(report)


def test_a_chapter_that_would_call_what_has_no_translation_is_held_and_gets_no_files(tmp_path: Path) -> None:
    report = sync(tmp_path, {"c/cups.md": CUPS}, {"c/cups.md": CALLING, "c/pots.md": SAVING})
    cups = next(one for one in report.chapters if one.result.path == "c/cups.md")
    assert cups.result.status is Status.SKIPPED
    assert cups.result.reason == (
        "held: would call `d2l.pour`, which the fork does not have: it comes with c/pots.md (no translation yet)"
    )
    assert cups.result.text == foreign(CUPS)
    assert report.files == ()
    assert sum(report.count(status) for status in Status) == len(report.chapters)


def test_a_chapter_that_is_held_is_delivered_once_what_it_needs_is_there(tmp_path: Path) -> None:
    own = {"c/own.md": foreign(SAVING)}
    report = sync(tmp_path, {"c/cups.md": CUPS}, {"c/cups.md": CALLING, "c/pots.md": SAVING}, own)
    assert {file.path for file in report.files} >= {"c/cups.md", "c/cups_origin.md"}


def test_a_label_that_a_chapter_of_the_forks_own_refers_to_is_not_taken_away(tmp_path: Path) -> None:
    report = sync(tmp_path, {"c/pots.md": LABELLED}, {"c/pots.md": POTS}, {"c/own.md": REFERRING})
    assert reasons(report) == {
        "c/pots.md": "held: would take away what lets c/own.md (not part of this update) refer to `sec_pots`"
    }


def test_a_chapter_that_moved_comes_and_goes_at_once(tmp_path: Path) -> None:
    report = sync(tmp_path, {"c/pots.md": LABELLED}, {"c/pots.md": None, "d/pots.md": LABELLED})
    assert report.groups == (("c/pots.md", "d/pots.md"),)


def test_a_chapter_that_english_removed_stays_while_others_refer_to_it(tmp_path: Path) -> None:
    old = {"c/cups.md": REFERRING, "c/pots.md": LABELLED}
    english = make_repository(tmp_path / "english", old, {"c/pots.md": None})
    beside = {path.replace(".md", "_origin.md"): text for path, text in old.items()}
    target = make_repository(tmp_path / "fork", old | beside)
    with open_repository(str(english)) as source, open_repository(str(target)) as fork:
        report = sync_book(read_book(source, fork, Request(lang="de", wishes=Wishes(removes_gone=True))), "echo")
    assert reasons(report)["c/pots.md"].startswith("held: would take away what lets c/cups.md (up to date)")
    assert report.files == ()


@pytest.mark.parametrize(
    ("new", "is_read"), [(POTS.replace("round", "square"), False), (LABELLED, False), (CALLING, True)]
)
def test_the_book_is_read_only_if_an_update_could_break_it(tmp_path: Path, new: str, is_read: bool) -> None:
    english = make_repository(tmp_path / "english", {"c/pots.md": POTS}, {"c/pots.md": new})
    target = make_repository(tmp_path / "fork", {"c/pots.md": foreign(POTS), "c/pots_origin.md": POTS})
    asked = []
    with open_repository(str(english)) as source, open_repository(str(target)) as fork:
        book = read_book(source, fork, Request(lang="de"))

        def read_library() -> Library:
            asked.append("library")
            return book.read_library()

        sync_book(replace(book, read_library=read_library), "echo")
    assert bool(asked) is is_read
