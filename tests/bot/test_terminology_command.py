"""``amts terminology`` as people and programs see it."""

from __future__ import annotations

import argparse
import io
import json
from typing import TYPE_CHECKING

import pytest

from bot.cli import terminology as command
from bot.cli.console import Console
from sync.errors import InputError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

GLOSSARY = "# 术语\n\n铁锹，spade\n\n雨水收集桶，rain barrel (RB)\n\n这一行没有术语\n"
ENGLISH = "# Tools\n\nThe spade is long.\n\nClean the spade.\n\nA spade digs.\n\nThe spade is new.\n\nFill the RB.\n"
HUMAN = "# 工具\n\n铁锹很长。\n\n清洗铁锹。\n\n锄头挖土。\n\n锄头是新的。\n\n装满 RB。\n"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fork with one chapter, its English, and a glossary."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("terms.md", GLOSSARY), ("en/tools.md", ENGLISH), ("fork/tools.md", HUMAN)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    parser, out = argparse.ArgumentParser(), io.StringIO()
    command.configure(parser)
    code = command.run(parser.parse_args([*arguments]), Console(out, io.StringIO(), {}))
    return code, out.getvalue()


TEXTS = ("--source", "en", "--target", "fork", "--lang", "zh")


def test_show_says_what_was_read_and_what_was_not(book: Path) -> None:
    code, out = run("show", "terms.md")
    assert code == 0
    assert "5: rain barrel = RB: 雨水收集桶" in out
    assert "terms.md:7: not read" in out
    assert "2 terms, 0 of them open; 1 lines not read, 0 doubtful" in out


def test_show_for_a_program(book: Path) -> None:
    fields = json.loads(run("show", "terms.md", "--json")[1])
    assert fields["terms"][0] == {"source": "spade", "variants": [], "targets": ["铁锹"], "note": "", "line": 3}
    assert [one["line"] for one in fields["unread"]] == [7]


def test_build_writes_the_file_and_says_how_to_upload_it(book: Path) -> None:
    code, out = run("build", "terms.md", "--lang", "zh", "-o", "out.csv")
    assert code == 0
    assert (book / "out.csv").read_text(encoding="utf-8") == "en,zh\nspade,铁锹\nrain barrel,雨水收集桶\n"
    assert out == "out.csv: 2 terms in en, zh; upload it as CSV, directionality UNI\n"


def test_build_hints_at_languages_with_endings(book: Path) -> None:
    (book / "tr.md").write_text("spade; kürek\n", encoding="utf-8")
    assert "hint: Amazon recommends no terminology for tr" in run("build", "tr.md", "--lang", "tr", "-o", "o.csv")[1]


def test_build_wants_a_language_for_each_glossary(book: Path) -> None:
    with pytest.raises(UsageError, match="2 glossaries for 1 languages"):
        run("build", "terms.md", "terms.md", "--lang", "zh", "-o", "out.csv")


def test_check_names_place_term_and_what_stands_instead(book: Path) -> None:
    code, out = run("check", "--terms", "terms.md", *TEXTS)
    assert code == 1
    assert "tools.md:7: in other words: spade: expected 铁锹, has 锄头: 锄头挖土。\n" in out
    assert "5 uses of terms: 3 followed, 2 findings, 0 contested terms, 0 uses without a trace" in out


def test_check_takes_two_files_and_finds_nothing_where_all_is_well(book: Path) -> None:
    (book / "fork/tools.md").write_text(HUMAN.replace("锄头", "铁锹"), encoding="utf-8")
    files = ("--source", "en/tools.md", "--target", "fork/tools.md", "--lang", "zh")
    assert run("check", "--terms", "terms.md", *files)[0] == 0


def test_check_for_a_program(book: Path) -> None:
    fields = json.loads(run("check", "--terms", "terms.md", *TEXTS, "--json")[1])
    assert [(one["chapter"], one["line"], one["kind"], one["instead"]) for one in fields["findings"]] == [
        ("tools.md", 7, "in other words", "锄头"),
        ("tools.md", 9, "in other words", "锄头"),
    ]


def test_usage_counts_for_each_term(book: Path) -> None:
    assert "spade: 铁锹 in 2 of 4 uses, mostly 锄头 (2)\n" in run("usage", "--terms", "terms.md", *TEXTS)[1]


def test_impact_lists_the_sentences_of_a_changed_term(book: Path) -> None:
    (book / "new.md").write_text(GLOSSARY.replace("铁锹", "锄头"), encoding="utf-8")
    out = run("impact", "--old", "terms.md", "--new", "new.md", *TEXTS)[1]
    assert "changed: spade: 铁锹 → 锄头\n" in out
    assert "tools.md:3: spade: as the old glossary said: The spade is long. → 铁锹很长。\n" in out
    assert "1 terms differ; they touch 4 sentences, 2 of which say it already" in out


def test_a_file_that_is_no_glossary_is_refused(book: Path) -> None:
    (book / "prose.md").write_text("# Nothing\n\nJust prose here.\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"prose\.md: no glossary"):
        run("show", "prose.md")


def test_a_folder_and_a_file_do_not_go_together(book: Path) -> None:
    with pytest.raises(UsageError, match="one is a folder"):
        run("check", "--terms", "terms.md", "--source", "en", "--target", "fork/tools.md", "--lang", "zh")
