"""What differs between two commits, as the API tells it; and rebasing."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.github_server.bare import GitFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.github_server.bare import Bare
    from tests.support.github_server.model import User

WORDS = {"A": "added", "D": "removed", "M": "modified", "T": "changed", "R": "renamed", "C": "copied"}
EMPTY = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """One file of a comparison."""

    path: str
    status: str
    blob: str
    additions: int
    deletions: int
    previous: str | None = None
    patch: str | None = None


def changes(bare: Bare, base: str, head: str) -> list[FileChange]:
    """Changed files in the order of git, looked up once; ``base`` may be the empty tree."""
    return bare.once(("changes", base, head), lambda: list(_changes(bare, base, head)))


def _changes(bare: Bare, base: str, head: str) -> Iterator[FileChange]:
    options = ("-r", "-z", "-M", "--no-ext-diff", "--full-index")
    words = bare.git("diff-tree", *options, "--raw", base, head).split("\0")
    counted = counts(bare.git("diff-tree", *options, "--numstat", base, head))
    patches = hunks(bare.git("diff-tree", "-r", "-M", "--no-ext-diff", "-p", base, head))
    while len(words) > 1:
        _, _, old, new, letter = words.pop(0).split(" ")
        first = words.pop(0)
        path = words.pop(0) if letter[0] in "RC" else first
        added, gone = counted.get(path, (0, 0))
        yield FileChange(
            path=path,
            status=WORDS[letter[0]],
            blob=old if letter == "D" else new,
            additions=added,
            deletions=gone,
            previous=first if letter[0] in "RC" else None,
            patch=patches.pop(0) if patches else None,
        )


def counts(listing: str) -> dict[str, tuple[int, int]]:
    """Path → lines added and taken away, of ``--numstat -z``."""
    words = listing.split("\0")
    found = {}
    while len(words) > 1:
        added, gone, path = words.pop(0).split("\t")
        if not path:
            words.pop(0)
            path = words.pop(0)
        found[path] = (0, 0) if added == "-" else (int(added), int(gone))
    return found


def hunks(text: str) -> list[str | None]:
    """What stands from the first ``@@`` on, file by file."""
    files = ("\n" + text).split("\ndiff --git ")[1:]
    return ["@@" + one.split("\n@@", 1)[1] if "\n@@" in one else None for one in files]


def rebased(bare: Bare, base: str, head: str, user: User) -> str | None:
    """The tip of the commits of ``head`` put on top of ``base``, or ``None`` for a conflict."""
    env = {"GIT_COMMITTER_NAME": user.login, "GIT_COMMITTER_EMAIL": user.email}
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder) / "tree")
        bare.git("worktree", "add", "--quiet", "--detach", place, head)
        try:
            bare.git("-C", place, "rebase", "--quiet", base, env=env)
            return bare.git("-C", place, "rev-parse", "HEAD")
        except GitFailed:
            return None
        finally:
            bare.git("worktree", "remove", "--force", place)
