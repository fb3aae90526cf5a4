"""Real repositories are read in every form they come in, and written without touching what a person works on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from sync.errors import InputError, RepositoryError
from sync.repositories.branches import write_branch
from sync.repositories.paths import is_chapter, selects, unsafe
from sync.repositories.repository import open_repository
from sync.repositories.revisions import FileChange
from tests.support.repositories import branches, bundle, commit, git, make_repository, read, snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from sync.repositories.revisions import Written

BRANCH = "amts/sync-12345678"


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "fork", {"a.md": "one\n", "b/c.md": "café\n"}, {"a.md": "two\n"})


def write(fork: Path, *changes: tuple[str, str | None], branch: str = BRANCH, base: str = "") -> Written:
    with open_repository(str(fork)) as repository:
        files = [FileChange(path, text) for path, text in changes]
        start = repository.resolve(base).id
        return write_branch(repository, branch, files, base=start, message="a title", source="f" * 40)


# Opening


def test_a_path_a_path_inside_a_bare_clone_a_bundle_and_a_url_give_the_same_files(fork: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(fork), "bare.git")
    locations = [fork, fork / "b", tmp_path / "bare.git", bundle(fork, tmp_path / "fork.bundle"), f"file://{fork}"]
    seen = []
    for location in locations:
        with open_repository(str(location)) as repository:
            seen.append(repository.files(repository.resolve().id))
    assert [set(files) for files in seen] == [{"a.md", "b/c.md"}] * len(locations)
    assert all(files == seen[0] for files in seen)


CLONED = """
import os, sys
from sync.repositories.repository import open_repository
with open_repository(sys.argv[1]) as repository:
    print(repository.name, repository.writable, len(os.listdir(os.environ["TMPDIR"])))
print(len(os.listdir(os.environ["TMPDIR"])))
"""


def test_a_clone_says_that_it_cannot_be_written_and_is_gone_afterwards(fork: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    place = bundle(fork, tmp_path / "fork.bundle")
    environment = {**os.environ, "TMPDIR": str(scratch)}
    output = subprocess.check_output([sys.executable, "-c", CLONED, str(place)], env=environment, text=True)
    assert output.split() == ["fork", "False", "1", "0"]


@pytest.mark.parametrize(
    ("location", "complaint"),
    [
        ("", "is not a repository"),
        ("--upload-pack=touch pwned", "is not a repository"),
        ("ext::sh -c touch% pwned", "run programs"),
        ("nowhere", "no git repository there"),
        ("https://name:secret@127.0.0.1:1/x.git", "cannot be fetched"),
    ],
)
def test_a_location_that_is_none_is_refused_without_its_password(location: str, complaint: str, tmp_path: Path) -> None:
    place = str(tmp_path / location) if location == "nowhere" else location
    with pytest.raises(RepositoryError, match=complaint) as caught, open_repository(place):
        pass
    assert "secret" not in str(caught.value)


def test_a_bundle_that_is_not_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.bundle").write_text("no bundle")
    with (
        pytest.raises(RepositoryError, match=r"x\.bundle cannot be fetched"),
        open_repository(str(tmp_path / "x.bundle")),
    ):
        pass


def test_the_folders_of_a_repository_that_git_left_in_the_environment_are_not_believed(
    fork: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_repository(tmp_path / "other", {"x.md": "x\n"})
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
    with open_repository(str(fork)) as repository:
        assert set(repository.files(repository.resolve().id)) == {"a.md", "b/c.md"}


# Reading


def test_a_revision_is_resolved_by_branch_tag_and_id(fork: Path) -> None:
    git(fork, "tag", "-a", "v1", "-m", "a tag", "HEAD~1")
    with open_repository(str(fork)) as repository:
        tip, first = repository.resolve(), repository.resolve("v1")
        assert repository.resolve("main") == tip
        assert repository.resolve(tip.id[:10]) == tip
        assert (first.subject, first.date) == ("revision 1", "2024-01-02T03:04:05+00:00")


def test_a_revision_that_is_not_there_is_answered_with_those_that_are(fork: Path) -> None:
    git(fork, "tag", "v1")
    with open_repository(str(fork)) as repository, pytest.raises(RepositoryError, match=r"no revision 'v9'.*main.*v1"):
        repository.resolve("v9")


@pytest.mark.parametrize("revision", ["--output=pwned", "--all", "main..main", "-"])
def test_a_revision_is_never_an_option(fork: Path, revision: str) -> None:
    with open_repository(str(fork)) as repository, pytest.raises(RepositoryError, match="no revision"):
        repository.resolve(revision)
    assert not list(fork.rglob("pwned"))


def test_a_repository_without_a_commit_says_so(tmp_path: Path) -> None:
    empty = make_repository(tmp_path / "empty")
    with open_repository(str(empty)) as repository, pytest.raises(RepositoryError, match="none, it is empty"):
        repository.resolve()


def test_a_bundle_of_one_branch_needs_no_head(fork: Path, tmp_path: Path) -> None:
    git(fork, "branch", "-m", "trunk")
    git(fork, "bundle", "create", "--quiet", str(tmp_path / "x.bundle"), "trunk")
    with open_repository(str(tmp_path / "x.bundle")) as repository:
        assert repository.resolve().subject == "revision 2"


@pytest.mark.parametrize("text", ["", "\ufeffa\r\nb", "no end", "\u00a0\n\n\n", "漢字\n"])
def test_a_text_is_read_character_for_character(tmp_path: Path, text: str) -> None:
    folder = make_repository(tmp_path / "x", {"a.md": text.encode()})
    with open_repository(str(folder)) as repository:
        assert repository.text(repository.files(repository.resolve().id)["a.md"]) == text


def test_a_text_that_is_not_utf_8_is_refused_with_its_place_and_others_are_read_on(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "x", {"a.md": b"abc\xff\n", "b.md": "fine\n"})
    with open_repository(str(folder)) as repository:
        files = repository.files(repository.resolve().id)
        with pytest.raises(InputError, match=r"a\.md: not UTF-8 at byte 3"):
            repository.text(files["a.md"])
        assert repository.text(files["b.md"]) == "fine\n"


def test_the_versions_of_a_path_are_found_on_every_side_of_a_merge(fork: Path) -> None:
    git(fork, "switch", "--quiet", "-c", "side", "HEAD~1")
    side = commit(fork, {"a.md": "aside\n"}, "side")
    git(fork, "switch", "--quiet", "main")
    git(fork, "merge", "--quiet", "-s", "ours", "-m", "merge", "side")
    with open_repository(str(fork)) as repository:
        tip = repository.resolve().id
        versions = repository.versions(tip, ["a.md", "absent.md"])["a.md"]
        texts = {git(fork, "cat-file", "blob", version.blob): version.commit for version in versions}
    assert set(texts) == {"one", "two", "aside"}
    assert texts["aside"] == side


@pytest.mark.parametrize(
    "path",
    [
        "../a.md",
        "/a.md",
        "a//b.md",
        "./a.md",
        ".git/config.md",
        "a/.GIT/b.md",
        "a/.git /b.md",
        "GIT~1/b.md",
        "a\nb.md",
        "a\\b.md",
        "C:/a.md",
        "x" * 256 + ".md",
    ],
)
def test_a_path_that_leads_elsewhere_is_unsafe(path: str) -> None:
    assert unsafe(path)


@pytest.mark.parametrize("path", ["a.md", "a/b c.md", "$(id).md", "--upload-pack=x.md", "目录/章.md", "a/.github/b.md"])
def test_a_path_that_is_only_odd_is_safe(path: str) -> None:
    assert not unsafe(path)


@pytest.mark.parametrize(
    ("globs", "path", "selected"),
    [
        ((), "chapter_x/y.md", True),
        ((), "index.md", True),
        ((), "README.md", False),
        ((), "docs/STYLE_GUIDE.md", False),
        ((), ".github/issue.md", False),
        (("README.md",), "README.md", True),
        (("chapter_x",), "chapter_x/y/z.md", True),
        (("chapter_*/y.md",), "chapter_x/y.md", True),
        (("chapter_x",), "chapter_xy/z.md", False),
    ],
)
def test_globs_select_paths_and_folders_and_by_default_the_book(
    globs: tuple[str, ...], path: str, selected: bool
) -> None:
    assert selects(globs, path) is selected


def test_the_english_beside_a_translation_is_no_chapter() -> None:
    assert [path for path in ("a.md", "a_origin.md", "a.txt") if is_chapter(path)] == ["a.md"]


# Writing


def test_one_commit_changes_adds_and_removes_files_and_nothing_else_moves(fork: Path) -> None:
    (fork / "a.md").write_text("work in progress\n")
    (fork / "b" / "c.md").write_text("staged\n")
    git(fork, "add", "b/c.md")
    before = snapshot(fork)
    written = write(fork, ("a.md", "neu\n"), ("new/deep.md", "x\n"), ("b/c.md", None))
    after = snapshot(fork)
    assert after["branches"] == {**branches(fork), BRANCH: written.commit}
    assert {**after, "branches": before["branches"]} == before
    assert git(fork, "ls-tree", "-r", "--name-only", BRANCH).splitlines() == ["a.md", "new/deep.md"]
    assert read(fork, BRANCH, "a.md") == "neu"
    assert git(fork, "rev-parse", f"{BRANCH}^") == git(fork, "rev-parse", "main")
    assert git(fork, "log", "-1", "--format=%ce %(trailers:key=AMTS-Source,valueonly)", BRANCH).split() == [
        "amts@noreply.invalid",
        "f" * 40,
    ]


def test_a_bare_repository_can_be_written(fork: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(fork), "bare.git")
    assert write(tmp_path / "bare.git", ("a.md", "neu\n")).commit == branches(tmp_path / "bare.git")[BRANCH]


def test_the_same_result_again_makes_no_commit(fork: Path) -> None:
    first, again = write(fork, ("a.md", "neu\n")), write(fork, ("a.md", "neu\n"))
    assert first.new
    assert (again.new, again.commit) == (False, first.commit)


def test_a_result_that_the_fork_has_already_makes_no_branch(fork: Path) -> None:
    assert write(fork, ("a.md", "two\n")) == write(fork, ("a.md", "two\n"))
    assert set(branches(fork)) == {"main"}


def test_another_result_is_added_to_our_branch(fork: Path) -> None:
    first, second = write(fork, ("a.md", "neu\n")), write(fork, ("a.md", "neuer\n"))
    assert git(fork, "rev-parse", f"{second.commit}^") == first.commit


def test_our_branch_takes_in_what_the_fork_got_meanwhile(fork: Path) -> None:
    first = write(fork, ("a.md", "neu\n"))
    main = commit(fork, {"d.md": "d\n"})
    second = write(fork, ("a.md", "neu\n"))
    assert git(fork, "rev-parse", f"{second.commit}^1", f"{second.commit}^2").split() == [first.commit, main]
    assert git(fork, "ls-tree", "-r", "--name-only", BRANCH).splitlines() == ["a.md", "b/c.md", "d.md"]


def test_a_branch_that_was_merged_starts_again_from_the_fork(fork: Path) -> None:
    write(fork, ("a.md", "neu\n"))
    git(fork, "merge", "--quiet", "--no-ff", "-m", "merged", BRANCH)
    written = write(fork, ("a.md", "neuer\n"))
    assert git(fork, "rev-parse", f"{written.commit}^") == git(fork, "rev-parse", "main")


def test_a_branch_with_a_commit_of_somebody_else_is_left_alone(fork: Path) -> None:
    write(fork, ("a.md", "neu\n"))
    git(fork, "switch", "--quiet", BRANCH)
    theirs = commit(fork, {"a.md": "besser\n"}, "polish", person=("Bo", "bo@example.org"))
    git(fork, "switch", "--quiet", "main")
    with pytest.raises(RepositoryError, match=r"not ours: .* 'polish' by Bo\.\n.*git branch -m"):
        write(fork, ("a.md", "neuer\n"))
    assert branches(fork)[BRANCH] == theirs


def test_a_branch_that_is_checked_out_is_left_alone(fork: Path, tmp_path: Path) -> None:
    first = write(fork, ("a.md", "neu\n"))
    git(fork, "worktree", "add", "--quiet", str(tmp_path / "beside"), BRANCH)
    with pytest.raises(RepositoryError, match="is checked out"):
        write(fork, ("a.md", "neuer\n"))
    assert branches(fork)[BRANCH] == first.commit


def test_a_branch_that_somebody_holds_is_not_moved(fork: Path) -> None:
    lock = fork / ".git" / "refs" / "heads" / f"{BRANCH}.lock"
    lock.parent.mkdir(parents=True)
    lock.touch()
    before = snapshot(fork)
    with pytest.raises(RepositoryError, match=f"Branch {BRANCH} was not moved; run again"):
        write(fork, ("a.md", "neu\n"))
    assert snapshot(fork) == before


@pytest.mark.parametrize("branch", ["--force", "a..b", "a b", "x.lock", ""])
def test_a_name_that_no_branch_can_have_is_refused(fork: Path, branch: str) -> None:
    with pytest.raises(RepositoryError, match="cannot be the name of a branch"):
        write(fork, ("a.md", "neu\n"), branch=branch)


@pytest.mark.parametrize("path", ["../out.md", "/out.md", ".git/hooks/post-commit.md", "link.md", "folder/out.md"])
def test_an_unsafe_path_is_never_written(fork: Path, path: str) -> None:
    (fork / "link.md").symlink_to("a.md")
    (fork / "folder").symlink_to("b")
    commit(fork, {})
    before = snapshot(fork)
    with pytest.raises(RepositoryError):
        write(fork, (path, "x\n"))
    assert snapshot(fork) == before


def test_the_mode_of_a_file_stays(fork: Path) -> None:
    (fork / "a.md").chmod(0o755)
    commit(fork, {})
    write(fork, ("a.md", "neu\n"), ("n.md", "n\n"))
    lines = git(fork, "ls-tree", "--format=%(path) %(objectmode)", BRANCH).splitlines()
    modes = {path: mode for path, mode in (line.split(" ") for line in lines)}
    assert (modes["a.md"], modes["n.md"]) == ("100755", "100644")


def test_names_from_strangers_reach_no_shell_and_no_option(fork: Path) -> None:
    names = ["$(touch pwned).md", "--output=pwned.md", "a](javascript:x).md", "; touch pwned;.md", "é ü.md"]
    write(fork, *((name, "x\n") for name in names))
    listed = git(fork, "ls-tree", "-z", "--name-only", BRANCH).split("\0")
    assert set(names) <= set(listed)
    assert not [path for path in fork.rglob("pwned*") if path.name == "pwned"]


def test_hooks_and_filters_of_the_repository_do_not_run(fork: Path) -> None:
    hook = fork / ".git" / "hooks" / "reference-transaction"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ntouch pwned\n")
    hook.chmod(0o755)
    git(fork, "config", "filter.evil.clean", "touch pwned; cat")
    git(fork, "config", "core.fsmonitor", "touch pwned")
    commit(fork, {".gitattributes": "*.md filter=evil\n"})
    for pwned in fork.rglob("pwned"):
        pwned.unlink()
    write(fork, ("a.md", "neu\n"))
    assert read(fork, BRANCH, "a.md") == "neu"
    assert not list(fork.rglob("pwned"))


KILLED = """
import sys
from sync.repositories.branches import write_branch
from sync.repositories.repository import open_repository
from sync.repositories.revisions import FileChange
with open_repository(sys.argv[1]) as repository:
    base = repository.resolve().id
    print("ready", flush=True)
    files = [FileChange(f"n{number}.md", "x" * number) for number in range(50)]
    write_branch(repository, "amts/sync-12345678", files, base=base, message="t", source="f")
"""


@pytest.mark.parametrize("delay", [0.0, 0.01, 0.02, 0.04, 0.08])
def test_a_kill_leaves_the_repository_as_it_was_or_with_the_whole_branch(fork: Path, delay: float) -> None:
    before = snapshot(fork)
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(fork)], stdout=subprocess.PIPE, start_new_session=True
    )
    assert process.stdout is not None
    with process.stdout:
        process.stdout.readline()
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    after = snapshot(fork)
    written = after["branches"] != before["branches"]
    assert {**after, "branches": before["branches"]} == before
    assert not written or len(git(fork, "ls-tree", "--name-only", BRANCH).splitlines()) == 52
    assert git(fork, "fsck", "--strict", "--no-dangling") == ""


# Tags


def test_tags_are_listed_with_their_commits_newest_version_first(fork: Path) -> None:
    first, tip = git(fork, "rev-parse", "HEAD~1"), git(fork, "rev-parse", "HEAD")
    git(fork, "tag", "v0.9.0", "HEAD~1")
    git(fork, "tag", "-a", "v0.10.0", "-m", "a release", "HEAD")
    git(fork, "tag", "v0.10.0-beta1", "HEAD~1")
    git(fork, "tag", "a-file", "HEAD:a.md")
    with open_repository(str(fork)) as repository:
        assert repository.tags() == (("v0.10.0", tip), ("v0.10.0-beta1", first), ("v0.9.0", first))


def test_a_repository_may_have_no_tags(fork: Path) -> None:
    with open_repository(str(fork)) as repository:
        assert repository.tags() == ()
