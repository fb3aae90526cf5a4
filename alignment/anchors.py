"""What is the same in every language: labels, code, formulas, pictures. It holds two documents together."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from alignment.chain import IMPOSSIBLE, longest_rise
from alignment.markdown import digest
from alignment.model import Kind
from alignment.tokens import formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from alignment.model import Block, Segment

EQUAL: Final = 5.0
"""What the same anchor on both sides is worth."""
NEARLY: Final = 0.9
"""Code so alike is the same, whatever tab it stands on."""

COMMON: Final = 0.3
"""Weight of what many blocks have, a width or the end of a tab."""
ALIKE: Final = 7.0
"""What two blocks gain with each share of pieces they have in common."""
HALF: Final = 0.45
"""Share of pieces at which two blocks are neither alike nor different."""

WORDS: Final = frozenset({"text", "heading"})
"""Groups of which only the words tell."""

_TRIPLE: Final = r"""(?s:(?P<triple>"{3}|'{3})(?:\\.|(?!(?P=triple)).)*(?P=triple))"""
_STRING: Final = r""""(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'"""
_STRINGS_AND_COMMENTS: Final = re.compile(rf"{_TRIPLE}|{_STRING}|(?m:^[ \t]*%%?tab\b[^\n]*)|#[^\n]*")
_TAB: Final = re.compile(r"^[ \t]*(?:#@|%%?)tab[ \t]+(.*?)[ \t]*$", re.MULTILINE)
_ARGUMENT: Final = re.compile(r"`([^`]*)`?|\(([^()]*)\)=")
_PATH: Final = re.compile(r"\]\(\s*<?([^\s)>]+)")
_PIECES: Final = re.compile(r"\\?[^\W\d_]+|\d+|[^\s\w]")
_EQUATION_LABEL: Final = re.compile(r":eqlabel:`([^`]*)`")
_SLIDE: Final = re.compile(r"[\[(](?:\*\*|~~)|(?:\*\*|~~)[\])]")
_LABELS: Final = frozenset({"label", "eqlabel", "target"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What of a block can be recognized in another language."""

    group: str
    """Only faces of one group can be of corresponding blocks."""
    key: str = ""
    """Equal keys are the same thing; nothing where there is none."""
    weight: float = 1.0
    """How much an equal key says: less than 1 where it is short or common."""
    pieces: Counter[str] = field(default_factory=Counter)
    """What two blocks with different keys may still share."""
    tabs: frozenset[str] = frozenset()
    """The tabs of a code cell, or those that a block stands in; none where it does not say, or says all."""

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
        case Kind.DIRECTIVE | Kind.TAB:
            return _directive(block)
        case Kind.IMAGE:
            paths = " ".join(_PATH.findall(block.text))
            return Face(group="image", key=paths, pieces=_pieces(paths), tabs=_names(block.tab))
        case Kind.TABLE:
            return Face(group="table", pieces=_pieces(block.text), tabs=_names(block.tab))
        case Kind.PARAGRAPH | Kind.ITEM | Kind.HEADING:
            return _words(block)
        case _:
            return Face(group=str(block.kind), key=block.text.strip(), pieces=_pieces(block.text))


def _names(tab: str) -> frozenset[str]:
    return frozenset(name.strip() for name in tab.split(",")) - {"", "all"}


def _pieces(text: str) -> Counter[str]:
    return Counter(_PIECES.findall(text))


def _words(block: Block) -> Face:
    """Prose has a key too: where the target has the same, it is not translated yet."""
    group = "heading" if block.kind is Kind.HEADING else "text"
    text = " ".join(block.content.split())
    return Face(group=group, key=text, weight=min(1.0, len(text) / 40), tabs=_names(block.tab))


def _code(block: Block) -> Face:
    tab = _TAB.search(block.text)
    name = tab[1] if tab else block.tab
    bare = _STRINGS_AND_COMMENTS.sub(lambda found: '"' if found[0][0] in "\"'" else "", block.text)
    lines = [re.sub(r"\s+", "", line) for line in bare.splitlines()]
    code = "\n".join(line for line in lines if line and not line.startswith("```"))
    key = f"{name}\n{code}" if code else ""
    return Face(group="code", key=key, weight=min(1.0, len(code) / 20), pieces=_pieces(bare), tabs=_names(name))


def _math(block: Block) -> Face:
    label = _EQUATION_LABEL.search(block.text)
    bare = formula(_SLIDE.sub("", _EQUATION_LABEL.sub("", block.text)).replace("$", ""))
    key = f"{bare} {label[1]}" if label else bare
    return Face(group="math", key=key, weight=min(1.0, len(bare) / 12), pieces=_pieces(bare))


def _directive(block: Block) -> Face:
    found = _ARGUMENT.search(block.text)
    argument = (found[1] or found[2] or "") if found else block.text.strip()
    name = "label" if block.name in _LABELS or block.text.startswith((":label:", ":eqlabel:")) else block.name
    weight = 1.0 if name == "label" else COMMON
    return Face(group=f"{block.kind} {name}", key=argument, weight=weight, pieces=_pieces(argument))


def worth(one: Face, other: Face) -> float:
    """What linking two blocks is worth as far as their faces say; ``IMPOSSIBLE`` if they cannot correspond."""
    if one.group != other.group:
        return IMPOSSIBLE
    if one.key and one.key == other.key:
        return EQUAL * one.weight
    if one.group in WORDS:
        return 0.0
    likeness = _overlap(one.pieces, other.pieces)
    if one.group == "code" and one.tabs != other.tabs and likeness < NEARLY:
        return -EQUAL / 2
    if one.is_prose:
        return 3 * (likeness - 1 / 3)
    return ALIKE * (likeness - HALF) if one.weight > COMMON else 0.1


def known(sources: Sequence[Face], targets: Sequence[Face]) -> NDArray[np.float64]:
    """``worth`` of each source (a row) with each target; not a number where only comparing their pieces can tell."""
    groups = _same([one.group for one in sources], [one.group for one in targets])
    keys = groups & _same([one.key or None for one in sources], [one.key or False for one in targets])
    words = np.array([one.group in WORDS for one in sources], dtype=bool)[:, None]
    weights = np.array([one.weight for one in sources])[:, None]
    found = np.where(words, 0.0, np.nan)
    return np.where(groups, np.where(keys, EQUAL * weights, found), IMPOSSIBLE)


def _same(ours: Sequence[object], theirs: Sequence[object]) -> NDArray[np.bool_]:
    numbers: dict[object, int] = {}
    left, right = ([numbers.setdefault(value, len(numbers)) for value in values] for values in (ours, theirs))
    return np.equal.outer(left, right)


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
