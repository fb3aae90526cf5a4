"""Makes the repositories of the demo: ordinary ones, with files to look at and to edit."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Final

from sync.errors import RepositoryError
from sync.files import write_bytes, write_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.demo.sample import Revision

CONFIG: Final = {
    "core.autocrlf": "false",
    "commit.gpgSign": "false",
    "user.name": "Authors of the demo",
    "user.email": "demo@example.org",
}
"""Of each repository, so that whoever edits the book there can commit without any setting of their own."""


def create(folder: Path, revisions: Sequence[Revision]) -> None:
    """A repository in a new folder with one commit for each revision, on ``main``, every file byte for byte.

    Raises:
        RepositoryError: git is not there, or will not.
    """
    folder.mkdir(parents=True)
    _git(folder, "-c", "init.defaultBranch=main", "init", "--quiet", "--template=")
    for name, value in CONFIG.items():
        _git(folder, "config", name, value)
    write_text(folder / ".git" / "info" / "attributes", "* -text\n")
    for revision in revisions:
        _commit(folder, revision)


def _commit(folder: Path, revision: Revision) -> None:
    for file in revision.files:
        if file.removes:
            (folder / file.path).unlink()
        else:
            write_bytes(folder / file.path, file.content or b"")
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", revision.subject, date=revision.date)


def _git(folder: Path, *arguments: str, date: str = "") -> None:
    """One git command that knows nothing of the settings of this machine and of a git that may have called us."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    pinned = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date} if date else {}
    try:
        subprocess.run(["git", *arguments], cwd=folder, env=own | pinned | dates, capture_output=True, check=True)
    except FileNotFoundError as error:
        message = "There is no program called git. Install it and try again."
        raise RepositoryError(message) from error
    except subprocess.CalledProcessError as error:
        message = f"{folder}: git {arguments[0]} failed: {error.stderr.decode('utf-8', 'replace').strip()}"
        raise RepositoryError(message) from error
