"""``amts config`` shows, checks and changes what a fork wants."""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser
from typing import TYPE_CHECKING

import pytest

from bot.cli import config
from bot.cli.console import Console
from sync.config import ConfigError
from sync.config.schema import schema
from sync.errors import UsageError
from tests.support.repositories import bundle, git, make_repository
from tests.support.yaml_texts import INI

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "# ours\nfollow: release  # calm\nteam: blue\n"


def amts(*arguments: str | Path, code: int = 0) -> str:
    parser = ArgumentParser()
    config.configure(parser)
    out = io.StringIO()
    assert config.run(parser.parse_args([str(one) for one in arguments]), Console(out, io.StringIO(), {})) == code
    return out.getvalue()


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "fork", {".amts.yml": TEXT, "config.ini": INI, "index.md": "# Kitap\n"})


def test_show_says_every_value_and_where_it_comes_from(fork: Path) -> None:
    keys = json.loads(amts("show", "--target", fork, "--json"))["keys"]
    assert keys["follow"] == {"value": "release", "from": ".amts.yml, line 2"}
    assert keys["lang"] == {"value": "tr", "from": "config.ini [project] lang"}
    assert keys["order"] == {"value": ["read", "stale", "cheap"], "from": "default"}
    assert set(keys) == set(schema()["properties"])
    assert "release" in amts("show", "--target", fork)


def test_a_bare_repository_a_bundle_and_a_revision_are_read_as_committed(fork: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(fork), "bare.git")
    (fork / ".amts.yml").write_text("follow: v9\n")
    for place in (tmp_path / "bare.git", bundle(fork, tmp_path / "fork.bundle"), fork):
        revision = ("--target-ref", "HEAD") if place == fork else ()
        assert '"release"' in amts("show", "--target", place, "--json", *revision)
    assert '"v9"' in amts("show", "--target", fork, "--json")


def test_check_tells_what_is_odd(fork: Path) -> None:
    assert "line 3: team: no such key" in amts("check", "--target", fork)


def test_check_refuses_with_every_error(fork: Path) -> None:
    (fork / ".amts.yml").write_text("follow: 1.0\nlang: 5\n")
    with pytest.raises(ConfigError, match=r"(?s)2 errors:.*line 1: follow.*line 2: lang"):
        amts("check", "--target", fork)
    told = json.loads(amts("check", "--target", fork, "--json", code=2))
    assert len(told["errors"]) == 2


def test_an_ini_file_that_is_no_text_is_a_warning(fork: Path) -> None:
    (fork / "config.ini").write_bytes(b"\xff\xfe")
    assert "not UTF-8" in amts("check", "--target", fork)


def test_a_folder_without_a_configuration_has_the_defaults(tmp_path: Path) -> None:
    assert "20 have defaults" in amts("check", "--target", tmp_path)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("follow", "1.0"), 'follow: "1.0"  # calm'),
        (("max-characters", "5000"), "max-characters: 5000"),
        (("toc", "contents.md"), "toc: contents.md"),
        (("order", "read", "stale"), "order:\n  - read\n  - stale"),
        (("order", "[read]"), "order:\n  - read"),
        (("include",), "include: []"),
        (("renames", "{a.md: b.md}"), "renames:\n  a.md: b.md"),
    ],
)
def test_set_changes_one_key_and_nothing_else(fork: Path, words: tuple[str, ...], line: str) -> None:
    amts("set", *words, "--target", fork)
    text = (fork / ".amts.yml").read_text()
    assert line in text
    assert text.startswith("# ours\nfollow: ")
    assert "team: blue\n" in text


def test_set_makes_a_file_where_there_is_none(tmp_path: Path) -> None:
    amts("set", "lang", "no", "--target", tmp_path)
    assert (tmp_path / ".amts.yml").read_text() == "version: 1\nlang: no\n"


def test_set_can_mend_one_error_of_two(fork: Path) -> None:
    (fork / ".amts.yml").write_text("follow: 1.0\nlang: 5\n")
    amts("set", "follow", "1.0", "--target", fork)
    assert (fork / ".amts.yml").read_text() == 'follow: "1.0"\nlang: 5\n'


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("folow", "main"), r"no key 'folow'\. Did you mean \"follow\"\? Keys: version"),
        (("engine", "magic"), r'"magic" is not known\. Allowed: local, amazon, echo'),
        (("max-characters", "many"), "a whole number is needed"),
        (("follow", "a", "b"), "one value, and 2 were given"),
        (("renames", "{"), "is not YAML"),
    ],
)
def test_what_is_wrong_is_not_written(fork: Path, words: tuple[str, ...], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        amts("set", *words, "--target", fork)
    assert (fork / ".amts.yml").read_text() == TEXT


def test_set_needs_a_folder_with_files(fork: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Clone the fork"):
        amts("set", "follow", "main", "--target", bundle(fork, tmp_path / "fork.bundle"))


def test_schema_prints_the_published_file() -> None:
    assert json.loads(amts("schema")) == schema()
