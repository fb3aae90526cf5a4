"""``amts replay``: a row for each group, a file for each event, and an end that says how it went."""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli import replay
from bot.cli.console import Console
from sync.errors import InputError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = "# Cats\n\nCats sleep, see :numref:`fig_1`.\n\n```\nn = 1\n```\n"
NEW = ENGLISH.replace("fig_1", "fig_2").replace("n = 1", "n = 2")
SPANISH = "# Gatos\n\nLos gatos duermen, véase :numref:`fig_1`.\n\n```\nn = 1\n```\n"
HUMAN = SPANISH.replace("fig_1", "fig_2").replace("n = 1", "n = 2")


def amts_replay(*arguments: object) -> str:
    """What the command prints."""
    parser = ArgumentParser()
    replay.configure(parser)
    out = io.StringIO()
    assert replay.run(parser.parse_args([str(word) for word in arguments]), Console(out, io.StringIO(), {})) == 0
    return out.getvalue()


def write_event(data: Path, name: str, **about: str) -> None:
    """Add an event to a data set."""
    row = {"id": name, "lang": "es", "kind": "mixed", "grade": "gold", **about}
    (data / "events" / name).mkdir(parents=True)
    texts = {"en_old": ENGLISH, "en_new": NEW, "tgt_old": SPANISH, "tgt_new": HUMAN}
    for key, text in texts.items():
        (data / "events" / name / f"{key}.md").write_text(text, encoding="utf-8")
    with (data / "events.jsonl").open("a", encoding="utf-8") as index:
        index.write(json.dumps(row) + "\n")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    write_event(folder, "one")
    write_event(folder, "two", lang="tr", kind="code-only", grade="silver")
    return folder


def rows(printed: str) -> dict[str, list[str]]:
    """The cells of the table by the name of their row."""
    found = [line.split() for line in printed.splitlines() if line.strip() and "─" not in line]
    size = len(found[0])
    return {" ".join(row[:-size]): row[-size:] for row in found}


def test_the_table_has_a_row_for_all_each_language_each_kind_and_both(data: Path) -> None:
    found = rows(amts_replay(data))
    assert list(found) == ["", "all", "es", "tr", "code-only", "mixed", "es mixed", "tr code-only"]
    head = found[""]
    assert head[:6] == ["events", "saved", "indel", "prose", "median", "worse"]
    assert found["all"][:6] == ["2", "1.000", "1.000", "1.000", "1.000", "0"]


def test_only_events_of_a_grade_are_replayed_if_asked(data: Path) -> None:
    assert rows(amts_replay(data, "--grade", "gold"))["all"][0] == "1"


def test_the_null_engine_carries_what_needs_no_engine(data: Path) -> None:
    fields: dict[str, Any] = json.loads(amts_replay(data, "--engine", "echo", "--json"))
    assert fields["engine"] == "echo"
    everything = fields["summary"]["all"]
    assert (everything["saved"], everything["drafted"], everything["pending"]) == (1.0, 0, 0)
    assert everything["carried"] >= 4
    assert [event["id"] for event in fields["events"]] == ["one", "two"]
    assert fields["events"][0]["score"]["lost"] == {"part": 0, "whole": 3}


def test_each_result_is_written_if_asked(data: Path, tmp_path: Path) -> None:
    amts_replay(data, "--output", tmp_path / "out")
    written = {path.name: path.read_text("utf-8") for path in (tmp_path / "out").iterdir()}
    assert written == {"one.md": HUMAN, "two.md": HUMAN}


def test_a_folder_without_events_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"events\.jsonl: there is no such file"):
        amts_replay(tmp_path)


def test_a_grade_that_no_event_has_is_refused(tmp_path: Path) -> None:
    write_event(tmp_path, "one")
    with pytest.raises(UsageError, match="no event of grade 'silver'"):
        amts_replay(tmp_path, "--grade", "silver")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("not json", r"events\.jsonl:1: not an event", id="no JSON"),
        pytest.param('{"id": "one"}', "'lang'", id="no language"),
        pytest.param('["one"]', r"events\.jsonl:1", id="no object"),
        pytest.param(
            '{"id": "../one", "lang": "es", "kind": "mixed", "grade": "gold"}',
            "cannot be called",
            id="a path for a name",
        ),
        pytest.param(
            '{"id": "gone", "lang": "es", "kind": "mixed", "grade": "gold"}', "cannot be read", id="files that are gone"
        ),
    ],
)
def test_an_event_that_cannot_be_read_is_named(line: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "events.jsonl").write_text(line + "\n")
    with pytest.raises(InputError, match=message):
        amts_replay(tmp_path)
