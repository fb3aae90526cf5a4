"""``amts check`` as people and programs see it."""

from __future__ import annotations

import argparse
import io
import json

import pytest

from bot.cli import check as command
from bot.cli.console import Console
from sync.errors import InputError

ENGLISH = "# Pots\n:label:`sec_pots`\n\nA pot holds 20 cups.\n"
SOUND = "# 壶\n:label:`sec_pots`\n\n一把壶能装20杯。\n"


@pytest.fixture
def check(tmp_path, monkeypatch):
    """Runs the command on two texts. Gives the exit code and what was printed."""
    monkeypatch.chdir(tmp_path)

    def run(source: str | bytes, target: str | bytes, *options: str) -> tuple[int, str]:
        for name, text in (("en.md", source), ("zh.md", target)):
            (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return run_command("en.md", "zh.md", *options)

    return run


def run_command(*arguments: str) -> tuple[int, str]:
    parser, out = argparse.ArgumentParser(), io.StringIO()
    command.configure(parser)
    code = command.run(parser.parse_args([*arguments, "--lang", "zh"]), Console(out, io.StringIO(), {}))
    return code, out.getvalue()


def test_a_sound_translation_is_said_to_be_so(check):
    assert check(ENGLISH, SOUND) == (0, "zh.md: nothing found\n")


def test_findings_begin_with_the_place_to_click_at_and_end_with_a_count(check):
    code, out = check(ENGLISH, SOUND.replace("sec_pots", "sec_壶").replace("20", "30"))
    assert code == 1
    assert out.splitlines() == [
        "zh.md:2: error labels: label `sec_pots` is missing: what refers to it will not be found",
        "zh.md:2: note labels: label `sec_壶` is not in the English",
        "zh.md:4: warning numbers: the number 20 of the English is not here: 一把壶能装30杯。",
        "zh.md: 1 error, 1 warning, 1 note",
    ]


def test_notes_alone_are_no_findings(check):
    code, out = check(ENGLISH, f"{SOUND}\n## 盖子\n\n## 杯子\n")
    assert code == 0
    assert out.splitlines()[-1] == "zh.md: 1 note"


def test_programs_get_a_list(check):
    code, out = check(ENGLISH, SOUND.replace(":label:`sec_pots`\n", ""), "--json")
    assert code == 1
    assert json.loads(out) == [
        {
            "rule": "labels",
            "severity": "error",
            "line": 1,
            "message": "label `sec_pots` is missing: what refers to it will not be found",
        }
    ]
    assert json.loads(check(ENGLISH, SOUND, "--json")[1]) == []


def test_the_dialect_can_be_chosen(check):
    english, translation = "(sec-pots)=\n# Pots\n", "# 壶\n"
    assert check(english, translation, "--profile", "myst")[0] == 1
    assert check(english, translation, "--profile", "commonmark")[0] == 0


def test_a_file_that_is_not_text_is_refused_with_the_reason(check):
    with pytest.raises(InputError, match=r"zh\.md: not UTF-8 at byte 0"):
        check(ENGLISH, b"\xff\xfe")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match=r"en\.md: cannot be read"):
        run_command(str(tmp_path / "en.md"), str(tmp_path / "zh.md"))


def test_a_glossary_is_held_against_the_translation(check, tmp_path):
    (tmp_path / "terms.md").write_text("茶壶，pot\n\n杯，cup\n", encoding="utf-8")
    code, out = check(ENGLISH, SOUND.replace("一把壶", "一把碗"), "--terms", "terms.md")
    assert code == 0
    assert "zh.md:4: note ignored-term: pot: the glossary says 茶壶: 一把碗能装20杯。\n" in out
