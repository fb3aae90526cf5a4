"""``amts memory``: a file for other programs, and what a file of theirs is worth."""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser
from typing import TYPE_CHECKING

import pytest

from bot.cli import memory
from bot.cli.console import Console
from sync.bitext.sources import read_tmx
from sync.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

TMX = """\
<tmx version="1.4"><header srclang="*all*"/><body>
<tu changedate="20250101T000000Z">
  <tuv xml:lang="en-US"><seg>Tea</seg></tuv><tuv xml:lang="zh-CN"><seg>旧茶</seg></tuv></tu>
<tu changedate="20260101T000000Z">
  <tuv xml:lang="en-US"><seg>Tea</seg></tuv><tuv xml:lang="zh-CN"><seg>茶</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>Wasser</seg></tuv><tuv xml:lang="zh-CN"><seg>水</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Milk</seg></tuv><tuv xml:lang="tr"><seg>Süt</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Ice</seg></tuv><tuv xml:lang="zh"><seg>Ice</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Call `pour`.</seg></tuv><tuv xml:lang="zh"><seg>调用。</seg></tuv></tu>
</body></tmx>
"""


def amts_memory(*arguments: object) -> str:
    """What the command prints."""
    parser = ArgumentParser()
    memory.configure(parser)
    out = io.StringIO()
    assert memory.run(parser.parse_args([str(word) for word in arguments]), Console(out, io.StringIO(), {})) == 0
    return out.getvalue()


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    """A fork that keeps its English beside its chapter."""
    (tmp_path / "tea.md").write_text("# 茶\n\n**茶**是热的。调用`pour`！\n\n牛奶是凉的。\n", "utf-8")
    (tmp_path / "tea_origin.md").write_text("# Tea\n\n**Tea** is hot. Call `pour`!\n\nMilk is cold.\n", "utf-8")
    return tmp_path


def test_an_exported_memory_has_markdown_as_it_stands_and_is_read_back(fork: Path) -> None:
    out = fork / "out.tmx"
    assert f"wrote {out}: 4 units from 1 chapters" in amts_memory(
        "export", "--source", fork, "--target", fork, "--lang", "zh", "-o", out
    )
    assert [(pair.source, pair.target, pair.chapter) for pair in read_tmx(out, "zh")] == [
        ("Tea", "茶", "tea.md"),
        ("**Tea** is hot.", "**茶**是热的。", "tea.md"),
        ("Call `pour`!", "调用`pour`！", "tea.md"),
        ("Milk is cold.", "牛奶是凉的。", "tea.md"),
    ]


def test_an_export_for_a_program_says_what_is_left_out(fork: Path) -> None:
    (fork / "tea.md").write_text("# 茶\n\n**茶**是热的。调用`drink`！\n\nMilk is cold.\n", "utf-8")
    fields = json.loads(
        amts_memory("export", "--source", fork, "--target", fork, "--lang", "zh", "-o", fork / "out.tmx", "--json")
    )
    assert (fields["chapters"], fields["units"]) == (1, 2)
    assert fields["left_out"] == {"markup": 1, "untranslated": 1}


def test_a_memory_is_shown_with_what_can_be_used_and_why_the_rest_cannot(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    path.write_text(TMX, "utf-8")
    printed = amts_memory("show", path, "--lang", "zh")
    assert f"{path}: 6 units" in printed
    assert "1 can be used for zh" in printed
    for why, text in {
        "without English": "Wasser",
        "without the language": "Milk",
        "changed later elsewhere": "Tea",
        "not translated": "Ice",
        "markup differs": "Call `pour`.",
    }.items():
        assert f"1  left out: {why}\n          {text}\n" in printed
    assert [pair.target for pair in read_tmx(path, "zh") if pair.source == "Tea"] == ["茶"]


def test_a_program_is_shown_the_same(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    path.write_text(TMX, "utf-8")
    assert json.loads(amts_memory("show", path, "--json")) == {
        "units": 6,
        "languages": {"en": 3, "zh-CN": 3, "en-US": 2, "zh": 2, "de": 1, "tr": 1},
    }
    fields = json.loads(amts_memory("show", path, "--lang", "tr", "--json"))
    assert (fields["usable"], fields["left_out"]) == (1, {"english": 1, "language": 4})


def test_a_file_that_is_no_memory_is_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    path.write_text("<tmx>\n<body>", "utf-8")
    with pytest.raises(InputError, match=r"memory\.tmx, line 2: not a well-formed TMX file"):
        amts_memory("show", path)
