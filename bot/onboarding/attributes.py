"""Lines of ``.gitattributes`` that keep generated files folded in reviews. Pure."""

from __future__ import annotations

import re
from typing import Final

ATTRIBUTES: Final = ".gitattributes"
GENERATED: Final = "linguist-generated"
OWN: Final = ".amts/**"
"""What AMTS remembers of chapters."""
ENGLISH: Final = "*_origin.md"
"""The English that is kept beside chapters."""
_SAYS = re.compile(rf"(?:^|\s)[-!]?{GENERATED}(?:=\S*)?(?:\s|$)")


def with_generated(text: str, *, keeps_english: bool) -> str:
    """The text with the lines that it lacks at its end; what is there stays byte for byte.

    A pattern of which the text says anything about being generated, also that it is not, is left as it is.
    """
    said = {line.split()[0] for line in text.splitlines() if line.strip() and _SAYS.search(line)}
    wanted = [pattern for pattern in (OWN, *([ENGLISH] if keeps_english else [])) if pattern not in said]
    end = "\r\n" if "\r\n" in text else "\n"
    gap = end if text and not text.endswith("\n") else ""
    return text + (gap if wanted else "") + "".join(f"{pattern} {GENERATED}{end}" for pattern in wanted)
