"""The aligned sentence pairs as one row of numbers in each language, and where any words stand in it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Integers = NDArray[np.int64]

END: Final = 0
"""The number that ends every sentence in the row, in both languages."""
DEPTH: Final = 12
"""Longer phrases are seldom found in another sentence."""


class Suffixes:
    """All places of a row of words, sorted by the words that follow (a suffix array cut at ``depth`` words)."""

    def __init__(self, row: Integers, depth: int) -> None:
        self.depth = depth
        padded = np.concatenate((row, np.zeros(depth, dtype=row.dtype)))
        shifted = [padded[shift : shift + len(row)] for shift in range(depth)]
        self.places = np.lexsort(shifted[::-1]) if len(row) else np.zeros(0, dtype=np.int64)
        self.columns = [column[self.places] for column in shifted]

    def narrow(self, span: tuple[int, int], depth: int, word: int) -> tuple[int, int]:
        """The part of ``span``, whose places agree in ``depth`` words, where ``word`` is the next one."""
        column = self.columns[depth][span[0] : span[1]]
        return span[0] + int(column.searchsorted(word, "left")), span[0] + int(column.searchsorted(word, "right"))

    def count(self, words: Sequence[int]) -> int:
        """How often words stand one after another, of which the first ``depth`` count."""
        span = (0, len(self.places))
        for depth, word in enumerate(words[: self.depth]):
            span = self.narrow(span, depth, word)
        return span[1] - span[0]


@dataclass(frozen=True)
class Corpus:
    """Aligned sentence pairs. ``links`` are pairs of places in the two rows."""

    source: Integers
    target: Integers
    links: Integers
    """Shape (n, 2)."""
    twins: Integers
    """Shape (n, 2): the places of markup and numbers that are the same on both sides."""
    carried: tuple[frozenset[int], frozenset[int]]
    """Numbers of the words that stand for markup and numbers, in both languages."""
    depth: int = DEPTH
    """Words of the longest phrase that is found."""

    @staticmethod
    def of(
        sources: Sequence[Sequence[int]],
        targets: Sequence[Sequence[int]],
        links: Sequence[Sequence[tuple[int, int]]],
        twins: Sequence[Sequence[tuple[int, int]]],
        carried: tuple[frozenset[int], frozenset[int]],
    ) -> Corpus:
        """From sentences and the positions linked in each."""
        starts = _starts(sources), _starts(targets)
        return Corpus(_row(sources), _row(targets), _shifted(links, *starts), _shifted(twins, *starts), carried)

    @cached_property
    def source_suffixes(self) -> Suffixes:
        return Suffixes(self.source, self.depth)

    @cached_property
    def target_suffixes(self) -> Suffixes:
        return Suffixes(self.target, self.depth)

    @cached_property
    def reach(self) -> tuple[list[int], list[int], list[int], list[int]]:
        """First and last target place linked to each source place, and the same of each target place; -1 for none."""
        return (*_reach(self.links, len(self.source), 0), *_reach(self.links, len(self.target), 1))

    @cached_property
    def target_list(self) -> list[int]:
        return list(map(int, self.target))

    @cached_property
    def strays(self) -> tuple[frozenset[int], frozenset[int]]:
        """Places of markup and numbers without a twin on the other side, in both rows."""
        rows = (self.source, self.target)
        found = [
            frozenset(np.flatnonzero(np.isin(row, list(words))).tolist()) - frozenset(self.twins[:, side].tolist())
            for side, (row, words) in enumerate(zip(rows, self.carried, strict=True))
        ]
        return found[0], found[1]

    @cached_property
    def twin_of(self) -> dict[int, int]:
        """Source place by target place of what is carried over."""
        return {int(right): int(left) for left, right in self.twins}

    @cached_property
    def links_of_target(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for left, right in self.links.tolist():
            found.setdefault(right, []).append(left)
        return found

    def target_sentences(self) -> list[list[int]]:
        return _sentences(self.target)

    def arrays(self) -> dict[str, Integers]:
        """What ``of_arrays`` makes a corpus of again, with ``carried``."""
        return {"source": self.source, "target": self.target, "links": self.links, "twins": self.twins}

    @staticmethod
    def of_arrays(arrays: Mapping[str, Integers], carried: Sequence[Sequence[int]]) -> Corpus:
        source, target, links, twins = (arrays[name] for name in ("source", "target", "links", "twins"))
        return Corpus(source, target, links, twins, (frozenset(carried[0]), frozenset(carried[1])))


def _sentences(row: Integers) -> list[list[int]]:
    parts: list[list[int]] = [part[:-1].tolist() for part in np.split(row, np.flatnonzero(row == END) + 1)[:-1]]
    return parts


def _row(sentences: Sequence[Sequence[int]]) -> Integers:
    return np.fromiter(chain.from_iterable((*sentence, END) for sentence in sentences), dtype=np.int64)


def _starts(sentences: Sequence[Sequence[int]]) -> list[int]:
    return list(accumulate((len(sentence) + 1 for sentence in sentences), initial=0))


def _shifted(links: Sequence[Sequence[tuple[int, int]]], left: Sequence[int], right: Sequence[int]) -> Integers:
    rows = [(left[n] + i, right[n] + j) for n, found in enumerate(links) for i, j in found]
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def _reach(links: Integers, size: int, side: int) -> tuple[list[int], list[int]]:
    first, last = np.full(size, np.iinfo(np.int64).max), np.full(size, -1)
    np.minimum.at(first, links[:, side], links[:, 1 - side])
    np.maximum.at(last, links[:, side], links[:, 1 - side])
    first[last < 0] = -1
    lists: tuple[list[int], list[int]] = first.tolist(), last.tolist()
    return lists
