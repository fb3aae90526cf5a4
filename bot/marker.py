"""What a pull request, a comment or an issue says to AMTS and not to its readers: JSON in a comment of HTML. Pure.

What people wrote cannot be taken for it, since ``bot.quoting`` leaves no ``<!--`` in anything of theirs. Who edits our
texts can write one, so what is read is a claim: believe it only in texts whose author is ourselves, and look in git.
"""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MARK: Final = "<!-- amts:"
"""How each begins."""
AT_MOST: Final = 8_000
"""Characters of what is encoded: a part of what GitHub takes that leaves the rest to people."""

_NAME: Final = "[a-z][a-z-]{0,40}"
_MARKER = re.compile(rf"{MARK}({_NAME}) ([A-Za-z0-9+/]{{2,{AT_MOST}}}={{0,2}}) -->")


def marker(name: str, content: Mapping[str, Any]) -> str:
    """The content, which JSON can say, as one line that nobody sees. Raises ``ValueError`` if it is too much."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    encoded = base64.b64encode(text.encode()).decode()
    line = f"{MARK}{name} {encoded} -->"
    if not _MARKER.fullmatch(line):
        message = f"A marker has a short name and at most {AT_MOST:,} characters: {name[:60]}, {len(encoded):,}"
        raise ValueError(message)
    return line


def read_marker(body: str, name: str) -> dict[str, Any] | None:
    """The content of the last marker of that name which can be read; ``None`` if there is none."""
    for found in reversed(_MARKER.findall(body)):
        content = _decoded(found[1]) if found[0] == name else None
        if content is not None:
            return content
    return None


def _decoded(encoded: str) -> dict[str, Any] | None:
    try:
        content = json.loads(base64.b64decode(encoded, validate=True))
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None
