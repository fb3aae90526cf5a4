"""Every reference to a section, figure, table or equation finds its label somewhere in the book."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sync.checks.anchors import ROLES, Anchor
from sync.checks.book.passages import ALL, Sort

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.checks.book.passages import Passage

NAME: Final = "labels"
WAITING_COUNTS: Final = True
"""A label in a comment comes with the translation of its section: the reference is right, and not yet a link."""
FROM_ELSEWHERE: Final = False
"""Nothing but a chapter has labels."""

LABELS: Final = "|".join(re.escape(name) for name, anchor in ROLES.items() if anchor is Anchor.LABEL)
REFERENCES: Final = "|".join(
    re.escape(name) for name, anchor in ROLES.items() if anchor is Anchor.REFERENCE and name != "doc"
)
LABEL: Final = re.compile(
    rf"(?m):(?:{LABELS}):`([^`\n]+)|^[ \t]*\(([^()\s]+)\)=[ \t\r]*$|^[ \t]*:(?:label|name):[ \t]*([^\s`]+)[ \t\r]*$"
    r"|\$\$[ \t]*\(([^()\s]+)\)[ \t\r]*$"
)
REFERENCE: Final = re.compile(rf":(?:{REFERENCES}):`([^`]+)`|\{{(?:{REFERENCES})\}}`([^`]+)`")
ANGLED: Final = re.compile(r"(?s).*<([^<>]+)>\s*")


def show(key: str) -> str:
    return f"refer to `{key}`"


def define(passage: Passage) -> Iterator[tuple[str, str]]:
    """The labels set in a passage. Their case does not matter to those who look for them."""
    if passage.sort is not Sort.CODE:
        for match in LABEL.finditer(passage.text):
            yield next(filter(None, match.groups())).strip().lower(), ALL


def use(passage: Passage) -> Iterator[tuple[str, int, str]]:
    """The labels that are referred to."""
    if passage.sort is Sort.PROSE:
        for match in REFERENCE.finditer(passage.text):
            argument = match[1] or match[2]
            angled = ANGLED.fullmatch(argument)
            yield (angled[1] if angled else argument).strip().lower(), match.start(), ALL
