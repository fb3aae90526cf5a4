"""A model is trained once for the same sentence pairs, and kept; whatever is wrong with the folder costs time only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from alignment.locales import load
from alignment.markdown import D2L
from sync.engines.models import MOST, Models

if TYPE_CHECKING:
    from pathlib import Path

PAIRS = (("Tea is hot.", "Tee ist heiß."), ("Milk is cold.", "Milch ist kalt."), ("Tea is cold.", "Tee ist kalt."))
LOCALES = load("en"), load("de")
LEARNING = "Learning to translate English into German from 3 sentence pairs …"


def translations(folder: Path | None, said: list[str], pairs: tuple[tuple[str, str], ...] = PAIRS) -> str:
    model = Models(folder=folder, say=said.append).get(pairs, LOCALES, D2L)
    return model.translate("Milk is hot.").text


def test_the_second_run_trains_nothing_and_translates_the_same(tmp_path: Path) -> None:
    said: list[str] = []
    assert translations(tmp_path, said) == translations(tmp_path, said)
    assert said == [LEARNING]


def test_other_pairs_are_another_model(tmp_path: Path) -> None:
    said: list[str] = []
    translations(tmp_path, said)
    translations(tmp_path, said, PAIRS[:2])
    assert len(said) == len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("damage", [b"", b"no model", b"\x00" * 100])
def test_a_damaged_file_is_said_and_replaced(tmp_path: Path, damage: bytes) -> None:
    said: list[str] = []
    good = translations(tmp_path, said)
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage)
    assert translations(tmp_path, said) == good
    assert "not used" in said[1]
    assert translations(tmp_path, said) == good
    assert said[2:] == [LEARNING]


def test_a_folder_that_cannot_be_written_is_said_and_no_more(tmp_path: Path) -> None:
    said: list[str] = []
    (tmp_path / "file").write_text("in the way", "utf-8")
    assert translations(tmp_path / "file", said) == translations(None, [])
    assert said[1].startswith("The model is not kept for the next run")


def test_old_models_make_room(tmp_path: Path) -> None:
    for number in range(MOST + 3):
        (tmp_path / f"{number}.model").write_bytes(b"old")
    translations(tmp_path, [])
    assert len(list(tmp_path.iterdir())) == MOST
