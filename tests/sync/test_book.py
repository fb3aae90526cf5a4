"""A whole book is read from two repositories, and every chapter of it ends in one way that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sync.baselines.baseline import How
from sync.chapters.shelf import Request, read_book
from sync.delivery import refuse_incomplete, update_book
from sync.errors import BaselineNotFound, ChaptersFailed, UsageError
from sync.model import ChapterResult, Fate, Origin, Outcome, RevisionPair, Status
from sync.repositories.branches import write_branch
from sync.repositories.repository import open_repository
from tests.support.repositories import commit, git, make_repository, read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sync.report import Book, SyncReport

OLD, NEW = "# Cats\n\nA cat sat.\n", "# Cats\n\nA cat slept.\n"
TRANSLATION = "# 猫\n\n一只猫坐着。\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return make_repository(
        tmp_path / "english",
        {"c/cats.md": OLD, "c/dogs.md": "# Dogs\n", "c/birds.md": "# Birds\n", "README.md": "about\n"},
        {"c/cats.md": NEW, "c/fish.md": "# Fish\n"},
    )


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return make_repository(
        tmp_path / "fork",
        {
            "c/cats.md": TRANSLATION,
            "c/cats_origin.md": OLD,
            "c/dogs.md": "# 狗\n",
            "c/dogs_origin.md": "# Dogs\n",
            "c/birds.md": "# 鸟\n",
            "README.md": "关于\n",
        },
    )


def book(source: Path, target: Path, **request: object) -> Book:
    with open_repository(str(source)) as english, open_repository(str(target)) as fork:
        return read_book(english, fork, Request(lang="zh", **request))  # type: ignore[arg-type]


def translate(pairs: Sequence[RevisionPair]) -> tuple[ChapterResult, ...]:
    """Deliver every chapter with a line more."""
    return tuple(
        ChapterResult(
            path=pair.path,
            lang=pair.lang,
            status=Status.DELIVERED,
            text=pair.tgt_old + "新。\n",
            old_text=pair.tgt_old,
            outcomes=(Outcome(op="added", fate=Fate.PENDING, line=3, new_source="A cat slept."),),
            characters=12,
            whole=20,
        )
        for pair in pairs
    )


def fail(pairs: Sequence[RevisionPair]) -> tuple[ChapterResult, ...]:
    return tuple(
        ChapterResult(path=pair.path, lang=pair.lang, status=Status.FAILED, text=pair.tgt_old, reason="labels changed")
        for pair in pairs
    )


def advance_only(pairs: Sequence[RevisionPair]) -> tuple[ChapterResult, ...]:
    return tuple(
        ChapterResult(path=pair.path, lang=pair.lang, status=Status.UNCHANGED, text=pair.tgt_old) for pair in pairs
    )


def nothing_to_ask(pairs: Sequence[RevisionPair]) -> tuple[ChapterResult, ...]:
    raise AssertionError(pairs)


def statuses(report: SyncReport) -> dict[str, tuple[Status, str]]:
    return {chapter.result.path: (chapter.result.status, chapter.result.reason) for chapter in report.chapters}


def deliver(report: SyncReport, target: Path) -> None:
    """Put what the fork shall get on its main branch, as a merged pull request would."""
    with open_repository(str(target)) as fork:
        write_branch(fork, "amts/x", report.files, base=fork.resolve().id, message="t", source=report.source.id)
    git(target, "merge", "--quiet", "--ff-only", "amts/x")


def test_every_chapter_that_either_side_knows_is_declared_and_ends_in_one_way(source: Path, target: Path) -> None:
    commit(target, {"c/gone.md": "x\n", "c/gone_origin.md": "x\n"})
    report = update_book(book(source, target), translate)
    found = statuses(report)
    assert found["c/cats.md"] == (Status.DELIVERED, "")
    assert found["c/dogs.md"] == (Status.UNCHANGED, "")
    assert found["c/fish.md"] == (Status.SKIPPED, "no translation yet")
    assert found["c/gone.md"] == (Status.SKIPPED, "English has no such chapter any more")
    assert found["c/birds.md"][0] is Status.SKIPPED
    assert "no baseline" in found["c/birds.md"][1]
    assert "--baseline" in found["c/birds.md"][1]
    assert "README.md" not in found
    assert sum(report.count(status) for status in Status) == len(report.chapters) == 5


def test_a_chapter_is_read_as_its_three_texts_with_the_commit_its_english_is_from(source: Path, target: Path) -> None:
    chapter = next(chapter for chapter in book(source, target).chapters if chapter.path == "c/cats.md")
    assert chapter.pair == RevisionPair(path="c/cats.md", lang="zh", en_old=OLD, en_new=NEW, tgt_old=TRANSLATION)
    assert chapter.baseline is not None
    assert chapter.baseline.commit == git(source, "rev-parse", "HEAD~1")
    assert chapter.baseline.is_sure


def test_a_chapter_without_english_beside_it_is_updated_from_the_revision_that_is_named(
    source: Path, target: Path
) -> None:
    commit(source, {"c/birds.md": "# Birds\n\nThey fly.\n"})
    named = book(source, target, baseline="HEAD~1")
    birds = next(chapter for chapter in named.chapters if chapter.path == "c/birds.md")
    assert birds.pair is not None
    assert birds.pair.en_old == "# Birds\n"
    assert birds.baseline is not None
    assert (birds.baseline.how, birds.baseline.commit) == (How.GIVEN, git(source, "rev-parse", "HEAD~1"))


def test_what_a_fork_gets_is_the_translation_its_english_and_its_state_in_one_commit(
    source: Path, target: Path
) -> None:
    deliver(update_book(book(source, target), translate), target)
    assert read(target, "main", "c/cats.md") == TRANSLATION + "新。"
    assert read(target, "main", "c/cats_origin.md") == NEW.rstrip("\n")
    assert '"new_source": "A cat slept."' in read(target, "main", ".amts/state/c/cats.json")
    changed = git(target, "diff", "--name-only", "main~1", "main").splitlines()
    assert changed == [".amts/state/c/cats.json", "c/cats.md", "c/cats_origin.md"]


def test_a_second_run_asks_for_nothing_and_writes_nothing(source: Path, target: Path) -> None:
    deliver(update_book(book(source, target), translate), target)
    again = update_book(book(source, target), nothing_to_ask)
    assert again.files == ()
    assert statuses(again)["c/cats.md"] == (Status.UNCHANGED, "")


def test_a_chapter_that_failed_gets_nothing_so_that_its_baseline_never_lies(source: Path, target: Path) -> None:
    report = update_book(book(source, target), fail)
    assert statuses(report)["c/cats.md"] == (Status.FAILED, "labels changed")
    assert report.files == ()


def test_a_run_with_a_failed_chapter_ends_red_and_names_it(source: Path, target: Path) -> None:
    known = book(source, target)
    refuse_incomplete(known, update_book(known, translate))
    with pytest.raises(ChaptersFailed, match=r"1 of 4 chapters failed.*\n  c/cats\.md: labels changed"):
        refuse_incomplete(known, update_book(known, fail))


def test_a_run_that_could_compare_nothing_ends_red(source: Path, target: Path) -> None:
    commit(target, {"c/cats_origin.md": None, "c/dogs_origin.md": None})
    known = book(source, target)
    with pytest.raises(BaselineNotFound, match="--baseline"):
        refuse_incomplete(known, update_book(known, nothing_to_ask))


def test_a_baseline_moves_on_where_english_was_only_wrapped_anew(source: Path, target: Path) -> None:
    report = update_book(book(source, target), advance_only)
    assert [file.path for file in report.files] == ["c/cats_origin.md", ".amts/state/c/cats.json"]


def test_an_edit_left_pending_is_offered_again_with_the_next_one(source: Path, target: Path) -> None:
    def leave_pending(pairs: Sequence[RevisionPair]) -> tuple[ChapterResult, ...]:
        edit = Outcome(
            op="edited",
            fate=Fate.PENDING,
            line=3,
            old_source="A cat sat.",
            new_source="A cat slept.",
            old_target="一只猫坐着。",
        )
        return tuple(
            ChapterResult(path=pair.path, lang="zh", status=Status.DELIVERED, text=pair.tgt_old, outcomes=(edit,))
            for pair in pairs
        )

    deliver(update_book(book(source, target), leave_pending), target)
    commit(source, {"c/cats.md": NEW + "\nIt rained.\n"})
    [pair] = book(source, target).pairs
    assert pair.en_old == OLD
    assert pair.en_new == NEW + "\nIt rained.\n"


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"c/cats.md": b"\xff\n"}, r"c/cats.md: not UTF-8 at byte 0"),
        ({"c/cats_origin.md": b"ab\xfe"}, r"c/cats_origin.md: not UTF-8 at byte 2"),
        ({".amts/state/c/cats.json": "nonsense"}, "not a state"),
    ],
)
def test_a_chapter_that_cannot_be_read_is_skipped_and_the_others_go_on(
    source: Path, target: Path, files: dict[str, str | bytes | None], reason: str
) -> None:
    commit(source, {"c/dogs.md": "# Dogs!\n"})
    commit(target, files)
    found = statuses(update_book(book(source, target), translate))
    assert found["c/cats.md"][0] is Status.SKIPPED
    assert reason in found["c/cats.md"][1]
    assert found["c/dogs.md"] == (Status.DELIVERED, "")


def test_a_link_in_place_of_a_chapter_is_skipped(source: Path, target: Path) -> None:
    (target / "c" / "cats.md").unlink()
    (target / "c" / "cats.md").symlink_to("/etc/passwd")
    commit(target, {})
    assert statuses(update_book(book(source, target), nothing_to_ask))["c/cats.md"] == (
        Status.SKIPPED,
        "a link or a submodule, not a file",
    )


def test_a_state_of_a_later_version_stops_the_run(source: Path, target: Path) -> None:
    commit(target, {".amts/state/c/cats.json": '{"version": 99}'})
    with pytest.raises(UsageError, match="version 99"):
        book(source, target)


def test_paths_choose_chapters_and_one_that_names_none_is_an_error(source: Path, target: Path) -> None:
    assert [chapter.path for chapter in book(source, target, paths=("c/c*.md",)).chapters] == ["c/cats.md"]
    with pytest.raises(UsageError, match=r"--path d/\*: no chapter"):
        book(source, target, paths=("c/*", "d/*"))


def test_an_earlier_english_can_be_asked_for(source: Path, target: Path) -> None:
    assert book(source, target, source_ref="HEAD~1").pairs == ()


def test_an_engine_may_learn_from_every_chapter_whose_english_is_known(source: Path, target: Path) -> None:
    assert book(source, target).translated == (("c/cats.md", OLD, TRANSLATION), ("c/dogs.md", "# Dogs\n", "# 狗\n"))


def test_what_a_machine_wrote_is_known_as_long_as_it_stands_so(source: Path, target: Path) -> None:
    def by_machine(pairs: Sequence[RevisionPair]) -> tuple[ChapterResult, ...]:
        (pair,) = pairs
        told = Outcome(
            op="edited",
            fate=Fate.DRAFTED,
            line=3,
            old_source="A cat sat.",
            new_source="A cat slept.",
            old_target="一只猫坐着。",
            new_target="一只猫睡着。",
            origin=Origin.MACHINE,
        )
        text = pair.tgt_old.replace("坐", "睡")
        return (
            ChapterResult(path=pair.path, lang="zh", status=Status.DELIVERED, text=text, old_text="", outcomes=(told,)),
        )

    before = book(source, target)
    assert before.machine_made == frozenset()
    commit(target, {file.path: file.content for file in update_book(before, by_machine).files})
    assert book(source, target).machine_made == {("c/cats.md", "一只猫睡着。")}
