"""Damage is repaired in a file by ``amts check --fix``, in a fork by ``amts repair`` as a change of its own."""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser
from typing import TYPE_CHECKING

from bot.cli import check, repair
from bot.cli.console import Console
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
