"""``amts align``: what it prints and when it refuses."""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli import align
from bot.cli.console import Console
from sync.errors import InputError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = "# Trees\n\nTrees have `leaves`. They grow.\n\n![A tree.](tree.svg)\n\nOnly English says $x_1$ here.\n"
CHINESE = "# 树\n\n树有`leaves`。它们生长。\n\n![一棵树。](tree.svg)\n"


def amts_align(*arguments: object) -> str:
    """What the command prints."""
    parser = ArgumentParser()
    align.configure(parser)
    out = io.StringIO()
    assert align.run(parser.parse_args([str(word) for word in arguments]), Console(out, io.StringIO(), {})) == 0
    return out.getvalue()


def lines(*arguments: object) -> list[dict[str, Any]]:
    return [json.loads(line) for line in amts_align(*arguments).splitlines()]


@pytest.fixture
def chapter(tmp_path: Path) -> tuple[Path, Path]:
    source, target = tmp_path / "trees.md", tmp_path / "trees.zh.md"
    source.write_bytes(ENGLISH.encode())
    target.write_bytes(CHINESE.encode())
    return source, target


def test_json_lines_name_spans_of_both_files(chapter: tuple[Path, Path]) -> None:
    found = lines(*chapter, "--lang", "zh", "--doc", "trees", "--json")
    texts = [
        (
            line["level"],
            [ENGLISH[start:end] for start, end in line["src"]],
            [CHINESE[start:end] for start, end in line["tgt"]],
        )
        for line in found
    ]
    assert ("block", ["# Trees"], ["# 树"]) in texts
    assert ("sent", ["Trees"], ["树"]) in texts
    assert ("sent", ["Trees have `leaves`."], ["树有`leaves`。"]) in texts
    assert ("sent", ["They grow."], ["它们生长。"]) in texts
    assert ("sent", ["A tree."], ["一棵树。"]) in texts
    assert ("block", ["Only English says $x_1$ here."], []) in texts
    assert {line["doc"] for line in found} == {"trees"}
    assert all(0 <= line["confidence"] <= 1 for line in found)


def test_spans_count_code_points_of_the_file_as_it_is(chapter: tuple[Path, Path]) -> None:
    source, target = chapter
    english = "\ufeff\r\n# 𝑥 Trees\r\n\r\nThey grow.\r\n"
    source.write_bytes(english.encode())
    blocks = [line for line in lines(source, target, "--lang", "zh", "--json") if line["level"] == "block"]
    spans = [span for line in blocks for span in line["src"]]
    assert [english[start:end] for start, end in spans] == ["# 𝑥 Trees", "They grow."]


def test_the_table_shows_both_texts_and_a_summary(chapter: tuple[Path, Path]) -> None:
    shown = amts_align(*chapter, "--lang", "zh")
    assert "They grow." in shown
    assert "它们生长。" in shown
    assert "3 links of blocks, 1 only in English, 0 only in the translation" in shown


@pytest.fixture
def data_set(chapter: tuple[Path, Path]) -> Path:
    """A data set of one chapter whose units are given, and whose links are nonsense."""
    source, target = chapter
    entry = {
        "doc": "trees",
        "src": {
            "file": source.name,
            "blocks": [[0, 7, "heading"], [9, 41, "para"], [43, 63, "image"], [65, 94, "para"]],
            "sents": [[0, 7, 0], [9, 41, 1], [45, 52, 2], [65, 94, 3]],
        },
        "tgt": {
            "file": target.name,
            "blocks": [[0, 3, "heading"], [5, 21, "para"], [23, 39, "image"]],
            "sents": [[0, 3, 0], [5, 21, 1], [25, 29, 2]],
        },
        "block_links": "nonsense",
    }
    path = source.parent / "gold.jsonl"
    path.write_text(json.dumps(entry) + "\n", "utf-8")
    return path


@pytest.mark.parametrize(("units", "sentences"), [(["--units"], 3), ([], 4)], ids=["given", "own"])
def test_a_batch_is_aligned_on_the_units_given_or_on_our_own(data_set: Path, units: list[str], sentences: int) -> None:
    found = lines("--batch", data_set, "--lang", "zh", *units)
    linked = [line for line in found if line["src"] and line["tgt"]]
    assert sum(line["level"] == "block" for line in linked) == 3
    assert sum(line["level"] == "sent" for line in linked) == sentences


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["a.md"],
        ["a.md", "b.md", "--units"],
        ["a.md", "b.md", "--batch", "gold.jsonl"],
        ["--batch", "gold.jsonl", "--json"],
    ],
)
def test_arguments_that_do_not_go_together_are_refused(arguments: list[str]) -> None:
    with pytest.raises(UsageError, match="--batch"):
        amts_align(*arguments, "--lang", "zh")


def test_a_missing_file_is_named(tmp_path: Path, chapter: tuple[Path, Path]) -> None:
    with pytest.raises(InputError, match=r"gone\.md: there is no such file"):
        amts_align(chapter[0], tmp_path / "gone.md", "--lang", "zh")


def test_a_file_that_is_not_text_is_named(chapter: tuple[Path, Path]) -> None:
    chapter[1].write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot be read as UTF-8"):
        amts_align(*chapter, "--lang", "zh")


@pytest.mark.parametrize("line", ["{", "[]", '{"doc": "a"}'])
def test_a_line_that_is_no_chapter_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f"\n{line}\n", "utf-8")
    with pytest.raises(InputError, match="line 2"):
        amts_align("--batch", path, "--lang", "zh")
