"""``amts translate``: a whole new chapter, drafted in either direction."""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser
from typing import TYPE_CHECKING

import pytest

from bot.cli import translate
from bot.cli.console import Console
from sync.errors import InputError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = (
    "# Tea\n:label:`sec_tea`\n\nTea is *hot*. Boil $2$ cups first.\n\n```python\n# Boil it\nboil(2)\n```\n\n"
    "* Milk is cold.\n"
)
CHINESE = "# 茶\n:label:`sec_tea`\n\n茶是*热*的。先煮$2$杯。\n\n```python\n# 煮\nboil(2)\n```\n\n* 奶是凉的。\n"
NEW = "# Milk\n\nMilk is cold.\n\nTea is *hot*. Nobody has said this yet.\n\n```python\nboil(3)\n```\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A fork with one chapter and its English beside it, and a new chapter in both languages."""
    (tmp_path / "fork").mkdir()
    for name, text in {
        "fork/tea.md": CHINESE,
        "fork/tea_origin.md": ENGLISH,
        "new.md": NEW,
        "neu.md": "# 奶\n\n奶是凉的。\n",
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def amts_translate(*arguments: object) -> tuple[int, str]:
    parser, out = ArgumentParser(), io.StringIO()
    translate.configure(parser)
    code = translate.run(parser.parse_args([str(word) for word in arguments]), Console(out, io.StringIO(), {}))
    return code, out.getvalue()


def test_known_sentences_are_drafted_and_all_else_stays_where_it_was(book: Path) -> None:
    code, said = amts_translate(book / "new.md", "-o", book / "out.md", "--lang", "zh", "--memory", book / "fork")
    text = (book / "out.md").read_text("utf-8")
    assert code == 0
    assert "奶是凉的。\n\n茶是*热*的。" in text
    assert "```python\nboil(3)\n```" in text
    assert "<!-- amts:pending" in text
    assert "Nobody has said this yet." in said


def test_the_same_memory_serves_the_way_back(book: Path) -> None:
    arguments = (book / "neu.md", "-o", book / "out.md", "--lang", "en", "--from", "zh", "--memory", book / "fork")
    code, said = amts_translate(*arguments, "--json")
    assert code == 0
    assert "Milk is cold." in (book / "out.md").read_text("utf-8")
    assert json.loads(said)["drafted"] == 1


@pytest.mark.parametrize("tags", [("--lang", "zh", "--from", "tr"), ("--lang", "en")])
def test_one_of_the_two_languages_is_english(book: Path, tags: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="one of the two must be English"):
        amts_translate(book / "new.md", "-o", book / "out.md", *tags)


def test_the_source_is_never_written_over(book: Path) -> None:
    with pytest.raises(UsageError, match="would be lost"):
        amts_translate(book / "new.md", "-o", book / "new.md", "--lang", "zh")
    assert (book / "new.md").read_text("utf-8") == NEW


def test_a_source_that_is_not_there_is_named(book: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.md"):
        amts_translate(book / "nowhere.md", "-o", book / "out.md", "--lang", "zh")
