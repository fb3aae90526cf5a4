"""``amts setup`` looks at a fork and writes what it needs, over nothing that is there."""

from __future__ import annotations

import io
import json
import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import pytest

from bot.cli import setup
from bot.cli.console import Console
from bot.onboarding.attributes import with_generated
from bot.onboarding.language import named
from bot.onboarding.workflow import own_time, shipped_editions, write_workflow, written_edition
from sync.config import load_config
from sync.errors import UsageError
from tests.support.forks import ADDRESS, NAME, make_bare_fork, make_english, make_fork, merge
from tests.support.repositories import branches, commit, git, read, snapshot

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT.parent / "shared/data/fixtures"
WORKFLOW = ".github/workflows/amts.yml"


@pytest.fixture
def english(tmp_path: Path) -> Path:
    return make_english(tmp_path / "clouds-en")


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    return make_fork(tmp_path / "clouds-es")


def amts_setup(fork: Path, *arguments: str | Path) -> str:
    parser = ArgumentParser()
    setup.configure(parser)
    out = io.StringIO()
    given = ["--target", str(fork), *map(str, arguments)]
    assert setup.run(parser.parse_args(given), Console(out, io.StringIO(), {})) == 0
    return out.getvalue()


def seen(fork: Path, *arguments: str | Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(amts_setup(fork, *arguments, "--dry-run", "--json"))
    return found


# What it sees


def test_what_a_fork_says_of_itself_is_believed(fork: Path, english: Path) -> None:
    found = seen(fork, "--source", english)
    assert found["name"] == NAME
    assert found["choices"]["lang"] == "es"
    assert found["choices"]["source"] == ADDRESS
    assert found["glossary"] == "TERMINOLOGY.md"
    assert found["chapters"]["english"] == 3
    assert found["chapters"]["translated"] == 2
    assert found["chapters"]["beside"] == 2
    assert found["chapters"]["behind"] == 0


def test_a_fork_that_says_nothing_is_recognised_by_its_chapters(tmp_path: Path, english: Path) -> None:
    found = seen(make_bare_fork(tmp_path / "fork"), "--source", english)
    assert found["choices"]["lang"] == "es"
    assert found["chapters"]["fitted"] == 2
    assert load_config(found["contents"][".amts.yml"]).lang == "es"


def test_where_the_english_is_must_be_said_by_somebody(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--source"):
        seen(make_bare_fork(tmp_path / "fork"))


def test_a_language_that_nothing_tells_is_asked_for(tmp_path: Path, english: Path) -> None:
    fork = make_bare_fork(tmp_path / "fork")
    commit(fork, {"sky/rain.md": "# ?\n", "sky/snow.md": "# ?\n"})
    with pytest.raises(UsageError, match="--lang"):
        seen(fork, "--source", english)
    assert seen(fork, "--source", english, "--lang", "sw")["choices"]["lang"] == "sw"


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        ("x/d2l-tr", "tr"),
        ("x/d2l-pt-br", "pt-BR"),
        ("x/d2l-en", ""),
        ("tr/book", ""),
        ("d2l_zh_TW", "zh-TW"),
        ("a", ""),
    ],
)
def test_a_name_may_say_the_language(name: str, lang: str) -> None:
    assert named(name) == lang


def test_chapters_made_from_a_release_follow_releases(fork: Path, english: Path) -> None:
    git(english, "tag", "v1.0.0")
    commit(english, {"sky/rain.md": "# Rain\n\nAll new.\n"})
    found = seen(fork, "--source", english)
    assert load_config(found["contents"][".amts.yml"]).follow == "release"
    assert found["chapters"]["behind"] == 0


def test_chapters_made_from_newer_english_than_any_release_follow_every_change(fork: Path, english: Path) -> None:
    first = git(english, "rev-parse", "HEAD")
    commit(english, {"sky/rain.md": "# Rain\n\nAll new.\n"})
    git(english, "tag", "v1.0.0")
    commit(english, {"sky/rain.md": read(english, first, "sky/rain.md") + "\n"})
    assert "follow" not in seen(fork, "--source", english)["contents"][".amts.yml"]


# What it writes


def test_a_dry_run_shows_everything_and_writes_nothing(fork: Path, english: Path) -> None:
    before = snapshot(fork)
    text = amts_setup(fork, "--source", english, "--dry-run")
    assert "+ .github/workflows/amts.yml" in text
    assert "  | .amts/** linguist-generated" in text
    assert "Next:\n  1. " in text
    assert "\n  3. Actions → AMTS → Run workflow" in text
    assert snapshot(fork) == before


def test_a_branch_has_the_three_files_and_a_second_run_changes_nothing(fork: Path, english: Path) -> None:
    amts_setup(fork, "--source", english, "--publish", "branch")
    first = branches(fork)
    amts_setup(fork, "--source", english, "--publish", "branch")
    assert branches(fork) == first
    assert git(fork, "diff", "--name-only", "main", "amts/setup").split() == [
        ".amts.yml",
        ".gitattributes",
        WORKFLOW,
    ]
    merge(fork, "amts/setup")
    before = snapshot(fork)
    again = json.loads(amts_setup(fork, "--source", english, "--publish", "branch", "--json"))
    assert again["files"] == []
    assert again["steps"][0] == "All files are there."
    assert again["left"] == [WORKFLOW, ".amts.yml", ".gitattributes"]
    assert snapshot(fork) == before


def test_a_folder_gets_the_files(fork: Path, english: Path, tmp_path: Path) -> None:
    amts_setup(fork, "--source", english, "--output", tmp_path / "out")
    assert (tmp_path / "out" / WORKFLOW).read_text() == write_workflow("local", NAME)


def test_the_configuration_says_only_what_nothing_else_says(fork: Path, english: Path) -> None:
    text = seen(fork, "--source", english)["contents"][".amts.yml"]
    assert [line for line in text.splitlines() if not line.startswith("#")] == ["version: 1"]
    assert "source (config.ini [translation] origin_repo)" in text
    other = seen(fork, "--source", english, "--lang", "es-MX")["contents"][".amts.yml"]
    assert load_config(other).lang == "es-MX"


def test_an_english_that_is_only_on_this_machine_is_left_to_fill_in(tmp_path: Path, english: Path) -> None:
    git(english, "remote", "remove", "origin")
    found = seen(make_bare_fork(tmp_path / "fork"), "--source", english)
    assert str(tmp_path) not in found["contents"][".amts.yml"]
    assert load_config(found["contents"][".amts.yml"]).source == ""
    assert "put the address of the English into .amts.yml" in found["steps"][0]


def test_a_password_in_an_address_is_written_nowhere(tmp_path: Path, english: Path) -> None:
    git(english, "remote", "set-url", "origin", "https://me:hunter2@example.org/clouds-en.git")
    found = seen(make_bare_fork(tmp_path / "fork"), "--source", english)
    assert found["choices"]["source"] == "https://example.org/clouds-en"
    assert "hunter2" not in json.dumps(found)


def test_amazon_gets_its_workflow_its_limits_and_the_names_of_its_variables(fork: Path, english: Path) -> None:
    found = seen(fork, "--source", english, "--engine", "amazon")
    config = load_config(found["contents"][".amts.yml"])
    assert config.engine == "amazon"
    assert set(config.amazon) == {"max-usd-run", "max-usd-month"}
    assert "id-token: write" in found["contents"][WORKFLOW]
    assert "AMTS_ROLE" in " ".join(found["needs"])


def test_the_action_is_called_as_asked(fork: Path, english: Path) -> None:
    found = seen(fork, "--source", english, "--action", "someone/amts@v1")
    assert "AMTS_OWNER" not in found["contents"][WORKFLOW]
    assert "AMTS_OWNER" not in found["steps"][0]
    assert "replace AMTS_OWNER" in seen(fork, "--source", english)["steps"][0]
    with pytest.raises(UsageError, match="--action"):
        seen(fork, "--source", english, "--action", "x/amts@v1\n      - run: id")


# What is there already


def test_files_of_the_fork_stay_as_they_are(tmp_path: Path, english: Path) -> None:
    fork = make_fork(tmp_path / "clouds-es", __amts__yml="# ours\nlang: es\n", __gitattributes="*.png binary")
    commit(fork, {".github/workflows/keep.yml": "on: push\njobs:\n  a:\n    steps:\n      - uses: me/amts@v1\n"})
    found = seen(fork, "--source", english)
    assert found["contents"] == {
        ".gitattributes": "*.png binary\n.amts/** linguist-generated\n*_origin.md linguist-generated\n"
    }
    assert found["left"] == [".github/workflows/keep.yml", ".amts.yml"]


def test_what_a_configuration_of_the_fork_lacks_is_a_step_for_people(tmp_path: Path, english: Path) -> None:
    fork = make_bare_fork(tmp_path / "fork")
    commit(fork, {".amts.yml": "version: 1\n"})
    step = seen(fork, "--source", english)["steps"][0]
    assert f"`amts config set source {ADDRESS}`" in step
    assert "`amts config set lang es`" in step


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ".amts/** linguist-generated\n*_origin.md linguist-generated\n"),
        ("*.md text", "*.md text\n.amts/** linguist-generated\n*_origin.md linguist-generated\n"),
        ("a b\r\n", "a b\r\n.amts/** linguist-generated\r\n*_origin.md linguist-generated\r\n"),
        (".amts/** text linguist-generated=true\n*_origin.md -linguist-generated\n", None),
        ("# *_origin.md linguist-generated\n.amts/** linguist-generated\n", "+*_origin.md linguist-generated\n"),
    ],
)
def test_attributes_get_the_lines_that_they_lack_and_lose_none(text: str, wanted: str | None) -> None:
    expected = text if wanted is None else text + wanted[1:] if wanted.startswith("+") else wanted
    found = with_generated(text, keeps_english=True)
    assert found == expected
    assert with_generated(found, keeps_english=True) == found


def test_a_fork_without_english_beside_its_chapters_has_no_line_for_it() -> None:
    assert with_generated("", keeps_english=False) == ".amts/** linguist-generated\n"


# The workflow


@pytest.mark.parametrize("name", ["pull.yml", "pull-amazon.yml"])
def test_the_package_has_the_workflows_that_are_documented(name: str) -> None:
    documented, packaged = ROOT / "docs/workflows" / name, ROOT / "bot/onboarding/workflows" / name
    assert packaged.read_text("utf-8") == documented.read_text("utf-8"), f"cp {documented} {packaged}"


def test_a_workflow_is_the_shipped_one_at_a_time_of_its_own() -> None:
    def body(text: str) -> list[str]:
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        return [line for line in lines if "cron" not in line]

    shipped = (ROOT / "docs/workflows/pull.yml").read_text("utf-8")
    made = write_workflow("local", NAME)
    assert body(made) == body(shipped)
    assert len(re.findall(r"- cron: \"\d+ \d+ \* \* [0-6]\" #", made)) == 1


def test_repositories_have_times_of_their_own_that_stay() -> None:
    times = {own_time(f"x/d2l-{number}") for number in range(300)}
    assert len(times) > 280
    assert all(0 < time.minute < 60 for time in times)
    assert {time.weekday for time in times} == set(range(7))
    assert own_time("X/d2l-1") == own_time("x/D2L-1")


def test_the_second_time_of_a_week_is_two_days_later() -> None:
    first, second = re.findall(r'cron: "(\d+ \d+) \* \* (\d)"', write_workflow("amazon", NAME))
    assert first[0] == second[0]
    assert (int(first[1]) + 2) % 7 == int(second[1])


def test_a_workflow_is_of_its_edition_whatever_people_change() -> None:
    made = write_workflow("amazon", NAME)
    assert written_edition(made) in shipped_editions()
    assert written_edition(made.replace("timeout-minutes: 90", "timeout-minutes: 30")) in shipped_editions()
    copied = (ROOT / "docs/workflows/pull.yml").read_text("utf-8").replace("AMTS_OWNER", "me")
    assert written_edition(copied) in shipped_editions()
    assert written_edition(copied.replace("issues: write", "issues: read")) not in shipped_editions()


# Real forks


@pytest.mark.parametrize("lang", ["zh", "tr"])
def test_real_forks_are_set_up(lang: str) -> None:
    place = FIXTURES / lang
    if not place.is_dir():
        pytest.skip(f"{place} is not here: the set-up of a real fork is not tried.")
    found = seen(place / "fork.bundle", "--source", place / "en.bundle")
    assert found["choices"]["lang"] == lang
    assert found["chapters"]["translated"] == found["chapters"]["english"] == 12
    assert set(found["contents"]) == {WORKFLOW, ".amts.yml", ".gitattributes"}
