"""Chapters as files of one's own: read whole or not at all, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from sync.errors import InputError


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, every line ending and byte order mark as it is.

    Raises:
        InputError: the file is not there, not readable, or not UTF-8 (with the offset of the first wrong byte).
    """
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"{path}: not UTF-8 at byte {error.start}. Convert the file to UTF-8 and try again."
        raise InputError(message) from error
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror})."
        raise InputError(message) from error


def write_text(path: Path, text: str) -> None:
    """Write a file so that at every moment it is either as it was or complete. Folders are made as needed.

    Raises:
        InputError: the file cannot be written there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            file.write(text.encode("utf-8"))
        Path(file.name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        os.replace(file.name, path)  # noqa: PTH105 - both are names in one folder
    except OSError as error:
        message = f"{path}: cannot be written ({error.strerror})."
        raise InputError(message) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
