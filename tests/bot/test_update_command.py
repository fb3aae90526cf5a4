"""``amts update``: one file or many brought up to new English; what goes wrong with one stops no other."""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli import options, update
from bot.cli.console import Console
from sync.errors import InputError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

OLD = "# Tea\n\nTea is hot. Milk is cold.\n\nSee :numref:`fig_1`.\n"
NEW = "# Tea\n\nTea is hot. Milk is white.\n\nSee :numref:`fig_2`.\n"
TARGET = "# 茶\n\n茶是热的。奶是凉的。\n\n参见 :numref:`fig_1`。\n"
RESULT = TARGET.replace("fig_1", "fig_2")
BETTER = RESULT.replace("凉", "白")


@dataclass
class Desk:
    """A folder with a chapter in its three texts, and the command run in it."""

    folder: Path

    def __post_init__(self) -> None:
        for name, text in {"old.md": OLD, "new.md": NEW, "zh.md": TARGET}.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def read(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def amts_update(self, *arguments: object) -> tuple[int, str]:
        """Exit code, and what was printed."""
        parser, out = ArgumentParser(), io.StringIO()
        update.configure(parser)
        code = update.run(parser.parse_args([str(word) for word in arguments]), Console(out, io.StringIO(), {}))
        return code, out.getvalue()

    def job(self, name: str = "one", **changed: Any) -> dict[str, Any]:
        paths = {"en_old": "old.md", "en_new": "new.md", "tgt_old": "zh.md", "out": f"{name}.out.md"}
        return {"id": name, "lang": "zh", **paths, **changed}

    def batch(self, *jobs: object, options: tuple[object, ...] = ()) -> tuple[int, list[dict[str, Any]]]:
        """Exit code and result lines. A job may be given as the text of its line."""
        lines = [job if isinstance(job, str) else json.dumps(job) for job in jobs]
        code, out = self.amts_update("--batch", self.write("jobs.jsonl", "\n".join(lines) + "\n"), *options)
        return code, [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path)


def test_one_file_is_brought_up_to_date_and_people_read_what_is_pending(desk: Desk) -> None:
    code, out = desk.amts_update("old.md", "new.md", "zh.md", "--lang", "zh", "-o", "out/zh.md")
    assert code == 0
    assert desk.read("out/zh.md") == RESULT
    assert desk.read("zh.md") == TARGET
    first, second = out.splitlines()
    assert first.startswith("zh.md: delivered; segments: 1 carried, 0 drafted, 1 pending, ")
    assert second == "  pending (English line 3): Milk is white."


def test_the_result_may_take_the_place_of_the_translation(desk: Desk) -> None:
    assert desk.amts_update("old.md", "new.md", "zh.md", "--lang", "zh", "-o", "zh.md")[0] == 0
    assert desk.read("zh.md") == RESULT


def test_english_that_did_not_change_changes_nothing(desk: Desk) -> None:
    code, out = desk.amts_update("old.md", "old.md", "zh.md", "--lang", "zh", "-o", "out.md", "--json")
    assert (code, desk.read("out.md"), json.loads(out)["status"]) == (0, TARGET, "unchanged")


def test_programs_get_one_object_with_the_counts(desk: Desk) -> None:
    _, out = desk.amts_update("old.md", "new.md", "zh.md", "--lang", "zh", "-o", "out.md", "--json")
    row = json.loads(out)
    assert row.pop("kept") > 0
    assert row == {
        "id": "zh.md",
        "status": "delivered",
        "carried": 1,
        "drafted": 0,
        "pending": 1,
        "characters": len("Milk is white."),
        "diagnostics": [],
    }


def test_memory_and_engine_make_a_difference(desk: Desk) -> None:
    desk.write("book/zh/drinks/milk.md", "奶是白的。\n")
    desk.write("book/zh/drinks/milk.en.md", "Milk is white.\n")
    single = ("old.md", "new.md", "zh.md", "--lang", "zh", "-o", "out.md", "--memory", "book")
    texts = []
    for more in ((), ("--engine", "echo")):
        desk.amts_update(*single, *more)
        texts.append(desk.read("out.md"))
    assert texts == [BETTER, RESULT]


WRONG_ARGUMENTS = {
    "nothing": (),
    "a file too few": ("old.md", "new.md", "--lang", "zh", "-o", "out.md"),
    "no language": ("old.md", "new.md", "zh.md", "-o", "out.md"),
    "no place for the result": ("old.md", "new.md", "zh.md", "--lang", "zh"),
    "files and a batch": ("old.md", "--batch", "jobs.jsonl"),
    "a language and a batch": ("--lang", "zh", "--batch", "jobs.jsonl"),
}


@pytest.mark.parametrize("arguments", WRONG_ARGUMENTS.values(), ids=WRONG_ARGUMENTS)
def test_wrong_arguments_are_refused_before_anything_is_done(arguments: tuple[str, ...], desk: Desk) -> None:
    with pytest.raises(UsageError, match=r"update (needs|takes either)"):
        desk.amts_update(*arguments)


def test_a_file_that_cannot_be_read_is_named(desk: Desk) -> None:
    with pytest.raises(InputError, match=r"gone\.md: cannot be read"):
        desk.amts_update("old.md", "gone.md", "zh.md", "--lang", "zh", "-o", "out.md")


# --- batches ------------------------------------------------------------------------------------------------------


def test_a_batch_gives_one_line_and_one_file_for_each_job(desk: Desk) -> None:
    code, rows = desk.batch(desk.job("one"), desk.job("two", en_new="old.md"))
    assert code == 0
    assert [(row["id"], row["status"], row["carried"], row["pending"]) for row in rows] == [
        ("one", "delivered", 1, 1),
        ("two", "unchanged", 0, 0),
    ]
    assert (desk.read("one.out.md"), desk.read("two.out.md")) == (RESULT, TARGET)


def test_empty_lines_other_keys_and_a_byte_order_mark_do_no_harm(desk: Desk) -> None:
    code, rows = desk.batch("\ufeff", "", json.dumps(desk.job(note="a\u2028b"), ensure_ascii=False), " \r")
    assert (code, len(rows)) == (0, 1)
    assert desk.batch() == (0, [])


def test_a_job_that_fails_stops_no_other_and_leaves_the_translation_as_it_was(desk: Desk) -> None:
    desk.write("latin.md", "x").write_bytes(b"caf\xe9\n")
    code, rows = desk.batch(
        desk.job("no English", en_new="gone.md"),
        desk.job("no UTF-8", en_old="latin.md"),
        desk.job("no translation", tgt_old="gone.md"),
        desk.job("no place", out="zh.md/out.md"),
        desk.job("good"),
    )
    assert code == 7
    assert [(row["id"], row["status"]) for row in rows] == [
        ("no English", "failed"),
        ("no UTF-8", "failed"),
        ("no translation", "failed"),
        ("no place", "failed"),
        ("good", "delivered"),
    ]
    reasons = [row["diagnostics"][0] for row in rows[:4]]
    assert {(one["rule"], one["severity"]) for one in reasons} == {("failed", "error")}
    assert [one["message"].partition(":")[0] for one in reasons] == ["gone.md", "latin.md", "gone.md", "zh.md/out.md"]
    assert (desk.read("no English.out.md"), desk.read("no UTF-8.out.md")) == (TARGET, TARGET)
    assert not (desk.folder / "no translation.out.md").exists()
    assert desk.read("good.out.md") == RESULT


BAD_LINES: dict[str, tuple[Any, str]] = {
    "not JSON": ("{", "not JSON"),
    "no object": ("[1]", "needs id, lang, en_old, en_new, tgt_old, out as text"),
    "a key that is missing": ({"out": None}, "needs out as text"),
    "a key that is no text": ({"lang": 5}, "needs lang as text"),
    "a key without a value": ({"en_new": ""}, "needs en_new as text"),
    "withheld folders as text": ({"withhold": "tea"}, '"withhold" must be a list'),
    "withheld folders that are none": ({"withhold": [1]}, '"withhold" must be a list'),
    "an id for the second time": ({"id": "good"}, "id 'good' is that of line 1"),
    "an output for the second time": ({"out": "good.out.md"}, r"out 'good\.out\.md' is that of line 1"),
}


@pytest.mark.parametrize(("line", "message"), BAD_LINES.values(), ids=BAD_LINES)
def test_a_line_that_is_no_job_is_named_before_the_first_job_begins(line: Any, message: str, desk: Desk) -> None:
    job = desk.job("bad", **line) if isinstance(line, dict) else line
    with pytest.raises(UsageError, match=rf"jobs\.jsonl:2: .*{message}"):
        desk.batch(desk.job("good"), job)
    assert not (desk.folder / "good.out.md").exists()


def test_a_withheld_chapter_is_not_seen_by_the_jobs_that_withhold_it(desk: Desk) -> None:
    desk.write("book/zh/drinks/milk.md", "奶是白的。\n")
    desk.write("book/zh/drinks/milk.en.md", "Milk is white.\n")
    jobs = [desk.job("all"), desk.job("none", withhold=["chapter_drinks"]), desk.job("other", withhold=["food"])]
    code, rows = desk.batch(*jobs, options=("--memory", "book"))
    assert code == 0
    assert {row["id"]: row["drafted"] for row in rows} == {"all": 1, "none": 0, "other": 1}
    assert desk.read("none.out.md") == RESULT


def test_jobs_that_share_an_engine_are_done_one_after_another(desk: Desk) -> None:
    jobs = [desk.job(str(number), lang="zh" if number % 2 else "ja") for number in range(4)]
    assert [row["id"] for row in desk.batch(*jobs)[1]] == ["0", "2", "1", "3"]


def test_a_memory_that_cannot_be_read_ends_the_run_at_once(desk: Desk) -> None:
    with pytest.raises(InputError, match="there is no such file or folder"):
        desk.batch(desk.job(), options=("--memory", "gone"))
    assert not (desk.folder / "one.out.md").exists()


def test_what_one_job_taught_no_other_job_knows(desk: Desk) -> None:
    desk.write("teacher.md", OLD + "\nMilk is white.\n")
    desk.write("teacher.zh.md", TARGET + "\n奶是白的。\n")
    teacher = desk.job("teacher", en_old="teacher.md", tgt_old="teacher.zh.md")
    _, rows = desk.batch(teacher, desk.job("pupil"))
    assert [row["drafted"] for row in rows] == [1, 0]


def test_options_written_out_for_speed_are_those_that_there_are() -> None:
    from alignment.markdown import PROFILES
    from sync.engines import ENGINES

    assert set(options.PROFILES) == set(PROFILES)
    assert set(options.ENGINES) == set(ENGINES)


def test_a_batch_of_many_languages_goes_on_where_the_memory_lacks_one(desk: Desk) -> None:
    desk.write("book/tr/drinks/milk.md", "Süt beyazdır.\n")
    desk.write("book/tr/drinks/milk.en.md", "Milk is white.\n")
    code, (row,) = desk.batch(desk.job(), options=("--memory", "book"))
    assert (code, row["status"]) == (0, "delivered")
    with pytest.raises(InputError, match="nothing for zh"):
        desk.amts_update("old.md", "new.md", "zh.md", "--lang", "zh", "-o", "out.md", "--memory", "book")
