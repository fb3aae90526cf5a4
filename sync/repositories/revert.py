"""Undoes the last update of a chapter, and nothing that people did to it since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sync.errors import InputError, RepositoryError
from sync.merge.diff3 import merge_words
from sync.repositories.paths import origin_path, state_path
from sync.repositories.revisions import FileChange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sync.repositories.repository import Repository
    from sync.repositories.revisions import Commit, File


@dataclass(frozen=True, slots=True, kw_only=True)
class Revert:
    """What the fork shall hold for one chapter again."""

    path: str
    update: Commit
    """The commit that brought the last update into the fork."""
    files: tuple[FileChange, ...]
    later: bool = False
    """People changed the chapter since; their changes stay."""


def plan_revert(fork: Repository, path: str, revision: str = "") -> Revert:
    """The chapter, its English and its state as they were before the last update, with what people did since.

    The last update is the newest commit that changed the state of the chapter: that survives squashing and rebasing.

    Raises:
        InputError: there is none, or people changed the same words since.
        RepositoryError: the revision does not exist, or the history is cut off before the update.
    """
    now = fork.resolve(revision)
    update = _last_update(fork, now, path)
    sides = [fork.files(commit) for commit in (_before(fork, update), update.id, now.id)]
    changes = [_undo(fork, name, sides) for name in (path, origin_path(path), state_path(path))]
    later = sides[1].get(path) != sides[2].get(path)
    return Revert(path=path, update=update, files=tuple(one for one in changes if one), later=later)


def _last_update(fork: Repository, now: Commit, path: str) -> Commit:
    versions = fork.versions(now.id, [state_path(path)]).get(state_path(path), ())
    if not versions or state_path(path) not in fork.files(now.id):
        message = f"{path}: no update of it is in {fork.location}. `git log -- {path}` has what became of it otherwise."
        raise InputError(message)
    return fork.resolve(versions[0].commit)


def _before(fork: Repository, update: Commit) -> str:
    parent = fork.find(f"{update.id}^")
    if not parent:
        message = (
            f"{fork.location}: the history ends at the update {update.short}. Fetch all of it: git fetch --unshallow."
        )
        raise RepositoryError(message)
    return parent


def _undo(fork: Repository, path: str, sides: list[dict[str, File]]) -> FileChange | None:
    before, update, now = (_text(fork, files, path) for files in sides)
    if before == update:
        return None
    if update == now:
        return FileChange(path, before)
    merged = None
    if before is not None and update is not None and now is not None:
        merged = merge_words(update, before, now)
    if merged is None:
        message = (
            f"{path}: people changed the same words after the update, and their text stays. "
            "Undo by hand what is not wanted, in the diff of the update."
        )
        raise InputError(message)
    return FileChange(path, merged)


def _text(fork: Repository, files: Mapping[str, File], path: str) -> str | None:
    return fork.text(files[path]) if path in files else None
