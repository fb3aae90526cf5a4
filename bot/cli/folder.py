"""Writes the result of a run into a folder of its own, which is never half something else's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bot.records import TOOL
from sync.errors import UsageError
from sync.files import write_bytes, write_text
from sync.repositories.paths import unsafe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sync.repositories.revisions import FileChange

RESULT: Final = "result.json"
BODY: Final = "pull-request.md"


def check_folder(folder: Path) -> None:
    """Refuse a folder that holds anything but the result of an earlier run.

    Raises:
        UsageError: it does, or it is no folder.
    """
    if folder.exists() and not folder.is_dir():
        message = f"{folder}: a file, not a folder. Name another with --output."
        raise UsageError(message)
    if folder.is_dir() and any(folder.iterdir()) and _earlier(folder) is None:
        message = f"{folder}: has other content, which is not touched. Name an empty or a new folder with --output."
        raise UsageError(message)


def write_folder(folder: Path, files: Sequence[FileChange], fields: Mapping[str, Any], body: str) -> None:
    """Write files at their paths below ``folder``, with the two reports beside them.

    What an earlier run wrote and this one does not is removed. A run that is killed leaves each file whole, and the
    folder recognisable as ours, so that the next run can finish.
    """
    check_folder(folder)
    stale = set((_earlier(folder) or {}).get("files", ())) - {file.path for file in files}
    owned = sorted(stale | {file.path for file in files})
    _write_result(folder, {**fields, "complete": False, "files": owned})
    for path in sorted(stale):
        _remove(folder, path)
    for file in files:
        if file.content is not None:
            write_bytes(_place(folder, file.path), file.content)
    write_text(folder / BODY, body)
    _write_result(folder, {**fields, "complete": True})


def _write_result(folder: Path, fields: Mapping[str, Any]) -> None:
    write_text(folder / RESULT, json.dumps(fields, ensure_ascii=False, indent=1) + "\n")


def _earlier(folder: Path) -> dict[str, Any] | None:
    """The result of an earlier run in a folder, or nothing."""
    try:
        found = json.loads((folder / RESULT).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and found.get("tool") == TOOL else None


def _remove(folder: Path, path: str) -> None:
    place = _place(folder, path)
    place.unlink(missing_ok=True)
    for parent in place.parents:
        if parent == folder or not parent.is_dir() or any(parent.iterdir()):
            return
        parent.rmdir()


def _place(folder: Path, path: str) -> Path:
    """Where a path of the repository is below a folder: inside it, whatever links somebody put there."""
    place = folder / path
    if unsafe(path) or not place.resolve().is_relative_to(folder.resolve()):
        message = f"{path!r} is not written: it leads out of {folder}."
        raise UsageError(message)
    return place
