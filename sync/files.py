"""Chapters as files of one's own: read whole or not at all, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from sync.errors import InputError


def read_bytes(path: Path) -> bytes:
    """What is in a file.

    Raises:
        InputError: the file is not there or not readable.
    """
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        message = f"{path}: cannot be read ({_reason(error)}). Check the path and who may read it."
        raise InputError(message) from error


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, every line ending and byte order mark as it is.

    Raises:
        InputError: the file is not there, not readable, or not UTF-8 (with the offset of the first wrong byte).
    """
    try:
        return read_bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"{path}: not UTF-8 at byte {error.start}. Convert the file to UTF-8 and try again."
        raise InputError(message) from error


def write_text(path: Path, text: str) -> None:
    """Write a file so that at every moment it is either as it was or complete. Folders are made as needed.

    A file that was there keeps its permissions; a symbolic link is replaced, not followed.

    Raises:
        InputError: the file cannot be written there, or has characters that UTF-8 has not.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        message = f"{path}: cannot be written ({error.reason}). Its text is damaged."
        raise InputError(message) from error
    write_bytes(path, data)


def write_bytes(path: Path, data: bytes) -> None:
    """The same for what is no text."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except (OSError, ValueError) as error:
        message = f"{path}: cannot be written ({_reason(error)}). Check the path and who may write there."
        raise InputError(message) from error


def _replace(path: Path, data: bytes) -> None:
    with NamedTemporaryFile(dir=path.parent, prefix=".amts-", delete=False) as file:
        draft = Path(file.name)
        try:
            file.write(data)
            file.close()
            draft.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
