"""A run that was killed is taken up where it was, and one that is complete leaves nothing behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sync.engines.echo import Echo
from sync.journal import Journal
from sync.model import ChapterResult, RevisionPair, Status
from sync.pipeline import update_chapters

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sync.model import Draft, Job

OLD, NEW = "# Pots\n\nA pot holds 2 cups.\n", "# Pots\n\nA pot holds 3 cups. It is full of tea.\n\nMore.\n"
PAIRS = tuple(
    RevisionPair(path=f"c/{name}.md", lang="es", en_old=OLD, en_new=NEW, tgt_old="# Ollas\n\nUna olla tiene 2 tazas.\n")
    for name in ("a", "b", "c")
)


class Mortal(Echo):
    """An engine with which the run is killed at some chapter."""

    def __init__(self, chapters: int) -> None:
        self.left = chapters
        self.asked: list[str] = []

    def submit(self, jobs: Sequence[Job]) -> str:
        if not self.left:
            raise KeyboardInterrupt
        self.left -= 1
        self.asked.append(jobs[0].id.split(":")[0])
        return super().submit(jobs)

    def collect(self, ticket: str) -> tuple[Draft, ...] | None:
        return super().collect(ticket)


def update(folder: Path, engine: Echo, depends: str = "") -> tuple[ChapterResult, ...]:
    return update_chapters(PAIRS, engine, journal=Journal(folder, PAIRS, [depends]))


def test_what_is_done_is_not_done_again_and_the_result_is_the_same(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        update(tmp_path / "runs", Mortal(2))
    rest = Mortal(3)
    assert update(tmp_path / "runs", rest) == update_chapters(PAIRS, Echo())
    assert rest.asked == ["c/c.md"]


def test_another_run_knows_nothing_of_it(tmp_path: Path) -> None:
    update(tmp_path / "runs", Mortal(3))
    other = Mortal(3)
    update(tmp_path / "runs", other, "another engine")
    assert len(other.asked) == 3


def test_what_is_damaged_is_done_again(tmp_path: Path) -> None:
    update(tmp_path / "runs", Mortal(3))
    for place in (tmp_path / "runs").rglob("*.json"):
        place.write_text(place.read_text("utf-8")[:100], "utf-8")
    again = Mortal(3)
    assert [one.status for one in update(tmp_path / "runs", again)] == [Status.DELIVERED] * 3
    assert len(again.asked) == 3


def test_a_complete_run_leaves_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "runs", PAIRS, [])
    update_chapters(PAIRS, Echo(), journal=journal)
    journal.close()
    assert not (tmp_path / "runs").exists()
