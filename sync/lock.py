"""One run at a time in one place: a lock that the system lets go of when a run ends, killed or not."""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from sync.errors import RepositoryError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def only_run(place: Path, name: str) -> Iterator[None]:
    """Hold the lock of a place. ``name`` is what the place is called before people.

    Raises:
        RepositoryError: another run holds it, or the lock cannot be made.
    """
    lock = FileLock(place, timeout=0)
    try:
        with lock:
            try:
                yield
            finally:
                place.unlink(missing_ok=True)  # a lock that somebody waits for is taken anew once it is gone
    except Timeout as error:
        message = f"{name}: another run of AMTS is at work there. Wait until it has ended, then run again."
        raise RepositoryError(message) from error


def lock_of_repository(folder: Path) -> Path:
    """The lock of a repository, among git's own files (``folder``), where no clone or commit takes it along."""
    return folder / "amts.lock"


def lock_of_folder(folder: Path) -> Path:
    """The lock of a folder for results, which shall hold nothing but results."""
    name = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"amts-{name}.lock"
