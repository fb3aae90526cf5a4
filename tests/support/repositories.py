"""Real git repositories for tests: everything that could differ between two machines is pinned."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PERSON = ("Ada", "ada@example.org")
DATE = "2024-01-02T03:04:05+00:00"


def git(folder: Path, *arguments: str, stdin: str = "", person: tuple[str, str] = PERSON) -> str:
    """Standard output of a git command run in ``folder``, without its last line end."""
    roles = ("AUTHOR", "COMMITTER")
    pinned = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "LC_ALL": "C",
        **{f"GIT_{role}_NAME": person[0] for role in roles},
        **{f"GIT_{role}_EMAIL": person[1] for role in roles},
        **{f"GIT_{role}_DATE": DATE for role in roles},
    }
    done = subprocess.run(
        ["git", "-c", "init.defaultBranch=main", *arguments],
        cwd=folder,
        env={**os.environ, **pinned},
        input=stdin.encode("utf-8"),
        capture_output=True,
        check=True,
    )
    return done.stdout.decode("utf-8").removesuffix("\n")


def make_repository(folder: Path, *revisions: Mapping[str, str | bytes | None]) -> Path:
    """A repository in ``folder`` with one commit for each of ``revisions``; returns the folder."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet")
    for number, files in enumerate(revisions, start=1):
        commit(folder, files, f"revision {number}")
    return folder


def commit(
    folder: Path, files: Mapping[str, str | bytes | None], message: str = "a revision", person: tuple[str, str] = PERSON
) -> str:
    """Commit files (``None`` removes one) on the branch that is checked out; returns the id of the commit."""
    for path, content in files.items():
        place = folder / path
        if content is None:
            place.unlink()
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", message, person=person)
    return git(folder, "rev-parse", "HEAD")


def bundle(folder: Path, place: Path) -> Path:
    """All of a repository in one file."""
    git(folder, "bundle", "create", "--quiet", str(place), "--all", "HEAD")
    return place


def snapshot(folder: Path) -> dict[str, object]:
    """All that a program which only adds a branch must leave alone: files, index, HEAD, and every branch."""
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }
    return {
        "files": files,
        "index": git(folder, "ls-files", "--stage"),
        "status": git(folder, "status", "--porcelain"),
        "head": (folder / ".git" / "HEAD").read_text(),
        "branches": branches(folder),
    }


def branches(folder: Path) -> dict[str, str]:
    """Name of each branch → id of its tip."""
    listing = git(folder, "for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads")
    return dict(line.split(" ") for line in listing.splitlines())


def read(folder: Path, revision: str, path: str) -> str:
    """A file at a revision."""
    return git(folder, "show", f"{revision}:{path}")
