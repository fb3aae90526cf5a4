"""The folder of a demo: new or empty, or one that an earlier demo made and that a mark in it says so."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sync.errors import UsageError
from sync.files import write_text
from sync.repositories.paths import unsafe

if TYPE_CHECKING:
    from collections.abc import Sequence

TOOL: Final = "amts demo"
MARK: Final = "amts-demo.json"


def prepare(folder: Path | None, names: Sequence[str], *, keep: bool = False) -> Path:
    """The folder in which a demo may make entries called ``names``; a temporary one where none is given.

    What an earlier demo made in it is removed unless it is to be kept. The mark is written before anything else, so
    that a demo that was interrupted is known for one, too.

    Raises:
        UsageError: the folder has other content, or is no folder.
    """
    if folder is None:
        folder = Path(tempfile.mkdtemp(prefix="amts-demo-"))
    made = _read_mark(folder)
    if made is None and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"{folder}: has other content, which is not touched. Name a new or an empty folder."
        raise UsageError(message)
    for name in made or ():
        if not keep and (folder / name).exists():
            shutil.rmtree(folder / name)
    mark = {"tool": TOOL, "made": sorted({*names, *(made or () if keep else ())})}
    write_text(folder / MARK, json.dumps(mark) + "\n")
    return folder


def _read_mark(folder: Path) -> tuple[str, ...] | None:
    """What an earlier demo made in a folder; ``None`` where there was none."""
    try:
        found = json.loads((folder / MARK).read_text("utf-8"))
        names = tuple(found["made"]) if found["tool"] == TOOL else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return names if names and not any(unsafe(name) or "/" in name for name in names) else None
