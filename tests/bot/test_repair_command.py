"""Damage is repaired in a file by ``amts check --fix``, in a fork by ``amts repair`` as a change of its own."""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser
from typing import TYPE_CHECKING

import pytest

from bot.cli import check, repair
from bot.cli.console import Console
from sync.errors import UsageError
from tests.support.repositories import branches, git, make_repository, read

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

ENGLISH = "# Pots\n\nA pot is *always* made of clay, see :numref:`sec_pots` first.\n"
SPANISH = "# Ollas\n\nUna olla se hace *siempre* de barro, ver primero :numref:`sec_pots`.\n"
TORN = SPANISH.replace("*siempre*", "* siempre *")


def amts(command: ModuleType, *arguments: str | Path) -> tuple[int, str]:
    parser = ArgumentParser()
    command.configure(parser)
    out = io.StringIO()
    code = command.run(parser.parse_args([str(one) for one in arguments]), Console(out, io.StringIO(), {}))
    return code, out.getvalue()


def test_check_repairs_a_file_only_when_asked(tmp_path: Path) -> None:
    source, target = tmp_path / "en.md", tmp_path / "es.md"
    source.write_text(ENGLISH, "utf-8")
    target.write_text(TORN, "utf-8")
    amts(check, source, target, "--lang", "es")
    assert target.read_text("utf-8") == TORN
    code, printed = amts(check, source, target, "--lang", "es", "--fix")
    assert target.read_text("utf-8") == SPANISH
    assert (code, "repaired torn-emphasis" in printed) == (0, True)


def test_check_can_write_the_repaired_file_elsewhere(tmp_path: Path) -> None:
    source, target, out = tmp_path / "en.md", tmp_path / "es.md", tmp_path / "out.md"
    source.write_text(ENGLISH, "utf-8")
    target.write_text(TORN, "utf-8")
    printed = json.loads(amts(check, source, target, "--lang", "es", "--fix", "-o", out, "--json")[1])
    assert (target.read_text("utf-8"), out.read_text("utf-8")) == (TORN, SPANISH)
    assert [one["rule"] for one in printed["repaired"]] == ["torn-emphasis"]


def test_a_fork_is_repaired_on_a_branch_that_holds_nothing_else(tmp_path: Path) -> None:
    english = make_repository(tmp_path / "en", {"c/pots.md": ENGLISH}, {"c/pots.md": ENGLISH + "\nMore.\n"})
    fork = make_repository(tmp_path / "es", {"c/pots.md": TORN, "c/pots_origin.md": ENGLISH})
    code, printed = amts(repair, "--source", english, "--target", fork, "--lang", "es", "--publish", "branch")
    [branch] = set(branches(fork)) - {"main"}
    assert git(fork, "diff", "--name-only", "main", branch) == "c/pots.md"
    assert read(fork, branch, "c/pots.md") + "\n" == SPANISH
    assert (code, "c/pots.md:3: torn-emphasis" in printed) == (0, True)


def test_without_english_a_chapter_keeps_what_could_be_meant(tmp_path: Path) -> None:
    other = "# Maps\n\nAn old map shows rivers and roads.\n"
    english = make_repository(tmp_path / "en", {"c/pots.md": other})
    torn = TORN.replace(":numref:`", ": numref: `")
    fork = make_repository(tmp_path / "es", {"c/pots.md": torn})
    amts(repair, "--source", english, "--target", fork, "--lang", "es", "--output", tmp_path / "out")
    assert (tmp_path / "out" / "c" / "pots.md").read_text("utf-8") == TORN


def test_what_is_in_doubt_is_listed(tmp_path: Path) -> None:
    english = make_repository(tmp_path / "en", {"c/pots.md": ENGLISH})
    doubtful = TORN.replace("barro", "* barro * y")
    fork = make_repository(tmp_path / "es", {"c/pots.md": doubtful, "c/pots_origin.md": ENGLISH})
    printed = amts(repair, "--source", english, "--target", fork, "--lang", "es", "--dry-run")[1]
    assert "c/pots.md:3: left, in doubt: `*` that marks nothing" in printed
    assert "0 files would change" in printed


def test_a_second_repair_of_a_fork_makes_no_commit(tmp_path: Path) -> None:
    english = make_repository(tmp_path / "en", {"c/pots.md": ENGLISH})
    fork = make_repository(tmp_path / "es", {"c/pots.md": TORN, "c/pots_origin.md": ENGLISH})
    arguments = (repair, "--source", english, "--target", fork, "--lang", "es", "--publish", "branch", "--json")
    first, second = (json.loads(amts(*arguments)[1])["branch"] for _ in range(2))
    assert (first["new"], second["new"], first["commit"]) == (True, False, second["commit"])


def test_an_output_without_fix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Add --fix"):
        amts(check, "en.md", "es.md", "--lang", "es", "-o", tmp_path / "out.md")
