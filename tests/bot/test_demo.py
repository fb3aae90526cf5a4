"""``amts demo``: what it makes, what it shows, and what it leaves alone."""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli import demo
from bot.cli.console import Console
from bot.demo.english import count_changes
from bot.demo.examples import choose
from bot.demo.sample import english, fork, languages
from sync.errors import UsageError
from sync.model import ChapterResult, Fate, Outcome, Status
from sync.report import ChapterReport, SyncReport
from sync.repositories.revisions import Commit
from tests.support.repositories import branches, commit, git, read

if TYPE_CHECKING:
    from pathlib import Path

LANG = "tr"
"""Its chapters have every line ending there is."""


def amts_demo(*arguments: object) -> str:
    """What the command prints."""
    parser = ArgumentParser()
    demo.configure(parser)
    out = io.StringIO()
    assert demo.run(parser.parse_args([str(word) for word in arguments]), Console(out, io.StringIO(), {})) == 0
    return out.getvalue()


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a demo and what it printed."""
    folder = tmp_path_factory.mktemp("demo") / "here"
    return folder, amts_demo(folder, "--lang", LANG)


# What it makes


def test_the_english_repository_has_a_commit_for_each_revision(played: tuple[Path, str]) -> None:
    log = git(played[0] / "en", "log", "--reverse", "--format=%aI %s").splitlines()
    assert len(log) == len(english())
    assert log[0] == "2024-02-05T09:00:00+00:00 First edition"
    assert not git(played[0] / "en", "status", "--porcelain")


def test_a_revision_removes_what_it_says(played: tuple[Path, str]) -> None:
    files = git(played[0] / "en", "ls-files").splitlines()
    assert "img/bean-line.svg" in files
    assert "img/bean.svg" not in files


def test_a_fork_is_the_translation_byte_for_byte_with_its_english_beside_it(played: tuple[Path, str]) -> None:
    repository = played[0] / LANG
    for file in fork(LANG).files:
        assert file.text is not None
        assert read(repository, "main", file.path) == file.text.removesuffix("\n")
    origin = next(file.text for file in english()[0].files if file.path == "chapter_spread/spread.md")
    assert (repository / "chapter_spread" / "spread_origin.md").read_bytes().decode() == origin
    assert {"index_origin.md", "img/week.svg", "book.bib"} <= set(git(repository, "ls-files").splitlines())


def test_the_update_is_on_a_branch_and_the_files_of_the_fork_are_as_they_were(played: tuple[Path, str]) -> None:
    names = set(branches(played[0] / LANG)) - {"main"}
    assert [name.partition("-")[0] for name in names] == ["amts/sync"]
    assert not git(played[0] / LANG, "status", "--porcelain")


def test_the_pull_request_lies_beside_the_changed_files(played: tuple[Path, str]) -> None:
    folder = played[0] / "result" / LANG
    assert (folder / "pull-request.md").read_text("utf-8").startswith("**5 of 5 chapters follow en")
    written = json.loads((folder / "result.json").read_text("utf-8"))
    assert written["declared"] == 5
    assert (folder / "chapter_averages" / "averages.md").exists()


# What it shows


@pytest.mark.parametrize(
    "part",
    [
        "What changed in English",
        "Proofread the chapters",
        "tr: the translation is brought from",
        "Carried: ",
        "Drafted: ",
        "Pending: ",
        "The pull request of tr as its reviewer sees it",
        "tr  from the same fork: no commit",
        "5 of 5 chapters unchanged, 0 files to write, 0 characters to draft",
        "pull-request.md",
        "git -C ",
    ],
)
def test_a_person_is_shown(part: str, played: tuple[Path, str]) -> None:
    assert part in played[1]


def test_what_is_shown_fits_a_page_and_has_no_colour(played: tuple[Path, str]) -> None:
    folder, printed = played
    assert "\x1b" not in printed
    lines = [line for line in printed.splitlines() if str(folder) not in line]
    assert max(map(len, lines)) <= 110


def test_the_demo_of_a_program_accounts_for_every_fork(tmp_path: Path) -> None:
    found: dict[str, Any] = json.loads(amts_demo(tmp_path / "zh", "--lang", "zh", "--json"))
    chinese = found["forks"][0]
    assert found["english"][0]["chapters"] == 5
    assert chinese["lang"] == "zh"
    assert chinese["failed"] == 0
    assert all(chinese["totals"][str(fate)] > 0 for fate in Fate)
    assert chinese["own"]["blocks"] == chinese["own"]["stayed"] > 0
    assert chinese["again"] == {"new": False, "commit": chinese["branch"]["commit"], "files": 0, "characters": 0}


# Where it may be


@pytest.mark.slow
def test_an_earlier_demo_is_made_anew(tmp_path: Path) -> None:
    amts_demo(tmp_path, "--lang", LANG)
    commit(tmp_path / "en", {"chapter_new/new.md": "# New\n"})
    amts_demo(tmp_path, "--lang", LANG)
    assert not (tmp_path / "en" / "chapter_new").exists()


@pytest.mark.slow
def test_an_earlier_demo_is_gone_on_with_if_asked(tmp_path: Path) -> None:
    amts_demo(tmp_path, "--lang", LANG)
    path = tmp_path / "en" / "chapter_lines" / "lines.md"
    mine = commit(tmp_path / "en", {"chapter_lines/lines.md": path.read_text("utf-8") + "\nBeans are tall.\n"})
    printed = amts_demo(tmp_path, "--lang", LANG, "--keep")
    assert f"amts/sync-{mine[:8]}" in printed
    assert "Beans are tall." in (tmp_path / "result" / LANG / "chapter_lines" / "lines.md").read_text("utf-8")


def test_a_folder_with_anything_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.md").write_text("mine")
    with pytest.raises(UsageError, match="has other content, which is not touched"):
        amts_demo(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.md"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["--lang", "tlh"], "no such translation. There are: es, tr, zh", id="a language it does not have"),
        pytest.param(["--keep"], "name its folder", id="going on with nothing"),
    ],
)
def test_a_wrong_argument_is_refused(arguments: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        amts_demo(*arguments)


def test_the_book_is_packaged_with_its_forks() -> None:
    assert languages() == ("es", "tr", "zh")


# How English is counted


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("A cat sat.\n", "A dog sat.\n", {"edited": 1}, id="a word"),
        pytest.param("A cat\nsat.\n", "A cat sat.\n", {"wrapped": 1}, id="line breaks"),
        pytest.param("A cat sat.\n", "A cat sat.\n\nIt slept. It woke.\n", {"added": 2}, id="a paragraph"),
        pytest.param("```python\na = 1\n```\n", "```python\na = 2\n```\n", {"edited": 1}, id="a cell"),
        pytest.param(
            "A cat sat on the mat, because it was tired and old.\n",
            "A cat sat on the mat. It was tired and old.\n",
            {"joined": 1},
            id="a sentence that became two",
        ),
    ],
)
def test_english_changes_are_counted_in_segments(old: str, new: str, expected: dict[str, int]) -> None:
    assert count_changes(f"# Pets\n\n{old}", f"# Pets\n\n{new}") == expected


# How examples are chosen


def report(*outcomes: Outcome, lang: str = "es") -> SyncReport:
    result = ChapterResult(path="x.md", lang=lang, status=Status.DELIVERED, text="", outcomes=outcomes)
    return SyncReport(lang=lang, source=Commit("1"), target=Commit("2"), chapters=(ChapterReport(result=result),))


def carried(number: int, note: str = "", text: str = "{} cats", target: str = "{} gatos") -> Outcome:
    texts = {"old_source": text.format(number), "new_source": text.format(number + 1)}
    translations = {"old_target": target.format(number), "new_target": target.format(number + 1)}
    return Outcome(op="edited", fate=Fate.CARRIED, line=number, note=note, **texts, **translations)


def lines(*reports: SyncReport, most: int = 2) -> list[tuple[str, int]]:
    return [(example.lang, example.outcome.line) for example in choose(reports, Fate.CARRIED, most)]


def test_examples_of_different_kinds_come_first() -> None:
    assert lines(report(carried(1), carried(2), carried(3, note="Markup."))) == [("es", 1), ("es", 3)]


def test_every_fork_has_its_turn_with_english_that_was_not_shown_yet() -> None:
    assert lines(report(carried(1), carried(2)), report(carried(1), carried(2), lang="zh")) == [("es", 1), ("zh", 2)]


def test_what_is_too_long_to_read_or_shows_nothing_is_no_example() -> None:
    long = carried(1, text="cats " * 200 + "{}")
    same = carried(2, target="los gatos")
    assert lines(report(long, same, carried(3))) == [("es", 3)]


def test_of_a_cell_only_what_changed_is_shown() -> None:
    cell = "```\n# cats\na = 1\nb = 1\nc = 1\nd = {}\n```"
    chosen = choose([report(carried(1, text=cell, target=cell + "\n"))], Fate.CARRIED, 1)[0]
    assert chosen.english == ("…\nd = 1\n```", "…\nd = 2\n```")
