"""``amts`` ends with a code that says how it went, and a sentence that says what to do."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bot.cli.main import COMMANDS, build_parser, main

if TYPE_CHECKING:
    from pathlib import Path

ENDS = {
    "a wrong argument for the command": (["update"], 2, "amts: update needs EN_OLD EN_NEW TARGET"),
    "a file that is not there": (["check", "a.md", "b.md", "--lang", "zh"], 6, "amts: a.md: cannot be read"),
    "a batch that is not there": (["update", "--batch", "jobs.jsonl"], 6, "amts: jobs.jsonl: cannot be read"),
    "a name with commands to a terminal": (["update", "--batch", "\x1b[2J"], 6, "amts: [2J: cannot be read"),
}


@pytest.mark.parametrize(("arguments", "code", "message"), ENDS.values(), ids=ENDS)
def test_errors_have_a_code_and_a_sentence(
    arguments: list[str],
    code: int,
    message: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(message)


@pytest.mark.parametrize(
    "arguments", [[], ["brew"], ["update", "--engine", "oracle"], ["update", "--frob"]], ids=" ".join
)
def test_what_no_parser_understands_ends_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: amts" in capsys.readouterr().err


def test_every_command_is_listed_with_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    listed = capsys.readouterr().out
    assert all(f"\n    {name}" in listed for name in COMMANDS)
    assert all(str(code) in listed for code in (*range(9), 10))


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args(["--version"])
    assert capsys.readouterr().out.startswith("amts 0.")


def amts(*arguments: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    """The program as a process of its own."""
    command = [sys.executable, "-m", "bot.cli.main", *arguments]
    return subprocess.run(command, capture_output=True, check=False, **more)  # type: ignore[call-overload, no-any-return]


def test_who_wants_to_see_where_it_went_wrong_can() -> None:
    quiet, loud = (
        amts("check", "a.md", "b.md", "--lang", "zh"),
        amts("--debug", "check", "a.md", "b.md", "--lang", "zh"),
    )
    assert b"Traceback" not in quiet.stderr
    assert b"Traceback" in loud.stderr


def batch(folder: Path, jobs: int) -> str:
    """A batch of jobs that change nothing."""
    (folder / "a.md").write_text("Tea.\n", "utf-8")
    lines = [
        {
            "id": f"茶{number}",
            "lang": "zh",
            "en_old": "a.md",
            "en_new": "a.md",
            "tgt_old": "a.md",
            "out": f"{number}.md",
        }
        for number in range(jobs)
    ]
    (folder / "jobs.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return "jobs.jsonl"


def test_a_reader_who_leaves_early_is_no_error(tmp_path: Path) -> None:
    name = batch(tmp_path, 2_000)
    command = [sys.executable, "-m", "bot.cli.main", "update", "--batch", name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b'{"id": ')
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_an_output_that_lacks_a_character_gets_an_escape_for_it(tmp_path: Path) -> None:
    done = amts("update", "--batch", batch(tmp_path, 1), cwd=tmp_path, env={"PYTHONIOENCODING": "ascii", "PATH": ""})
    assert done.returncode == 0
    assert json.loads(done.stdout)["id"] == "茶0"
