"""How well a translation fits one English version or another, by what is the same in every language. Pure.

Code, formulas, roles, links, labels, pictures, numbers and the shape of the sections are compared where versions
differ from each other; what all of them have says nothing, and neither does what only the translation has.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from alignment.markdown import D2L, parse, spans
from alignment.model import Kind, Mark
from alignment.tokens import TokenKind, formula, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.markdown import Profile
    from alignment.model import Block

Feature = tuple[str, str]
"""Kind and text of something that is the same in every language."""

Fingerprint = Counter[Feature]

NONE: Final[Fingerprint] = Counter()
"""Of a text that says nothing."""

QUOTED: Final = re.compile(r"(\"\"\"|''')(?:.|\n)*?\1|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|(?:#|//)[^\n]*")
SPACE: Final = re.compile(r"\s+")
FIRM: Final = {"code": 1.0, "math": 1.0, "mark": 1.0, "line": 1.0, "picture": 1.0, "slide": 1.0}
"""What a difference in one feature of a kind is worth; every other kind is worth ``SOFT``."""
SOFT: Final = 0.5


def fingerprint(text: str, profile: Profile = D2L) -> Fingerprint:
    """The features of a text in any language, each as often as it has it. Comments and strings of code do not count."""
    return Counter(feature for block in parse(text, profile).blocks for feature in _features(block, profile))


def _features(block: Block, profile: Profile) -> Iterator[Feature]:
    match block.kind:
        case Kind.CODE:
            yield from (("code", line) for line in _code_lines(block.text))
        case Kind.MATH:
            yield "math", formula(block.text.replace("$", ""))
        case Kind.DIRECTIVE | Kind.TAB:
            yield "line", SPACE.sub("", block.text)
        case Kind.IMAGE | Kind.TABLE | Kind.PARAGRAPH | Kind.ITEM | Kind.HEADING:
            yield "shape", f"{block.kind}{block.level or ''}"
            yield from _inline(block.content, profile)


def _code_lines(cell: str) -> Iterator[str]:
    bare = QUOTED.sub(lambda found: '""' if found[0][0] in "\"'" else "", cell)
    for line in bare.splitlines():
        folded = SPACE.sub("", line)
        if folded and not folded.startswith(("```", "~~~")):
            yield folded


def _inline(text: str, profile: Profile) -> Iterator[Feature]:
    for token in tokenize(text, profile):
        if token.kind is TokenKind.MARK:
            yield "mark", SPACE.sub("", token.text)
        elif token.kind is TokenKind.NUMBER:
            yield "number", token.text
    for _, _, placeholder in spans(text, profile):
        if placeholder.mark is Mark.SLIDE and placeholder.opens:
            yield "slide", placeholder.text


def votes(target: Fingerprint, one: Fingerprint, other: Fingerprint) -> tuple[float, float]:
    """How much of what two English versions differ in speaks for each of them."""
    mine = theirs = 0.0
    for feature in (one - other) | (other - one):
        low, high = sorted((one[feature], other[feature]))
        has = min(max(target[feature], low), high)
        weight = FIRM.get(feature[0], SOFT)
        mine += weight * (high - low - abs(has - one[feature]))
        theirs += weight * (high - low - abs(has - other[feature]))
    return mine, theirs


def distances(target: Fingerprint, versions: Sequence[Fingerprint]) -> tuple[float, ...]:
    """How far a translation is from each of some English versions, in the features that not all of them share."""
    found = [0.0] * len(versions)
    for feature in set().union(*versions):
        counts = [version[feature] for version in versions]
        low, high = min(counts), max(counts)
        has = min(max(target[feature], low), high)
        for number, count in enumerate(counts if low < high else ()):
            found[number] += FIRM.get(feature[0], SOFT) * abs(has - count)
    return tuple(found)


def coverage(target: Fingerprint, version: Fingerprint) -> float:
    """Share of the firm features of an English version that a translation has; 0 where there are none."""
    firm = Counter({feature: count for feature, count in version.items() if feature[0] in FIRM})
    return (firm & target).total() / firm.total() if firm else 0.0
