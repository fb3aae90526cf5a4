"""``amts parallel-data build``: files it writes, what it tells, when it refuses."""

from __future__ import annotations

import csv
import io
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import pytest

from bot.cli import parallel_data
from bot.cli.console import Console
from sync.bitext.tmx import parse_tmx
from sync.errors import AmtsError, InputError, UsageError

ENGLISH = "# Tea\n\nTea is hot. We call `pour` to fill a cup.\n\n## Milk\n\nMilk is cold and white.\n"
BOOKS = {
    "zh": "# 茶\n\n茶是热的。我们调用`pour`来倒满杯子。\n\n## 牛奶\n\n牛奶又冷又白。\n",
    "tr": "# Çay\n\nÇay sıcaktır. Bir fincanı doldurmak için `pour` çağırırız.\n\n## Süt\n\nSüt soğuk ve beyazdır.\n",
}
SHARED = Path(__file__).parents[3] / "shared" / "data" / "pairs"


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """A folder ``en`` with two chapters, and one for each language; that of Turkish has only the first."""
    for folder, text in {"en": ENGLISH, **BOOKS}.items():
        for name in ("hot", "cold") if folder != "tr" else ("hot",):
            path = tmp_path / folder / "tea" / f"{name}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text if name == "hot" else text.replace("Tea", "Ice").replace("茶", "冰"), "utf-8")
    return tmp_path


def amts_build(*arguments: object) -> str:
    """What the command prints."""
    parser = ArgumentParser()
    parallel_data.configure(parser)
    out = io.StringIO()
    words = ["build", "--granularity", "sentence", *map(str, arguments)]
    assert parallel_data.run(parser.parse_args(words), Console(out, io.StringIO(), {})) == 0
    return out.getvalue()


def place(books: Path, *langs: str, form: str = "csv", name: str = "out") -> list[object]:
    """The arguments for some languages of a book."""
    sides = [word for lang in langs for word in ("--target", books / lang, "--lang", lang)]
    return ["--source", books / "en", *sides, "--format", form, "-o", books / name]


def rows(path: Path, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8")), delimiter=delimiter))


def test_one_language_gives_a_file_of_two_columns(books: Path) -> None:
    printed = amts_build(*place(books, "tr"))
    assert rows(books / "out")[0] == ["en", "tr"]
    assert ["Tea is hot.", "Çay sıcaktır."] in rows(books / "out")
    assert "tr: 5 sentence pairs from 1 chapters" in printed
    assert f"wrote {books / 'out'}: tr" in printed


def test_several_languages_share_a_file(books: Path) -> None:
    amts_build(*place(books, "zh", "tr", form="tsv"))
    found = rows(books / "out", "\t")
    assert found[0] == ["en", "zh", "tr"]
    assert ["Tea is hot.", "茶是热的。", "Çay sıcaktır."] in found
    assert ["Ice is hot.", "冰是热的。", ""] in found


def test_or_have_one_each(books: Path) -> None:
    amts_build(*place(books, "zh", "tr", form="tmx", name="{lang}/book.tmx"))
    for lang in ("zh", "tr"):
        path = books / lang / "book.tmx"
        assert {tag for unit in parse_tmx(path.read_bytes(), "") for tag, _ in unit.texts} == {"en", lang}


def test_what_is_left_out_is_told_with_examples(books: Path) -> None:
    fields: dict[str, Any] = json.loads(amts_build(*place(books, "zh"), "--json"))
    (found,) = fields["languages"]
    assert (found["lang"], found["chapters"], found["pairs"]) == ("zh", 2, 7)
    twice = found["left_out"]["twice"]
    assert (twice["count"], twice["said"]) == (3, "the same pair again")
    assert {"chapter", "line", "source", "target"} == set(twice["examples"][0])
    assert "the same pair again" in amts_build(*place(books, "zh"))


def test_chapters_and_segments_can_be_left_out_and_memories_added(books: Path) -> None:
    (books / "test-set.txt").write_text("Milk is cold and white.\n\n", "utf-8")
    (books / "more.tmx").write_text(
        '<tmx><tu><tuv xml:lang="en"><seg>Sugar</seg></tuv><tuv xml:lang="zh"><seg>糖</seg></tuv></tu></tmx>', "utf-8"
    )
    amts_build(
        *place(books, "zh"), "--exclude", "tea/cold.md", "--exclude-segments", books / "test-set.txt",
        "--memory", books / "more.tmx",
    )  # fmt: skip
    sources = [row[0] for row in rows(books / "out")[1:]]
    assert sources == ["Tea", "Tea is hot.", "We call `pour` to fill a cup.", "Milk", "Sugar"]


def test_what_was_there_is_written_over(books: Path) -> None:
    (books / "out").write_text("old")
    amts_build(*place(books, "zh"))
    first = (books / "out").read_bytes()
    amts_build(*place(books, "zh"))
    assert (books / "out").read_bytes() == first != b"old"


REFUSED = {
    "a language too few": (["--target", "zh", "--target", "tr", "--lang", "zh"], UsageError, "Give a --lang for each"),
    "a source too many": (
        ["--source", "en", "--target", "zh", "--lang", "zh"],
        UsageError,
        "2 --source, 1 --target and 1 --lang",
    ),
    "a language twice": (
        ["--target", "zh", "--lang", "zh", "--target", "zh", "--lang", "zh-CN"],
        UsageError,
        "Amazon calls two of these zh",
    ),
    "a language that Amazon lacks": (["--target", "zh", "--lang", "eo"], UsageError, "no such language"),
    "a folder that is not there": (["--target", "ja", "--lang", "ja"], InputError, "there is no such folder"),
    "a folder without chapters": (
        ["--target", "empty", "--lang", "ja"],
        InputError,
        "no chapter in it has its English",
    ),
    "nothing left": (["--target", "zh", "--lang", "zh", "--exclude", "tea"], InputError, "2 whole excluded articles"),
    "a list that is not there": (
        ["--target", "zh", "--lang", "zh", "--exclude-segments", "none.txt"],
        InputError,
        "none.txt: cannot be read",
    ),
}


@pytest.mark.parametrize(("arguments", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_refused_and_nothing_written(
    arguments: list[str], error: type[AmtsError], message: str, books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(books)
    (books / "empty").mkdir()
    with pytest.raises(error, match=message):
        amts_build("--source", "en", "--format", "csv", "-o", "out", *arguments)
    assert not (books / "out").exists()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not here")
def test_real_chapters_with_their_english_beside_them_give_most_of_their_sentences(tmp_path: Path) -> None:
    folder = SHARED / "pt"
    amts_build("--source", folder, "--target", folder, "--lang", "pt", "--format", "csv", "-o", tmp_path / "pt.csv")
    found = rows(tmp_path / "pt.csv")
    assert len(found) > 500
    assert all(len(row) == 2 and all(0 < len(field.encode()) <= 1_000 for field in row) for row in found)
