"""Outputs and the summary say what we mean, whatever is in them, and fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.runner.files import OUTPUT, SUMMARY, read_payload, write_outputs, write_summary
from sync.errors import InputError
from tests.support.runner import outputs

TOKEN = "ghs_0123456789abcdefABCDEF"


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "written")


def read(path: str) -> str:
    return Path(path).read_bytes().decode()


def test_outputs_are_read_back_as_they_were(path: str) -> None:
    write_outputs(path, {"pr-url": "https://github.com/a/b/pull/3", "changed": True})
    write_outputs(path, {"pr-number": 3, "failed-files": "a.md\nb.md", "matrix": ""})
    assert outputs(read(path)) == {
        "pr-url": "https://github.com/a/b/pull/3",
        "changed": "true",
        "pr-number": "3",
        "failed-files": "a.md\nb.md",
        "matrix": "",
    }


@pytest.mark.parametrize(
    "text", ["x\nevil=1", "x\nevil<<E\n1\nE", "EOF\nevil=1", "ghadelimiter\nevil=1", "::set-output::"]
)
def test_a_value_makes_no_second_output(path: str, text: str) -> None:
    write_outputs(path, {"title": text})
    assert outputs(read(path)) == {"title": text}


def test_a_value_that_holds_the_end_of_a_value_gets_another_one(path: str) -> None:
    words = iter(["aa", "bb", "cc"])
    write_outputs(path, {"title": "x\naa\nevil=1\nbb"}, draw=lambda: next(words))
    assert outputs(read(path)) == {"title": "x\naa\nevil=1\nbb"}


def test_an_output_has_a_name_and_a_size(path: str) -> None:
    with pytest.raises(ValueError, match="An output has a name"):
        write_outputs(path, {"a": "1", "b\nc": "1"})
    with pytest.raises(ValueError, match="at most 400,000 characters"):
        write_outputs(path, {"a": "x" * (OUTPUT + 1)})
    with pytest.raises(FileNotFoundError):
        read(path)


def test_neither_outputs_nor_summaries_hold_secrets(path: str) -> None:
    write_outputs(path, {"reason": f"no {TOKEN}"}, secrets=(TOKEN,))
    write_summary(path, f"no {TOKEN}", rest="x", secrets=(TOKEN,))
    assert read(path).count("no ***") == 2
    assert TOKEN not in read(path)


def test_names_of_files_that_are_no_unicode_are_written_too(path: str) -> None:
    write_summary(path, "chapter_\udcff.md", rest="x")
    assert read(path) == "chapter_?.md\n"


def test_nobody_to_read_is_no_error() -> None:
    write_outputs("", {"a": "1"})
    write_summary("", "text", rest="x")


def test_a_summary_fits_however_often_it_is_added_to(path: str) -> None:
    rows = "| chapter | 猫 |\n|---|---|\n" + "| a | 猫猫猫 |\n" * 40_000
    write_summary(path, rows, rest="the artifact has all of them")
    first = read(path)
    assert len(first.encode()) < SUMMARY
    assert not first.endswith("did not fit; the artifact has all of them.*\n")
    write_summary(path, f"<details>\n\n{rows}\n</details>", rest="the artifact has all of them")
    written = read(path)
    assert SUMMARY * 0.99 < len(written.encode()) <= SUMMARY
    assert written.endswith(" lines did not fit; the artifact has all of them.*\n")
    assert written.count("<details>") == written.count("</details>") == 1
    write_summary(path, rows, rest="x")
    assert len(read(path).encode()) <= SUMMARY


def test_an_event_is_read_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "event.json"
    file.write_text(json.dumps({"action": "created", "text": "猫"}), "utf-8")
    assert read_payload(str(file)) == {"action": "created", "text": "猫"}


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_event_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "event.json"
    file.write_bytes(content)
    with pytest.raises(InputError, match=r"is no event of GitHub: .* GITHUB_EVENT_PATH must name"):
        read_payload(str(file))
    with pytest.raises(InputError, match="is no event of GitHub"):
        read_payload(str(tmp_path / "nowhere"))
