"""``amts sync`` on real repositories: what it writes, what it leaves alone, and how it ends."""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli import sync
from bot.cli.console import Console
from bot.cli.settings import read_glossary, read_settings
from sync.errors import (
    AmtsError,
    BaselineNotFound,
    BudgetError,
    RepositoryError,
    UsageError,
)
from sync.repositories.repository import open_repository
from tests.support.repositories import branches, bundle, commit, git, make_repository, read, snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

CATS = """\
# Cats
:label:`sec_cats`

A cat sat on the mat.
Cats like fish.

Dogs are not cats.
"""
CATS_NEW = CATS.replace("Cats like fish.", "[**Cats like fish.**]") + "\nA bird came by and sang all day.\n"
GATOS = """\
# Gatos
:label:`sec_cats`

Un gato se sentó en la alfombra. A los gatos les gusta el pescado.

Los perros no son gatos.
"""
DOGS, PERROS = "# Dogs\n\nA dog ran.\n", "# Perros\n\nUn perro corrió.\n"

FIXTURES = Path(__file__).parents[2].parent / "shared" / "data" / "fixtures"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return make_repository(
        tmp_path / "english",
        {"c/cats.md": CATS, "c/dogs.md": DOGS},
        {"c/cats.md": CATS_NEW, "c/fish.md": "# Fish\n"},
    )


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return make_repository(
        tmp_path / "fork",
        {"c/cats.md": GATOS, "c/cats_origin.md": CATS, "c/dogs.md": PERROS, "c/dogs_origin.md": DOGS},
    )


def amts_sync(*arguments: str | Path) -> str:
    """What the command prints; raises what it ends with if that is an error."""
    parser = ArgumentParser()
    sync.configure(parser)
    out = io.StringIO()
    assert sync.run(parser.parse_args([str(argument) for argument in arguments]), Console(out, io.StringIO(), {})) == 0
    return out.getvalue()


def base(source: Path, target: Path) -> Sequence[str | Path]:
    return ("--source", source, "--target", target, "--lang", "es")


def result(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "result.json").read_text("utf-8"))
    return found


def written(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


# Into a folder


def test_a_folder_gets_the_changed_files_at_their_paths_and_two_reports(
    source: Path, target: Path, tmp_path: Path
) -> None:
    before = snapshot(target)
    printed = amts_sync(*base(source, target), "--output", tmp_path / "out")
    assert written(tmp_path / "out") == {
        "c/cats.md",
        "c/cats_origin.md",
        ".amts/state/c/cats.json",
        "pull-request.md",
        "result.json",
    }
    translation = (tmp_path / "out" / "c" / "cats.md").read_text("utf-8")
    assert "Un gato se sentó en la alfombra. [**A los gatos les gusta el pescado.**]" in translation
    assert "<!-- amts:pending" in translation
    assert (tmp_path / "out" / "c" / "cats_origin.md").read_text("utf-8") == CATS_NEW
    assert "3 chapters declared = 1 delivered + 1 unchanged + 0 failed + 1 skipped" in printed
    assert "skipped 1: no translation yet (c/fish.md)" in printed
    assert snapshot(target) == before


def test_the_result_accounts_for_every_chapter_and_every_character(source: Path, target: Path, tmp_path: Path) -> None:
    amts_sync(*base(source, target), "--output", tmp_path / "out")
    found = result(tmp_path / "out")
    assert found["declared"] == found["delivered"] + found["unchanged"] + found["failed"] + found["skipped"] == 3
    assert found["complete"] is True
    assert found["source"]["commit"] == git(source, "rev-parse", "HEAD")
    cats = next(chapter for chapter in found["chapters"] if chapter["id"] == "c/cats.md")
    assert (cats["baseline"]["commit"], cats["baseline"]["how"]) == (git(source, "rev-parse", "HEAD~1"), "origin")
    assert 0.8 <= cats["baseline"]["confidence"] <= 1
    assert (cats["status"], cats["carried"], cats["pending"]) == ("delivered", 1, 1)
    assert found["cost"]["characters"] == cats["characters"] == len("A bird came by and sang all day.")
    assert found["pull_request"]["branch"] == f"amts/sync-{found['source']['commit'][:8]}"


def test_with_json_the_same_is_printed_and_nothing_else(source: Path, target: Path, tmp_path: Path) -> None:
    printed = json.loads(amts_sync(*base(source, target), "--output", tmp_path / "out", "--json"))
    assert printed["chapters"] == result(tmp_path / "out")["chapters"]


def test_a_later_run_replaces_what_an_earlier_one_wrote(source: Path, target: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    amts_sync(*base(source, target), "--output", out)
    commit(target, {"c/cats_origin.md": CATS_NEW})
    commit(source, {"c/dogs.md": "# Dogs\n\nA dog ran off.\n"})
    amts_sync(*base(source, target), "--output", out)
    assert written(out) == {
        "c/dogs_origin.md",
        ".amts/state/c/dogs.json",
        "pull-request.md",
        "result.json",
    } | ({"c/dogs.md"} & written(out))


def test_the_same_run_again_writes_the_same_bytes(source: Path, target: Path, tmp_path: Path) -> None:
    for out in ("one", "two"):
        amts_sync(*base(source, target), "--output", tmp_path / out)
    for path in written(tmp_path / "one") - {"result.json"}:
        assert (tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes()


@pytest.mark.parametrize("name", ["notes.txt", "result.json"])
def test_a_folder_with_other_content_is_refused_before_any_work(
    source: Path, target: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text("{}")
    with pytest.raises(UsageError, match="has other content"):
        amts_sync(*base(source, target), "--output", tmp_path)
    assert (tmp_path / name).read_text() == "{}"


def test_a_link_in_the_folder_leads_nothing_out_of_it(source: Path, target: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    amts_sync(*base(source, target), "--output", out)
    (tmp_path / "elsewhere").mkdir()
    for path in (out / "c").iterdir():
        path.unlink()
    (out / "c").rmdir()
    (out / "c").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="leads out of"):
        amts_sync(*base(source, target), "--output", out)
    assert not list((tmp_path / "elsewhere").iterdir())


# Onto a branch


def test_a_branch_gets_one_commit_and_a_second_run_makes_none(source: Path, target: Path) -> None:
    before = snapshot(target)
    amts_sync(*base(source, target), "--publish", "branch")
    [branch] = set(branches(target)) - {"main"}
    tip = branches(target)[branch]
    assert branch == f"amts/sync-{git(source, 'rev-parse', 'HEAD')[:8]}"
    assert "[**A los gatos les gusta el pescado.**]" in read(target, branch, "c/cats.md")
    assert git(target, "log", "--format=%s", f"main..{branch}").startswith(
        "[amts:es] c/cats.md: 2 segments from english@"
    )
    assert "as it was already" in amts_sync(*base(source, target), "--publish", "branch")
    assert branches(target)[branch] == tip
    assert {**snapshot(target), "branches": before["branches"]} == before


def test_after_the_branch_is_merged_there_is_nothing_to_do(source: Path, target: Path, tmp_path: Path) -> None:
    amts_sync(*base(source, target), "--publish", "branch")
    git(target, "merge", "--quiet", "--ff-only", (set(branches(target)) - {"main"}).pop())
    git(target, "branch", "-D", (set(branches(target)) - {"main"}).pop())
    printed = amts_sync(*base(source, target), "--publish", "branch", "--output", tmp_path / "out")
    assert "No branch: the fork is up to date." in printed
    assert set(branches(target)) == {"main"}
    assert written(tmp_path / "out") == {"pull-request.md", "result.json"}
    assert result(tmp_path / "out")["cost"]["characters"] == 0


def test_a_bundle_gets_no_branch_and_says_so_before_any_work(source: Path, target: Path, tmp_path: Path) -> None:
    place = bundle(target, tmp_path / "fork.bundle")
    with pytest.raises(UsageError, match=r"fork\.bundle: a URL or a bundle gets no branch"):
        amts_sync(*base(source, place), "--publish", "branch")


# Dry runs and budgets


def test_a_dry_run_says_what_it_would_cost_and_writes_nothing(source: Path, target: Path, tmp_path: Path) -> None:
    before = snapshot(target)
    printed = amts_sync(*base(source, target), "--dry-run", "--output", tmp_path / "out", "--publish", "branch")
    assert "32 characters of" in printed
    assert "to draft" in printed
    assert snapshot(target) == before
    assert not (tmp_path / "out").exists()


def test_a_budget_is_held_before_anything_is_sent(source: Path, target: Path, tmp_path: Path) -> None:
    arguments = (*base(source, target), "--output", tmp_path / "out")
    with pytest.raises(BudgetError, match="32 characters would be sent to the engine, and 31 are allowed"):
        amts_sync(*arguments, "--max-characters", "31")
    assert not (tmp_path / "out").exists()
    amts_sync(*arguments, "--max-characters", "32")
    assert result(tmp_path / "out")["delivered"] == 1


def test_a_dry_run_over_budget_shows_the_cost_and_ends_so(source: Path, target: Path) -> None:
    with pytest.raises(BudgetError, match="31 are allowed"):
        amts_sync(*base(source, target), "--dry-run", "--max-characters", "31")


# Ends


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((), UsageError, "--output DIR, --publish branch, or --dry-run"),
        (("--dry-run", "--max-characters", "-1"), UsageError, "cannot be negative"),
        (("--dry-run", "--source-ref", "v9"), RepositoryError, "no revision 'v9'"),
        (("--dry-run", "--path", "nowhere/*"), UsageError, "no chapter has such a path"),
        (("--dry-run", "--memory", "nowhere.tmx"), AmtsError, "nowhere.tmx"),
    ],
)
def test_what_cannot_be_done_is_said(
    source: Path, target: Path, arguments: tuple[str, ...], error: type[AmtsError], message: str
) -> None:
    with pytest.raises(error, match=message):
        amts_sync(*base(source, target), *arguments)


def test_a_fork_of_which_no_english_is_known_ends_with_what_to_do(source: Path, target: Path) -> None:
    gatos = GATOS.replace(":label:`sec_cats`\n", "")
    commit(target, {"c/cats.md": gatos, "c/cats_origin.md": None, "c/dogs_origin.md": None})
    with pytest.raises(BaselineNotFound, match="--baseline"):
        amts_sync(*base(source, target), "--dry-run")
    assert "1 delivered" in amts_sync(*base(source, target), "--dry-run", "--baseline", "HEAD~1")


def test_the_command_in_the_pull_request_has_no_folder_and_no_password(
    source: Path, target: Path, tmp_path: Path
) -> None:
    amts_sync(*base(source, target), "--output", tmp_path / "out")
    body = (tmp_path / "out" / "pull-request.md").read_text("utf-8")
    assert "amts sync --source english --target fork --lang es --engine local --publish branch" in body
    assert str(tmp_path) not in body


# The configuration of the fork


def test_the_fork_says_what_it_follows_and_what_it_wants(source: Path, target: Path, tmp_path: Path) -> None:
    git(source, "tag", "v1.0.0")
    commit(source, {"c/cats.md": CATS_NEW + "\nLater.\n"})
    commit(target, {".amts.yml": "follow: release\nnew-chapters: draft\nexclude: [c/dogs.md]\nengine: echo\n"})
    amts_sync(*base(source, target), "--output", tmp_path / "out")
    found = result(tmp_path / "out")
    assert found["source"]["commit"] == git(source, "rev-parse", "v1.0.0")
    assert {chapter["id"]: chapter["status"] for chapter in found["chapters"]} == {
        "c/cats.md": "delivered",
        "c/fish.md": "delivered",
    }
    assert found["engine"] == "echo"


def test_a_configuration_with_errors_stops_the_run_with_all_of_them(source: Path, target: Path) -> None:
    commit(target, {".amts.yml": "follow: 1.0\nengine: loca\n"})
    with pytest.raises(UsageError, match=r"(?s)follow.*engine"):
        amts_sync(*base(source, target), "--dry-run")


def test_a_glossary_that_is_named_must_be_there(source: Path, target: Path) -> None:
    commit(target, {".amts.yml": "terminology: words.md\n"})
    with pytest.raises(UsageError, match=r"'words\.md', which the fork does not have"):
        amts_sync(*base(source, target), "--dry-run")


@pytest.mark.parametrize("path", ["TERMINOLOGY.md", "chapter_appendix/glossary.md", "words.md"])
def test_the_glossary_of_a_fork_is_found(path: str, target: Path) -> None:
    commit(target, {path: "cat; gato\n\nfish; pez\n", ".amts.yml": f"terminology: {path}\n" if "words" in path else ""})
    with open_repository(str(target)) as fork:
        arguments = Namespace(target_ref="")
        terms = read_glossary(arguments, read_settings(arguments, fork), fork, "es")
    assert terms is not None
    assert [term.targets for term in terms.terms] == [("gato",), ("pez",)]


def test_a_fork_cannot_name_a_folder_of_this_machine_as_english(source: Path, target: Path) -> None:
    commit(target, {".amts.yml": f"source: {source}\n"})
    with pytest.raises(UsageError, match="no address of a repository"):
        amts_sync("--target", target, "--lang", "es", "--dry-run")
    commit(target, {".amts.yml": None})
    with pytest.raises(UsageError, match="Where is the English book"):
        amts_sync("--target", target, "--lang", "es", "--dry-run")


# What chapters need beside them


def test_pictures_citations_and_contents_come_with_the_chapters(source: Path, target: Path, tmp_path: Path) -> None:
    bib, index = "@book{one,\n  title = {One}\n}\n", "# Book\n\n```toc\n:maxdepth: 1\n\nc/cats\nc/dogs\n```\n"
    picture = b"\x89PNG\x00\xff"
    commit(source, {"d2l.bib": bib, "index.md": index})
    old = git(source, "rev-parse", "HEAD")
    commit(target, {"d2l.bib": bib, "index.md": index.replace("Book", "Libro"), "index_origin.md": index})
    fish = "# Fish\n\n![A fish](../img/fish.png)\n\nSee :cite:`two`.\n"
    more = "@book{two,\n  title = {Two}\n}\n"
    index = index.replace("c/dogs", "c/dogs\nc/fish\nc/birds")
    commit(source, {"c/fish.md": fish, "img/fish.png": picture, "d2l.bib": f"{bib}\n{more}", "index.md": index})
    commit(target, {".amts.yml": "new-chapters: draft\nexclude: [c/birds.md]\n"})
    assert old
    commit(source, {"c/birds.md": "# Birds\n"})
    out = tmp_path / "out"
    amts_sync(*base(source, target), "--output", out)
    assert (out / "img" / "fish.png").read_bytes() == picture
    assert more in (out / "d2l.bib").read_text("utf-8")
    contents = (out / "index.md").read_text("utf-8")
    assert "# Libro" in contents
    assert "c/dogs\nc/fish\n```" in contents


def test_what_an_unchanged_chapter_cites_stays_in_the_bibliography(source: Path, target: Path, tmp_path: Path) -> None:
    cited = {"c/dogs.md": "# Dogs\n\nA dog ran :cite:`one`.\n"}
    bib = "@book{one,\n  title = {One}\n}\n\n@book{two,\n  title = {Two}\n}\n"
    commit(source, cited | {"d2l.bib": bib, "c/cats.md": CATS})
    ours = {"c/dogs.md": "# Perros\n\nUn perro corrió :cite:`one`.\n", "c/dogs_origin.md": cited["c/dogs.md"]}
    commit(target, ours | {"d2l.bib": bib})
    commit(source, {"d2l.bib": "@book{three,\n  title = {Three}\n}\n", "c/cats.md": CATS_NEW})
    amts_sync(*base(source, target), "--output", tmp_path / "out")
    written = (tmp_path / "out" / "d2l.bib").read_text("utf-8")
    assert ("{one," in written, "{two," in written, "{three," in written) == (True, False, True)


# Several forks


def test_forks_are_done_side_by_side_each_with_a_result_of_its_own(source: Path, target: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(target), "other")
    both = ("--source", source, "--target", target, "--lang", "es", "--target", tmp_path / "other", "--lang", "pt")
    printed = amts_sync(*both, "--output", tmp_path / "out")
    amts_sync(*base(source, target), "--output", tmp_path / "alone")
    for lang in ("es", "pt"):
        assert result(tmp_path / "out" / lang)["lang"] == lang
        assert f"\n{lang}\n" in printed
    for path in written(tmp_path / "alone") - {"result.json"}:
        assert (tmp_path / "out" / "es" / path).read_bytes() == (tmp_path / "alone" / path).read_bytes()


def test_a_fork_that_fails_stops_no_other_and_the_run_ends_with_its_error(
    source: Path, target: Path, tmp_path: Path
) -> None:
    both = ("--source", source, "--target", tmp_path / "nowhere", "--lang", "pt", "--target", target, "--lang", "es")
    with pytest.raises(RepositoryError, match="nowhere"):
        amts_sync(*both, "--output", tmp_path / "out")
    assert result(tmp_path / "out" / "es")["delivered"] == 1


def test_each_fork_needs_its_language(source: Path, target: Path) -> None:
    with pytest.raises(UsageError, match="2 --target and 1 different --lang"):
        amts_sync(*base(source, target), "--target", target, "--dry-run")


# On real chapters


@pytest.mark.slow
@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the shared data is not beside the project: no real fork to sync")
@pytest.mark.parametrize(("lang", "engine"), [("zh", "local"), ("tr", "echo")])
def test_a_real_fork_is_brought_up_to_date_from_its_bundles(lang: str, engine: str, tmp_path: Path) -> None:
    folder = FIXTURES / lang
    out = tmp_path / "out"
    repositories = ("--source", folder / "en.bundle", "--target", folder / "fork.bundle")
    amts_sync(*repositories, "--lang", lang, "--output", out, "--engine", engine)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    found = result(out)
    assert (found["declared"], found["failed"], found["skipped"]) == (len(manifest["chapters"]), 0, 0)
    assert all(chapter["baseline"]["confidence"] >= 0.8 for chapter in found["chapters"])
    assert {path for path in written(out) if path.endswith("_origin.md")} == {
        chapter["path"].replace(".md", "_origin.md") for chapter in manifest["chapters"]
    }
    assert found["cost"]["share"] <= 0.3
    git(tmp_path, "clone", "--quiet", str(folder / "fork.bundle"), "fork")
    commit(tmp_path / "fork", {path: (out / path).read_bytes() for path in found["files"]})
    again = json.loads(
        amts_sync(
            "--source", folder / "en.bundle", "--target", tmp_path / "fork", "--lang", lang, "--json", "--dry-run"
        )
    )
    assert (again["unchanged"], again["files"]) == (len(manifest["chapters"]), [])


def test_chapters_that_are_not_asked_for_teach_the_engine_all_the_same(
    source: Path, target: Path, tmp_path: Path
) -> None:
    commit(source, {"c/cats.md": CATS + "\nA dog ran.\n"})
    amts_sync("--source", source, "--target", target, "--lang", "es", "--path", "c/cats.md", "--output", tmp_path / "o")
    assert (tmp_path / "o" / "c" / "cats.md").read_text("utf-8").endswith("\nUn perro corrió.\n")
