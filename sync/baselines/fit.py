"""How well a translation fits one English version or another, by what is the same in every language. Pure.

Code, formulas, roles, links, labels, pictures, numbers and the shape of the sections are compared where versions
differ from each other; what all of them have says nothing, and neither does what only the translation has. Names,
comments and strings, which some translators leave as they are, are witnesses: heard where the translation has them,
and never missed where it does not.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from alignment.markdown import D2L, parse, spans
from alignment.model import Kind, Mark
from alignment.tokens import TokenKind, formula, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alignment.markdown import Profile
    from alignment.model import Block

Feature = tuple[str, str]
"""Kind and text of something that is the same in every language."""

Fingerprint = Counter[Feature]

NONE: Final[Fingerprint] = Counter()
"""Of a text that says nothing."""

QUOTED: Final = re.compile(
    r"(?P<string>(\"\"\"|''')(?:.|\n)*?\2|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')|(?:#|//)[^\n]*"
)
SPACE: Final = re.compile(r"\s+")
CODE_TABS: Final = re.compile(r"^[ \t]*(?:#|//)[ \t]*@tab[ \t]+(.+)$", re.MULTILINE)
EDGE: Final = re.compile(r"[ \t>]*(`{3,}|~{3,}|<!--)")
"""Begins what blank lines do not end."""

FIRM: Final = frozenset({"code", "math", "mark", "line", "slide"})
"""Kinds that translators seldom change: a difference in one feature is one mark. Every other kind is worth ``SOFT``."""
SOFT: Final = 0.5
WITNESS: Final = frozenset({"name", "quoted"})
"""Kinds that some translators translate: that a translation lacks one says nothing."""
FAINT: Final = 0.25
"""What a witness is worth: names come in lists, and a list is one thing."""
REMEMBERED: Final = 20_000
"""Pieces of text whose features are kept: the versions of a chapter have nearly all of theirs in common."""


def fingerprint(text: str, profile: Profile = D2L) -> Fingerprint:
    """The features of a text in any language, each as often as it has it."""
    found: list[Feature] = []
    tab = ""
    for piece in _pieces(text):
        features, tab = _read(piece, tab, profile)
        found += features
    return Counter(found)


def _pieces(text: str) -> Iterator[str]:
    """The text, cut at the blank lines that are outside of code and comments."""
    lines: list[str] = []
    closing = ""
    for line in text.splitlines():
        if closing:
            closing = "" if closing in line else closing
        elif found := EDGE.match(line):
            closing = "-->" if found[1] == "<!--" else found[1]
            closing = "" if closing in line[found.end() :] else closing
        elif not line.strip():
            yield "\n".join(lines)
            lines = []
        lines.append(line)
    yield "\n".join(lines)


@lru_cache(maxsize=REMEMBERED)
def _read(piece: str, tab: str, profile: Profile) -> tuple[tuple[Feature, ...], str]:
    """The features of a piece that begins in a tab, or in none, and the tab in which it ends."""
    found: list[Feature] = []
    for block in parse(piece, profile).blocks:
        if block.kind is Kind.TAB:
            tab = block.tab if block.name == "begin_tab" else ""
        found += _features(block, _first(tab), profile)
    return tuple(found), tab


def _features(block: Block, tab: str, profile: Profile) -> Iterator[Feature]:
    """What is counted, not named, is counted apart for each tab, of which a translation may have its own."""
    match block.kind:
        case Kind.CODE:
            yield from _of_cell(block.text)
        case Kind.MATH:
            yield "math", formula(block.text.replace("$", ""))
        case Kind.DIRECTIVE:
            yield "line", SPACE.sub("", block.text)
        case Kind.TAB:
            yield from (("tab", name) for name in _names(block.tab))
        case Kind.IMAGE | Kind.TABLE | Kind.PARAGRAPH | Kind.ITEM | Kind.HEADING:
            yield "shape", f"{block.kind}{block.level or ''} {tab}"
            yield from _inline(block.content, profile)


def _names(tabs: str) -> list[str]:
    return [name for name in (part.strip() for part in tabs.split(",")) if name]


def _first(tabs: str) -> str:
    return next(iter(_names(tabs)), "")


def _of_cell(cell: str) -> Iterator[Feature]:
    """Lines of code without what translators may translate, and as witnesses the comments and strings."""
    tabs = CODE_TABS.search(cell)
    names = _names(tabs[1]) if tabs else []
    yield from (("tab", name) for name in names)
    for found in QUOTED.finditer(cell):
        yield "quoted", SPACE.sub("", found[0])
        if not found["string"]:
            yield "comment", next(iter(names), "")
    bare = QUOTED.sub(lambda found: '""' if found["string"] else "", cell)
    yield from (("code", line) for line in _lines(bare))


def _lines(cell: str) -> Iterator[str]:
    for line in cell.splitlines():
        folded = SPACE.sub("", line)
        if folded and not folded.startswith(("```", "~~~")):
            yield folded


def _inline(text: str, profile: Profile) -> Iterator[Feature]:
    for token in tokenize(text, profile):
        if token.kind is TokenKind.MARK:
            yield "mark", SPACE.sub("", token.text)
        elif token.kind is TokenKind.NUMBER:
            yield "number", token.text
        elif token.kind is TokenKind.WORD and (word := text[token.start : token.end]) != word.lower():
            yield "name", word
    for _, _, placeholder in spans(text, profile):
        if placeholder.mark is Mark.SLIDE and placeholder.opens:
            yield "slide", placeholder.text


def votes(target: Fingerprint, one: Fingerprint, other: Fingerprint) -> tuple[float, float]:
    """How much of what two English versions differ in speaks for each of them."""
    mine = theirs = 0.0
    for feature in _heard(target, (one, other)):
        low, high = sorted((one[feature], other[feature]))
        has = min(max(target[feature], low), high)
        weight = _worth(feature)
        mine += weight * (high - low - abs(has - one[feature]))
        theirs += weight * (high - low - abs(has - other[feature]))
    return mine, theirs


def distances(target: Fingerprint, versions: Sequence[Fingerprint]) -> tuple[float, ...]:
    """How far a translation is from each of some English versions, in the features that not all of them share."""
    found = [0.0] * len(versions)
    for feature in _heard(target, versions):
        counts = [version[feature] for version in versions]
        has = min(max(target[feature], min(counts)), max(counts))
        weight = _worth(feature)
        for number, count in enumerate(counts):
            found[number] += weight * abs(has - count)
    return tuple(found)


def _worth(feature: Feature) -> float:
    if feature[0] in FIRM:
        return 1.0
    return FAINT if feature[0] in WITNESS else SOFT


def _heard(target: Fingerprint, versions: Iterable[Fingerprint]) -> set[Feature]:
    """The features in which versions differ and of which a translation can tell something."""
    differing = {feature for one, other in pairwise(versions) for feature, _ in {*one.items()} ^ {*other.items()}}
    return {feature for feature in differing if feature[0] not in WITNESS or target[feature]}


def coverage(target: Fingerprint, version: Fingerprint) -> float:
    """Share of the firm features of an English version that a translation has; 0 where there are none."""
    firm = Counter({feature: count for feature, count in version.items() if feature[0] in FIRM})
    return (firm & target).total() / firm.total() if firm else 0.0


def likeness(one: Fingerprint, other: Fingerprint) -> float:
    """How much of two English versions is the same, 0 to 1."""
    return 2 * (one & other).total() / max(one.total() + other.total(), 1)
