"""The files by which GitHub's runner tells a run what happened, and is told what came of it."""

from __future__ import annotations

import json
import re
import secrets as random
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.runner.redaction import redact
from bot.sizing import in_bytes, shortened
from sync.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PAYLOAD: Final = 32 * 1024 * 1024
"""Bytes of an event; GitHub sends at most 25 MB."""
SUMMARY: Final = 1024 * 1024
"""Bytes of the summary of one step. GitHub shows none of a longer one."""
OUTPUT: Final = 400_000
"""Characters of one output. GitHub takes 1 MB for a job, in UTF-16."""

_NAME = re.compile(r"[a-z][a-z0-9-]*")


def read_payload(path: str) -> dict[str, Any]:
    """The payload of the event. Raises ``InputError`` if the file is not one of GitHub's."""
    try:
        if Path(path).stat().st_size > PAYLOAD:
            raise InputError(_no_event(path, f"it has more than {PAYLOAD:,} bytes"))
        payload = json.loads(Path(path).read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(_no_event(path, str(error))) from error
    if not isinstance(payload, dict):
        raise InputError(_no_event(path, "it holds no object"))
    return payload


def _no_event(path: str, reason: str) -> str:
    return f"{path} is no event of GitHub: {reason}. GITHUB_EVENT_PATH must name the file that the runner wrote."


def _draw() -> str:
    return random.token_hex(16)


def write_outputs(
    path: str,
    outputs: Mapping[str, str | int | bool],
    *,
    secrets: Sequence[str] = (),
    draw: Callable[[], str] = _draw,
) -> None:
    """Adds outputs of the step, which later steps and jobs read; nothing if ``path`` is empty.

    ``draw`` gives words that nobody can guess. Raises ``ValueError`` for a name that is none, or for a value that is
    longer than GitHub takes.
    """
    entries = [_entry(name, redact(_value(value), secrets), draw) for name, value in outputs.items()]
    _append(path, "".join(entries))


def _value(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _entry(name: str, value: str, draw: Callable[[], str]) -> str:
    """A value between two lines that are in it nowhere, so that no text can become a second output."""
    if not _NAME.fullmatch(name) or len(value) > OUTPUT:
        message = f"An output has a name of letters and hyphens, and at most {OUTPUT:,} characters: {name[:60]}"
        raise ValueError(message)
    end = next(word for word in iter(draw, "") if word not in value)
    return f"{name}<<{end}\n{value}\n{end}\n"


def write_summary(path: str, text: str, *, rest: str, secrets: Sequence[str] = ()) -> None:
    """Adds Markdown to the summary of the step, cut at a row where it is too long; ``rest`` says where all of it is."""
    if path:
        room = SUMMARY - (Path(path).stat().st_size if Path(path).exists() else 0)
        _append(path, shortened(redact(text, secrets) + "\n", room, rest=rest, measure=in_bytes))


def _append(path: str, text: str) -> None:
    if path:
        with Path(path).open("ab") as file:
            file.write(text.encode("utf-8", "replace"))
