"""What is the same in every language: labels, code, formulas, pictures. It holds two documents together."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alignment.chain import IMPOSSIBLE, longest_rise
from alignment.markdown import digest
from alignment.model import Kind
from alignment.tokens import formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment.model import Block, Segment

EQUAL: Final = 5.0
"""What the same anchor on both sides is worth."""
NEARLY: Final = 0.9
"""Code so alike is the same, whatever tab it stands on."""

_TRIPLE: Final = r"""(?s:(?P<triple>"{3}|'{3})(?:\\.|(?!(?P=triple)).)*(?P=triple))"""
_STRING: Final = r""""(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'"""
_STRINGS_AND_COMMENTS: Final = re.compile(rf"{_TRIPLE}|{_STRING}|(?m:^[ \t]*%%?tab\b[^\n]*)|#[^\n]*")
_TAB: Final = re.compile(r"^[ \t]*(?:#@|%%?)tab[ \t]+(.*?)[ \t]*$", re.MULTILINE)
_ARGUMENT: Final = re.compile(r"`([^`]*)`?|\(([^()]*)\)=")
_PATH: Final = re.compile(r"\]\(\s*<?([^\s)>]+)")
_PIECES: Final = re.compile(r"\\?[^\W\d_]+|\d+|[^\s\w]")
_LABELS: Final = frozenset({"label", "eqlabel", "target"})
_ALIKE: Final = frozenset({Kind.PARAGRAPH, Kind.ITEM})


@dataclass(frozen=True, slots=True)
class Face:
    """What of a block can be recognized in another language."""

    group: str
    """Only faces of one group can be of corresponding blocks."""
    key: str
    """Equal keys are the same thing; nothing where there is none."""
    tabs: frozenset[str]
    """The tabs of a code cell, or those that a block stands in; none where it does not say, or says all."""
    pieces: Counter[str]
    """What two blocks with different keys may still share."""
    weight: float
    """How much an equal key says: 1, or less where it is short or common."""

    @property
    def is_prose(self) -> bool:
        return self.group in ("text", "heading", "image", "table")


def face(block: Block) -> Face:
    """The face of a block."""
    match block.kind:
        case Kind.CODE:
            return _code(block)
        case Kind.MATH:
            return _math(block)
        case Kind.IMAGE:
            paths = " ".join(_PATH.findall(block.text))
            return Face("image", paths, _names(block.tab), Counter(_PIECES.findall(paths)), 1.0)
        case Kind.TABLE:
            return Face("table", "", _names(block.tab), Counter(_PIECES.findall(block.text)), 0.0)
        case Kind.DIRECTIVE | Kind.TAB:
            return _directive(block)
        case Kind.PARAGRAPH | Kind.ITEM | Kind.HEADING:
            return _words(block)
        case _:
            return Face(str(block.kind), block.text.strip(), _names(block.tab), Counter(_PIECES.findall(block.text)), 1.0)


def _names(tab: str) -> frozenset[str]:
    return frozenset(name.strip() for name in tab.split(",")) - {"", "all"}


def _words(block: Block) -> Face:
    """Prose has a key too: where the target has the same, it is not translated yet."""
    text = " ".join(block.content.split())
    return Face(
        "heading" if block.kind is Kind.HEADING else "text", text, _names(block.tab), Counter(), min(1.0, len(text) / 40)
    )


def _code(block: Block) -> Face:
    tab = _TAB.search(block.text)
    bare = _STRINGS_AND_COMMENTS.sub(lambda found: '"' if found[0][0] in "\"'" else "", block.text)
    lines = [re.sub(r"\s+", "", line) for line in bare.splitlines()]
    key = "\n".join(line for line in lines if line and not line.startswith("```"))
    name = tab[1] if tab else block.tab
    return Face("code", f"{name}\n{key}" if key else "", name, Counter(_PIECES.findall(bare)), min(1.0, len(key) / 20))


def _math(block: Block) -> Face:
    bare = formula(re.sub(r":eqlabel:`[^`]*`", "", block.text).replace("$", ""))
    label = re.search(r":eqlabel:`([^`]*)`", block.text)
    return Face(
        "math", bare + (f" {label[1]}" if label else ""), "", Counter(_PIECES.findall(bare)), min(1.0, len(bare) / 12)
    )


def _directive(block: Block) -> Face:
    found = _ARGUMENT.search(block.text)
    argument = (found[1] or found[2] or "") if found else block.text.strip()
    name = "label" if block.name in _LABELS or block.text.startswith((":label:", ":eqlabel:")) else block.name
    pieces = Counter(_PIECES.findall(argument))
    return Face(f"{block.kind} {name}", argument, "", pieces, 1.0 if name == "label" else 0.3)


def worth(one: Face, other: Face) -> float:
    """What linking two blocks is worth as far as their faces say; ``IMPOSSIBLE`` if they cannot correspond."""
    if one.group != other.group:
        return IMPOSSIBLE
    if one.key and one.key == other.key:
        return EQUAL * one.weight
    if one.group in ("text", "heading"):
        return 0.0
    likeness = _overlap(one.pieces, other.pieces)
    if one.group == "code" and one.tabs != other.tabs and likeness < NEARLY:
        return -EQUAL / 2
    if one.is_prose:
        return 3 * likeness - 1.0
    return EQUAL * (likeness - 0.45) * 1.4 if one.weight > 0.3 else 0.1


def _overlap(one: Counter[str], other: Counter[str]) -> float:
    """Share of pieces that both have (Dice)."""
    size = one.total() + other.total()
    return 2 * (one & other).total() / size if size else 0.0


def anchors(sources: Sequence[Face], targets: Sequence[Face]) -> tuple[tuple[int, int], ...]:
    """Pairs of blocks that are the same beyond doubt: keys found once on each side, in the order of both documents."""
    unique = _unique(targets)
    pairs = [(index, unique[key]) for key, index in _unique(sources).items() if key in unique]
    return longest_rise(sorted(pairs))


def _unique(faces: Sequence[Face]) -> dict[tuple[str, str], int]:
    keys = [(one.group, one.key) for one in faces]
    counts = Counter(keys)
    return {
        key: index
        for index, (key, one) in enumerate(zip(keys, faces, strict=True))
        if counts[key] == 1 and one.key and one.weight == 1
    }


def digests(block: Block) -> frozenset[str]:
    """What a block is known by while all of it waits for its translation."""
    return frozenset({digest(block.text), digest(block.content)})


def part_digests(segments: Sequence[Segment]) -> dict[str, range]:
    """What sentences in a row are known by while they wait for their translation, and which they are."""
    texts = [segment.text for segment in segments]
    runs = [range(a, b) for a in range(len(texts)) for b in range(a + 1, len(texts) + 1)]
    return {digest(" ".join(texts[run.start : run.stop])): run for run in runs}
