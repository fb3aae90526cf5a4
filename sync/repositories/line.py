"""Which release of the English a fork was made from, by the English that it has of its chapters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sync.errors import InputError, UsageError
from sync.repositories.follow import releases_of
from sync.repositories.paths import ORIGIN_SUFFIX, STATE_FOLDER, SUFFIX
from sync.state import load_state

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sync.repositories.repository import Repository
    from sync.repositories.revisions import File

MOST: Final = 60
"""Releases that are looked at, the newest first."""


def release_made_from(source: Repository, fork: Repository, commit: str) -> str | None:
    """The name of the release whose chapters most of the fork's were made from; the newer of two that fit as well.

    Nothing where the English has no release, or the fork says of no chapter what it was made from.
    """
    blobs = _blobs(fork, fork.files(commit))
    best: tuple[int, str] = (0, "")
    for name, its in releases_of(source.tags())[:MOST] if blobs else ():
        files = source.files(its)
        fits = sum(path in files and files[path].blob == blob for path, blob in blobs.items())
        best = max(best, (fits, name), key=lambda one: one[0])
    return best[1] or None


def _blobs(fork: Repository, files: Mapping[str, File]) -> dict[str, str]:
    """Path of each chapter, and the blob of the English that it was made from, as the fork says."""
    beside = {
        path.removesuffix(ORIGIN_SUFFIX) + SUFFIX: file.blob
        for path, file in files.items()
        if path.endswith(ORIGIN_SUFFIX)
    }
    recorded = {
        path.removeprefix(f"{STATE_FOLDER}/").removesuffix(".json") + SUFFIX: _recorded(fork, file)
        for path, file in files.items()
        if path.startswith(f"{STATE_FOLDER}/")
    }
    return beside | {path: blob for path, blob in recorded.items() if blob}


def _recorded(fork: Repository, file: File) -> str:
    try:
        return load_state(fork.text(file), file.path).blob
    except (InputError, UsageError):  # what cannot be read says nothing; who needs it will say so
        return ""
