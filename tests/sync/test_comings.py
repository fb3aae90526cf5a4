"""Chapters that come, go and move: translations follow, nothing is given up before all of it lives on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sync.book import sync_book
from sync.chapters.comings import Wishes
from sync.chapters.shelf import Request, read_book
from sync.model import Status
from sync.repositories.repository import open_repository
from tests.support.repositories import commit, make_repository

if TYPE_CHECKING:
    from pathlib import Path

    from sync.report import SyncReport

POTS = """\
# Pots
:label:`sec_pots`

A pot of red clay holds three cups of water for the whole long winter.

The kiln in the yard is hot for two days and cold for five days after that.

```python
pot = fill(cups=3)
```
"""
LIDS = """\
# Lids
:label:`sec_lids`

A lid made of old oak keeps the tea warm until all the guests have left.

Nobody in the village remembers who carved the first lid, or for which pot.

```python
lid = carve(oak)
```
"""
OLLAS = """\
# Ollas
:label:`sec_pots`

Una olla de barro rojo guarda tres tazas de agua todo el largo invierno.

El horno del patio está caliente dos días y luego frío otros cinco.

```python
pot = fill(cups=3)  # llenar
```

Nota del traductor: en casa decimos puchero.
"""
TAPAS = """\
# Tapas
:label:`sec_lids`

Una tapa de roble viejo mantiene caliente el té hasta que se van los huéspedes.

Nadie en el pueblo recuerda quién talló la primera tapa, ni para qué olla.

```python
lid = carve(oak)
```
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "english", {"c/pots.md": POTS, "c/lids.md": LIDS})


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    files = {"c/pots.md": OLLAS, "c/pots_origin.md": POTS, "c/lids.md": TAPAS, "c/lids_origin.md": LIDS}
    return make_repository(tmp_path / "fork", files)


def sync(source: Path, fork: Path, wishes: Wishes = Wishes()) -> SyncReport:  # noqa: B008
    with open_repository(str(source)) as english, open_repository(str(fork)) as target:
        return sync_book(read_book(english, target, Request(lang="es", wishes=wishes)), "echo")


def files(report: SyncReport) -> dict[str, str | None]:
    return {file.path: file.text for file in report.files}


def statuses(report: SyncReport) -> dict[str, tuple[Status, str]]:
    return {one.result.path: (one.result.status, one.result.reason) for one in report.chapters}


def test_a_renamed_chapter_keeps_its_translation_and_takes_its_files_along(source: Path, fork: Path) -> None:
    commit(source, {"c/pots.md": None})
    commit(source, {"d/clay.md": POTS.replace("cups=3", "cups=4")})
    written = files(sync(source, fork))
    assert written["d/clay.md"] == OLLAS.replace("cups=3", "cups=4")
    assert written["d/clay_origin.md"] == POTS.replace("cups=3", "cups=4")
    assert {path for path, text in written.items() if text is None} == {"c/pots.md", "c/pots_origin.md"}
    assert ".amts/state/d/clay.json" in written


def test_a_chapter_renamed_and_back_again_is_where_it_was(source: Path, fork: Path) -> None:
    commit(source, {"c/pots.md": None, "d/clay.md": POTS})
    commit(source, {"d/clay.md": None, "c/pots.md": POTS})
    assert files(sync(source, fork)) == {}


def test_a_rename_shows_what_it_followed(source: Path, fork: Path) -> None:
    commit(source, {"c/pots.md": None, "d/clay.md": POTS})
    found = statuses(sync(source, fork))
    assert found["d/clay.md"] == (Status.DELIVERED, "")
    assert found["c/pots.md"] == (Status.DELIVERED, "lives on as d/clay.md")


def test_merged_chapters_bring_both_translations(source: Path, fork: Path) -> None:
    commit(source, {"c/pots.md": None, "c/lids.md": None, "c/ware.md": f"{POTS}\n{LIDS}"})
    written = files(sync(source, fork))
    text = written["c/ware.md"]
    assert text is not None
    assert [line for line in (OLLAS + TAPAS).splitlines() if line not in text.splitlines()] == []
    assert written["c/pots.md"] is written["c/lids.md"] is None


def test_a_split_chapter_gives_each_part_its_translation(source: Path, fork: Path) -> None:
    both = make_repository(
        source.parent / "both", {"c/ware.md": f"{POTS}\n{LIDS}"}, {"c/ware.md": None, "c/a.md": POTS, "c/b.md": LIDS}
    )
    ours = {"c/ware.md": f"{OLLAS}\n{TAPAS}", "c/ware_origin.md": f"{POTS}\n{LIDS}"}
    written = files(sync(both, make_repository(source.parent / "ours", ours)))
    assert written["c/a.md"] == OLLAS
    assert written["c/b.md"] == TAPAS
    assert written["c/ware.md"] is None


def test_what_english_removed_is_listed_or_follows_as_the_fork_wants(source: Path, fork: Path) -> None:
    commit(source, {"c/lids.md": None})
    listed = sync(source, fork)
    assert statuses(listed)["c/lids.md"] == (Status.SKIPPED, "English has no such chapter any more")
    assert files(listed) == {}
    assert files(sync(source, fork, Wishes(removes_gone=True))) == {"c/lids.md": None, "c/lids_origin.md": None}


def test_a_new_chapter_is_listed_or_drafted_as_the_fork_wants(source: Path, fork: Path) -> None:
    cups = "# Cups\n:label:`sec_cups`\n\nA cup is small.\n\n```python\ncup = 1\n```\n"
    commit(source, {"c/cups.md": cups})
    assert statuses(sync(source, fork))["c/cups.md"] == (Status.SKIPPED, "no translation yet")
    drafted = sync(source, fork, Wishes(drafts_new=True))
    text = files(drafted)["c/cups.md"]
    assert text is not None
    assert "```python\ncup = 1\n```" in text
    assert "amts:pending" in text
    assert files(drafted)["c/cups_origin.md"] == cups


def test_a_rename_laid_down_by_hand_is_believed(source: Path, fork: Path) -> None:
    other = "# Jars\n\nWords that have nothing to do with what stood there before, not one.\n"
    commit(source, {"c/pots.md": None, "c/jars.md": other})
    written = files(sync(source, fork, Wishes(renames=(("c/pots.md", "c/jars.md"),))))
    assert written["c/pots.md"] is None
    assert "Nota del traductor" in (written["c/jars.md"] or "")


def test_a_chapter_of_the_fork_alone_is_nobody_elses_business(source: Path, fork: Path) -> None:
    commit(fork, {"c/own.md": "# Propio\n"})
    assert "c/own.md" not in statuses(sync(source, fork))


def test_a_fork_without_english_beside_its_chapters_gets_none(source: Path, fork: Path) -> None:
    commit(fork, {"c/pots_origin.md": None, "c/lids_origin.md": None})
    commit(source, {"c/pots.md": POTS.replace("cups=3", "cups=4")})
    assert set(files(sync(source, fork))) == {"c/pots.md", ".amts/state/c/pots.json"}
